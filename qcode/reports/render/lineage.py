"""Lay out the codes through the versions of a codebook: a column each, a row a code, bent lines where it changes."""

from __future__ import annotations

from itertools import chain

from qcode.reports.render.clean import color
from qcode.reports.render.colors import INK, QUIET
from qcode.reports.render.drawing import Box, Drawing, Line, Point, Shape, Word
from qcode.reports.render.lineage_cells import Cell, Trace, cells, traces
from qcode.reports.render.lineage_columns import EDGE, GAP, HEAD, SIZE, SMALL, STEP, after, head, label, measure, name
from qcode.reports.render.lineage_legend import legend
from qcode.reports.render.lineage_looks import BAND, GUIDE, LOOKS, PRESENT, QUIET_LINE, dot, strongest, symbol
from qcode.reports.render.lineage_rows import Path, Rows
from qcode.reports.render.widths import width
from qcode.reports.report import Lineage

__all__ = ["lay_out"]

PITCH = 18.0
"""Pixels from row to row."""


def lay_out(lineage: Lineage) -> Drawing:
    """Return the drawing of `lineage`."""
    return _Sheet(lineage).drawing() if lineage.columns else Drawing(2 * EDGE, 2 * EDGE)


class _Sheet:
    """The drawing while it is made."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage, self.rows = lineage, Rows(lineage)
        self.cells = cells(lineage, self.rows)
        self.columns = measure(lineage, self.rows, self.cells)
        self.last = len(self.columns) - 1
        self.axis = EDGE + 6.0 + _arch(lineage)
        self.top = self.axis + 48.0
        self.bottom = self.top + len(self.rows.rows) * PITCH
        self.lines, self.shapes, self.words = list[Line](), list[Shape](), list[Word]()
        self.boxes = list[Box]()

    def drawing(self) -> Drawing:
        self._heads()
        self._bands()
        for trace in traces(self.lineage, self.rows, self.cells):
            self._trace(trace)
        for (column, path), cell in self.cells.items():
            if not self.rows.folded(path):
                self._cell(column, path, cell)
        kinds = set(chain.from_iterable(cell.kinds for cell in self.cells.values()))
        folded = any(row.folded for row in self.rows.rows)
        right = self.columns[-1].end
        lines, shapes, words, far, low = legend(kinds, EDGE, self.bottom + 24.0, right, folded=folded)
        return Drawing(
            max(right, far, self.columns[-1].x + 60.0) + EDGE,
            low + EDGE,
            tuple(self.boxes),
            (*self.words, *words),
            (*self.lines, *lines),
            (*self.shapes, *shapes),
        )

    def _y(self, path: Path) -> float:
        return self.top + (self.rows.place[path] + 0.5) * PITCH

    def _heads(self) -> None:
        """Draw the versions above their columns, with lines to those that they follow."""
        for n, column in enumerate(self.columns):
            self.lines.append(Line(((column.x, self.top - 4.0), (column.x, self.bottom)), GUIDE, 1.2))
            for before in self.lineage.follows[n] if n < len(self.lineage.follows) else ():
                self.lines.append(Line(self._followed(before, n), INK, 1.6))
            self.shapes.append(dot(column.x, self.axis, 4.5, INK, title=self.lineage.versions[n]))
            anchor = "middle"
            self.words.append(
                Word(head(self.lineage.versions[n]), column.x, self.axis + 18.0, HEAD, INK, anchor, bold=True)
            )
            if n < len(self.lineage.dates):
                self.words.append(Word(head(self.lineage.dates[n]), column.x, self.axis + 34.0, SMALL, QUIET, anchor))

    def _followed(self, before: int, n: int) -> tuple[Point, ...]:
        start, stop, y = self.columns[before].x, self.columns[n].x, self.axis
        if n == before + 1:
            return (start, y), (stop, y)
        high, foot = y - 8.0 * (n - before), (stop - start) / (n - before) / 2
        return (start, y), (start + foot, high), (stop - foot, high), (stop, y)

    def _bands(self) -> None:
        """Draw the folded rows."""
        for row in self.rows.rows:
            if row.folded:
                first, last, y = self.columns[0], self.columns[-1], self._y(row.paths[0])
                keys = ", ".join(self.rows.last(path).key for path in row.paths)
                self.lines.append(Line(((first.x, y), (last.x, y)), BAND, 7.0, title=keys))
                if self.last:
                    self.words.append(Word(row.folded, EDGE + STEP * row.depth, y, SIZE, QUIET, title=keys))
                self.words.append(Word(row.folded, last.labels + STEP * row.depth, y, SIZE, QUIET, title=keys))
                self._mark(self.rows.last(row.paths[0]).color, y)

    def _trace(self, trace: Trace) -> None:
        (from_column, path), (to_column, heir) = trace.start, trace.stop
        cell, column, stop = self.cells[trace.start], self.columns[from_column], self.columns[to_column]
        y, to_y = self._y(path), self._y(heir)
        shown = cell.named and 0 < from_column < self.last
        start = after(column.x, cell) + width(label(cell)) * SIZE + 4.0 if shown else column.x
        points: tuple[Point, ...] = ((start, y), (stop.x - GAP, y), (stop.x, to_y))
        if trace.aside:
            lane = y + PITCH / 2 if to_y >= y else y - PITCH / 2
            aside = self.columns[from_column + 1].x - GAP
            points = ((start, y), (aside, y), (aside + GAP * 0.6, lane), (stop.x - GAP, lane), (stop.x, to_y))
        look = strongest(trace.kinds)
        title = "" if look is None else self.cells[trace.stop].title(self.lineage.versions[to_column])
        if look is None:
            self.lines.append(Line(points, QUIET_LINE, 1.2))
        else:
            self.lines.append(Line(points, look.color, 2.2, look.dash, title))

    def _cell(self, column: int, path: Path, cell: Cell) -> None:
        place, y = self.columns[column], self._y(path)
        title = cell.title(self.lineage.versions[column])
        for n, kind in enumerate(cell.kinds):
            self.shapes.append(symbol(kind, place.x + n * STEP, y, title))
        if not cell.kinds:
            self.shapes.append(dot(place.x, y, 2.3, PRESENT, title=title))
        if column in (0, self.last):
            indent = STEP * (len(path) - 1) + (place.labels if column == self.last else EDGE)
            self._label(cell, indent, y, title)
        elif cell.named:
            self._label(cell, after(place.x, cell), y, title)
        if place.names and name(cell):
            self.words.append(Word(name(cell), place.names, y, SIZE, QUIET, title=title))
        elif column == 0:
            self._mark(cell.color, y)

    def _label(self, cell: Cell, x: float, y: float, title: str) -> None:
        fill = LOOKS["retire"].color if cell.gone else INK
        self.words.append(Word(label(cell), x, y, SIZE, fill, bold=not cell.codable, title=title))

    def _mark(self, of: str, y: float) -> None:
        """Draw a code's own colour at the edge."""
        if mark := color(of):
            self.boxes.append(Box(EDGE - 9.0, y - PITCH / 2 + 1.0, 4.0, PITCH - 2.0, mark))


def _arch(lineage: Lineage) -> float:
    """Return how high the lines rise that lead past other versions."""
    spans = [n - before for n, followed in enumerate(lineage.follows) for before in followed]
    return max((8.0 * span for span in spans if span > 1), default=0.0)
