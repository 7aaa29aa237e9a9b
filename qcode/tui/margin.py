"""The margin: each coding is a bar in a lane beside its rows, with its code's key written where it begins.

What a bar is can be seen without colours: ┃ a coding of one's own, │ one of another coder (`KEY@name`), ┊ one that
waits for a decision (`?KEY`), ╎ a mark with a code of the draft (`*KEY`). The first and the last row have corners.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qcode.tui.cells import cells_of, cut
from qcode.tui.layout import Layout

__all__ = ["Bar", "Margin", "MarginRow", "Mark", "Widths"]

GLYPHS = {"own": "┏┃┗╸", "other": "╭│╰╴", "pending": "┌┊└┄", "draft": "┌╎└╌"}
"""The first row of a bar, those between, its last row, and its only one (a half, so that neighbours stay apart)."""
_PAGE = 64
"""The rows that are looked up together."""
_LEAST_LABEL = 4
_LABELS_KEEP = 11


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding, or a mark with a code of the draft, as the margin shows it; `kind` is a key of GLYPHS."""

    id: str
    start: int
    end: int
    key: str
    kind: str = "own"
    coder: str = ""
    color: str = ""
    pending: bool = False

    @property
    def label(self) -> str:
        """Return what is written beside the bar; `coder` is empty for the one who reads."""
        sign = {"pending": "?", "draft": "*"}.get("pending" if self.pending else self.kind, "")
        return sign + self.key + (f"@{self.coder}" if self.coder else "")


@dataclass(frozen=True, slots=True)
class Bar:
    """A mark with its rows and its lane, counted from the left."""

    mark: Mark
    first: int
    last: int
    lane: int

    def glyph(self, row: int) -> str:
        """Return what is drawn of the bar on one of its rows."""
        shape = GLYPHS[self.mark.kind]
        if self.first == self.last:
            return shape[3]
        return shape[0] if row == self.first else shape[2] if row == self.last else shape[1]


@dataclass(frozen=True, slots=True)
class MarginRow:
    """What stands beside one row: a bar or None for each lane, labels, and how many bars found no room."""

    lanes: tuple[Bar | None, ...]
    labels: tuple[tuple[str, Mark], ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Widths:
    """How many cells lanes and labels have; where many codings overlap a few more lanes take room from the labels."""

    lanes: int
    labels: int

    @property
    def most_lanes(self) -> int:
        """Return how many lanes there are at most."""
        return self.lanes + max(0, min(4, self.labels - _LABELS_KEEP))


class Margin:
    """The bars of a transcript in the rows of one layout."""

    def __init__(self, marks: Iterable[Mark], layout: Layout, widths: Widths) -> None:
        self._labels: dict[int, list[tuple[int, str, Mark]]] = defaultdict(list)
        self._unlabelled: dict[int, int] = defaultdict(int)
        self._pages: dict[int, list[Bar]] = defaultdict(list)
        bars = _bars(marks, layout)
        needed = max((bar.lane for bar in bars), default=0) + 1
        self.lanes = max(1, min(needed, widths.most_lanes))
        self.label_width = widths.labels + widths.lanes - self.lanes
        used: dict[int, int] = defaultdict(int)
        for bar in bars:
            for page in range(bar.first // _PAGE, bar.last // _PAGE + 1):
                self._pages[page].append(bar)
            if bar.lane < self.lanes:
                self._write(bar, used)

    def _write(self, bar: Bar, used: dict[int, int]) -> None:
        """Write a bar's label on the first of its rows with room, cut where it must be."""
        label = bar.mark.label
        cells = _cells(label)
        whole = label if cells <= self.label_width else cut(label, self.label_width)
        for row in range(bar.first, min(bar.last, bar.first + 12) + 1):
            before = used[row] + bool(used[row])
            if not used[row] or before + cells <= self.label_width:
                self._put(row, before, whole, bar, used)
                return
        before = used[bar.first] + 1
        if self.label_width - before >= _LEAST_LABEL:
            self._put(bar.first, before, cut(label, self.label_width - before), bar, used)
        else:
            self._unlabelled[bar.first] += 1

    def _put(self, row: int, before: int, label: str, bar: Bar, used: dict[int, int]) -> None:
        self._labels[row].append((bar.lane, label, bar.mark))
        used[row] = before + _cells(label)

    def bars_at(self, row: int) -> list[Bar]:
        """Return every bar that touches a row, also those without a lane to be seen in."""
        return [bar for bar in self._pages.get(row // _PAGE, ()) if bar.first <= row <= bar.last]

    def row(self, number: int) -> MarginRow:
        """Return what stands beside a row."""
        lanes: list[Bar | None] = [None] * self.lanes
        hidden = self._unlabelled.get(number, 0)
        for bar in self.bars_at(number):
            if bar.lane < self.lanes:
                lanes[bar.lane] = bar
            else:
                hidden += 1
        in_order = sorted(self._labels.get(number, ()), key=lambda one: one[0])
        labels = [(label, mark) for _, label, mark in in_order]
        return MarginRow(tuple(lanes), _beside(labels, hidden, self.label_width), hidden)


_cells = lru_cache(maxsize=4096)(cells_of)


def _bars(marks: Iterable[Mark], layout: Layout) -> list[Bar]:
    """Give each mark the leftmost lane that is free in all its rows, longer ones before shorter ones."""
    placed = [(*layout.rows_of(mark.start, mark.end), mark) for mark in marks]
    placed.sort(key=lambda one: (one[0], -one[1], one[2].start, -one[2].end, one[2].key))
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    bars, lanes = [], 0
    for first, last, mark in placed:
        while busy and busy[0][0] < first:
            insort(free, busy.pop(0)[1])
        if free:
            lane = free.pop(0)
        else:
            lane, lanes = lanes, lanes + 1
        insort(busy, (last, lane))
        bars.append(Bar(mark, first, last, lane))
    return bars


def _beside(labels: Sequence[tuple[str, Mark]], hidden: int, width: int) -> tuple[tuple[str, Mark], ...]:
    """Return the labels of a row, shortened from the right where `+2` needs their room."""
    if not hidden:
        return tuple(labels)
    room = width - len(f"+{hidden}") - 1
    kept = []
    for label, mark in labels:
        fitting = cut(label, room)
        if cells_of(fitting) > 1:
            kept.append((fitting, mark))
        room -= cells_of(fitting) + 1
    return tuple(kept)
