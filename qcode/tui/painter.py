"""Paints one row of a transcript: gutter, words, margin, as segments of exactly the width asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from qcode.domain.code_colors import readable
from qcode.domain.span import Span
from qcode.tui.cells import cells_of, cut, painted, place_at
from qcode.tui.layout import Layout, Row, heading_of
from qcode.tui.margin import Margin, MarginRow, Mark, Widths

__all__ = ["GUTTER", "NOTHING", "Inks", "Measures", "Painter", "measures"]

NOTHING = Span(0, 1)
"""What is selected in a text without a character."""
GUTTER = 2
_GAP = 2
_LONGEST_LINE = 100


@dataclass(frozen=True, slots=True)
class Measures:
    """How the width is shared: blanks at the left, words, lanes and labels of the margin."""

    left: int
    words: int
    margin: Widths

    @property
    def words_at(self) -> int:
        """Return the cell at which the words begin."""
        return self.left + GUTTER

    @property
    def margin_at(self) -> int:
        """Return the cell at which the lanes begin."""
        return self.words_at + self.words + _GAP


def measures(width: int) -> Measures:
    """Share `width` cells: lines stay short enough to be read, the margin shrinks before they do."""
    lanes = 3 if width < 70 else 4 if width < 100 else 6 if width < 140 else 9
    labels = max(5, min(30, width * 20 // 100))
    words = width - GUTTER - _GAP - lanes - labels - 1
    free = max(0, words - _LONGEST_LINE)
    left = free // 3
    return Measures(left, words - free, Widths(lanes, labels + free - left))


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a theme, as `#rrggbb`."""

    text: str = "#dcd8d0"
    muted: str = "#8d8a84"
    accent: str = "#e0b66c"
    paper: str = "#16181c"

    def style(self, color: str, **attributes: bool) -> Style:
        """Return a colour on the paper."""
        return _style(color, self.paper, tuple(sorted(attributes.items())))

    def of_mark(self, mark: Mark, **attributes: bool) -> Style:
        """Return the colour of a code, as near to it as can be read on the paper."""
        return self.style(_readable(mark.color or self.muted, self.paper), **attributes)


@lru_cache(maxsize=4096)
def _style(color: str, paper: str, attributes: tuple[tuple[str, bool], ...]) -> Style:
    return Style(color=color, bgcolor=paper, **dict(attributes))  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _readable(color: str, paper: str) -> str:
    return readable(color, paper, 4.5)


@dataclass(slots=True)
class Painter:
    """Everything that a row is painted from."""

    layout: Layout
    margin: Margin
    measures: Measures
    inks: Inks = field(default_factory=Inks)
    selection: Span = NOTHING
    coded: Sequence[Span] = ()
    matches: Sequence[Span] = ()

    def row(self, number: int) -> list[Segment]:
        """Return a row in segments: gutter, words, margin."""
        row, share = self.layout.rows[number], self.measures
        words = list(self._words(row))
        taken = sum(cells_of(segment.text) for segment in words)
        blanks = Segment(" " * (share.words - taken + _GAP), self.inks.style(self.inks.text))
        return [self._gutter(row), *words, blanks, *self._margin(number)]

    def _gutter(self, row: Row) -> Segment:
        here = row.kind != "blank" and row.start < self.selection.end and self.selection.start < row.end
        sign = "▌ " if here else "  "
        return Segment(" " * self.measures.left + sign, self.inks.style(self.inks.accent, bold=True))

    def _words(self, row: Row) -> Iterator[Segment]:
        if row.kind == "blank":
            return
        if row.kind == "heading":
            yield self._heading(row)
            return
        text = self.layout.text
        end = row.start + self._shown(text[row.start : row.end])
        edges = sorted({row.start, end, *self._edges(row.start, end)})
        for start, stop in pairwise(edges):
            yield Segment(painted(text[start:stop]), self._style_at(start))

    def _shown(self, line: str) -> int:
        """Return how many characters of a line are painted: blanks that hang over the edge are not."""
        line = line.rstrip() or line.rstrip("\n")
        return place_at(line, self.measures.words) if len(line) * 2 > self.measures.words else len(line)

    def _heading(self, row: Row) -> Segment:
        turn = self.layout.turns[row.turn or 0]
        words = cut(heading_of(turn), self.measures.words)
        here = self.selection.start < row.end and row.start < self.selection.end
        style = self.inks.style(self.inks.muted, bold=True, underline=self._on(self.coded, row), reverse=here)
        return Segment(words, style)

    def _on(self, spans: Sequence[Span], row: Row) -> bool:
        at = bisect_right(spans, row.end, key=_start) - 1
        return at >= 0 and spans[at].start < row.end and row.start < spans[at].end

    def _edges(self, start: int, end: int) -> Iterator[int]:
        for spans in (self.coded, self.matches, (self.selection,)):
            at = max(0, bisect_right(spans, start, key=_start) - 1)
            while at < len(spans) and spans[at].start < end:
                yield from (edge for edge in (spans[at].start, spans[at].end) if start < edge < end)
                at += 1

    def _style_at(self, position: int) -> Style:
        found = _holds(self.matches, position)
        return self.inks.style(
            self.inks.accent if found else self.inks.text,
            bold=found,
            underline=_holds(self.coded, position),
            reverse=self.selection.start <= position < self.selection.end,
        )

    def _margin(self, number: int) -> Iterator[Segment]:
        row = self.margin.row(number)
        plain = self.inks.style(self.inks.text)
        for bar in row.lanes:
            yield Segment(bar.glyph(number), self.inks.of_mark(bar.mark)) if bar else Segment(" ", plain)
        width = 0
        for label, mark in row.labels:
            yield Segment(" ", plain)
            yield Segment(label, self.inks.of_mark(mark, bold=mark.kind == "own", italic=mark.kind != "own"))
            width += 1 + cells_of(label)
        more = f" +{row.hidden}" if row.hidden else ""
        yield Segment(more.ljust(self.margin.label_width + 1 - width), self.inks.style(self.inks.accent, bold=True))

    def position_at(self, number: int, cell: int) -> int:
        """Return the character of a row that stands at a cell, counted from the left edge."""
        row = self.layout.rows[number]
        if row.kind != "text":
            return row.start if row.kind == "heading" else row.end
        line = self.layout.text[row.start : row.end]
        return row.start + min(place_at(line, cell - self.measures.words_at), max(0, len(line.rstrip("\n"))))

    def marks_at(self, number: int, cell: int) -> list[Mark]:
        """Return the marks whose bar or label stands at a cell of the margin; all of the row beside them."""
        row, at = self.margin.row(number), cell - self.measures.margin_at
        if 0 <= at < len(row.lanes):
            bar = row.lanes[at]
            return [bar.mark] if bar else []
        named = _label_at(row, at - len(row.lanes) - 1)
        return [named] if named else [bar.mark for bar in self.margin.bars_at(number)]


def _label_at(row: MarginRow, cell: int) -> Mark | None:
    for label, mark in row.labels:
        if 0 <= cell < cells_of(label):
            return mark
        cell -= cells_of(label) + 1
    return None


def _holds(spans: Sequence[Span], position: int) -> bool:
    at = bisect_right(spans, position, key=_start) - 1
    return at >= 0 and position < spans[at].end


def _start(span: Span) -> int:
    return span.start
