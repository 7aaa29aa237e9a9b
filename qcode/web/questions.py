"""Turns what a page asks into filters and a request of the study, and into the command that asks the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qcode.analysis.answer import Question
from qcode.analysis.rules import PERMUTATIONS, SEED
from qcode.domain.code_colors import color_of
from qcode.errors import BadValue
from qcode.study.cooccurrence import Request
from qcode.study.selection import Filters
from qcode.web.asked import Asked

if TYPE_CHECKING:
    from qcode.study.study import Study

__all__ = ["choices", "command", "filters_of", "here_said", "request_of"]

MOST_PERMUTATIONS = 100_000
"""More would keep the workbench busy for too long; the command line does not mind."""


def filters_of(body: Asked) -> Filters:
    """Return the filters that a page asks for."""
    return Filters(
        codes=tuple(body.texts("codes")),
        children=not body.flag("no_children"),
        coders=tuple(body.texts("coders")),
        transcripts=tuple(body.texts("transcripts")),
        cases=tuple(body.texts("cases")),
        where=dict(_pair(one) for one in body.texts("where")),
        codebook=body.text("codebook") or None,
        pending=body.flag("pending"),
    )


def _pair(words: str) -> tuple[str, str]:
    key, equals, value = words.partition("=")
    if not equals or not key.strip():
        raise BadValue(f"{words!r} is not KEY=VALUE", mend="write for example role=client")
    return key.strip(), value.strip()


def request_of(body: Asked) -> Request:
    """Return the question that a page asks; BadValue where its parts do not go together."""
    tested = body.text("test") or None
    permutations = body.number("permutations", PERMUTATIONS)
    if not 1 <= permutations <= MOST_PERMUTATIONS:
        raise BadValue(f"{permutations:,} permutations are not drawn here", mend=f"ask for 1 to {MOST_PERMUTATIONS:,}")
    cases, seed = body.number("min_cases", 0), body.number("seed", SEED)
    if cases < 0 or seed < 0:
        raise BadValue("a number is below 0", mend="write a number from 0")
    question = Question(
        unit=body.text("unit", "overlap"),
        count=body.text("count") or None,
        measure=body.text("measure", "count"),
        distance=body.text("distance").strip() or None,
        per_coder=body.flag("per_coder"),
        rollup=body.flag("rollup"),
        min_cases=cases or None,
        test=tested,
        permutations=permutations if tested else PERMUTATIONS,
        seed=seed if tested else SEED,
    )
    return Request(question, filters_of(body), body.text("by") or None)


def command(name: str, asked: Request | Filters, *more: tuple[str, object]) -> str:
    """Return the command line that asks the same, in the order in which the command states its options."""
    words = ["qcode", *name.split()]
    filters = asked.filters if isinstance(asked, Request) else asked
    options = [*_filter_options(filters), *(_question_options(asked) if isinstance(asked, Request) else ()), *more]
    for option, value in options:
        if value is True:
            words.append(option)
        elif value not in (None, "", False):
            words += [option, shlex.quote(str(value))]
    return " ".join(words)


def _filter_options(filters: Filters) -> Iterator[tuple[str, object]]:
    yield from (("--code", code) for code in filters.codes)
    yield "--no-children", bool(not filters.children)
    yield from (("--coder", one) for one in filters.coders)
    yield from (("--transcript", one) for one in filters.transcripts)
    yield from (("--case", one) for one in filters.cases)
    yield from (("--where", f"{key}={value}") for key, value in filters.where.items())
    yield "--codebook", filters.codebook
    yield "--pending", filters.pending


def _question_options(asked: Request) -> Iterator[tuple[str, object]]:
    question = asked.question
    yield "--unit", question.unit if question.unit != "overlap" else None
    yield "--distance", str(question.distance) if question.distance is not None else None
    yield "--count", question.count
    yield "--measure", question.measure if question.measure != "count" else None
    yield "--per-coder", question.per_coder
    yield "--rollup", question.rollup
    yield "--min-cases", question.min_cases
    yield "--test", question.test
    yield "--permutations", question.permutations if question.permutations != PERMUTATIONS else None
    yield "--seed", str(question.seed) if question.seed != SEED else None
    yield "--by", asked.by


def here_said(note: str) -> str:
    """Return a note on what is left out with the way of the browser in place of the command."""
    return note.replace("qcode codebook queue lists them", "The queue lists them")


def choices(study: Study) -> dict[str, Any]:
    """Return what filters may choose from: versions with their codes, coders, transcripts, cases, attributes."""
    versions, books = study.codebooks.list(), study.codebooks.newest()
    cases, hidden = study.cases.list(), study.cases.hidden_attributes()
    values: dict[str, dict[str, None]] = {}
    for case in cases:
        for key, value in case.without(hidden).attributes:
            values.setdefault(key, {})[value] = None
    return {
        "codebooks": [
            {
                "codebook": key,
                "newest": newest.version,
                "versions": [
                    {"version": row.version, "codes": _codes(study.codebooks.show_for(f"{key}@{row.version}"))}
                    for row, _ in versions
                    if row.codebook == key
                ],
            }
            for key, newest in books.items()
        ],
        "coders": list(study.coder_names().values()),
        "transcripts": [{"id": one.id, "name": one.name, "case": one.case} for one in study.transcripts.list()],
        "cases": [case.name for case in cases],
        "attributes": {key: sorted(found) for key, found in sorted(values.items())},
    }


def _codes(version: Any) -> list[dict[str, Any]]:
    colors = color_of(version)
    return [
        {"key": c.key, "name": c.name, "depth": depth, "codable": c.codable, "color": colors[c.key]}
        for depth, c in version.walk()
    ]
