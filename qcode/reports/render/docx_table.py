"""Tables of a report as WordprocessingML, written as text: ten thousand rows in a fraction of a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcode.reports.render.clean import attribute
from qcode.reports.render.colors import APART, APART_INK, QUIET, background, ink
from qcode.reports.render.docx_text import caption, paragraph, run
from qcode.reports.render.docx_widths import TURNED, Plan, list_plan, square_plans
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Table

__all__ = ["MOST_ROWS", "table"]

MOST_ROWS = 1000
"""The most rows of a table in a Word file; LibreOffice cannot print 10,000, and nobody reads them there."""

KEEP = "<w:keepNext/>"
_TOGETHER = 40
"""A square table of up to so many rows stays on one page."""


def table(block: Table, number: int, room: int) -> str:
    """Return the caption, the table in as many parts as fit into `room` twips, and its note."""
    numeric = [_is_numeric(block, c) for c in range(len(block.columns))]
    plans = square_plans(block, room) if block.square else [list_plan(block, room)]
    parts = []
    for place, plan in enumerate(plans):
        words = block.caption
        if len(plans) > 1:
            words += f" (columns {plan.columns[1]} to {plan.columns[-1]} of {len(block.columns) - 1})"
        parts.append(caption("Table", words, number, again=place > 0))
        parts.append(_part(block, plan, numeric))
        parts.append(paragraph("", extra=f'{KEEP}<w:spacing w:after="0" w:line="120" w:lineRule="exact"/>'))
    if len(block.rows) > MOST_ROWS:
        rest = (
            f"The first {MOST_ROWS:,} of {len(block.rows):,} rows; the same report as .xlsx or .html has all of them."
        )
        parts.append(paragraph(run(rest), "Note"))
    if block.note:
        parts.append(paragraph(run(block.note), "Note"))
    return "".join(parts)


def _is_numeric(block: Table, column: int) -> bool:
    cells = [row[column] for row in block.rows[:MOST_ROWS]]
    return any(isinstance(c, int | float) for c in cells) and not any(isinstance(c, str) and c for c in cells)


def _part(block: Table, plan: Plan, numeric: Sequence[bool]) -> str:
    style, total = "QcodeMatrix" if block.square else "QcodeList", sum(plan.widths)
    high = 45 if not block.square else 30 if plan.points > 8 else 4
    margins = f'<w:top w:w="{high}" w:type="dxa"/><w:left w:w="{plan.margin}" w:type="dxa"/>'
    margins += f'<w:bottom w:w="{high}" w:type="dxa"/><w:right w:w="{plan.margin}" w:type="dxa"/>'
    properties = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(block.row_headers)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(block.caption)}"/>'
    )
    if block.note:
        properties += f'<w:tblDescription w:val="{attribute(block.note)}"/>'
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in plan.widths)
    rows = "".join((_head(block, plan, numeric), *_rows(block, plan, numeric)))
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _head(block: Table, plan: Plan, numeric: Sequence[bool]) -> str:
    cells, height = [], 0.0
    for column, wide in zip(plan.columns, plan.widths, strict=True):
        words, turn = block.columns[column], plan.turned and column > 0
        if turn:
            words = shorten(words, (TURNED - 120) / 20 / plan.points)
            height = max(height, width(words) * plan.points * 20 + 120)
        side = "center" if block.square and column > 0 else "right" if numeric[column] else "left"
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>'
        direction = '<w:textDirection w:val="btLr"/>' if turn else ""
        box = (
            f'<w:tcW w:w="{wide}" w:type="dxa"/>{shade}{direction}<w:vAlign w:val="{"center" if turn else "bottom"}"/>'
        )
        align = f'<w:jc w:val="{"left" if turn else side}"/>'
        cells.append(f"<w:tc><w:tcPr>{box}</w:tcPr>{paragraph(run(words, '<w:b/><w:bCs/>'), plan.style, align)}</w:tc>")
    high = f'<w:trHeight w:val="{round(height)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}<w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _rows(block: Table, plan: Plan, numeric: Sequence[bool]) -> Iterator[str]:
    offset = int(block.row_headers)
    sides = ["center" if block.square and c > 0 else "right" if numeric[c] else "" for c in plan.columns]
    count = min(len(block.rows), MOST_ROWS)
    for i in range(count):
        whole = block.square and count <= _TOGETHER
        keep = KEEP if (i < count - 1 and whole) or (i == count - 1 and block.note) else ""
        cells = []
        for column, wide, side in zip(plan.columns, plan.widths, sides, strict=True):
            words, fill, ink_ = _look(block, i, column, offset)
            align = keep + (f'<w:jc w:val="{side}"/>' if side else "")
            cells.append(_cell(words, wide, fill, ink_, plan.style, align, block.square))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _look(block: Table, i: int, column: int, offset: int) -> tuple[str, str, str]:
    """Return a cell's words, its background and the colour of its letters ("": the usual ones)."""
    words = block.printed(i, column)
    if column < offset:
        return words, "", ""
    if block.square and column == i + offset:
        return words, APART, APART_INK
    weight = block.shades[i][column - offset] if block.shades else None
    if weight:
        fill = background(weight)
        return words, fill, ink(fill)
    return words, "", QUIET if block.square and words == "0" else ""


def _cell(words: str, wide: int, fill: str, color: str, style: str, align: str, middle: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill[1:].upper()}"/>' if fill else ""
    centred = '<w:vAlign w:val="center"/>' if middle else ""
    tint = f'<w:color w:val="{color[1:].upper()}"/>' if color else ""
    box = f'<w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}{centred}</w:tcPr>'
    return f"<w:tc>{box}{paragraph(run(words, tint), style, align)}</w:tc>"
