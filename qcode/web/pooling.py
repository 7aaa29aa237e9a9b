"""How much of a matrix holds only because several coders are counted together: agreement may look like meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.analysis.matrix import Matrix
    from qcode.study.cooccurrence import Request
    from qcode.study.study import Study

__all__ = ["MOST_CODINGS", "Groups", "only_across"]

MOST_CODINGS = 50_000
"""In a larger study the question is not asked a second time."""

Groups = list[tuple[str | None, "Matrix"]]


def only_across(study: Study, asked: Request, groups: Groups) -> list[dict[str, Any] | None]:
    """Return for each matrix the coders that it pools, and how many pairs no coder alone brings together.

    None where nothing is pooled; `pairs` is None where the study is too large to ask twice.
    """
    if asked.question.per_coder or not any(len(one.coders) > 1 for _, one in groups):
        return [None] * len(groups)
    alone = _alone(study, asked) if study.status().codings <= MOST_CODINGS else {}
    told: list[dict[str, Any] | None] = []
    for value, one in groups:
        apart = alone.get(value)
        pooled = {"coders": len(one.coders), "pairs": None if apart is None else _lost(one, apart)}
        told.append(pooled if len(one.coders) > 1 else None)
    return told


def _alone(study: Study, asked: Request) -> dict[str | None, Matrix]:
    plain = replace(asked.question, per_coder=True, measure="count", test=None, min_cases=None)
    found: Any = study.ask(replace(asked, question=plain))
    groups: Any = getattr(found, "groups", None)
    return {None: found} if groups is None else dict(groups)


def _lost(pooled: Matrix, alone: Matrix) -> int:
    """Count the pairs (of a symmetric matrix each once) with cases when pooled, and with none coder by coder."""
    place: dict[str, int] = {code: n for n, code in enumerate(alone.codes)}
    cases: Sequence[Sequence[int | None]] = alone.contributing_cases
    return sum(
        1
        for i, row in enumerate(pooled.codes)
        for j, column in enumerate(pooled.codes)
        if (i < j if pooled.symmetric else i != j)
        and pooled.contributing_cases[i][j]
        and not (row in place and column in place and cases[place[row]][place[column]])
    )
