"""The loss ledger: what did not come in or go out whole, how many, where, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

__all__ = ["Loss", "Positions", "gathered"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Things (`what`, in the plural) that were left out, changed or could not be held: `n` of them, `where` and `why`.

    `where` names a place in the file or the study, without a word of a transcript; "" for the whole of it.
    """

    what: str
    n: int
    where: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """How the positions of a file were understood: the `rule` in words, its `score` from 0 to 1 as the share of marks
    that speak for it, and how many rules were `tried`."""

    rule: str
    score: float
    tried: int


def gathered(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Return the losses with equal ones (but for their number) as one, in order of first appearance; none of 0."""
    found: dict[tuple[str, str, str], Loss] = {}
    for one in losses:
        key = (one.what, one.where, one.why)
        found[key] = replace(one, n=found[key].n + one.n) if key in found else one
    return tuple(one for one in found.values() if one.n)
