"""Counts the turns, sentences, paragraphs, transcripts or cases that hold both of two codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints, Spans
from qcode.analysis.facts import Facts, on_line
from qcode.analysis.pairs import blocks, expand
from qcode.analysis.rollup import Tree
from qcode.analysis.tally import Relation, tally

__all__ = ["Units", "find_units", "held_together"]

CELLS_AT_ONCE = 1 << 21
"""Entries of a table of units and codes held at a time."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Units:
    """The N units in order, and which of them each fact touches: lo[i] <= u < hi[i]."""

    transcript: Ints | None
    case: Ints
    lo: Ints
    hi: Ints

    def __len__(self) -> int:
        return len(self.case)


def find_units(facts: Facts, unit: str, spans: Spans | None) -> Units:
    """Return the units of kind `unit`; `spans` are those of turn, sentence and paragraph.

    A fact touches a unit where they share at least one position; one that lies on a label touches none.
    """
    case_of_transcript = facts.case_of_text[:: facts.coders]
    if unit in ("transcript", "case"):
        of_text = facts.transcript_of_text if unit == "transcript" else facts.case_of_text
        transcript = np.arange(facts.transcripts) if unit == "transcript" else None
        lo = of_text[facts.text]
        return Units(transcript, case_of_transcript if unit == "transcript" else np.arange(facts.cases), lo, lo + 1)
    if spans is None:
        raise ValueError(f"the unit {unit} needs the spans of its units")
    line = on_line(facts, spans)
    shift = line.shift[facts.text]
    lo = np.searchsorted(line.end, facts.start + shift, side="right")
    hi = np.searchsorted(line.start, facts.end + shift, side="left")
    return Units(line.transcript, case_of_transcript[line.transcript], lo, np.maximum(lo, hi))


def held_together(facts: Facts, units: Units, group: Ints, n: int, tree: Tree | None = None) -> tuple[Ints, Ints]:
    """Return two n x n tables: units that hold both codes, and groups with at least one such unit.

    `group` (N, never falling) is the transcript or case of each unit. Where coders are kept apart a unit counts
    once, if any one coder has both codes in it. The diagonal holds the units (groups) that hold the code.
    """
    width = tree.width if tree else n
    together = np.zeros((width, width), dtype=np.int64)
    groups = np.zeros((width, width), dtype=np.int64)
    for first_unit, flags in _tables(facts, units, group, n, tree):
        count = len(flags) // facts.coders
        of_unit = group[first_unit : first_unit + count]
        if facts.coders == 1:
            values, seen = _pooled(flags, of_unit - of_unit[0])
        else:
            values, seen = _by_any_coder(flags, of_unit, facts.coders)
        together += values
        groups += seen
    return (tree.read(together), tree.read(groups)) if tree else (together, groups)


def _tables(facts: Facts, units: Units, group: Ints, n: int, tree: Tree | None) -> Iterator[tuple[int, Flags]]:
    """Yield (first unit, flags: (units x coders) rows, one column per code), some hundred groups at a time."""
    width, coders = tree.width if tree else n, facts.coders
    units_per_group = len(group) / max(1, int(group[-1]) + 1 if len(group) else 1)
    cells_per_group = max(1, round(units_per_group * coders * width))
    rows = np.arange(len(facts))
    for unit0, unit1, _, _ in blocks(group, cells_per_group, CELLS_AT_ONCE):
        inside = rows[(units.lo < unit1) & (units.hi > unit0)]
        counts = np.zeros((unit1 - unit0) * coders * n, dtype=np.int64 if tree else bool)
        for begin, _, times, touched in expand(units.lo[inside], units.hi[inside]):
            fact = np.repeat(inside[begin : begin + len(times)], times)
            row = (touched - unit0) * coders + facts.text[fact] % coders
            if tree is None:
                counts[row * n + facts.code[fact]] = True
            else:
                copy, code = tree.copies(facts.code[fact])
                counts += np.bincount(row[copy] * n + code, minlength=len(counts))
        yield unit0, _with_twice(counts.reshape(-1, n), tree)


def _with_twice(counts: NDArray[np.int64] | Flags, tree: Tree | None) -> Flags:
    if tree is None:
        return counts.astype(bool, copy=False)
    return np.hstack([counts >= 1, counts[:, tree.twice >= 0] >= 2])


def _pooled(flags: Flags, group: Ints) -> tuple[Ints, Ints]:
    """Return the rows, and the groups of rows, that hold both columns; pairs are expanded row by row.

    (A matrix product does the same; but on small blocks BLAS spends more on its threads than on the work.)
    """
    width = flags.shape[1]
    found = np.flatnonzero(flags)
    row, code = found // width, found % width
    end_of_row = np.cumsum(np.bincount(row, minlength=len(flags)))[row]
    relation = Relation(row, row, code, np.arange(1, len(row) + 1), end_of_row)
    together, groups = tally(relation, group[row], width)
    np.fill_diagonal(together, np.bincount(code, minlength=width))
    changes = np.flatnonzero(np.diff(group, prepend=-1))
    np.fill_diagonal(groups, np.logical_or.reduceat(flags, changes, axis=0).sum(axis=0) if len(flags) else 0)
    return together, groups


def _by_any_coder(flags: Flags, group: Ints, coders: int) -> tuple[Ints, Ints]:
    """Return what `_pooled` does, with `coders` rows per unit of which any one must hold both codes."""
    width = flags.shape[1]
    values, seen = np.zeros((width, width), dtype=np.int64), np.zeros((width, width), dtype=np.int64)
    for code in range(width):
        rows = np.flatnonzero(flags[:, code])
        if not len(rows):
            continue
        unit = rows // coders
        first = np.flatnonzero(np.diff(unit, prepend=-1))
        held = np.logical_or.reduceat(flags[rows], first, axis=0)
        values[code] = held.sum(axis=0)
        first = np.flatnonzero(np.diff(group[unit[first]], prepend=-1))
        seen[code] = np.logical_or.reduceat(held, first, axis=0).sum(axis=0)
    return values, seen
