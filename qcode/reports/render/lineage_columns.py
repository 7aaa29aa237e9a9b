"""How wide the columns of the drawing of codes through versions are, and how their labels are worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qcode.reports.render.lineage_cells import Cell
from qcode.reports.render.lineage_rows import Path, Rows
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Lineage

__all__ = ["EDGE", "GAP", "HEAD", "SIZE", "SMALL", "STEP", "Column", "after", "head", "label", "measure", "name"]

EDGE, GAP, STEP = 14.0, 68.0, 12.0
"""Pixels: around the drawing, for the bends between columns, and for a symbol or a level of the tree."""

_NAMED = 6
"""Of more versions than this no names are drawn beside the keys of the last one: they would make all letters small."""

SIZE, SMALL, HEAD = 13.0, 11.0, 15.0
"""Pixels: how high the letters are."""

_HEAD, _KEY, _NAME = 14.0, 18.0, 26.0
"""The most em that the number of a version, a key and a name take; the whole of them stands in the tooltip."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column's cells stand, where its labels begin and end; where names begin, 0 if there are none."""

    x: float
    labels: float
    end: float
    names: float = 0.0


def label(cell: Cell) -> str:
    """Return a key as it is drawn, with its number of codings."""
    return shorten(cell.key, _KEY) + ("" if cell.codings is None else f" ({cell.codings:,})")


def name(cell: Cell) -> str:
    """Return a name as it is drawn, nothing where it says no more than the key."""
    return "" if cell.name == cell.key else shorten(cell.name, _NAME)


def head(text: str) -> str:
    """Return the number of a version as it is drawn."""
    return shorten(text, _HEAD)


def measure(lineage: Lineage, rows: Rows, cells: Mapping[tuple[int, Path], Cell]) -> list[Column]:
    """Return the columns from left to right: the first has its labels before it, the last also names."""
    last, columns, x = len(lineage.columns) - 1, list[Column](), 0.0
    heads = [_head_width(lineage, n) for n in range(last + 1)]
    folded = [STEP * row.depth + width(row.folded) * SIZE for row in rows.rows if row.folded]
    for n in range(last + 1):
        shown = {path: cell for (m, path), cell in cells.items() if m == n and not rows.folded(path)}
        if n == 0:
            before = [STEP * (len(path) - 1) + width(label(cell)) * SIZE for path, cell in shown.items()]
            left = max([*before, *folded, 0.0]) if last else 0.0
            x = EDGE + max(left + 12.0, heads[0] / 2)
        else:
            x = max(columns[-1].end + GAP, columns[-1].x + (heads[n - 1] + heads[n]) / 2 + 14.0)
        columns.append(_last(x, shown, folded, named=last < _NAMED) if n == last else _middle(x, shown, first=n == 0))
    return columns


def _middle(x: float, shown: Mapping[Path, Cell], *, first: bool) -> Column:
    named = [] if first else [cell for cell in shown.values() if cell.named]
    ends = [after(x, cell) + width(label(cell)) * SIZE + 5.0 for cell in named]
    return Column(x, x, max(ends, default=x))


def after(x: float, cell: Cell) -> float:
    """Return where a cell's label begins."""
    return x + 9.0 + STEP * max(len(cell.kinds) - 1, 0)


def _last(x: float, shown: Mapping[Path, Cell], folded: list[float], *, named: bool) -> Column:
    labels = max((after(x, cell) for cell in shown.values()), default=x + 9.0) + 2.0
    keys = [STEP * (len(path) - 1) + width(label(cell)) * SIZE for path, cell in shown.items()]
    names = labels + max(keys, default=0.0) + 12.0
    if not named:
        return Column(x, labels, max(names - 12.0, labels + max(folded, default=0.0)))
    wide = max((width(name(cell)) * SIZE for cell in shown.values()), default=0.0)
    return Column(x, labels, max(names + wide, labels + max(folded, default=0.0)), names)


def _head_width(lineage: Lineage, n: int) -> float:
    date = lineage.dates[n] if n < len(lineage.dates) else ""
    return max(width(head(lineage.versions[n])) * HEAD, width(head(date)) * SMALL)
