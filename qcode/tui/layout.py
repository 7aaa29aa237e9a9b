"""Lays a transcript out in rows: a quiet heading for each turn, its words wrapped at word borders.

Every character of the text stands on exactly one row, also the labels and times between the turns (they belong to
the row of the heading): so that no coding can stand nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.tui.cells import cell_width, cells_of, is_narrow, is_wide

__all__ = ["Layout", "Row", "heading_of", "lay_out", "wrap"]

_WIDE = "\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
_BLANKS = " \t" + "".join(map(chr, range(0x2000, 0x2007))) + "\u2008\u2009\u200a\u205f"
_TOKEN = re.compile(f"[{_BLANKS}]+|[{_WIDE}]+|[^{_BLANKS}{_WIDE}]+")
_IS_WIDE = re.compile(f"[{_WIDE}]")
_NOT_FIRST = frozenset("，。、；：？！）」』》】〉〕”’…·ー々％)]},.;:?!»")
"""What does not stand at the beginning of a row where it can be helped."""
_NOT_LAST = frozenset("（「『《【〈〔“‘([{«")
"""What does not stand at the end of a row where it can be helped."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen: the characters `start` to `end`; `kind` is "text", "heading" or "blank"."""

    start: int
    end: int
    kind: str
    turn: int | None


class Layout:
    """A transcript in rows; a position leads to its row and a row to its positions."""

    def __init__(self, text: str, rows: Sequence[Row], turns: Sequence[Turn]) -> None:
        self.text = text
        self.rows = rows
        self.turns = turns
        self._starts = [row.start for row in rows]
        self._known: dict[tuple[int, int], tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def row_at(self, position: int) -> int:
        """Return the number of the row that a position stands on."""
        return max(0, bisect_right(self._starts, min(position, len(self.text) - 1)) - 1)

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last row that a stretch touches."""
        known = self._known.get((start, end))
        if known is None:
            known = self._known[start, end] = self.row_at(start), self.row_at(max(start, end - 1))
        return known

    def turn_of(self, row: int) -> Turn | None:
        """Return the turn that a row belongs to."""
        number = self.rows[row].turn
        return None if number is None else self.turns[number]

    def first_text_row(self, row: int) -> int:
        """Return the nearest row at or after `row`, else before it, that has words."""
        after = (at for at in range(row, min(row + 50, len(self.rows))) if self.rows[at].kind == "text")
        before = (at for at in range(row, -1, -1) if self.rows[at].kind == "text")
        return next(after, next(before, row))


def lay_out(text: str, turns: Sequence[Turn], width: int) -> Layout:
    """Return the rows of a text in at most `width` cells."""
    rows: list[Row] = []
    at = 0
    for number, turn in enumerate(turns):
        rows += _before_turn(text, at, turn, number, width)
        rows += [Row(span.start, span.end, "text", number) for span in wrap(text, turn.start, turn.end, width)]
        at = max(at, turn.end)
    if at < len(text):
        rows += _tail(text, at, rows, width)
    return Layout(text, rows or [Row(0, 0, "blank", None)], turns)


def _before_turn(text: str, at: int, turn: Turn, number: int, width: int) -> Iterator[Row]:
    """Yield the rows for what stands before a turn's first word: an empty one, its label, its time."""
    gap = text[at : turn.start]
    if not heading_of(turn) and not gap.strip():
        if number or gap:
            yield Row(at, turn.start, "blank", number)
        return
    if number:
        yield Row(at, at, "blank", number)
    if heading_of(turn):
        yield Row(at, turn.start, "heading", number)
        return
    for span in wrap(text, at, turn.start, width):
        yield Row(span.start, span.end, "text", number)


def _tail(text: str, at: int, rows: list[Row], width: int) -> list[Row]:
    if rows and not text[at:].strip():
        last = rows.pop()
        return [Row(last.start, len(text), last.kind, last.turn)]
    blank = [Row(at, at, "blank", None)] if rows else []
    return blank + [Row(span.start, span.end, "text", None) for span in wrap(text, at, len(text), width)]


def heading_of(turn: Turn) -> str:
    """Return who speaks in a turn, and when; empty where the text says neither."""
    return "  ".join(part for part in (turn.speaker or "", _clock(turn.time)) if part)


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def wrap(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Yield the rows of a stretch: broken after blanks and, in scripts without blanks, anywhere.

    Blanks at the end of a row hang over its edge: they are not counted in `width`. A line break belongs to the row
    that it ends. At least one cluster stands on each row, however narrow.
    """
    width = max(width, 2)
    while start < end:
        stop = text.find("\n", start, end)
        behind = end if stop < 0 else stop + 1
        line_end = end if stop < 0 else stop
        line = text[start:line_end]
        pieces = _narrow(line, width) if is_narrow(line) else _wide(line, width)
        for last, length in pieces:
            here = behind if last else start + length
            yield Span(start, here)
            start = here


def _narrow(line: str, width: int) -> Iterator[tuple[bool, int]]:
    """Yield whether a row is the last and how many characters it takes; each character is one cell."""
    at, words_end = 0, len(line.rstrip(" "))
    while words_end - at > width:
        edge = at + width
        if line[edge] != " ":
            blank = line.rfind(" ", at, edge)
            edge = blank if blank >= at else edge
        while line[edge] == " ":
            edge += 1
        yield False, edge - at
        at = edge
    yield True, len(line) - at


def _wide(line: str, width: int) -> Iterator[tuple[bool, int]]:
    """Yield the same for text of any script, token by token: blanks, words, runs that break anywhere."""
    at = used = 0
    for match in _TOKEN.finditer(line):
        begin, end = match.span()
        cells = cells_of(match.group())
        if line[begin] in _BLANKS:
            used += cells
            continue
        if used + cells > width and begin > at and not _IS_WIDE.match(line, begin):
            place = _kindly(line, at, begin)
            yield False, place - at
            at, used, begin, cells = place, 0, place, cells_of(line[place:end])
        while used + cells > width:
            place = _fitting(line, at, begin, end, width - used)
            yield False, place - at
            at, used, begin, cells = place, 0, place, cells_of(line[place:end])
        used += cells
    yield True, len(line) - at


def _fitting(line: str, at: int, begin: int, end: int, room: int) -> int:
    """Return where a run is cut so that what comes before fits; never at `at`, so that each row has something."""
    place = min(end, begin + room // 2) if room > 1 else begin
    if is_wide(line[begin:place]):
        room -= 2 * (place - begin)
    else:
        place = begin
    while place < end and (size := cell_width(line[place])) <= room:
        room -= size
        place += 1
    return _kindly(line, at, place)


def _kindly(line: str, at: int, place: int) -> int:
    """Return a cut at or before `place`: never inside a cluster, nor beside a wrong sign."""
    while at < place < len(line) and cell_width(line[place]) == 0:
        place -= 1
    if place == at:
        place += 1
        while place < len(line) and cell_width(line[place]) == 0:
            place += 1
        return place
    for earlier in range(place, max(at, place - 4), -1):
        before, behind = line[earlier - 1], line[earlier : earlier + 1]
        between = earlier == place or _IS_WIDE.match(before) or _IS_WIDE.match(behind)
        wrong = (behind in _NOT_FIRST and before not in _BLANKS) or before in _NOT_LAST
        if between and not wrong and (not behind or cell_width(behind)):
            return earlier
    return place
