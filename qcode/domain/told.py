"""Tells changes as rows: what kind, which codes, into which, which fields; the same for text, JSON and reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qcode.domain.change_kinds import (
    Added,
    Change,
    Edited,
    Merged,
    Moved,
    Named,
    Redefined,
    Removed,
    Renamed,
    Reordered,
    Retired,
    Retitled,
    Revived,
    Split,
)
from qcode.domain.codebook import CodebookVersion

__all__ = ["ToldChange", "tell"]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change in keys: `change` is add, rename, name, move, redefine, edit, split, merge, retire or revive.

    `fields` are the fields that differ, `texts` the (field, before, after) of those that are told with their words.
    `ids` are the codes whose codings it touches.
    """

    change: str
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
    effect: str | None = None
    fields: tuple[str, ...] = ()
    why: str = ""
    texts: tuple[tuple[str, str, str], ...] = ()
    ids: tuple[str, ...] = ()


def tell(changes: Iterable[Change], old: CodebookVersion, new: CodebookVersion) -> list[ToldChange]:
    """Return the rows of `diff(old, new)`; another title or note of the version itself is not among them."""
    before = {code.id: code.key for code in old.codes}
    after = {code.id: code.key for code in new.codes}
    told = (_told(change, before, after) for change in changes)
    return [one for one in told if one is not None]


def _told(change: Change, before: Mapping[str, str], after: Mapping[str, str]) -> ToldChange | None:
    def key(id: str | None) -> str:
        return "the top" if id is None else after.get(id) or before[id]

    match change:
        case Added(come):
            return ToldChange("add", (come.code.key,), ids=(come.code.id,))
        case Revived(come, why):
            return ToldChange("revive", (come.code.key,), why=why, ids=(come.code.id,))
        case Removed(gone):
            return ToldChange("retire", (gone.code.key,), ids=(gone.code.id,))
        case Retired(gone, why):
            return ToldChange("retire", (gone.code.key,), why=why, ids=(gone.code.id,))
        case Split(id, into, why=why):
            return ToldChange("split", (before.get(id) or key(id),), tuple(map(key, into)), why=why, ids=(id,))
        case Merged(ids, target, come, why=why):
            keys = tuple(before.get(id) or key(id) for id in ids)
            moving = tuple(id for id in ids if id != target)
            heirs = dict.fromkeys((target, *(one.code.id for one in come)))
            return ToldChange("merge", keys, tuple(map(key, heirs)), why=why, ids=moving)
        case Renamed(id, was, now, why):
            return ToldChange("rename", (was,), (now,), None, ("code",), why, (("code", was, now),), (id,))
        case Named(id, was, now):
            return ToldChange("name", (key(id),), (), None, ("name",), "", (("name", was, now),), (id,))
        case Redefined(id, fields, effect, why):
            names = tuple(name for name, _, _ in fields)
            return ToldChange("redefine", (key(id),), (), effect or None, names, why, _texts(fields), (id,))
        case Edited(id, fields):
            names = tuple(name for name, _, _ in fields)
            return ToldChange("edit", (key(id),), (), None, names, "", _texts(fields), (id,))
        case Moved(id, was_place, place):
            texts = (("parent", key(was_place.parent), key(place.parent)),)
            return ToldChange("move", (key(id),), (), None, ("parent",), "", texts, (id,))
        case Reordered(parent, was_order, order):
            was, now = (", ".join(map(key, ids)) for ids in (was_order, order))
            text = (f"order below {key(parent)}" if parent else "order", was, now)
            return ToldChange("edit", tuple(map(key, order)), (), None, ("order",), "", (text,), ())
        case Retitled():
            return None


def _texts(fields: Iterable[tuple[str, Any, Any]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, _words(was), _words(now)) for name, was, now in fields)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(_entry(one) for one in value)
    return str(value)


def _entry(one: Any) -> str:
    if isinstance(one, tuple):
        language, words = one
        return f"{language}: {', '.join(words) if isinstance(words, tuple) else words}"
    return str(one)
