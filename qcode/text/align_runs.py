"""Finds the runs of words that two texts share in the same order.

Stretches of words that stand once in both texts are anchors; between them shorter ones are sought, and in what is left
the longest common runs. So the time grows with the length of the texts, whatever was changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from qcode.text.align_words import Words

__all__ = ["ANCHOR", "Box", "Run", "anchors", "believable", "between", "chain", "covered", "joined", "merged", "within"]

ANCHOR = 8
"""So many words in a row that stand once in both texts are the same passage."""

SHORTER = (8, 4, 2, 1)
SINGLE_WORDS = 2_000
"""In a larger stretch that has no anchor, single words that stand once say nothing."""

SMALL = 10_000
"""Stretches with so many pairs of words are compared word by word."""

DEEPEST = 24
"""A stretch is not looked at more often than this."""

AROUND = 10
"""So many words before and after a short run tell whether it is the same passage or a chance."""


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`n` words from `i` in the old and from `j` in the new text that are the same."""

    i: int
    j: int
    n: int


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the old and one of the new text, in words: `i` to `i_end` and `j` to `j_end`."""

    i: int
    i_end: int
    j: int
    j_end: int


def chain(old: Words, new: Words, whole: Sequence[Run], masked: tuple[Sequence[int], Sequence[int]]) -> list[Run]:
    """Return the runs that both texts share in order.

    `whole` are lines that surely are the same, in order; `masked` are the numbers of the words, with others for those
    that have moved.
    """
    box = Box(0, len(old), 0, len(new))
    runs = _extended(*masked, box, joined(whole))
    runs += [run for part in between(box, runs) for run in within(*masked, part)]
    runs = _slid(old, new, joined(runs))
    return believable(runs, covered(runs, [False] * len(old)), covered(runs, [False] * len(new), new=True))


def anchors(a: Sequence[int], b: Sequence[int], box: Box, k: int) -> list[tuple[int, int]]:
    """Return (old, new) places of the k words in a row that stand once in either stretch, in order of the old."""
    ours, theirs = _once(a, box.i, box.i_end, k), _once(b, box.j, box.j_end, k)
    return [(n, m) for gram, n in ours.items() if n >= 0 and (m := theirs.get(gram, -1)) >= 0]


def _once(keys: Sequence[int], start: int, end: int, k: int) -> dict[tuple[int, ...], int]:
    """Return where each k words in a row stand, -1 where they stand more than once."""
    found: dict[tuple[int, ...], int] = {}
    for n, gram in enumerate(zip(*(keys[start + d : end] for d in range(k)), strict=False), start):
        found[gram] = -1 if gram in found else n
    return found


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs`, sorted by the first number, in which the second grows too."""
    tails, at, before = list[int](), list[int](), [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        if place:
            before[n] = at[place - 1]
        if place == len(tails):
            tails.append(j)
            at.append(n)
        else:
            tails[place], at[place] = j, n
    found, n = list[tuple[int, int]](), at[-1] if at else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def merged(pairs: Iterable[tuple[int, int]], k: int) -> list[Run]:
    """Return the runs that anchors of k words make together; what would be there twice is left to the first."""
    runs = list[Run]()
    for i, j in pairs:
        last = runs[-1] if runs else Run(0, 0, 0)
        if runs and j - i == last.j - last.i and i <= last.i + last.n:
            runs[-1] = Run(last.i, last.j, max(last.n, i + k - last.i))
            continue
        skip = max(0, last.i + last.n - i, last.j + last.n - j)
        if skip < k:
            runs.append(Run(i + skip, j + skip, k - skip))
    return runs


def _extended(a: Sequence[int], b: Sequence[int], box: Box, runs: Sequence[Run]) -> list[Run]:
    """Return the runs as long as they can be, none beyond the next."""
    found, i_free, j_free = list[Run](), box.i, box.j
    for n, run in enumerate(runs):
        i_stop, j_stop = (runs[n + 1].i, runs[n + 1].j) if n + 1 < len(runs) else (box.i_end, box.j_end)
        i, j, i_end, j_end = run.i, run.j, run.i + run.n, run.j + run.n
        while i > i_free and j > j_free and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
        while i_end < i_stop and j_end < j_stop and a[i_end] == b[j_end]:
            i_end, j_end = i_end + 1, j_end + 1
        found.append(Run(i, j, i_end - i))
        i_free, j_free = i_end, j_end
    return found


def between(box: Box, runs: Sequence[Run]) -> list[Box]:
    """Return what of a box no run covers, where there is something left of both texts."""
    ends = [(box.i, box.j), *((run.i + run.n, run.j + run.n) for run in runs)]
    starts = [*((run.i, run.j) for run in runs), (box.i_end, box.j_end)]
    gaps = [Box(i, i_end, j, j_end) for (i, j), (i_end, j_end) in zip(ends, starts, strict=True)]
    return [one for one in gaps if one.i < one.i_end and one.j < one.j_end]


def within(a: Sequence[int], b: Sequence[int], box: Box) -> list[Run]:
    """Return the runs that a stretch of the old and one of the new text share in order."""
    found, waiting = list[Run](), [(box, 0)]
    while waiting:
        one, depth = waiting.pop()
        runs = _ends(a, b, one)
        rest = between(one, runs)
        found += runs
        for part in rest:
            small = _is_small(a, b, part)
            runs = _compared(a, b, part) if small else _anchored(a, b, part)
            found += runs
            if runs and not small and depth < DEEPEST:
                waiting += [(gap, depth + 1) for gap in between(part, runs)]
    return sorted(found)


def _is_small(a: Sequence[int], b: Sequence[int], box: Box) -> bool:
    """Tell whether two stretches can be compared word by word: few words, and not the same ones over and over."""
    n, m = box.i_end - box.i, box.j_end - box.j
    if n * m > SMALL:
        return False
    often = Counter(b[box.j : box.j_end])
    return sum(often[one] for one in a[box.i : box.i_end]) <= 4 * (n + m)


def _ends(a: Sequence[int], b: Sequence[int], box: Box) -> list[Run]:
    """Return what two stretches share at their beginnings and at their ends."""
    most = min(box.i_end - box.i, box.j_end - box.j)
    n = 0
    while n < most and a[box.i + n] == b[box.j + n]:
        n += 1
    m = 0
    while m < most - n and a[box.i_end - 1 - m] == b[box.j_end - 1 - m]:
        m += 1
    runs = (Run(box.i, box.j, n), Run(box.i_end - m, box.j_end - m, m))
    return [run for run in runs if run.n]


def _compared(a: Sequence[int], b: Sequence[int], box: Box) -> list[Run]:
    matcher = SequenceMatcher(None, a[box.i : box.i_end], b[box.j : box.j_end], autojunk=False)
    return [Run(box.i + i, box.j + j, n) for i, j, n in matcher.get_matching_blocks() if n]


def _anchored(a: Sequence[int], b: Sequence[int], box: Box) -> list[Run]:
    large = max(box.i_end - box.i, box.j_end - box.j) > SINGLE_WORDS
    for k in SHORTER[:-1] if large else SHORTER:
        if pairs := anchors(a, b, box, k):
            return _extended(a, b, box, merged(_in_order(pairs), k))
    return []


def joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs in order, those that go on without a gap as one."""
    found = list[Run]()
    for run in sorted(runs):
        last = found[-1] if found else None
        if last and (last.i + last.n, last.j + last.n) == (run.i, run.j):
            found[-1] = Run(last.i, last.j, last.n + run.n)
        else:
            found.append(run)
    return found


def _slid(old: Words, new: Words, runs: Sequence[Run]) -> list[Run]:
    """Let what was taken out or put in begin where a line begins, where the same words leave that open."""
    found = list(runs[:1])
    for second in runs[1:]:
        first = found[-1]
        i, j = first.i + first.n, first.j + first.n
        gone, came = second.i - i, second.j - j
        by = _slide(old, i, gone, first.n - 1, second.n - 1) if gone else 0
        across, along = (gone, 0) if by else (0, came)
        if not by and came:
            by = _slide(new, j, came, first.n - 1, second.n - 1)
        if by < 0:
            found[-1] = Run(first.i, first.j, first.n + by)
            found.append(Run(i + by + across, j + by + along, -by))
            found.append(second)
        elif by > 0:
            found.append(Run(second.i - across, second.j - along, by))
            found.append(Run(second.i + by, second.j + by, second.n - by))
        else:
            found.append(second)
    return joined(found)


def _slide(words: Words, at: int, size: int, left: int, right: int) -> int:
    """Return by how much to shift `size` words at `at`, at most `left` back or `right` on.

    Of several lines the last is taken: who takes out an answer takes out its question, not the next one.
    """
    keys, by, best = words.keys, 0, 0
    while by < right and keys[at + by] == keys[at + by + size]:
        by += 1
        best = by if words.begins[at + by] else best
    if best or words.begins[at]:
        return best
    by = 0
    while -by < left and keys[at + by - 1] == keys[at + by - 1 + size]:
        by -= 1
        if words.begins[at + by]:
            return by
    return 0


def covered(runs: Iterable[Run], before: Sequence[bool], *, new: bool = False) -> list[bool]:
    """Return which words of the old (or the `new`) text are covered: by runs, or `before`."""
    found = list(before)
    for run in runs:
        start = run.j if new else run.i
        found[start : start + run.n] = [True] * run.n
    return found


def believable(runs: Sequence[Run], ours: Sequence[bool], theirs: Sequence[bool]) -> list[Run]:
    """Return the runs without those that chance made: short ones in the midst of words that are not shared.

    `ours` and `theirs` tell which words of the old and of the new text are shared.
    """
    left, right = list(accumulate(ours, initial=0)), list(accumulate(theirs, initial=0))
    return [run for run in runs if run.n >= ANCHOR or _is_among_shared(run, left, right)]


def _is_among_shared(run: Run, left: Sequence[int], right: Sequence[int]) -> bool:
    """Tell whether at least half of the words around a run are shared; the sums count those before each place."""
    shared = every = 0
    for sums, start in ((left, run.i), (right, run.j)):
        first, last = max(0, start - AROUND), min(len(sums) - 1, start + run.n + AROUND)
        shared += sums[last] - sums[first]
        every += last - first
    return 2 * shared >= every
