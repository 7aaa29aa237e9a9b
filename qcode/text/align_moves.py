"""Finds passages that stand elsewhere in the new text, and words that were only spelled anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from qcode.text.align_runs import ANCHOR, Box, Run, anchors, believable, between, covered, joined, merged, within
from qcode.text.align_words import Words

__all__ = ["alike", "moved"]

NEAR = 20
"""Moved runs with at most so many words between them are one passage."""

FEW = 12
"""Words that were spelled anew are sought where at most so many stand between two that are the same."""

ALIKE = 0.6


def moved(
    old: Words, new: Words, taken: Sequence[bool], given: Sequence[bool], lines: Sequence[Run]
) -> list[list[Run]]:
    """Return the passages that changed their order, each as runs in order.

    `taken` and `given` tell which words of the old and the new text are placed already; `lines` are those that moved.
    """
    busy_old, busy_new = list(taken), list(given)
    kept = [run for run in lines if _take(run, busy_old, busy_new)]
    found = anchors(old.keys, new.keys, Box(0, len(old), 0, len(new)), ANCHOR)
    free = [(i, j) for i, j in found if not (any(busy_old[i : i + ANCHOR]) or any(busy_new[j : j + ANCHOR]))]
    for run in sorted(merged(free, ANCHOR), key=lambda run: (-run.n, run)):  # the longest gets what two want
        part = _free_part(run, busy_old, busy_new)
        if part.n >= ANCHOR:
            whole = _stretched(old, new, busy_old, busy_new, part)
            kept += [whole] if _take(whole, busy_old, busy_new) else []
    return [_filled(old, new, group, busy_old, busy_new) for group in _grouped(sorted(kept), taken, given)]


def _free_part(run: Run, taken: Sequence[bool], given: Sequence[bool]) -> Run:
    """Return a run without what of its beginning and end is placed."""
    first, last = 0, run.n
    while first < last and (taken[run.i + first] or given[run.j + first]):
        first += 1
    while last > first and (taken[run.i + last - 1] or given[run.j + last - 1]):
        last -= 1
    return Run(run.i + first, run.j + first, last - first)


def _stretched(old: Words, new: Words, taken: Sequence[bool], given: Sequence[bool], run: Run) -> Run:
    """Return a run as long as its words are the same and free."""
    i, j, i_end, j_end = run.i, run.j, run.i + run.n, run.j + run.n
    while i and j and not (taken[i - 1] or given[j - 1]) and old.keys[i - 1] == new.keys[j - 1]:
        i, j = i - 1, j - 1
    while i_end < len(old) and j_end < len(new) and not (taken[i_end] or given[j_end]):
        if old.keys[i_end] != new.keys[j_end]:
            break
        i_end, j_end = i_end + 1, j_end + 1
    return Run(i, j, i_end - i)


def _take(run: Run, busy_old: list[bool], busy_new: list[bool]) -> bool:
    """Take the words of a run, if all of them are free."""
    if any(busy_old[run.i : run.i + run.n]) or any(busy_new[run.j : run.j + run.n]):
        return False
    busy_old[run.i : run.i + run.n] = busy_new[run.j : run.j + run.n] = [True] * run.n
    return True


def _grouped(runs: Sequence[Run], taken: Sequence[bool], given: Sequence[bool]) -> list[list[Run]]:
    """Return runs that went to another place together."""
    groups = list[list[Run]]()
    for run in runs:
        if groups:
            last = groups[-1][-1]
            i, j = last.i + last.n, last.j + last.n
            near = 0 <= run.i - i <= NEAR and 0 <= run.j - j <= NEAR
            if near and not (any(taken[i : run.i]) or any(given[j : run.j])):
                groups[-1].append(run)
                continue
        groups.append([run])
    return groups


def _filled(old: Words, new: Words, runs: list[Run], taken: list[bool], given: list[bool]) -> list[Run]:
    """Return the runs of a passage with those between them and up to the borders of its first and last line."""
    first, last = runs[0], runs[-1]
    i, j, i_end, j_end = first.i, first.j, last.i + last.n, last.j + last.n
    while i and not old.begins[i] and not taken[i - 1]:
        i -= 1
    while j and not new.begins[j] and not given[j - 1]:
        j -= 1
    while i_end < len(old) and not old.begins[i_end] and not taken[i_end]:
        i_end += 1
    while j_end < len(new) and not new.begins[j_end] and not given[j_end]:
        j_end += 1
    more = [run for box in between(Box(i, i_end, j, j_end), runs) for run in within(old.keys, new.keys, box)]
    kept = believable(more, covered(more, taken), covered(more, given, new=True))
    return joined([*runs, *(run for run in kept if _take(run, taken, given))])


def alike(old: Words, new: Words, runs: Sequence[Run]) -> Iterator[tuple[int, int, float]]:
    """Yield (old, new, likeness) of words between the runs of a passage that were only spelled anew."""
    for before, after in pairwise(runs):
        box = Box(before.i + before.n, after.i, before.j + before.n, after.j)
        if 0 < box.i_end - box.i <= FEW and 0 < box.j_end - box.j <= FEW:
            yield from _best(old, new, box)


def _best(old: Words, new: Words, box: Box) -> list[tuple[int, int, float]]:
    """Return the pairs of alike words, in order, whose likeness is the greatest together."""
    width = box.j_end - box.j
    best: list[tuple[float, tuple[tuple[int, int, float], ...]]] = [(0.0, ())] * (width + 1)
    for i in range(box.i, box.i_end):
        row = [best[0]]
        for m in range(width):
            j = box.j + m
            choices = [best[m + 1], row[m]]
            if (how := _likeness(old.raw(i), new.raw(j))) >= ALIKE:
                total, pairs = best[m]
                choices.append((total + how, (*pairs, (i, j, how))))
            row.append(max(choices, key=lambda one: one[0]))
        best = row
    return list(best[-1][1])


@lru_cache(maxsize=10_000)
def _likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two words are."""
    if max(len(one), len(other)) > 4 * min(len(one), len(other)) or not (one.isalnum() or other.isalnum()):
        return 0.0
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
