"""Joins the fields of a code from two sides: what one side changed holds, what both changed differently is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qcode.domain.codebook import Code
from qcode.domain.diff import DEFINING
from qcode.domain.three_way_fates import Fates

__all__ = ["joined_code", "with_own_aliases"]

TEXTS = ("name", "brief", *DEFINING, "color", "origin")
LISTS = ("examples", "aliases")


def joined_code(id: str, fates: Fates) -> Code:
    """Return a code of the merged version with all fields joined, but for its key and parent."""
    ours, theirs = fates.ours.codes.get(id), fates.theirs.codes.get(id)
    base = fates.base.get(id) or Code("", "")
    if ours is None or theirs is None:
        only = ours or theirs or base
        ours, theirs = ours or (base if id in fates.base else only), theirs or (base if id in fates.base else only)
    joined: dict[str, object] = {"codable": fates.codable(id)}
    for field in TEXTS:
        if field in DEFINING and id in fates.chosen:
            joined[field] = getattr(fates.chosen[id].codes[id], field)
        else:
            joined[field] = _text(
                id, field, (getattr(base, field), getattr(ours, field), getattr(theirs, field)), fates
            )
    for field in LISTS:
        joined[field] = _listed(getattr(base, field), getattr(ours, field), getattr(theirs, field))
    joined["names"] = _names(id, (base.names, ours.names, theirs.names), fates)
    joined["terms"] = _terms(base.terms, ours.terms, theirs.terms)
    return replace(ours, **joined)  # type: ignore[arg-type]


def _text(id: str, field: str, three: tuple[str, str, str], fates: Fates) -> str:
    base, ours, theirs = three
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    return fates.settling.choose(fates.conflict(id, field, base, ours, theirs), ours, theirs, str)


def _listed(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return a list without what either side took out and with what either added."""
    if theirs in (base, ours):
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    kept = [one for one in ours if one in theirs or one not in base]
    return (*kept, *(one for one in theirs if one not in ours and one not in base))


Names = tuple[tuple[str, str], ...]
Terms = tuple[tuple[str, tuple[str, ...]], ...]


def _names(id: str, three: tuple[Names, Names, Names], fates: Fates) -> Names:
    base, ours, theirs = three
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    was, mine, other = dict(base), dict(ours), dict(theirs)
    joined = {
        language: _text(
            id, f"names.{language}", (was.get(language, ""), mine.get(language, ""), other.get(language, "")), fates
        )
        for language in {**mine, **other}
    }
    return tuple((language, name) for language, name in joined.items() if name)


def _terms(base: Terms, ours: Terms, theirs: Terms) -> Terms:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    was, mine, other = dict(base), dict(ours), dict(theirs)
    joined = {
        language: _listed(was.get(language, ()), mine.get(language, ()), other.get(language, ()))
        for language in {**mine, **other}
    }
    return tuple((language, terms) for language, terms in joined.items() if terms)


def with_own_aliases(codes: Iterable[Code], base: Mapping[str, Code]) -> list[Code]:
    """Return the codes without aliases that are the key of another code, or that another code has.

    Of two codes that got one alias it stays with the one that had it in the base, else with the one whose key comes
    first.
    """
    listed = list(codes)
    owner = {code.key.casefold(): code.id for code in listed}
    for code in sorted(listed, key=lambda code: (code.key.casefold(), code.key)):
        for alias in code.aliases:
            owner.setdefault(alias.casefold(), code.id)
    keys = {code.key.casefold() for code in listed}
    for code in listed:
        had = {alias.casefold() for alias in base[code.id].aliases} if code.id in base else set()
        owner.update((alias.casefold(), code.id) for alias in code.aliases if alias.casefold() in had - keys)
    return [
        replace(code, aliases=tuple(alias for alias in code.aliases if owner[alias.casefold()] == code.id))
        for code in listed
    ]
