"""Lays the old and the new text of a transcript side by side, and says where a stretch of the old stands in the new.

What stands once in both texts in the same order is the same passage; what stands once in both in another order has
moved. Nothing is placed on words that are only alike by chance: what cannot be placed surely is not placed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.domain.span import Span
from qcode.text.align_lines import lines_in_order, masked, same_lines
from qcode.text.align_moves import alike, moved
from qcode.text.align_runs import Run, chain, covered
from qcode.text.align_words import words_of

__all__ = ["VERDICTS", "Alignment", "Placed", "align"]

VERDICTS = ("same", "moved", "adjusted", "unplaceable")
"""The same words at the same positions, the same at others, other words at the same passage, and no passage."""

ENOUGH = 0.5
"""At least this share of a stretch has to be there still."""

MORE = 60
"""So many characters may have come into a stretch at least; into a longer one as many as it had."""

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a stretch stands in the new text, with one of VERDICTS; `reordered` where its passage was moved.

    `span` is None for one that cannot be placed.
    """

    verdict: str
    span: Span | None
    reordered: bool = False


UNPLACEABLE = Placed("unplaceable", None)


def align(old: str, new: str) -> Alignment:
    """Lay two texts side by side; it takes some seconds for a whole book."""
    return Alignment(old, new)


class Alignment:
    """Which words of the old text stand where in the new one: `place`, `position`, `share`."""

    def __init__(self, old: str, new: str) -> None:
        numbers: dict[str, int] = {}
        self.old, self.new = words_of(old, numbers), words_of(new, numbers)
        size = len(self.old)
        self._link = [NOWHERE] * size
        """The word of the new text that each word of the old is."""
        self._passage = [NOWHERE] * size
        """0 for what kept its order, else the number of a passage that moved."""
        self._likeness = [0.0] * size
        self._came = [True] * len(self.new)
        """Whether a word of the new text is no word of the old."""
        for n, runs in enumerate(self._passages()):
            self._write(n, runs)
        self._whole = list(self._stretches())
        self._found: dict[tuple[int, int], Placed] = {}

    def _passages(self) -> Iterator[list[Run]]:
        """Yield the runs that kept their order, then those of each passage that moved."""
        ours, theirs = self.old, self.new
        lines = same_lines(ours, theirs)
        kept = lines_in_order(lines)
        gone = sorted(set(lines) - set(kept))
        old_keys = masked(ours.keys, [(run.i, run.n) for run in gone], -1)
        new_keys = masked(theirs.keys, [(run.j, run.n) for run in gone], -1 - len(ours))
        main = chain(ours, theirs, kept, (old_keys, new_keys))
        yield main
        taken, given = covered(main, [False] * len(ours)), covered(main, [False] * len(theirs), new=True)
        yield from moved(ours, theirs, taken, given, gone)

    def _write(self, passage: int, runs: list[Run]) -> None:
        for run in runs:
            for d in range(run.n):
                self._join(run.i + d, run.j + d, passage, 1.0)
        for i, j, how in alike(self.old, self.new, runs):
            if self._link[i] == NOWHERE and self._came[j]:
                self._join(i, j, passage, how)

    def _join(self, i: int, j: int, passage: int, likeness: float) -> None:
        self._link[i], self._passage[i], self._likeness[i], self._came[j] = j, passage, likeness, False

    def _stretches(self) -> Iterator[int]:
        """Yield for each word of the old text the number of the stretch to which it belongs; all of it is unchanged."""
        old, new, n = self.old, self.new, 0
        for i, j in enumerate(self._link):
            unchanged = j != NOWHERE and old.raw(i) == new.raw(j)
            goes_on = unchanged and i > 0 and self._link[i - 1] == j - 1
            if not goes_on or old.text[old.ends[i - 1] : old.starts[i]] != new.text[new.ends[j - 1] : new.starts[j]]:
                n += 1
            yield n if unchanged else NOWHERE

    @property
    def share(self) -> float:
        """Return from 0 to 1 how much of the old text's words the new one has; 1 for a text without words."""
        words = [n for n in range(len(self.old)) if self.old.raw(n)[0].isalnum()]
        return sum(self._likeness[n] for n in words) / len(words) if words else 1.0

    def place(self, start: int, end: int) -> Placed:
        """Return where the code points `start` to `end` of the old text stand in the new one."""
        if (start, end) not in self._found:
            self._found[start, end] = self._place(start, end)
        return self._found[start, end]

    def _place(self, start: int, end: int) -> Placed:
        first, last = bisect_right(self.old.ends, start), bisect_left(self.old.starts, end) - 1
        if first > last:
            return self._blank(first, start, end)
        if self._whole[first] == self._whole[last] != NOWHERE:
            by = self.new.starts[self._link[first]] - self.old.starts[first]
            if start + by >= 0 and self._is_same(start, end, start + by, end + by):
                return self._placed(start, end, start + by, end + by, self._passage[first])
        passage = self._most(first, last, start, end)
        if passage == NOWHERE:
            return UNPLACEABLE
        held = [n for n in range(first, last + 1) if self._passage[n] == passage]
        new_start, new_end = self._start(first, held[0], start), self._end(last, held[-1], end)
        if self._is_torn(new_start, new_end, held, end - start):
            return UNPLACEABLE
        return self._placed(start, end, new_start, new_end, passage)

    def _is_same(self, start: int, end: int, new_start: int, new_end: int) -> bool:
        return self.old.text[start:end] == self.new.text[new_start:new_end]

    def _placed(self, start: int, end: int, new_start: int, new_end: int, passage: int) -> Placed:
        verdict = "adjusted"
        if self._is_same(start, end, new_start, new_end):
            verdict = "same" if new_start == start else "moved"
        return Placed(verdict, Span(new_start, new_end), reordered=passage > 0)

    def _blank(self, after: int, start: int, end: int) -> Placed:
        """Place a stretch without words: where the blanks between the same two words are the same."""
        old, new = self.old, self.new
        j = self._link[after - 1] + 1 if after else 0
        here = len(new) if after == len(old) else self._link[after]
        known = (after == 0 or j > 0) and here == j
        left, right = old.ends[after - 1] if after else 0, old.starts[after] if after < len(old) else len(old.text)
        new_left, new_right = new.ends[j - 1] if j else 0, new.starts[j] if j < len(new) else len(new.text)
        if not known or not self._is_same(left, right, new_left, new_right):
            return UNPLACEABLE
        by = new_left - left
        passage = self._passage[after] if after < len(old) else 0
        return self._placed(start, end, start + by, end + by, passage)

    def _most(self, first: int, last: int, start: int, end: int) -> int:
        """Return the passage that enough of a stretch stands in, or NOWHERE."""
        sizes: dict[int, float] = defaultdict(float)
        whole = 0
        for n in range(first, last + 1):
            size = min(self.old.ends[n], end) - max(self.old.starts[n], start)
            whole += size
            sizes[self._passage[n]] += size * self._likeness[n]
        sizes.pop(NOWHERE, None)
        passage = max(sizes, key=lambda one: sizes[one], default=NOWHERE)
        return passage if passage != NOWHERE and sizes[passage] >= ENOUGH * whole else NOWHERE

    def _start(self, first: int, held: int, start: int) -> int:
        """Return where the new stretch starts, whose first word that is there still is `held`."""
        old, new, j = self.old, self.new, self._link[held]
        if held == first:
            inside = max(0, start - old.starts[first])
            return new.starts[j] + (inside if old.raw(first) == new.raw(j) else 0)
        before = self._link[first - 1] if first else NOWHERE
        if first and self._passage[first - 1] != self._passage[held]:
            return new.starts[j]
        return new.starts[before + 1] if self._replaced(before + 1, j, held - first) else new.starts[j]

    def _end(self, last: int, held: int, end: int) -> int:
        """Return where the new stretch ends, whose last word that is there still is `held`."""
        old, new, j = self.old, self.new, self._link[held]
        if held == last:
            missing = max(0, old.ends[last] - end)
            return new.ends[j] - (missing if old.raw(last) == new.raw(j) else 0)
        at_end = last + 1 == len(old)
        after = len(new) if at_end else self._link[last + 1]
        if not at_end and self._passage[last + 1] != self._passage[held]:
            return new.ends[j]
        return new.ends[after - 1] if self._replaced(j + 1, after, last - held) else new.ends[j]

    def _replaced(self, start: int, end: int, gone: int) -> bool:
        """Tell whether the new words `start` to `end` stand for `gone` words at the border of a stretch."""
        return 0 < end - start <= 2 * gone + 2 and all(self._came[start:end])

    def _is_torn(self, start: int, end: int, held: list[int], size: int) -> bool:
        """Tell whether more came into a stretch than it had."""
        there = sum(self.new.ends[self._link[n]] - self.new.starts[self._link[n]] for n in held)
        first, last = bisect_right(self.new.ends, start), bisect_left(self.new.starts, end)
        every = sum(self.new.ends[n] - self.new.starts[n] for n in range(first, last))
        return every - there > max(MORE, size)

    def position(self, at: int) -> int:
        """Return where a reader who is `at` a place of the old text is in the new one: behind what stands before."""
        n = bisect_right(self.old.starts, at) - 1
        while n >= 0 and self._passage[n] != 0:
            n -= 1
        if n < 0:
            return 0
        j = self._link[n]
        if j == len(self.new) - 1 and at >= self.old.ends[n]:
            return len(self.new.text)
        return min(self.new.starts[j] + max(0, at - self.old.starts[n]), self.new.ends[j])
