"""Counts pairs of facts per pair of codes, and the transcripts or cases in which each pair of codes meets."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints
from qcode.analysis.facts import Facts
from qcode.analysis.pairs import PAIRS_AT_ONCE, blocks, expand
from qcode.analysis.rollup import Tree

__all__ = ["Relation", "presence", "segments", "tally"]


class Relation:
    """Pairs of rows, given as ranges: `lo[i] <= j < hi[i]`; `start`, `end` and `code` have one entry per row.

    `kind`: "both" (each pair counts for both cells), "from" (i is the row of the cell, j the column) or "within"
    (the inner one is the row; equal spans count both ways).
    """

    def __init__(self, start: Ints, end: Ints, code: Ints, lo: Ints, hi: Ints, kind: str = "both") -> None:
        self.start, self.end, self.code, self.lo, self.hi, self.kind = start, end, code, lo, hi, kind

    def directed(self, begin: int, times: Ints, second: Ints) -> list[tuple[Ints, Ints]]:
        """Return the pairs as (first, second) rows in the direction of the cell."""
        first = np.repeat(np.arange(begin, begin + len(times)), times)
        if self.kind == "from":
            return [(first, second)]
        if self.kind == "both":
            return [(first, second), (second, first)]
        inner = self.end[second] <= self.end[first]
        outer = (self.start[first] == self.start[second]) & (self.end[first] <= self.end[second])
        return [(second[inner], first[inner]), (first[outer], second[outer])]


def tally(
    relation: Relation, group: Ints | None, n: int, *, tree: Tree | None = None, shared: bool = False
) -> tuple[Ints, Ints]:
    """Return two n x n tables: pairs per cell, and groups (transcripts or cases) with at least one pair.

    `group` (never falling) is that of each row; None leaves the second table at 0. With `shared` a pair counts the
    positions that it shares instead of one. With `tree` both tables are rolled up.
    """
    values, seen_in = np.zeros(n * n), np.zeros((n, n), dtype=np.int64)
    spread = group if group is not None else np.zeros(len(relation.code), dtype=np.int64)
    for row0, row1, group0, group1 in blocks(spread, n * n):
        seen = np.zeros((group1 - group0) * n * n if group is not None else 0, dtype=bool)
        base = relation.code[row0:row1] * n
        for begin, end, times, second in expand(relation.lo[row0:row1], relation.hi[row0:row1]):
            cell, weight, where = _cells(relation, row0 + begin, times, second, base[begin:end], n, shared)
            values += np.bincount(cell, weight, minlength=n * n)
            if group is not None:
                offset = (group[row0 + begin : row0 + end] - group0) * (n * n)
                seen[cell + (np.repeat(offset, times) if where is None else offset[where - row0 - begin])] = True
        if group is not None:
            seen_in += _sum_up(seen.reshape(-1, n, n), relation.kind == "both", tree)
    table = values.astype(np.int64).reshape(n, n)
    table = table + table.T if relation.kind == "both" else table
    return (tree.add_up(tree.add_up(table, 0), 1) if tree else table), seen_in


def _cells(
    relation: Relation, begin: int, times: Ints, second: Ints, base: Ints, n: int, shared: bool
) -> tuple[Ints, NDArray[np.int64] | None, Ints | None]:
    """Return (cell of each pair, its weight or None, a row of it where the pairs were sifted)."""
    if relation.kind == "within":
        pairs = relation.directed(begin, times, second)
        a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
        return relation.code[a] * n + relation.code[b], None, np.concatenate([pairs[0][1], pairs[1][0]])
    cell = np.repeat(base, times)
    cell += relation.code[second]
    if not shared:
        return cell, None, None
    end = np.repeat(relation.end[begin : begin + len(times)], times)
    return cell, np.minimum(end, relation.end[second]) - relation.start[second], None


def _sum_up(seen: NDArray[np.bool_], both: bool, tree: Tree | None) -> Ints:
    if both:
        seen |= seen.transpose(0, 2, 1)
    if tree:
        seen = tree.add_up(tree.add_up(seen, 1), 2)
    return np.asarray(seen.sum(axis=0, dtype=np.int64))


def segments(relation: Relation, text: Ints, n: int, tree: Tree | None = None) -> Ints:
    """Return n x n: facts of the row's code that stand in the relation to at least one of the column's.

    `text` (never falling) is that of each row; pairs never leave it.
    """
    values = np.zeros((n, n), dtype=np.int64)
    row_blocks = _row_blocks(text, max(1, PAIRS_AT_ONCE * 64 // max(1, n)))
    for row0, row1 in row_blocks:
        met = np.zeros((row1 - row0) * n, dtype=bool)
        for begin, _, times, second in expand(relation.lo[row0:row1], relation.hi[row0:row1]):
            for a, b in relation.directed(row0 + begin, times, second):
                met[(a - row0) * n + relation.code[b]] = True
        table = met.reshape(-1, n)
        found = np.flatnonzero(tree.add_up(table, 1) if tree else table)
        cell = relation.code[row0 + found // n] * n + found % n
        values += np.bincount(cell, minlength=n * n).reshape(n, n)
    return tree.add_up(values, 0) if tree else values


def _row_blocks(text: Ints, limit: int) -> list[tuple[int, int]]:
    """Return ranges of rows, about `limit` long, that never cut a text."""
    edges = [0]
    while edges[-1] < len(text):
        wanted = edges[-1] + limit
        if wanted >= len(text):
            edges.append(len(text))
            continue
        cut = int(np.searchsorted(text, text[wanted], side="left"))
        edges.append(cut if cut > edges[-1] else int(np.searchsorted(text, text[wanted], side="right")))
    return list(itertools.pairwise(edges))


def presence(facts: Facts, group_of_text: Ints, n: int, tree: Tree | None = None) -> Ints:
    """Return per code in how many groups (transcripts or cases) it occurs."""
    groups = int(group_of_text[-1]) + 1 if len(group_of_text) else 0
    table = np.zeros((groups, n), dtype=bool)
    table[group_of_text[facts.text], facts.code] = True
    table = tree.add_up(table, 1) if tree else table
    return np.asarray(table.sum(axis=0, dtype=np.int64))
