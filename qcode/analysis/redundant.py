"""Names the codings that make ATLAS.ti's coefficient c leave the range from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qcode.analysis.codings import Codings, Ints, Spans
from qcode.analysis.facts import lay_out
from qcode.analysis.pairs import expand, partners
from qcode.analysis.rules import Distance, choose_distance
from qcode.analysis.tally import Relation

__all__ = ["Redundant", "redundant"]


class Redundant(NamedTuple):
    """Why c of (row, column) leaves its range; codings are rows of the codings given.

    `several`: those that meet two or more of the other code. c beyond 1, or below 0, needs n_AB > (n_A + n_B) / 2,
    so at least one such coding exists. `overlapping`: those that overlap another of the same code and meet the other
    code (what ATLAS.ti calls redundant codings, and offers to merge).
    """

    row: int
    column: int
    several: tuple[int, ...]
    overlapping: tuple[int, ...]


def redundant(
    codings: Codings,
    n_codes: int,
    cells: Sequence[tuple[int, int]],
    *,
    unit: str = "overlap",
    distance: Distance | str | None = None,
    per_coder: bool = False,
    turns: Spans | None = None,
    ancestors: Sequence[Sequence[int]] | None = None,
) -> list[Redundant]:
    """Return for each of `cells` the codings that cause its c; options as in cooccurrence.count."""
    reach = choose_distance(unit, distance)
    facts = lay_out(codings, n_codes, per_coder=per_coder, reach=reach.n if reach and reach.kind == "c" else 0)
    lo, hi = partners(facts, unit, reach, turns)
    kind = {"within": "within", "follows": "from"}.get(unit, "both")
    first, second = _pairs(Relation(facts.start, facts.end, facts.code, lo, hi, kind))
    same = _pairs(Relation(facts.start, facts.end, facts.code, *partners(facts, "overlap", None, None)))
    index = facts.index if facts.index is not None else np.arange(len(facts))
    family = [
        np.array([c == a or a in (ancestors[c] if ancestors else ()) for c in range(n_codes)]) for a in range(n_codes)
    ]
    found = []
    for a, b in cells:
        in_a, in_b = family[a][facts.code], family[b][facts.code]
        chosen = in_a[first] & in_b[second]
        met = [np.bincount(side[chosen], minlength=len(facts)) for side in (first, second)]
        several = (met[0] > 1) | (met[1] > 1)
        doubled = np.zeros(len(facts), dtype=bool)
        for inside, times in ((in_a, met[0]), (in_b, met[1])):
            own = same[0][inside[same[0]] & inside[same[1]]]
            doubled[own[times[own] > 0]] = True
        found.append(Redundant(a, b, _rows(index, several), _rows(index, doubled)))
    return found


def _pairs(relation: Relation) -> tuple[Ints, Ints]:
    """Return all pairs, in the direction of the cell; only for cells that were marked, so memory is no concern."""
    pairs = [
        p
        for begin, _, times, second in expand(relation.lo, relation.hi)
        for p in relation.directed(begin, times, second)
    ]
    none = np.zeros(0, dtype=np.int64)
    return tuple(np.concatenate([none, *(p[side] for p in pairs)]) for side in (0, 1))  # type: ignore[return-value]


def _rows(index: Ints, chosen: np.ndarray) -> tuple[int, ...]:
    return tuple(sorted(index[np.flatnonzero(chosen)].tolist()))
