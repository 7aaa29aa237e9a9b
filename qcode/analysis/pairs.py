"""Finds which facts stand in a relation to which, and counts the pairs without ever holding them all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qcode.analysis.codings import Ints, Spans
from qcode.analysis.facts import Facts, on_line
from qcode.analysis.rules import Distance

__all__ = ["PAIRS_AT_ONCE", "blocks", "expand", "overlapping", "partners"]

PAIRS_AT_ONCE = 1 << 17
"""Pairs expanded at a time: small enough to stay in the processor's cache."""

CELLS_AT_ONCE = 1 << 23
"""Entries of a table of flags held at a time (one byte each)."""


def overlapping(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return, for each row i of `start` (rising), the rows lo[i] <= j < hi[i] that come later and overlap it."""
    return np.arange(1, len(start) + 1), np.searchsorted(start, end, side="left")


def partners(facts: Facts, unit: str, distance: Distance | None, turns: Spans | None) -> tuple[Ints, Ints]:
    """Return for each fact i the range lo[i] <= j < hi[i] of facts that stand in the relation `unit` to it.

    For overlap, exact and near only the pairs with i < j are given, each once; `within` gets the range of overlap,
    whose pairs are then looked at one by one; for follows (i, j) means that j follows i.
    """
    following = np.arange(1, len(facts) + 1)
    if unit in ("overlap", "within"):
        return overlapping(facts.start, facts.end)
    if unit == "exact":
        return following, _end_of_equals(facts)
    if distance is None:
        raise ValueError(f"{unit} needs a distance")
    first = following if unit == "near" else np.searchsorted(facts.start, facts.end, side="left")
    if distance.kind == "c":
        reach = min(distance.n, facts.stride)
        return first, np.searchsorted(facts.start, facts.end + reach, side="right")
    if turns is None:
        raise ValueError(f"{unit} in turns needs the turns")
    close = _within_turns(facts, distance.n, turns)
    return first, close if unit == "follows" else np.maximum(close, overlapping(facts.start, facts.end)[1])


def _end_of_equals(facts: Facts) -> Ints:
    """Return for each fact the first later row with another span."""
    changes = (facts.start[1:] != facts.start[:-1]) | (facts.end[1:] != facts.end[:-1])
    bounds = np.append(np.flatnonzero(changes) + 1, len(facts))
    return np.repeat(bounds, np.diff(bounds, prepend=0))


def _within_turns(facts: Facts, reach: int, turns: Spans) -> Ints:
    """Return for each fact the first later row that begins more than `reach` turns after its last turn.

    A fact stands in the turns that it shares a position with: a blank line or a label that it runs on to is none. One
    that lies between two turns belongs to the turn that it precedes.
    """
    line = on_line(facts, turns)
    last_turn = np.searchsorted(line.transcript, facts.transcript_of_text, side="right") - 1
    shift, ceiling = line.shift[facts.text], last_turn[facts.text]
    begins = np.minimum(np.searchsorted(line.end, facts.start + shift, side="right"), ceiling)
    ends = np.maximum(np.searchsorted(line.start, facts.end + shift, side="left") - 1, begins)
    reach = min(reach, len(turns) + 1)
    base = facts.text * (2 * len(turns) + 4) + 1
    return np.searchsorted(base + begins, base + ends + reach, side="right")


def expand(lo: Ints, hi: Ints, limit: int = PAIRS_AT_ONCE) -> Iterator[tuple[int, int, Ints, Ints]]:
    """Yield (i0, i1, how often each row i0..i1-1 is a first, the seconds), about `limit` pairs at a time."""
    if not len(lo):
        return
    size = np.maximum(hi - lo, 0)
    total = np.cumsum(size)
    edges = np.searchsorted(total, np.arange(limit, int(total[-1]) + limit, limit), side="left") + 1
    begin = 0
    for edge in np.minimum(edges, len(lo)).tolist():
        if edge > begin:
            chosen = size[begin:edge]
            before = np.cumsum(chosen)
            second = np.arange(int(before[-1])) + np.repeat(lo[begin:edge] - before + chosen, chosen)
            yield begin, edge, chosen, second
            begin = edge


def blocks(group: Ints, width: int, limit: int = CELLS_AT_ONCE) -> Iterator[tuple[int, int, int, int]]:
    """Yield (row from, row to, group from, group to) such that groups times `width` cells stay below `limit`.

    `group` never falls; a block holds at least one group, whole.
    """
    if not len(group):
        return
    last = int(group[-1]) + 1
    step = max(1, limit // max(1, width))
    edges = np.arange(0, last + step, step)
    rows = np.searchsorted(group, edges, side="left").tolist()
    for k in range(len(edges) - 1):
        if rows[k + 1] > rows[k]:
            yield rows[k], rows[k + 1], int(edges[k]), min(int(edges[k + 1]), last)
