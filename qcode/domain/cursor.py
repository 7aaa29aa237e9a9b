"""What is selected in a text, and how the selection moves by words, sentences and turns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from qcode.domain.span import Span, union
from qcode.domain.transcript import Turn

__all__ = ["Cursor", "Spans", "Unit"]

Spans = Callable[[Span], Sequence[Span]]
"""Gives the words (or the sentences) inside a stretch of the text, in order and apart from each other."""

Unit = Literal["word", "sentence", "turn"]

_SIZES: dict[Unit | None, int] = {None: 0, "word": 0, "sentence": 1, "turn": 2}
_chunk = re.compile(r"\S+")


class Cursor:
    """What is selected in a text, and how it moves; something is selected always.

    What stands between turns (labels, time stamps) belongs to none: moves pass over it, a selection may hold it. A text
    without turns is one turn; in a turn without words, what blanks separate counts as its words.
    A text of no characters has nothing to select and is refused with a ValueError.
    """

    def __init__(self, text: str, turns: Sequence[Turn], words: Spans, sentences: Spans) -> None:
        if not text:
            raise ValueError("a text without a character has nothing to select")
        self.text = text
        spoken = tuple(turn for turn in turns if text[turn.start : turn.end].strip())
        self.turns: tuple[Turn, ...] = spoken or (Turn(1, None, 0, len(text)),)
        parts = [Span(turn.start, turn.end) for turn in self.turns]
        self._of: dict[Unit, _Units] = {
            "word": _Units(parts, lambda part: words(part) or _chunks(text, part)),
            "sentence": _Units(parts, sentences),
            "turn": _Units(parts, lambda part: (part,)),
        }
        self._made_of: Unit | None = None
        self._selection = Span(0, 1)
        self.place(0)

    @property
    def selection(self) -> Span:
        """Return what is selected."""
        return self._selection

    @property
    def text_selected(self) -> str:
        """Return the words selected, as they stand."""
        return self._selection.of(self.text)

    @property
    def turn(self) -> Turn:
        """Return the turn in which the selection begins, or, where it begins between turns, the next one."""
        return self.turns[self._of["turn"].part_at(self._selection.start)]

    def units(self, unit: Unit) -> Sequence[Span]:
        """Return the units of that kind in the turn at the head of the selection, in order."""
        kind = self._of[unit]
        return kind.within(kind.part_at(self._selection.start))

    def select(self, start: int, end: int) -> None:
        """Select exactly these characters, given in either order; at least one, and none outside of the text."""
        low = max(0, min(start, end, len(self.text) - 1))
        self._take(Span(low, min(len(self.text), max(start, end, low + 1))), None)

    def place(self, at: int) -> None:
        """Select the word at or after a position; behind the last word, the last."""
        words = self._of["word"]
        self._take(words.end_from(max(0, at) + 1) or words.end_before(len(self.text) + 1) or self._selection, "word")

    def next(self, unit: Unit) -> None:
        """Select the unit that begins behind the selection; at the last one, that one whole.

        A selection made by greater units is entered: its first word follows on a sentence taken whole.
        """
        kind = self._of[unit]
        if self._enters(unit):
            found = kind.start_from(self._selection.start)
        else:
            found = kind.start_from(self._selection.end) or kind.start_before(self._selection.end)
        self._take(found or self._selection, unit)

    def previous(self, unit: Unit) -> None:
        """Select the unit that ends before the selection; at the first one, that one whole.

        A selection made by greater units is entered at its end.
        """
        kind = self._of[unit]
        if self._enters(unit):
            found = kind.end_before(self._selection.end + 1)
        else:
            found = kind.end_before(self._selection.start + 1) or kind.end_from(self._selection.start + 1)
        self._take(found or self._selection, unit)

    def take(self, unit: Unit) -> None:
        """Widen the selection to the whole units of that kind that it touches."""
        whole, old = self._of[unit].touched(self._selection), self._selection
        self._take(Span(min(whole.start, old.start), max(whole.end, old.end)), unit)

    def extend(self, unit: Unit) -> None:
        """Move the end forward to the next end of a unit."""
        further = self._of[unit].end_from(self._selection.end + 1)
        if further:
            self._take(Span(self._selection.start, further.end), unit)

    def shrink(self, unit: Unit) -> None:
        """Move the end back to the last end of a unit before it, unless nothing would be left."""
        nearer = self._of[unit].end_before(self._selection.end)
        if nearer and nearer.end > self._selection.start:
            self._take(Span(self._selection.start, nearer.end), unit)

    def extend_back(self, unit: Unit) -> None:
        """Move the start back to the last beginning of a unit before it."""
        further = self._of[unit].start_before(self._selection.start)
        if further:
            self._take(Span(further.start, self._selection.end), unit)

    def shrink_front(self, unit: Unit) -> None:
        """Move the start forward to the next beginning of a unit, unless nothing would be left."""
        nearer = self._of[unit].start_from(self._selection.start + 1)
        if nearer and nearer.start < self._selection.end:
            self._take(Span(nearer.start, self._selection.end), unit)

    def next_uncoded(self, coded: Sequence[Span]) -> bool:
        """Select the next sentence that no coding touches; False where there is none.

        A sentence of which only a part is selected is the first to be looked at. Behind the last the search goes on
        from the first, once.
        """
        runs, here = union(coded), self._selection
        selected: Span | None = None
        for sentence in self._of["sentence"].around(here.start):
            if _touches(runs, sentence):
                continue
            if not here.contains(sentence):
                self._take(sentence, "sentence")
                return True
            selected = selected or sentence
        self._take(selected or here, "sentence" if selected else self._made_of)
        return selected is not None

    def next_of(self, spans: Sequence[Span]) -> bool:
        """Select the next of some stretches, behind the last the first; False where there are none."""
        ordered = sorted(set(spans))
        at = bisect_left(ordered, self._selection)
        if not (at < len(ordered) and ordered[at] == self._selection):
            at = bisect_left(ordered, self._selection.start, key=_start) - 1
        return self._select_of(ordered, at + 1)

    def previous_of(self, spans: Sequence[Span]) -> bool:
        """Select the one before of some stretches, before the first the last; False where there are none."""
        ordered = sorted(set(spans))
        at = bisect_left(ordered, self._selection)
        if not (at < len(ordered) and ordered[at] == self._selection):
            at = bisect_left(ordered, self._selection.start, key=_start)
        return self._select_of(ordered, at - 1)

    def _select_of(self, ordered: Sequence[Span], at: int) -> bool:
        if ordered:
            span = ordered[at % len(ordered)]
            self.select(span.start, span.end)
        return bool(ordered)

    def _enters(self, unit: Unit) -> bool:
        return _SIZES[unit] < _SIZES[self._made_of]

    def _take(self, span: Span, made_of: Unit | None) -> None:
        self._selection, self._made_of = span, made_of


class _Units:
    """The units of one kind in the parts of a text; those of a part are found when they are first asked for."""

    def __init__(self, parts: Sequence[Span], find: Spans) -> None:
        self._parts, self._find = parts, find
        self._found: dict[int, Sequence[Span]] = {}

    def within(self, n: int) -> Sequence[Span]:
        if n not in self._found:
            part = self._parts[n]
            self._found[n] = [unit for unit in self._find(part) if part.contains(unit)] or (part,)
        return self._found[n]

    def part_at(self, at: int) -> int:
        """Return the number of the part at or after a position, or that of the last."""
        return min(bisect_left(self._parts, at + 1, key=_end), len(self._parts) - 1)

    def start_from(self, at: int) -> Span | None:
        """Return the first unit that starts at `at` or later."""
        return self._from(at, _start)

    def end_from(self, at: int) -> Span | None:
        """Return the first unit that ends at `at` or later."""
        return self._from(at, _end)

    def start_before(self, at: int) -> Span | None:
        """Return the last unit that starts before `at`."""
        return self._before(at, _start)

    def end_before(self, at: int) -> Span | None:
        """Return the last unit that ends before `at`."""
        return self._before(at, _end)

    def touched(self, span: Span) -> Span:
        """Return the stretch from the first to the last unit that `span` touches, or `span` where it touches none."""
        first, last = self.end_from(span.start + 1), self.start_before(span.end)
        return Span(first.start, last.end) if first and last and first.start < span.end else span

    def around(self, at: int) -> Iterator[Span]:
        """Yield every unit once, beginning with the first that ends behind `at`."""
        first = self.part_at(at)
        cut = bisect_left(self.within(first), at + 1, key=_end)
        yield from self.within(first)[cut:]
        for n in (*range(first + 1, len(self._parts)), *range(first)):
            yield from self.within(n)
        yield from self.within(first)[:cut]

    def _from(self, at: int, edge: Callable[[Span], int]) -> Span | None:
        for n in range(bisect_left(self._parts, at, key=_end), len(self._parts)):
            units = self.within(n)
            found = bisect_left(units, at, key=edge)
            if found < len(units):
                return units[found]
        return None

    def _before(self, at: int, edge: Callable[[Span], int]) -> Span | None:
        for n in range(bisect_left(self._parts, at, key=_start) - 1, -1, -1):
            units = self.within(n)
            found = bisect_left(units, at, key=edge)
            if found:
                return units[found - 1]
        return None


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end


def _chunks(text: str, part: Span) -> list[Span]:
    return [Span(*match.span()) for match in _chunk.finditer(text, part.start, part.end)]


def _touches(runs: Sequence[Span], sentence: Span) -> bool:
    """Tell whether one of the runs, in order and apart, shares a position with a sentence."""
    at = bisect_left(runs, sentence.start + 1, key=_end)
    return at < len(runs) and runs[at].start < sentence.end
