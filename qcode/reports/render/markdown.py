"""Write a report as Markdown: plain text that Pandoc, GitHub and editors show as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qcode.reports.render.clean import clean
from qcode.reports.render.lineage_table import lineage_table
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

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_NUMBER = re.compile("[0-9]+")
_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])(?=\s|$)", re.MULTILINE)


def render(report: Report) -> bytes:
    """Return `report` as a .md file."""
    parts = [f"# {_inline(report.title)}"]
    parts += [f"*{_inline(report.subtitle)}*"] if report.subtitle else []
    parts += _blocks(report.blocks)
    if report.made_by:
        parts += [f"## {HOW_MADE}", _facts(Facts(report.made_by))]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * min(block.level + 1, 6)} {_inline(block.text)}"
        elif isinstance(block, Text):
            yield f"`{clean(block.text).replace('`', chr(39))}`" if block.style == "mono" else _lines(block.text)
        elif isinstance(block, Facts):
            yield _facts(block)
        elif isinstance(block, Table):
            tables += 1
            yield _table(block, tables)
        elif isinstance(block, Quotes):
            yield "\n\n".join(_quote(quote) for quote in block.quotes)
        elif isinstance(block, Wording):
            yield _wording(block)
        elif isinstance(block, CodedTurn):
            yield _turn(block)
        elif isinstance(block, Picture):
            figures += 1
            yield f"**Figure {figures}.** {_inline(block.caption)}. {_inline(block.alt)}"
            if isinstance(block, Lineage) and (changed := lineage_table(block, changed=True)).rows:
                yield "\n".join(_grid(changed))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))


def _inline(text: str) -> str:
    return _escape(text).replace("\n", " ")


def _lines(text: str) -> str:
    return _START.sub(r"\1\\\2", _escape(text)).replace("\n", "  \n")


def _facts(block: Facts) -> str:
    return "\n".join(f"- **{_inline(name)}:** {_inline(value)}" for name, value in block.pairs)


def _wording(block: Wording) -> str:
    """Return both texts, what differs struck out before and bold after."""
    lines = []
    for when, pieces, mark in (("before", block.before, "~~"), ("after", block.after, "**")):
        words = "".join(_marked(text, mark) if differs else _inline(text) for text, differs in pieces)
        lines.append(f"- **{_inline(block.name)}, {when}:** {words or UNDEFINED}")
    return "\n".join(lines)


def _marked(text: str, mark: str) -> str:
    words = _inline(text)
    inside = words.strip()
    if not inside:
        return words
    start = words.index(inside)
    return f"{words[:start]}{mark}{inside}{mark}{words[start + len(inside) :]}"


def _quote(quote: Quote) -> str:
    lines = _lines(quote.text).split("\n")
    memo = [f"*Memo: {_inline(quote.memo)}*"] if quote.memo else []
    return "\n".join(
        f"> {line}".rstrip(" ") if not line else f"> {line}"
        for line in (*lines, "", *memo, f"— {_inline(quote.source)}")
    )


def _turn(block: CodedTurn) -> str:
    """Return who speaks, the words with bold numbers where passages begin and end, and the notes as a list.

    The brackets stay outside: beside a letter, as in Chinese, Markdown takes asterisks around them for asterisks.
    """
    words = "".join(
        _NUMBER.sub(r"**\g<0>**", _escape(piece)) if kind == "mark" else _escape(piece) for piece, kind in block.pieces
    )
    lines = _START.sub(r"\1\\\2", words).replace("\n", "  \n")
    notes = "\n".join(f"- **{_inline(number)}** {_inline(said)}" for number, said in block.notes)
    return "\n\n".join(part for part in (f"**{_inline(block.head)}**", lines, notes) if part)


def _table(table: Table, number: int) -> str:
    lines = [f"**Table {number}.** {_inline(table.caption)}", "", *_grid(table)]
    return "\n".join(lines) + (f"\n\n{_lines(table.note)}" if table.note else "")


def _grid(table: Table) -> list[str]:
    numeric = [
        any(isinstance(row[j], int | float) for row in table.rows)
        and not any(isinstance(row[j], str) for row in table.rows)
        for j in range(len(table.columns))
    ]
    return [
        _line([_inline(column) for column in table.columns]),
        _line(["---:" if one else "---" for one in numeric]),
        *(_line([_inline(table.printed(i, j)) for j in range(len(row))]) for i, row in enumerate(table.rows)),
    ]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
