"""Asks whether codes meet more often than their passages would if each code's passages lay anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from qcode.analysis.codings import Codings, Ints
from qcode.analysis.cooccurrence import count
from qcode.analysis.measures import Floats
from qcode.analysis.rules import PERMUTATIONS, choose_count, is_symmetric
from qcode.errors import BadValue

__all__ = ["Permutation", "permutation_test"]


@dataclass(frozen=True, eq=False)
class Permutation:
    """n x n: `p_values` (at least as many), `p_fewer` (at most as many), `expected` (mean of the permutations).

    NaN where nothing is tested: the diagonal, and codes that share no transcript.
    """

    p_values: Floats
    p_fewer: Floats
    expected: Floats
    permutations: int
    seed: int


def permutation_test(
    codings: Codings,
    n_codes: int,
    lengths: ArrayLike,
    *,
    permutations: int = PERMUTATIONS,
    seed: int | None = None,
    **options: Any,
) -> Permutation:
    """Test a symmetric count against reshuffled codings; `options` are those of cooccurrence.count.

    `lengths` (T): characters of each transcript. In every transcript the runs of each code (with `per_coder`: of
    each code and coder) are put down anew, in random order and at random places, without overlapping each other; what
    is inside a run moves with it. So the number and length of codings, of runs and of covered characters, and the
    overlaps within one code are kept for every code and transcript, and only the places of different codes
    relative to each other are random. Permuting whole runs keeps the clumps in which coding comes, which independent
    placement of single codings would break up, making chance look smaller than it is (Haiminen, Mannila & Terzi
    2008, BMC Bioinformatics 9:336); unlike a rotation it cuts no coding in two at the end of the transcript.

    p = (1 + permutations at least as extreme) / (1 + permutations) (Phipson & Smyth 2010, Stat. Appl. Genet. Mol.
    Biol. 9:39). The same seed and codings give the same values. Raises BadValue for counts without symmetry and for
    transcript and case, which reshuffling within transcripts leaves as they are.
    """
    _check(options, permutations)
    used = int(np.random.SeedSequence().generate_state(1)[0]) if seed is None else seed
    random = np.random.default_rng(used)
    shuffle = _Shuffle(codings, n_codes, np.asarray(lengths, dtype=np.int64), per_coder=bool(options.get("per_coder")))
    observed = count(codings, n_codes, **options, with_cases=False).values
    more, fewer, total = (np.zeros(observed.shape, dtype=np.int64) for _ in range(3))
    for _ in range(permutations):
        values = count(shuffle.draw(random), n_codes, **options, with_cases=False).values
        more += values >= observed
        fewer += values <= observed
        total += values
    shared = count(codings, n_codes, unit="transcript", ancestors=options.get("ancestors")).values
    untested = (shared == 0) | np.eye(n_codes, dtype=bool)
    tables = ((1 + more) / (1 + permutations), (1 + fewer) / (1 + permutations), total / permutations)
    p_values, p_fewer, expected = (np.where(untested, np.nan, table) for table in tables)
    return Permutation(p_values, p_fewer, expected, permutations, used)


def _check(options: dict[str, Any], permutations: int) -> None:
    unit = options.get("unit", "overlap")
    chosen = choose_count(unit, options.get("count"))
    if not is_symmetric(unit, chosen):
        raise BadValue(
            f"the permutation test needs a symmetric count, not {chosen} over the unit {unit}",
            mend="use the unit overlap, exact, near, sentence, turn or paragraph, and another count than segments",
        )
    if unit in ("transcript", "case"):
        raise BadValue(
            f"reshuffling codings within transcripts does not change which {unit}s hold a code",
            mend="test a smaller unit, or use --measure fisher",
        )
    if permutations < 1:
        raise BadValue(f"{permutations} permutations are none", mend="use 999 or more")


class _Shuffle:
    """The runs of every code in every transcript, ready to be put down anew."""

    def __init__(self, codings: Codings, n_codes: int, lengths: Ints, *, per_coder: bool) -> None:
        coders = int(codings.coder.max()) + 1 if per_coder and len(codings) else 1
        group = codings.transcript * n_codes + codings.code
        group = group * coders + codings.coder if coders > 1 else group
        order = np.lexsort((codings.end, codings.start, group))
        names = ("transcript", "start", "end", "code", "coder")
        self.columns = {name: getattr(codings, name)[order] for name in names}
        self.case = codings.case_of_transcript
        start, end = self.columns["start"], self.columns["end"]
        stride = int(end.max()) + 1 if len(end) else 1
        reached = np.maximum.accumulate(group[order] * stride + end)
        begins = np.ones(len(order), dtype=bool)
        begins[1:] = (group[order] * stride + start)[1:] > reached[:-1]
        self.run = np.cumsum(begins) - 1
        first = np.flatnonzero(begins)
        self.inside = start - start[first][self.run]
        last = np.append(first[1:], len(order)) - 1
        self.length = (reached[last] - (group[order] * stride + start)[first]) if len(first) else first
        of_run = group[order][first]
        self.group = np.cumsum(np.diff(of_run, prepend=-1) != 0) - 1
        self.first_of_group = np.searchsorted(self.group, np.arange(int(self.group[-1]) + 1 if len(first) else 0))
        size = np.bincount(self.group)
        taken = np.bincount(self.group, self.length).astype(np.int64) + size - 1
        self.free = np.maximum(0, lengths[self.columns["transcript"][first[self.first_of_group]]] - taken)

    def draw(self, random: np.random.Generator) -> Codings:
        """Return the codings with every code's runs in random order and at random places.

        The free positions of a transcript are dealt to the gaps by sorted uniform draws; one stays between runs.
        """
        order = np.argsort(self.group + random.random(len(self.group)), kind="stable")
        place = np.sort(self.group + random.random(len(self.group))) - self.group
        gap = np.floor(np.clip(place, 0, 1 - 1e-12) * (self.free[self.group] + 1)).astype(np.int64)
        before = np.cumsum(self.length[order] + 1) - self.length[order] - 1
        before -= before[self.first_of_group][self.group] if len(before) else 0
        placed = np.empty_like(self.length)
        placed[order] = gap + before
        start = placed[self.run] + self.inside
        end = start + self.columns["end"] - self.columns["start"]
        columns = self.columns
        return Codings(columns["transcript"], start, end, columns["code"], columns["coder"], self.case)
