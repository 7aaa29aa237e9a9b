"""Write a report as one web page: no script, no network, readable aloud, in the dark and on paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from qcode.reports.render import svg
from qcode.reports.render.clean import attribute, color, escape
from qcode.reports.render.colors import background, ink
from qcode.reports.report import (
    HOW_MADE,
    UNDEFINED,
    Block,
    CodedTurn,
    Facts,
    Heading,
    Lineage,
    Picture,
    Quote,
    Quotes,
    Report,
    Table,
    Text,
    Wording,
)

__all__ = ["render"]

STEPS = 24
"""How many shades a table's cells are told apart by."""

CONTENTS_FROM = 3
MANY_VERSIONS = 6


def render(report: Report) -> bytes:
    """Return `report` as one HTML file."""
    blocks = (*report.blocks, *_how_made(report))
    style = _STYLE + _shades()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    subtitle = f'<p class="subtitle">{escape(report.subtitle)}</p>' if report.subtitle else ""
    page = [
        "<!doctype html>",
        f'<html lang="{attribute(report.language)}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{attribute(policy).replace("&#39;", chr(39))}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
        f"<title>{escape(report.title)}</title>",
        f"<style>{style}</style></head>",
        f"<body><header><h1>{escape(report.title)}</h1>{subtitle}</header>",
        _contents(blocks),
        "<main>",
        *_body(blocks),
        "</main></body></html>",
    ]
    return ("\n".join(part for part in page if part) + "\n").encode()


def _how_made(report: Report) -> tuple[Block, ...]:
    return (Heading(HOW_MADE), Facts(report.made_by)) if report.made_by else ()


def _contents(blocks: tuple[Block, ...]) -> str:
    headings = [(n, b) for n, b in enumerate((b for b in blocks if isinstance(b, Heading)), 1) if b.level <= 2]
    if len(headings) < CONTENTS_FROM:
        return ""
    lines = (f'<li class="level{b.level}"><a href="#s{n}">{escape(b.text)}</a></li>' for n, b in headings)
    return f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ul>{"".join(lines)}</ul></nav>'


def _body(blocks: tuple[Block, ...]) -> Iterator[str]:
    headings = tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading):
            headings += 1
            yield _heading(block, headings)
        elif isinstance(block, Table):
            tables += 1
            yield _table(block, tables)
        elif isinstance(block, Picture):
            figures += 1
            yield _figure(block, figures)
        elif isinstance(block, Quotes):
            yield from (_quote(one) for one in block.quotes)
        elif isinstance(block, CodedTurn):
            yield _turn(block)
        elif isinstance(block, Facts):
            yield _facts(block)
        elif isinstance(block, Wording):
            yield _wording(block)
        else:
            yield _text(block)


def _heading(block: Heading, number: int) -> str:
    level, mark = min(block.level + 1, 6), color(block.color)
    swatch = (
        f'<svg class="swatch" aria-hidden="true" viewBox="0 0 1 1"><rect width="1" height="1" fill="{mark}"/></svg>'
    )
    return f'<h{level} id="s{number}">{swatch if mark else ""}{escape(block.text)}</h{level}>'


def _text(block: Text) -> str:
    return f'<p class="{attribute(block.style)}">{_lines(block.text)}</p>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _facts(block: Facts) -> str:
    return f"<dl>{''.join(f'<div><dt>{escape(n)}</dt><dd>{_lines(v)}</dd></div>' for n, v in block.pairs)}</dl>"


def _wording(block: Wording) -> str:
    """Return both texts, what differs struck out before and underlined after."""
    rows = []
    for when, pieces, tag in (("before", block.before, "del"), ("after", block.after, "ins")):
        words = "".join(f"<{tag}>{_lines(text)}</{tag}>" if differs else _lines(text) for text, differs in pieces)
        rows.append(f"<div><dt>{escape(block.name)}, {when}</dt><dd>{words or UNDEFINED}</dd></div>")
    return f"<dl>{''.join(rows)}</dl>"


def _quote(quote: Quote) -> str:
    language = f' lang="{attribute(quote.language)}"' if quote.language else ""
    memo = f'<p class="memo">Memo: {_lines(quote.memo)}</p>' if quote.memo else ""
    return (
        f'<figure class="quote"><blockquote{language}><p>{_lines(quote.text)}</p></blockquote>'
        f"<figcaption>{memo}{escape(quote.source)}</figcaption></figure>"
    )


def _turn(block: CodedTurn) -> str:
    """Return who speaks, the words with coded ones underlined between their marks, and the notes."""
    language = f' lang="{attribute(block.language)}"' if block.language else ""
    tags = {"mark": ("<sup>", "</sup>"), "coded": ("<u>", "</u>"), "": ("", "")}
    words = "".join(_lines(piece).join(tags[kind]) for piece, kind in block.pieces)
    notes = "".join(f"<li><b>{escape(number)}</b> {_lines(said)}</li>" for number, said in block.notes)
    listed = f"<ul>{notes}</ul>" if notes else ""
    return f'<section class="turn"><p class="who">{escape(block.head)}</p><p{language}>{words}</p>{listed}</section>'


def _figure(block: Picture, number: int) -> str:
    """Return a picture with its caption; many versions are not made smaller, one moves along them."""
    caption = f'<figcaption id="f{number}-caption"><b>Figure {number}.</b> {escape(block.caption)}</figcaption>'
    long = isinstance(block, Lineage) and len(block.versions) > MANY_VERSIONS
    kind = 'class="picture long"' if long else 'class="picture"'
    moved = f' role="region" aria-labelledby="f{number}-caption" tabindex="0"' if long else ""
    drawn = svg.draw(block, prefix=f"f{number}")
    return f'<figure {kind}><div class="scroll"{moved}>{drawn}</div>{caption}</figure>'


def _table(block: Table, number: int) -> str:
    kind = "square" if block.square else "list"
    turn = block.square and len(block.columns) > 9
    heads = "".join(f'<th scope="col"><span>{escape(column)}</span></th>' for column in block.columns)
    note = f'<p class="note">{escape(block.note)}</p>' if block.note else ""
    return (
        f'<div class="scroll" role="region" aria-labelledby="t{number}" tabindex="0"><table class="{kind}'
        f'{" turned" if turn else ""}"><caption id="t{number}"><b>Table {number}.</b> {escape(block.caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(_rows(block))}</tbody></table></div>{note}"
    )


def _rows(block: Table) -> Iterator[str]:
    offset = int(block.row_headers)
    for i, row in enumerate(block.rows):
        cells = []
        for j, cell in enumerate(row):
            words = _lines(block.printed(i, j))
            if j < offset:
                cells.append(f'<th scope="row">{words}</th>')
                continue
            weight = block.shades[i][j - offset] if block.shades else None
            apart = block.square and j == i + offset
            names = ["apart"] if apart else [_shade(weight)] if weight else []
            names += ["n"] if isinstance(cell, int | float) else []
            named = f' class="{" ".join(names)}"' if names else ""
            cells.append(f"<td{named}>{words}</td>")
        yield f"<tr>{''.join(cells)}</tr>"


def _shade(weight: float) -> str:
    step = round(min(abs(weight), 1.0) * STEPS)
    return f"{'p' if weight > 0 else 'm'}{step}"


def _shades() -> str:
    rules = []
    for sign, letter in ((1, "p"), (-1, "m")):
        for step in range(STEPS + 1):
            fill = background(sign * step / STEPS)
            rules.append(f"td.{letter}{step}{{background:{fill};color:{ink(fill)}}}")
    return "".join(rules)


_STYLE = """
:root{--ink:#1a1f24;--quiet:#55606a;--page:#fff;--line:#d5dade;--soft:#eef2f6;--accent:#0b3c6f;--apart:#e9eaec;
--gone:#9a1c1c;--come:#0f5c2e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--quiet:#a7b1ba;--page:#15191d;--line:#3a424a;--soft:#222930;
--accent:#9cc7ec;--apart:#3a4148;--gone:#f0a3a3;--come:#8fd6a8}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2.5rem 1.5rem 4rem;max-width:60rem;background:var(--page);color:var(--ink);
font:1rem/1.55 "Noto Sans","Segoe UI",Arial,"Liberation Sans","DejaVu Sans","Noto Sans CJK SC","Microsoft YaHei",
"PingFang SC",sans-serif;overflow-wrap:break-word}
h1,h2,h3,h4,h5{line-height:1.25;color:var(--accent);margin:2.2em 0 .6em}
h1{font-size:2rem;margin:0}h2{font-size:1.45rem;border-bottom:1px solid var(--line);padding-bottom:.2em}
h3{font-size:1.15rem}h4,h5{font-size:1rem}
.subtitle{font-size:1.15rem;color:var(--quiet);margin:.3em 0 1.5em}
.swatch{width:.8em;height:.8em;margin-right:.5em;vertical-align:-.05em}
nav{background:var(--soft);padding:.8rem 1.4rem 1rem;border-radius:.4rem}
nav h2{margin:0 0 .4em;font-size:1.05rem;border:0;padding:0}
nav ul{list-style:none;margin:0;padding:0;columns:20rem 2;column-gap:2rem}
nav li{break-inside:avoid;padding:.1em 0}nav .level2{padding-left:1.2em}
a{color:var(--accent)}
p{max-width:44rem}
.note,.memo{font-size:.88rem;color:var(--quiet)}.memo{font-style:italic;margin:0 0 .2em}
.mono{font-family:"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;font-size:.9rem}
dl{margin:0 0 1.2em}dl div{display:grid;grid-template-columns:9.5rem 1fr;gap:1rem;padding:.2em 0}
dt{font-weight:600;color:var(--accent)}dd{margin:0;min-width:0;overflow-wrap:anywhere;max-width:42rem}
.scroll{overflow-x:auto;margin:1.4em 0 .4em}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
caption{caption-side:top;text-align:left;padding:.3em 0 .6em;font-size:.95rem}
table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
table.list{min-width:24rem;border-top:2px solid var(--ink);border-bottom:2px solid var(--ink)}
table.list caption,table.square caption{color:var(--ink)}
th,td{padding:.35em .7em;text-align:left;vertical-align:top;white-space:pre-wrap}
thead th{background:var(--soft);vertical-align:bottom}
tbody th{font-weight:500}
.list td,.list tbody th{border-top:1px solid var(--line)}
td.n{text-align:right}
.square td,.square th{border:1px solid var(--line);padding:.3em .45em;white-space:nowrap}
.square td{text-align:center;min-width:2.2em}
.turned{font-size:.76rem}.turned td,.turned tbody th{padding:.25em .3em}.turned td{min-width:1.9em}
.turned thead th:not(:first-child){text-align:left;vertical-align:bottom;padding:.5em .2em}
.turned thead th:not(:first-child) span{writing-mode:vertical-rl;text-orientation:sideways;
transform:rotate(180deg);display:inline-block}
.square tbody th{position:sticky;left:0;background:var(--page)}
td.apart{background:var(--apart);color:var(--quiet)}
figure{margin:1.4em 0}
.picture svg{max-width:100%;height:auto;background:#fff;border-radius:.3rem}
.long svg{max-width:none}
del{color:var(--gone);text-decoration-thickness:.1em}ins{color:var(--come);text-decoration-thickness:.12em}
figcaption{font-size:.95rem}
.quote{border-left:3px solid #9fb6cc;padding:.1em 0 .1em 1rem;margin:1.3em 0}
blockquote{margin:0}blockquote p{margin:0 0 .25em;max-width:44rem}
.quote figcaption{font-size:.84rem;color:var(--quiet)}
.turn{margin:1.1em 0}.turn p{margin:0 0 .2em}.who{font-weight:600;color:var(--accent)}
.turn u{text-decoration:underline dotted var(--quiet);text-underline-offset:.25em}
.turn sup{font-weight:700;font-size:.72em;line-height:0;color:var(--accent)}
.turn ul{list-style:none;margin:.2em 0 0;padding:0 0 0 2.2rem;font-size:.88rem;color:var(--quiet)}
.turn li{max-width:42rem;text-indent:-1.2rem}.turn li b{color:var(--ink)}
@page{size:A4;margin:2cm}
@media print{:root{--ink:#000;--quiet:#444;--page:#fff;--line:#bbb;--soft:#eef2f6;--accent:#0b3c6f;--apart:#e9eaec;
--gone:#9a1c1c;--come:#0f5c2e}.long svg{max-width:100%}
body{max-width:none;padding:0;font-size:10pt}.scroll{overflow:visible}table.list{width:100%}.square{break-inside:avoid}
h2,h3,h4,.who{break-after:avoid}.quote,.turn li,tr,.picture,dl div{break-inside:avoid}thead{display:table-header-group}
td,th{-webkit-print-color-adjust:exact;print-color-adjust:exact}.turned{font-size:6pt}
.square td,.square th{padding:1pt 2pt;min-width:0}}
"""
