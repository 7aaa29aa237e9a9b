"""Unites the facts of one code in one text into runs: maximal stretches of consecutive positions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints
from qcode.analysis.facts import Facts
from qcode.analysis.rollup import Tree

__all__ = ["Runs", "unite"]


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs in order of their start on the line of texts; `code` may be a column "twice" of the tree."""

    text: Ints
    start: Ints
    end: Ints
    code: Ints

    def only(self, chosen: NDArray[np.bool_]) -> Runs:
        """Return the chosen rows."""
        return Runs(self.text[chosen], self.start[chosen], self.end[chosen], self.code[chosen])


def unite(facts: Facts, n: int, tree: Tree | None = None) -> Runs:
    """Return the runs of every R_A; with `tree`, of every A* and of the positions that A* covers twice.

    R_A: the union of the positions of A's facts in one text. Runs that would touch are one.
    """
    if tree is None:
        return _runs(facts.text, facts.start, facts.end, facts.code, facts.stride, n)
    row, code = tree.copies(facts.code)
    columns = (facts.text[row], facts.start[row], facts.end[row], code)
    once = _runs(*columns, facts.stride, n)
    parent = tree.twice[code] >= 0
    chosen = Runs(*columns).only(parent)
    pieces = _covered_again(chosen.text, chosen.start, chosen.end, chosen.code, facts.stride, n)
    again = _runs(pieces.text, pieces.start, pieces.end, tree.twice[pieces.code], facts.stride, tree.width)
    text, start, end, code = (
        np.concatenate(pair)
        for pair in ((once.text, again.text), (once.start, again.start), (once.end, again.end), (once.code, again.code))
    )
    order = np.argsort(start, kind="stable")
    return Runs(text[order], start[order], end[order], code[order])


def _sorted_by_code(text: Ints, start: Ints, code: Ints, stride: int, n: int) -> tuple[Ints, Ints]:
    """Return the order by (text, code, start), and what to add to a position to lay (text, code) on a line."""
    shift = (text * (n - 1) + code) * stride
    return np.argsort(start + shift, kind="stable"), shift


def _runs(text: Ints, start: Ints, end: Ints, code: Ints, stride: int, n: int) -> Runs:
    """Return the runs of each (text, code); rows come in order of `start` and so do the runs."""
    if not len(start):
        return Runs(text, start, end, code)
    order, shift = _sorted_by_code(text, start, code, stride, n)
    reached = np.maximum.accumulate((end + shift)[order])
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (start + shift)[order[1:]] > reached[:-1]
    last = np.append(np.flatnonzero(begins)[1:], len(order)) - 1
    first = order[begins]
    is_run = np.zeros(len(order), dtype=bool)
    is_run[first] = True
    run_end = np.empty_like(end)
    run_end[first] = reached[last] - shift[first]
    return Runs(text, start, run_end, code).only(is_run)


def _covered_again(text: Ints, start: Ints, end: Ints, code: Ints, stride: int, n: int) -> Runs:
    """Return pieces whose union is what at least two rows of one (text, code) cover, in order of `start`.

    A position is covered twice if a row covers it and a row that begins no later reaches beyond it.
    """
    if not len(start):
        return Runs(text, start, end, code)
    order, shift = _sorted_by_code(text, start, code, stride, n)
    ends = (end + shift)[order]
    reached = np.maximum.accumulate(ends)
    again = np.zeros_like(end)
    again[order[1:]] = np.minimum(ends[1:], reached[:-1]) - shift[order[1:]]
    kept = again > start
    return Runs(text, start, again, code).only(kept)
