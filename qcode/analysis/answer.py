"""Answers one question about co-occurrence: counts, measure, tests and suppression, put into a Matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qcode.analysis.codings import Codings, Spans
from qcode.analysis.cooccurrence import Counts, count
from qcode.analysis.matrix import Cell, Codes, Matrix
from qcode.analysis.measures import Floats, benjamini_hochberg, leaves_range, measure
from qcode.analysis.rules import PERMUTATIONS, SEED, Distance, choose_count, choose_distance
from qcode.errors import BadValue

__all__ = ["Context", "Question", "answer"]

Flags = NDArray[np.bool_]
Hiding = tuple[Flags, list[tuple[int, int]]]


@dataclass(frozen=True)
class Question:
    """What is asked; fields are the options of `qcode cooccurrence`.

    `count` None: the default of unit and measure. `test`: None or "permutation". `seed` None: one is drawn.
    """

    unit: str = "overlap"
    count: str | None = None
    measure: str = "count"
    distance: Distance | str | None = None
    per_coder: bool = False
    rollup: bool = False
    min_cases: int | None = None
    test: str | None = None
    permutations: int = PERMUTATIONS
    seed: int | None = SEED

    def __post_init__(self) -> None:
        """Refuse what does not go together, with BadValue, before any codings are read."""
        choose_count(self.unit, self.count, self.measure)
        choose_distance(self.unit, self.distance)
        if self.test not in (None, "permutation"):
            raise BadValue(f"there is no test {self.test!r}", mend="use permutation, or --measure fisher")

    @property
    def chosen_count(self) -> str:
        """Return the count that is used."""
        return choose_count(self.unit, self.count, self.measure)

    @property
    def needs_units(self) -> str | None:
        """Return the kind of spans that the question needs (sentence, turn or paragraph), or None."""
        if self.unit in ("sentence", "turn", "paragraph"):
            return self.unit
        distance = choose_distance(self.unit, self.distance)
        return "turn" if distance is not None and distance.kind == "t" else None


@dataclass(frozen=True)
class Context:
    """What a matrix says about where it comes from."""

    coders: tuple[str, ...] = ()
    filters: Mapping[str, object] = field(default_factory=dict)
    pending_left_out: Mapping[str, int] = field(default_factory=dict)


def answer(
    question: Question,
    codings: Codings,
    codes: Codes,
    context: Context | None = None,
    *,
    spans: Spans | None = None,
    lengths: ArrayLike | None = None,
    ids: Sequence[str] | None = None,
    rows: Sequence[int] | None = None,
) -> Matrix:
    """Return the matrix of one question about `codings`, whose `code` is a place in `codes`.

    `spans`: of the kind `question.needs_units`. `lengths` (T): characters of each transcript, for the permutation
    test. `ids`: the codings' own, to name those that make c leave its range. `rows`: the places of the codes to show;
    None: the codable ones, or rolled up all that carry codings. Raises BadValue as cooccurrence.count does.
    """
    options: dict[str, Any] = {
        "unit": question.unit,
        "count": question.chosen_count,
        "distance": question.distance,
        "per_coder": question.per_coder,
        "units": spans,
        "turns": spans,
        "ancestors": codes.ancestors if question.rollup else None,
    }
    shown = list(rows) if rows is not None else _rows(question, codings, codes)
    counts = count(codings, len(codes.keys), **options).only(shown)
    values = measure(counts, question.measure)
    tables = {"q_values": benjamini_hochberg(values)} if question.measure == "fisher" else {}
    extra: dict[str, Any] = {}
    if question.test is not None:
        tables, extra = _permuted(question, codings, len(codes.keys), shown, options, lengths)
    hiding = _hiding(question, counts)
    if question.measure == "c":
        cells = [cell for cell in leaves_range(values, counts) if not hiding[0][cell]]
        extra["redundant"] = _redundant(codings, codes, shown, cells, options, ids)
    extra |= {name: _written(table, hiding[0]) for name, table in tables.items()}
    return _matrix(question, codes, context or Context(), shown, codings.transcripts, counts, values, hiding, extra)


def _hiding(question: Question, counts: Counts) -> Hiding:
    """Return the cells to hide (n x n flags), and those of them that totals would give away."""
    if question.min_cases is None:
        return np.zeros(counts.values.shape, dtype=bool), []
    from qcode.analysis.suppression import suppress

    found = suppress(counts, question.min_cases, whole_rows=question.measure != "count")
    return found.hidden, found.exposed


def _rows(question: Question, codings: Codings, codes: Codes) -> list[int]:
    if not question.rollup:
        return [k for k, codable in enumerate(codes.codable) if codable]
    used = np.flatnonzero(np.bincount(codings.code, minlength=len(codes.keys))).tolist()
    return sorted({*used, *(above for k in used for above in codes.ancestors[k])})


def _permuted(
    question: Question,
    codings: Codings,
    n: int,
    shown: Sequence[int],
    options: dict[str, Any],
    lengths: ArrayLike | None,
) -> tuple[dict[str, Floats], dict[str, Any]]:
    """Return the tables of the permutation test, and what is said once."""
    from qcode.analysis.permutation import permutation_test

    if lengths is None:
        raise ValueError("the permutation test needs the lengths of the transcripts")
    drawn: dict[str, Any] = {"permutations": question.permutations, "seed": question.seed}
    found = permutation_test(codings, n, lengths, **drawn, **options)
    chosen = np.ix_(list(shown), list(shown))
    p = found.p_values[chosen]
    tables = {"p_values": p, "p_fewer": found.p_fewer[chosen], "expected": found.expected[chosen]}
    return tables | {"q_values": benjamini_hochberg(p)}, {"permutations": found.permutations, "seed": found.seed}


def _redundant(
    codings: Codings,
    codes: Codes,
    shown: Sequence[int],
    cells: Sequence[tuple[int, int]],
    options: dict[str, Any],
    ids: Sequence[str] | None,
) -> list[dict[str, Any]]:
    """Return the cells where c leaves its range, with the codings that cause it, by id (or row)."""
    from qcode.analysis.redundant import redundant

    named = {key: options[key] for key in ("unit", "distance", "per_coder", "turns", "ancestors")}
    places = [(shown[i], shown[j]) for i, j in cells]
    return [
        {
            "codes": [codes.keys[found.row], codes.keys[found.column]],
            "several": [ids[k] if ids else k for k in found.several],
            "overlapping": [ids[k] if ids else k for k in found.overlapping],
        }
        for found in (redundant(codings, len(codes.keys), places, **named) if places else [])
    ]


def _matrix(
    question: Question,
    codes: Codes,
    context: Context,
    shown: Sequence[int],
    transcripts: int,
    counts: Counts,
    values: Floats,
    hiding: Hiding,
    extra: dict[str, Any],
) -> Matrix:
    keys = tuple(codes.keys[k] for k in shown)
    distance = choose_distance(question.unit, question.distance)
    return Matrix(
        codes=keys,
        names=tuple(codes.names[k] for k in shown),
        unit=question.unit,
        count=counts.count,
        measure=question.measure,
        distance=str(distance) if distance else None,
        coders=context.coders,
        per_coder=question.per_coder,
        rollup=question.rollup,
        codebook=codes.codebook,
        version=codes.version,
        filters=context.filters,
        transcripts=transcripts,
        units=counts.n_units,
        pending_left_out=context.pending_left_out,
        matrix=_cells(counts.values if question.measure == "count" else values, hiding[0]),
        contributing_cases=_cells(counts.cases, hiding[0]),
        hidden=tuple((keys[i], keys[j]) for i, j in zip(*np.nonzero(hiding[0]), strict=True)),
        extra=extra,
        exposed=tuple((keys[i], keys[j]) for i, j in hiding[1]),
    )


def _cells(values: NDArray[Any], hidden: Flags) -> tuple[tuple[Any, ...], ...]:
    """Return `values` as rows of plain numbers, None for hidden and undefined ones."""
    missing = hidden | np.isnan(values)
    rows = zip(values.tolist(), missing.tolist(), strict=True)
    return tuple(tuple(None if m else v for v, m in zip(row, flags, strict=True)) for row, flags in rows)


def _written(values: Floats, hidden: Flags) -> list[list[Cell]]:
    return [list(row) for row in _cells(values, hidden)]
