"""Answers which codes occur together: reads the material, asks the analysis, returns a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.answer import Context, Question, answer
from qcode.analysis.codings import Spans
from qcode.analysis.matrix import Codes, Matrix, MatrixByAttribute
from qcode.errors import BadValue, NotFound
from qcode.store import cases as case_rows
from qcode.store.engine import Store
from qcode.store.lookup import fold
from qcode.study.material import Material, gather, spans_of
from qcode.study.provenance import provenance
from qcode.study.selection import Filters

__all__ = ["Request", "cooccurrence", "request"]

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Request:
    """What is asked: a question, about which codings, and `by` which attribute of the cases it is split."""

    question: Question = field(default_factory=Question)
    filters: Filters = field(default_factory=Filters)
    by: str | None = None


_MANY = {"code": "codes", "coder": "coders", "transcript": "transcripts", "case": "cases"}


def request(**options: Any) -> Request:
    """Return the request that named options make: those of the command line, a name or a list of names each.

    unit, count, measure, distance, per_coder, rollup, min_cases, test, permutations, seed; code, children, coder,
    transcript, case, where (a mapping), codebook, pending; by. Raises BadValue for an unknown one.
    """
    asked: dict[str, Any] = {f.name: options.pop(f.name) for f in fields(Question) if f.name in options}
    by = options.pop("by", None)
    chosen: dict[str, Any] = {}
    for one, many in _MANY.items():
        names = options.pop(one, options.pop(many, ()))
        chosen[many] = (names,) if isinstance(names, str) else tuple(names or ())
    for name in ("children", "where", "codebook", "pending"):
        if name in options:
            chosen[name] = options.pop(name)
    if options:
        raise BadValue(f"there is no option {', '.join(options)}", mend="see: qcode cooccurrence --help")
    return Request(Question(**asked), Filters(**chosen), by)


def cooccurrence(store: Store, asked: Request) -> Matrix | MatrixByAttribute:
    """Return the matrix, or with `by` one for each value of that attribute."""
    question = asked.question
    with store.read() as connection:
        material = gather(connection, asked.filters, with_ids=question.measure == "c", headings=question.rollup)
        spans = spans_of(connection, material, question.needs_units) if question.needs_units else None
        made_by = provenance(
            connection,
            version_in_use=material.version,
            filters=asked.filters,
            coders=material.coders_present,
            transcripts=material.transcripts,
        )
        if asked.by is None:
            return replace(_answer(asked, material, spans), made_by=made_by)
        groups = _groups(material, _values_of(case_rows.cases(connection), asked.by))
    found = []
    for value, chosen in groups:
        part = material.only(chosen)
        one = _answer(asked, part, spans.only(chosen) if spans is not None else None)
        found.append((value, replace(one, made_by=made_by)))
    return MatrixByAttribute(asked.by, tuple(found))


def _answer(asked: Request, material: Material, spans: Spans | None) -> Matrix:
    axis = material.axis
    codes = Codes(
        keys=tuple(code.key for code in axis),
        names=tuple(code.name for code in axis),
        codable=tuple(code.codable for code in axis),
        ancestors=tuple(tuple(above) for above in material.ancestors),
        codebook=material.version.row.codebook,
        version=material.version.row.version,
    )
    context = Context(
        coders=material.coders_present,
        filters=asked.filters.as_json(),
        pending_left_out=material.pending_left_out,
    )
    return answer(
        asked.question,
        material.codings,
        codes,
        context,
        spans=spans,
        lengths=[row.characters for row in material.transcripts],
        ids=material.ids,
        rows=_shown(asked, material),
    )


def _shown(asked: Request, material: Material) -> list[int] | None:
    """Return the codes to show where only some were asked for: these, and those below them; else leave it open."""
    if material.wanted is None:
        return None
    if not asked.question.rollup:
        return [n for n in material.wanted if material.axis[n].codable]
    used = set(np.flatnonzero(np.bincount(material.codings.code, minlength=len(material.axis))).tolist())
    carrying = used | {above for n in used for above in material.ancestors[n]}
    return [n for n in material.wanted if n in carrying]


def _values_of(cases: Sequence[Any], by: str) -> Mapping[str, str]:
    """Return the attribute's value by the folded name of each transcript of a case that has it."""
    if cases and not any(case.attribute(by) is not None for case in cases):
        raise NotFound(f"no case has an attribute {by!r}", mend="see: qcode case list")
    return {fold(t): value for case in cases if (value := case.attribute(by)) for t in case.transcripts}


def _groups(material: Material, values: Mapping[str, str]) -> list[tuple[str | None, Flags]]:
    of_transcript = [values.get(fold(row.name)) for row in material.transcripts]
    first = {fold(value): value for value in reversed(of_transcript) if value is not None}
    groups: list[tuple[str | None, Flags]] = [
        (shown, np.array([value is not None and fold(value) == key for value in of_transcript], dtype=bool))
        for key, shown in sorted(first.items())
    ]
    without = np.array([value is None for value in of_transcript], dtype=bool)
    return [*groups, (None, without)] if without.any() else groups
