"""Counts where codes occur together: every unit and count of the contract, over one question's codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Codings, Ints, Spans
from qcode.analysis.containing import find_units, held_together
from qcode.analysis.facts import Facts, lay_out
from qcode.analysis.pairs import overlapping, partners
from qcode.analysis.rollup import Tree
from qcode.analysis.rules import CONTAINING, Distance, choose_count, choose_distance, is_symmetric
from qcode.analysis.runs import unite
from qcode.analysis.tally import Relation, presence, segments, tally

__all__ = ["Counts", "count"]

_KIND = {"within": "within", "follows": "from"}


@dataclass(frozen=True, eq=False)
class Counts:
    """Co-occurrences of n codes.

    `values` (n x n): the count; the diagonal is what the contract says, n_A in the same count.
    `cases` (n x n): distinct cases behind each cell. `n_units`: N of a containing unit, else None.
    `related` (n x n flags): the row's code stands above the column's, and the counts are rolled up; else None.
    """

    unit: str
    count: str
    values: Ints
    cases: Ints
    n_units: int | None = None
    related: NDArray[np.bool_] | None = None

    @property
    def totals(self) -> Ints:
        """Return n_A of every code, in the count's own terms."""
        return np.diagonal(self.values)

    @property
    def symmetric(self) -> bool:
        """Tell whether cell (A, B) is always cell (B, A)."""
        return is_symmetric(self.unit, self.count)

    def only(self, codes: Sequence[int]) -> Counts:
        """Return the counts of these `codes`, in this order."""
        chosen = np.ix_(list(codes), list(codes))
        related = None if self.related is None else self.related[chosen]
        return Counts(self.unit, self.count, self.values[chosen], self.cases[chosen], self.n_units, related)


def count(
    codings: Codings,
    n_codes: int,
    *,
    unit: str = "overlap",
    count: str | None = None,
    distance: Distance | str | None = None,
    per_coder: bool = False,
    units: Spans | None = None,
    turns: Spans | None = None,
    ancestors: Sequence[Sequence[int]] | None = None,
    with_cases: bool = True,
) -> Counts:
    """Count the co-occurrences of codes 0..n_codes-1.

    `count` None: the unit's default. `distance`: for near and follows. `units`: the spans of sentence, turn or
    paragraph (for turn, `turns` will do); `turns`: for distances in turns. `ancestors[c]`: the codes above c;
    given, the counts are rolled up as rollup.Tree says. Without `per_coder` equal (transcript, span, code) of
    several coders are one fact; with it only facts of the same coder meet, and the tables of hits, stretches,
    segments and characters are added up over coders. `with_cases` False leaves `cases` at 0 (permutations).
    Raises BadValue where unit, count and distance do not go together.
    """
    chosen = choose_count(unit, count)
    reach = choose_distance(unit, distance)
    facts = lay_out(codings, n_codes, per_coder=per_coder, reach=reach.n if reach and reach.kind == "c" else 0)
    tree = Tree.of(n_codes, ancestors) if ancestors is not None else None
    related = tree.related if tree else None
    if unit in CONTAINING:
        spans = units if units is not None or unit != "turn" else turns
        values, cases, total = _containing(facts, unit, chosen, spans, n_codes, tree)
        return Counts(unit, chosen, values, cases, total, related)
    if chosen in ("stretches", "characters"):
        values, cases = _set_count(facts, chosen, n_codes, tree, with_cases)
    else:
        lo, hi = partners(facts, unit, reach, turns)
        relation = Relation(facts.start, facts.end, facts.code, lo, hi, _KIND.get(unit, "both"))
        values, cases = _pair_count(facts, relation, chosen, n_codes, tree, with_cases)
    return Counts(unit, chosen, values, cases, None, related)


def _set_count(facts: Facts, chosen: str, n: int, tree: Tree | None, with_cases: bool) -> tuple[Ints, Ints]:
    """Count stretches or characters of R_A ∩ R_B.

    Each overlapping pair of runs, one of R_A and one of R_B, is exactly one stretch: it is an unbroken piece of
    both, and between two such pieces lies a position that either R_A or R_B lacks, since runs never touch.
    """
    runs = unite(facts, n, tree)
    lo, hi = overlapping(runs.start, runs.end)
    shared = chosen == "characters"
    group = facts.case_of_text[runs.text] if with_cases else None
    relation = Relation(runs.start, runs.end, runs.code, lo, hi)
    values, cases = tally(relation, group, tree.width if tree else n, shared=shared)
    values, cases = (tree.read(values), tree.read(cases)) if tree else (values, cases)
    own = runs.code < n
    size = (runs.end - runs.start)[own] if shared else None
    np.fill_diagonal(values, np.bincount(runs.code[own], size, minlength=n))
    np.fill_diagonal(cases, presence(facts, facts.case_of_text, n, tree))
    return values, cases


def _pair_count(
    facts: Facts, relation: Relation, chosen: str, n: int, tree: Tree | None, with_cases: bool
) -> tuple[Ints, Ints]:
    """Count hits, segments, or the transcripts or cases that have a hit."""
    own = np.bincount(facts.code, minlength=n)
    own = tree.add_up(own, 0) if tree else own
    by_case = facts.case_of_text[facts.text] if with_cases or chosen == "cases" else None
    values, cases = tally(relation, by_case, n, tree=tree)
    present = presence(facts, facts.case_of_text, n, tree)
    np.fill_diagonal(cases, present)
    if chosen == "cases":
        return cases.copy(), cases
    if chosen == "transcripts":
        _, values = tally(relation, facts.transcript_of_text[facts.text], n, tree=tree)
        own = presence(facts, facts.transcript_of_text, n, tree)
    elif chosen == "segments":
        values = segments(relation, facts.text, n, tree)
    np.fill_diagonal(values, own)
    return values, cases


def _containing(
    facts: Facts, unit: str, chosen: str, spans: Spans | None, n: int, tree: Tree | None
) -> tuple[Ints, Ints, int]:
    """Count units, or the transcripts or cases that have one, that hold both codes."""
    units = find_units(facts, unit, spans)
    values, cases = held_together(facts, units, units.case, n, tree)
    if chosen == "units":
        return values, cases, len(units)
    present = presence(facts, facts.case_of_text, n, tree)
    np.fill_diagonal(cases, present)
    if chosen == "cases":
        return cases.copy(), cases, len(units)
    if units.transcript is None:
        raise ValueError("the unit case has no transcripts")
    _, values = held_together(facts, units, units.transcript, n, tree)
    np.fill_diagonal(values, presence(facts, facts.transcript_of_text, n, tree))
    return values, cases, len(units)
