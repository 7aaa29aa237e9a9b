"""Write a report as a Word file: real headings, captions, contents, alternative texts; the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from qcode.reports.render import docx_styles, png
from qcode.reports.render.docx_table import table
from qcode.reports.render.docx_text import (
    caption,
    coded_turn,
    contents,
    facts,
    heading,
    paragraph,
    picture,
    quote,
    run,
    text,
    wording,
)
from qcode.reports.render.docx_text import word_language as language_tag
from qcode.reports.render.pictures import lay_out
from qcode.reports.report import (
    HOW_MADE,
    Block,
    CodedTurn,
    Facts,
    Heading,
    Lineage,
    Network,
    Picture,
    Quotes,
    Report,
    Table,
    Text,
    Wording,
)

__all__ = ["render"]

PORTRAIT, LANDSCAPE = (11906, 16838, 1418, 1304), (16838, 11906, 1134, 907)
"""A4: width, height, margins at the sides, margins above and below; in twips."""

UPRIGHT, LYING = (453.5, 600.0), (728.5, 406.0)
"""The most points that a picture takes on a page with its heading and caption, across and down."""

FIRST_PICTURE = 5
"""The number of a picture's relation, after those of the fixed parts."""


@dataclass(slots=True)
class _Writing:
    """What has been written so far."""

    body: list[str] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    bookmarks: int = 0
    tables: int = 0


def render(report: Report) -> bytes:
    """Return `report` as a .docx file."""
    writing, language = _Writing(), language_tag(report.language) or "en-GB"
    sections = _sections(report.blocks)
    for place, (wide, blocks) in enumerate(sections):
        page = LANDSCAPE if wide else PORTRAIT
        for block, follower in zip(blocks, [*blocks[1:], None], strict=True):
            _write(block, writing, page, leads=isinstance(follower, Table | Quotes | Picture | Facts | Wording))
        if place < len(sections) - 1:
            writing.body.append(paragraph("", extra=_LAST_LINE + _section(page)))
    _how_made(report, writing, apart=len(sections) == 0 or not sections[-1][0])
    last = LANDSCAPE if sections and sections[-1][0] and not report.made_by else PORTRAIT
    top = paragraph(run(report.title), "Title")
    top += paragraph(run(report.subtitle), "Subtitle") if report.subtitle else ""
    top += contents("Contents", [h for h in writing.headings if h[1] <= 2])
    body = top + "".join(writing.body) + _section(last)
    document = f"{docx_styles.HEAD}<w:document {docx_styles.NAMESPACES}><w:body>{body}</w:body></w:document>"
    return _package(document, report.title, language, writing.pictures)


_LAST_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def _sections(blocks: Iterable[Block]) -> list[tuple[bool, list[Block]]]:
    """Return runs of blocks that share a page format; headings and texts go with the wide table below them."""
    sections: list[tuple[bool, list[Block]]] = []
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading | Text):
            if isinstance(block, Heading) and waiting and not isinstance(waiting[-1], Heading):
                _join(sections, False, waiting)
                waiting = []
            waiting.append(block)
            continue
        _join(sections, _lies(block), [*waiting, block])
        waiting = []
    if waiting:
        _join(sections, False, waiting)
    return sections


def _lies(block: Block) -> bool:
    """Tell whether a block is better read on a page that lies on its side."""
    if isinstance(block, Lineage | Network) and png.available():
        drawing = lay_out(block)
        upright, lying = (min(room[0] / drawing.wide, room[1] / drawing.high) for room in (UPRIGHT, LYING))
        return lying > upright
    return isinstance(block, Table) and block.wide


def _join(sections: list[tuple[bool, list[Block]]], wide: bool, blocks: list[Block]) -> None:
    if sections and sections[-1][0] == wide:
        sections[-1][1].extend(blocks)
    else:
        sections.append((wide, list(blocks)))


def _write(block: Block, writing: _Writing, page: tuple[int, int, int, int], *, leads: bool) -> None:
    room = page[0] - 2 * page[2]
    if isinstance(block, Heading):
        _head(block, writing)
    elif isinstance(block, Table):
        writing.tables += 1
        writing.body.append(table(block, writing.tables, room))
    elif isinstance(block, Picture):
        writing.body.append(_figure(block, writing, UPRIGHT if page == PORTRAIT else LYING))
    elif isinstance(block, Quotes):
        writing.body.extend(quote(one) for one in block.quotes)
    elif isinstance(block, CodedTurn):
        writing.body.append(coded_turn(block))
    elif isinstance(block, Text):
        writing.body.append(text(block, keep=leads))
    else:
        writing.body.append(facts(block) if isinstance(block, Facts) else wording(block))


def _head(block: Heading, writing: _Writing, *, new_page: bool = False) -> None:
    writing.bookmarks += 1
    writing.headings.append((writing.bookmarks, block.level, block.text))
    writing.body.append(heading(block, writing.bookmarks, new_page=new_page))


def _figure(block: Picture, writing: _Writing, room: tuple[float, float]) -> str:
    if not png.available():
        words = (
            f'The picture is left out: Matplotlib is not installed (pip install "qcode-interviews[png]"). {block.alt}'
        )
        return text(Text(words, "note"))
    image, wide, high = png.draw(block)
    writing.pictures.append(image)
    number = len(writing.pictures)
    drawn = picture(block, number, f"rId{FIRST_PICTURE + number - 1}", wide, high, room)
    return drawn + caption("Figure", block.caption, number)


def _how_made(report: Report, writing: _Writing, *, apart: bool) -> None:
    """Write the last page, on a page of its own and upright."""
    if not report.made_by:
        return
    if not apart:
        writing.body.append(paragraph("", extra=_LAST_LINE + _section(LANDSCAPE)))
    _head(Heading(HOW_MADE), writing, new_page=apart)
    writing.body.append(facts(Facts(report.made_by)))


def _section(page: tuple[int, int, int, int]) -> str:
    wide, high, side, above = page
    turned = ' w:orient="landscape"' if wide > high else ""
    margins = f'w:top="{above}" w:right="{side}" w:bottom="{above}" w:left="{side}"'
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar {margins} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _package(document: str, title: str, language: str, pictures: list[bytes]) -> bytes:
    parts: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", docx_styles.CONTENT_TYPES),
        ("_rels/.rels", docx_styles.ROOT_RELATIONS),
        ("docProps/core.xml", docx_styles.core(title, language)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", docx_styles.relations(len(pictures))),
        ("word/styles.xml", docx_styles.styles(language)),
        ("word/settings.xml", docx_styles.settings(language)),
        ("word/fontTable.xml", docx_styles.FONT_TABLE),
        ("word/footer1.xml", docx_styles.footer()),
        *((f"word/media/image{n}.png", image) for n, image in enumerate(pictures, 1)),
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return out.getvalue()
