"""Which unit goes with which count and which measure, and how a distance is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qcode.errors import BadValue

__all__ = [
    "ALL_UNITS",
    "CONTAINING",
    "COUNTS",
    "MEASURES",
    "PAIRWISE",
    "PERMUTATIONS",
    "SEED",
    "SYMMETRIC",
    "Distance",
    "check_unit",
    "choose_count",
    "choose_distance",
    "is_symmetric",
    "parse_distance",
]

PAIRWISE = ("overlap", "exact", "within", "near", "follows")
"""Units in which one coding stands in a relation to another."""

CONTAINING = ("sentence", "turn", "paragraph", "transcript", "case")
"""Units that hold codings."""

ALL_UNITS = PAIRWISE + CONTAINING
SYMMETRIC = ("overlap", "exact", "near", *CONTAINING)
COUNTS = ("stretches", "hits", "segments", "characters", "units", "transcripts", "cases")
MEASURES = ("count", "jaccard", "dice", "c", "given", "lift", "npmi", "phi", "fisher")

PERMUTATIONS = 999
"""How often a permutation test reshuffles unless told otherwise."""

SEED = 1
"""The seed unless another is given: the same question gives the same report, byte for byte."""

_PAIR_COUNTS = ("hits", "segments", "transcripts", "cases")
_ALLOWED = {
    "overlap": ("stretches", "hits", "segments", "characters", "transcripts", "cases"),
    **dict.fromkeys(PAIRWISE[1:], _PAIR_COUNTS),
    **dict.fromkeys(CONTAINING, ("units", "transcripts", "cases")),
    "case": ("units", "cases"),
}
_TABLE_MEASURES = ("lift", "npmi", "phi", "fisher")


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart codings may stand: `n` characters (`kind` "c") or turns ("t")."""

    n: int
    kind: str

    def __str__(self) -> str:
        return f"{self.n}{self.kind}"


def parse_distance(text: str) -> Distance:
    """Return what `200c`, `200` (characters) or `1t` (turns) says.

    Raises BadValue for anything else.
    """
    found = re.fullmatch(r"([0-9]{1,12})([ct]?)", text.strip().lower())
    if not found:
        raise BadValue(f"{text!r} is not a distance", mend="write characters as 200c, turns as 1t")
    return Distance(int(found[1]), found[2] or "c")


def is_symmetric(unit: str, count: str) -> bool:
    """Tell whether cell (A, B) is always cell (B, A)."""
    return unit in SYMMETRIC and count != "segments"


def check_unit(unit: str) -> str:
    """Return `unit`, or refuse it with BadValue."""
    if unit not in ALL_UNITS:
        raise BadValue(f"there is no unit {unit!r}", mend=f"use one of {', '.join(ALL_UNITS)}")
    return unit


def choose_count(unit: str, count: str | None = None, measure: str = "count") -> str:
    """Return the count that `measure` over `unit` stands on; `count` None: the contract's default.

    jaccard and dice stand on characters (overlap) or units (containing units), c on hits, lift, npmi, phi
    and fisher on containing units; `given` on any count. Raises BadValue where they do not go together.
    """
    check_unit(unit)
    if measure not in MEASURES:
        raise BadValue(f"there is no measure {measure!r}", mend=f"use one of {', '.join(MEASURES)}")
    needed = _base(unit, measure)
    if count is None:
        return needed or _default(unit)
    if count not in COUNTS:
        raise BadValue(f"there is no count {count!r}", mend=f"use one of {', '.join(COUNTS)}")
    if count not in _ALLOWED[unit]:
        raise BadValue(f"{count} are not defined over the unit {unit}", mend=f"count {_either(_ALLOWED[unit])}")
    if needed not in (None, count):
        raise BadValue(f"{measure} over the unit {unit} stands on {needed}, not on {count}", mend="leave out --count")
    return count


def _default(unit: str) -> str:
    if unit == "overlap":
        return "stretches"
    return "hits" if unit in PAIRWISE else "units"


def _base(unit: str, measure: str) -> str | None:
    """Return the only count that `measure` can stand on, None where any will do."""
    if measure in ("jaccard", "dice"):
        if unit == "overlap":
            return "characters"
        return _containing_only(unit, measure, ("overlap", *CONTAINING))
    if measure == "c":
        if unit not in PAIRWISE:
            raise BadValue(f"c is not defined over the unit {unit}", mend=f"use the unit {_either(PAIRWISE)}")
        return "hits"
    return _containing_only(unit, measure, CONTAINING) if measure in _TABLE_MEASURES else None


def _containing_only(unit: str, measure: str, allowed: tuple[str, ...]) -> str:
    if unit not in CONTAINING:
        raise BadValue(f"{measure} is not defined over the unit {unit}", mend=f"use the unit {_either(allowed)}")
    return "units"


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def choose_distance(unit: str, distance: Distance | str | None) -> Distance | None:
    """Return the distance of `near` and `follows`, which need one; elsewhere there is none.

    Raises BadValue where it is missing or out of place.
    """
    if unit not in ("near", "follows"):
        if distance is not None:
            raise BadValue(f"the unit {unit} takes no distance", mend="use it with near or follows")
        return None
    if distance is None:
        raise BadValue(f"the unit {unit} needs a distance", mend="add --distance 200c (characters) or 1t (turns)")
    return parse_distance(distance) if isinstance(distance, str) else distance
