"""Words of a report as WordprocessingML: paragraphs, headings, captions, quotes, the table of contents, pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qcode.reports.render.clean import attribute, color, escape
from qcode.reports.render.docx_styles import FACT_INDENT, FACT_SIZE, LANGUAGES
from qcode.reports.render.widths import width
from qcode.reports.report import UNDEFINED, CodedTurn, Facts, Heading, Picture, Quote, Text, Wording

__all__ = [
    "caption",
    "coded_turn",
    "contents",
    "facts",
    "heading",
    "paragraph",
    "picture",
    "quote",
    "run",
    "text",
    "word_language",
    "wording",
]

_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def run(words: str, properties: str = "", *, language: str | None = None) -> str:
    """Return a run; line breaks and tabs of `words` stay, `language` is told to the spelling checker."""
    asian = _ASIAN.search(words) is not None
    spoken = word_language(language) if language else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if asian else ""
    kind = f' w:eastAsia="{spoken}"' if spoken and asian else ""
    tongue = f'<w:lang w:val="{spoken}"{kind}/>' if spoken else ""
    style, rest = (properties, "") if properties.startswith("<w:rStyle") else ("", properties)
    inside = style + hint + rest + tongue
    wrapped = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    return f"<w:r>{wrapped}{_pieces(words)}</w:r>"


def word_language(language: str) -> str:
    """Return the tag of `language` for Word, or nothing where it is no language tag."""
    fit = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
    return LANGUAGES.get(language.lower(), language) if fit else ""


def _pieces(words: str) -> str:
    open_, close = '<w:t xml:space="preserve">', "</w:t>"
    inside = escape(words).replace("\n", f"{close}<w:br/>{open_}").replace("\t", f"{close}<w:tab/>{open_}")
    return f"{open_}{inside}{close}"


def paragraph(runs: str, style: str = "", extra: str = "") -> str:
    """Return a paragraph; `extra` are properties that stand after the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{extra}</w:pPr>" if named or extra else ""
    return f"<w:p>{properties}{runs}</w:p>"


def heading(block: Heading, number: int, *, new_page: bool = False) -> str:
    """Return a heading with the bookmark that the table of contents points at."""
    mark = color(block.color)
    extra = "<w:pageBreakBefore/>" if new_page else ""
    if mark:
        extra += f'<w:pBdr><w:left w:val="single" w:sz="36" w:space="6" w:color="{mark[1:].upper()}"/></w:pBdr>'
        extra += '<w:ind w:left="170"/>'
    start = f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:06d}"/>'
    runs = f'{start}{run(block.text)}<w:bookmarkEnd w:id="{number}"/>'
    return paragraph(runs, f"Heading{min(max(block.level, 1), 4)}", extra)


def text(block: Text, *, keep: bool = False) -> str:
    """Return a paragraph of the text; `keep` holds it on the page of what follows."""
    style = {"note": "Note", "mono": "Mono"}.get(block.style, "")
    return paragraph(run(block.text), style, "<w:keepNext/>" if keep else "")


def facts(block: Facts) -> str:
    """Return names and texts, one paragraph each, the texts under each other; below a name that is too long."""
    named = '<w:rStyle w:val="FactName"/>'
    return "".join(
        paragraph(f"{run(name, named)}<w:r>{_leap(name)}</w:r>{run(value)}", "Fact") for name, value in block.pairs
    )


def _leap(name: str) -> str:
    return "<w:br/>" if width(name) * FACT_SIZE * 10 > FACT_INDENT - 60 else "<w:tab/>"


def wording(block: Wording) -> str:
    """Return the name above both texts, what differs struck out before and underlined after."""
    named = '<w:rStyle w:val="FactName"/>'
    parts = [paragraph(run(block.name, named), "Fact", "<w:keepNext/>")]
    for when, pieces, mark in (("before", block.before, _GONE), ("after", block.after, _COME)):
        runs = "".join(run(words, mark if differs else "") for words, differs in pieces) or run(UNDEFINED)
        parts.append(paragraph(f"{run(when)}<w:r><w:tab/></w:r>{runs}", "Fact"))
    return "".join(parts)


_GONE, _COME = '<w:strike/><w:color w:val="9A1C1C"/>', '<w:color w:val="0F5C2E"/><w:u w:val="single"/>'


def quote(block: Quote) -> str:
    """Return the words, the memo if there is one, and the line that leads back."""
    parts = [paragraph(run(block.text, language=block.language), "Quote")]
    if block.memo:
        memo = run(f"Memo: {block.memo}", '<w:rStyle w:val="MemoText"/>')
        parts.append(paragraph(memo, "QuoteSource", "<w:keepNext/>"))
    parts.append(paragraph(run(block.source), "QuoteSource"))
    return "".join(parts)


def coded_turn(block: CodedTurn) -> str:
    """Return who speaks, the words with coded ones underlined between their marks, and the notes."""
    named = '<w:rStyle w:val="FactName"/>'
    kinds = {"mark": _MARK, "coded": '<w:u w:val="dotted" w:color="55606A"/>'}
    words = "".join(
        run(piece, kinds.get(kind, ""), language=None if kind == "mark" else block.language)
        for piece, kind in block.pieces
    )
    parts = [paragraph(run(block.head, named), "", '<w:keepNext/><w:spacing w:before="200" w:after="0"/>')]
    parts.append(paragraph(words, "", f'<w:spacing w:after="{40 if block.notes else 120}"/>'))
    parts += [
        paragraph(f"{run(number, '<w:b/>')}<w:r><w:tab/></w:r>{run(said)}", "Note", _NOTE)
        for number, said in block.notes
    ]
    return "".join(parts)


_MARK = '<w:b/><w:color w:val="0B3C6F"/><w:vertAlign w:val="superscript"/>'
_NOTE = (
    '<w:tabs><w:tab w:val="left" w:pos="794"/></w:tabs><w:spacing w:before="0" w:after="40"/>'
    '<w:ind w:left="794" w:hanging="510"/>'
)


def caption(kind: str, words: str, number: int, *, again: bool = False) -> str:
    """Return a caption with a field that counts; `kind` is Table or Figure.

    `again` repeats the number, on a new page.
    """
    instruction = f" SEQ {kind} \\c " if again else f" SEQ {kind} \\* ARABIC "
    field = f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    plain = '<w:b w:val="0"/><w:bCs w:val="0"/>'
    runs = run(f"{kind} ") + field + run(". ") + run(words, plain)
    break_ = "<w:pageBreakBefore/>" if again else ""
    return paragraph(runs, "FigureCaption" if kind == "Figure" else "Caption", break_)


def contents(title: str, headings: Sequence[tuple[int, int, str]]) -> str:
    """Return the table of contents, already filled in: `headings` are (number, level, text).

    Only Word knows its pages; it adds their numbers when a person asks it to update the table.
    """
    if not headings:
        return ""
    lines = [paragraph(run(title), "TOCHeading")]
    for place, (number, level, words) in enumerate(headings):
        begin = _field_begin(' TOC \\o "1-2" \\h \\z \\u ') if place == 0 else ""
        entry = run(words.replace("\n", " "))
        link = f'<w:hyperlink w:anchor="_Toc{number:06d}" w:history="1">{entry}</w:hyperlink>'
        lines.append(paragraph(begin + link, f"TOC{level}"))
    lines.append(paragraph(_FIELD_END, extra='<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>'))
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"


_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _field_begin(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def picture(figure: Picture, number: int, relation: str, wide: float, high: float, room: tuple[float, float]) -> str:
    """Return a picture of `wide` times `high` pixels, at most `room` points, with its alternative text."""
    scale = min(0.62, room[0] / wide, room[1] / high)
    size = f'cx="{round(wide * scale * 12700)}" cy="{round(high * scale * 12700)}"'
    name = f'id="{number}" name="Figure {number}" descr="{attribute(figure.alt)}" title="{attribute(figure.caption)}"'
    shape = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic>"
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return paragraph(f"<w:r>{drawing}</w:r>", "Picture")
