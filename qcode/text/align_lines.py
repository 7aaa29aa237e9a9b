"""Knows lines again that stand once in both texts: those that kept their order, and those that went elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcode.text.align_runs import Run
from qcode.text.align_words import Words

__all__ = ["lines_in_order", "masked", "same_lines"]

FEWEST, MANY = 4, 8
"""A line of fewer words is not known again; one of as many is, and one between them if it has so many LETTERS."""

LETTERS = 12

LABEL = 4
"""A label in front of a line, up to its colon, has at most so many words."""


def same_lines(old: Words, new: Words) -> list[Run]:
    """Return the lines that stand once in both texts, without the labels in front, in order of the old text."""
    ours, theirs = _once(old), _once(new)
    return [Run(i, j, len(line)) for line, i in ours.items() if i >= 0 and (j := theirs.get(line, -1)) >= 0]


def _once(words: Words) -> dict[tuple[int, ...], int]:
    """Return where each line stands, -1 where it stands more than once."""
    found: dict[tuple[int, ...], int] = {}
    for start, end in _borders(words):
        first = next((n + 1 for n in range(start, min(end, start + LABEL)) if words.raw(n) in ":："), start)
        if _is_enough(words, first, end):
            line = tuple(words.keys[first:end])
            found[line] = -1 if line in found else first
    return found


def _borders(words: Words) -> Iterator[tuple[int, int]]:
    starts = [n for n, begins in enumerate(words.begins) if begins]
    yield from zip(starts, [*starts[1:], len(words)], strict=False)


def _is_enough(words: Words, first: int, end: int) -> bool:
    if end - first < FEWEST:
        return False
    return end - first >= MANY or sum(words.ends[n] - words.starts[n] for n in range(first, end)) >= LETTERS


def lines_in_order(runs: Sequence[Run]) -> list[Run]:
    """Return those of some lines that stand in the same order in both texts, of which the most words remain."""
    ranks = {j: n for n, j in enumerate(sorted(run.j for run in runs), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(runs) + 1)
    """Of a tree of sums (Fenwick 1994): the most words of a chain that ends before a place, and its last line."""
    before, most = [-1] * len(runs), (0, -1)
    for n, run in enumerate(runs):
        words, last = _most_before(best, ranks[run.j] - 1)
        before[n] = last
        here = (words + run.n, n)
        most = max(most, here)
        place = ranks[run.j]
        while place < len(best):
            best[place] = max(best[place], here)
            place += place & -place
    found, n = list[Run](), most[1]
    while n >= 0:
        found.append(runs[n])
        n = before[n]
    return found[::-1]


def _most_before(best: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    found = (0, -1)
    while place:
        found = max(found, best[place])
        place -= place & -place
    return found


def masked(keys: Sequence[int], stretches: Sequence[tuple[int, int]], first: int) -> list[int]:
    """Return numbers of words; those in `stretches` (start, n) have numbers of their own, from `first` downwards."""
    found = list(keys)
    for start, n in stretches:
        for place in range(start, start + n):
            found[place] = first - place
    return found
