"""The declarations of a draft as values, and what becomes of them when codes get another key or go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qcode.domain.drafting_tree import fold
from qcode.errors import Conflict

__all__ = ["KINDS", "RawChange", "Said", "handed_over", "listed", "raw", "read", "unique", "with_key"]

RawChange = tuple[tuple[str, object], ...]
"""Sorted (field, value) pairs, as a version holds a declared change."""

KINDS = ("split", "merge", "rename", "redefine", "retire", "revive")


@dataclass(frozen=True, slots=True)
class Said:
    """One declaration: `codes` are keys of the version before, but for redefine and revive; `into` of the draft."""

    kind: str
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
    effect: str = ""
    why: str = ""

    def names(self, key: str) -> bool:
        """Tell whether `key` is among the codes that it is about."""
        return fold(key) in map(fold, self.codes)

    def goes_to(self, key: str) -> bool:
        """Tell whether `key` takes what it hands on."""
        return fold(key) in map(fold, self.into)


def read(change: RawChange) -> Said:
    """Return a declaration as a version holds it as a value."""
    held: Mapping[str, Any] = dict(change)
    kind = next(kind for kind in KINDS if kind in held)
    into = held.get("into", held.get("to", ()))
    return Said(kind, _several(held[kind]), _several(into), held.get("effect", ""), held.get("why", ""))


def raw(said: Said) -> RawChange:
    """Return a declaration as a version holds it."""
    held: dict[str, object] = {said.kind: said.codes if said.kind == "merge" else said.codes[0]}
    match said.kind:
        case "split":
            held["into"] = said.into
        case "merge":
            held["into"] = said.into[0]
        case "rename":
            held["to"] = said.into[0]
        case "redefine":
            held["effect"] = said.effect
    if said.why:
        held["why"] = said.why
    return tuple(sorted(held.items()))


def with_key(said: Said, key: str, to: str) -> Said:
    """Return `said` where the draft's code `key` is called `to`; what a rename itself declares is left as it is."""
    match said.kind:
        case "split" | "merge" if said.goes_to(key):
            return _heirs(said, key, (to,))
        case "redefine" if said.names(key):
            return replace(said, codes=(to,))
    return said


def handed_over(said: Said, key: str, heirs: Sequence[str]) -> Said:
    """Return `said` where what went to the draft's code `key` goes to `heirs` instead.

    Raises Conflict where codes are merged into `key` and there is not one heir.
    """
    if said.kind not in ("split", "merge") or not said.goes_to(key):
        return said
    if said.kind == "merge" and len(heirs) != 1:
        merged = listed(one for one in said.codes if fold(one) != fold(key))
        what = f"{key} takes the codings of {merged}, merged into it in this draft"
        raise Conflict(what, mend="do this in the version after this one")
    return _heirs(said, key, heirs)


def _heirs(said: Said, key: str, heirs: Sequence[str]) -> Said:
    into = unique(heir for one in said.into for heir in (heirs if fold(one) == fold(key) else (one,)))
    if said.kind == "merge":  # a target may be listed among the codes, but not under a key that it has no longer
        return replace(said, codes=tuple(one for one in said.codes if fold(one) != fold(key)), into=into)
    return replace(said, into=into)


def unique(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys without doubles, ignoring case."""
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(fold(key), key)
    return tuple(found.values())


def listed(keys: Iterable[str]) -> str:
    """Return the keys as words: A, B and C."""
    *first, last = keys
    return f"{', '.join(first)} and {last}" if first else last


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
