"""Tables of a report as WordprocessingML, written as text: ten thousand rows in a fraction of a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qcode.reports.render.clean import attribute
from qcode.reports.render.colors import APART, APART_INK, INK, QUIET, background, ink
from qcode.reports.render.docx_text import caption, paragraph, run
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Table

__all__ = ["MOST_ROWS", "table"]

MOST_ROWS = 1000
"""The most rows of a table in a Word file; LibreOffice cannot print 10,000, and nobody reads them there."""

_SIZES = (("TableText", 9.0, 80), ("TableSmall", 7.5, 40), ("TableTiny", 6.0, 20))
"""Paragraph style, points, and the cell's left and right margin in twips."""

_ROW_HEAD, _TURNED = 2700, 3000
"""The widest row header and the highest turned column header, in twips."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one part of a table is set: which columns, how wide (twips), in what style."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]
    style: str
    points: float
    margin: int
    turned: bool = False


def table(block: Table, number: int, room: int) -> str:
    """Return the caption, the table in as many parts as fit into `room` twips, and its note."""
    numeric = [_is_numeric(block, c) for c in range(len(block.columns))]
    plans = _square_plans(block, room) if block.square else [_list_plan(block, room, numeric)]
    parts = []
    for place, plan in enumerate(plans):
        words = block.caption
        if len(plans) > 1:
            words += f" (columns {plan.columns[1]} to {plan.columns[-1]} of {len(block.columns) - 1})"
        parts.append(caption("Table", words, number, again=place > 0))
        parts.append(_part(block, plan, numeric))
        parts.append(paragraph("", extra='<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>'))
    if len(block.rows) > MOST_ROWS:
        rest = f"The first {MOST_ROWS:,} of {len(block.rows):,} rows. The same report written as .xlsx or .html has all of them."
        parts.append(paragraph(run(rest), "Note"))
    if block.note:
        parts.append(paragraph(run(block.note), "Note"))
    return "".join(parts)


def _is_numeric(block: Table, column: int) -> bool:
    cells = [row[column] for row in block.rows[:MOST_ROWS]]
    return any(c is not None for c in cells) and all(c is None or isinstance(c, int | float) for c in cells)


def _part(block: Table, plan: _Plan, numeric: Sequence[bool]) -> str:
    style, total = "QcodeMatrix" if block.square else "QcodeList", sum(plan.widths)
    margins = f'<w:left w:w="{plan.margin}" w:type="dxa"/><w:right w:w="{plan.margin}" w:type="dxa"/>'
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(block.row_headers)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(block.caption)}"/>'
    )
    if block.note:
        properties += f'<w:tblDescription w:val="{attribute(block.note)}"/>'
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in plan.widths)
    rows = "".join(_rows(block, plan, numeric))
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_head(block, plan, numeric)}{rows}</w:tbl>"


def _head(block: Table, plan: _Plan, numeric: Sequence[bool]) -> str:
    cells, height = [], 0.0
    for column, wide in zip(plan.columns, plan.widths, strict=True):
        words, turn = block.columns[column], plan.turned and column > 0
        if turn:
            words = shorten(words, (_TURNED - 120) / 20 / plan.points)
            height = max(height, width(words) * plan.points * 20 + 120)
        side = "center" if block.square and column > 0 else "right" if numeric[column] else "left"
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>'
        direction = '<w:textDirection w:val="btLr"/>' if turn else ""
        box = f'<w:tcW w:w="{wide}" w:type="dxa"/>{shade}{direction}<w:vAlign w:val="{"center" if turn else "bottom"}"/>'
        align = f'<w:jc w:val="{"left" if turn else side}"/>'
        cells.append(f"<w:tc><w:tcPr>{box}</w:tcPr>{paragraph(run(words, '<w:b/><w:bCs/>'), plan.style, align)}</w:tc>")
    high = f'<w:trHeight w:val="{round(height)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _rows(block: Table, plan: _Plan, numeric: Sequence[bool]) -> Iterator[str]:
    offset = int(block.row_headers)
    sides = ["center" if block.square and c > 0 else "right" if numeric[c] else "" for c in plan.columns]
    for i in range(min(len(block.rows), MOST_ROWS)):
        cells = []
        for column, wide, side in zip(plan.columns, plan.widths, sides, strict=True):
            head = column < offset
            apart = block.square and column == i + offset
            weight = None if head or block.shades is None else block.shades[i][column - offset]
            fill = APART if apart else background(weight) if weight else ""
            words = block.printed(i, column)
            cells.append(_cell(words, wide, side, plan.style, fill, _ink(words, fill, apart, block.square and not head)))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _ink(words: str, fill: str, apart: bool, square: bool) -> str:
    if apart:
        return APART_INK
    if fill:
        return ink(fill)
    return QUIET if square and words == "0" else ""


def _cell(words: str, wide: int, side: str, style: str, fill: str, color: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>' if fill else ""
    align = f'<w:jc w:val="{side}"/>' if side else ""
    centred = '<w:vAlign w:val="center"/>' if side == "center" else ""
    tint = f'<w:color w:val="{color[1:].upper()}"/>' if color and color != INK else ""
    box = f'<w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}{centred}</w:tcPr>'
    return f"<w:tc>{box}{paragraph(run(words, tint), style, align)}</w:tc>"


def _square_plans(block: Table, room: int) -> list[_Plan]:
    """Return the largest letters at which all columns fit, or parts of the table in the middle size."""
    count = len(block.columns) - 1
    for style, points, margin in _SIZES[:2] if count > 40 else _SIZES:
        head, cell, turned = _square_widths(block, points, margin, room)
        if head + count * cell <= room:
            wider = min(cell + (room - head - count * cell) // max(count, 1), round(points * 20 * 4.2))
            return [_Plan(tuple(range(count + 1)), (head, *[max(cell, wider)] * count), style, points, margin, turned)]
    fits = max(1, (room - head) // cell)
    parts = -(-count // fits)
    size = -(-count // parts)
    starts = range(1, count + 1, size)
    chosen = [tuple(range(start, min(start + size, count + 1))) for start in starts]
    return [_Plan((0, *some), (head, *[cell] * len(some)), style, points, margin, turned) for some in chosen]


def _square_widths(block: Table, points: float, margin: int, room: int) -> tuple[int, int, bool]:
    count = len(block.columns) - 1
    unit, edge = points * 20, 2 * margin + 20
    longest = max((width(str(row[0])) for row in block.rows), default=1.0)
    head = min(round(longest * unit) + edge, _ROW_HEAD)
    cells = [width(block.printed(i, c)) for i in range(len(block.rows)) for c in range(1, count + 1)]
    cell = max(round(max(cells, default=1.0) * unit) + edge, round(unit * 1.5) + edge)
    upright = max(cell, round(max((width(name) for name in block.columns[1:]), default=1.0) * unit) + edge)
    if head + count * upright <= room:
        return head, upright, False
    return head, cell, True


def _list_plan(block: Table, room: int, numeric: Sequence[bool]) -> _Plan:
    style, points, margin = _SIZES[0]
    columns = tuple(range(len(block.columns)))
    if block.widths:
        total = sum(block.widths)
        return _Plan(columns, tuple(int(room * w / total) for w in block.widths), style, points, margin)
    edge, unit = 2 * margin + 40, points * 20
    least, most = [], []
    for column in columns:
        words = [block.columns[column], *(block.printed(i, column) for i in range(min(len(block.rows), 400)))]
        lines = [line for text in words for line in text.split("\n")]
        longest = max((width(word) for line in lines for word in line.split()), default=1.0)
        least.append(min(longest * unit + edge, room * 0.45))
        most.append(max(max(width(line) for line in lines) * unit + edge, least[-1]))
    return _Plan(columns, tuple(_share(least, most, room)), style, points, margin)


def _share(least: Sequence[float], most: Sequence[float], room: int) -> list[int]:
    """Return widths between `least` and `most` that fill at most `room`; narrower than `least` only if they must."""
    if sum(most) <= room:
        return [round(w) for w in most]
    if sum(least) >= room:
        return [int(w * room / sum(least)) for w in least]
    spare, wanted = room - sum(least), sum(most) - sum(least)
    return [int(low + (high - low) * spare / wanted) for low, high in zip(least, most, strict=True)]
