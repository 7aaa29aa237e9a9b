"""Carries out changes of a codebook and takes them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qcode.domain.change_kinds import (
    Added,
    Change,
    Edited,
    Head,
    Merged,
    Moved,
    Named,
    Place,
    Redefined,
    Removed,
    Renamed,
    Reordered,
    Retired,
    Retitled,
    Revived,
    Split,
    Values,
    head_of,
)
from qcode.domain.codebook import Code, CodebookVersion

__all__ = ["OPPOSITE", "apply", "reverse"]


def reverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that lead back: `apply(apply(old, c), reverse(c)) == old`."""
    return tuple(_back(change) for change in changes)


OPPOSITE = {"widen": "narrow", "narrow": "widen"}
"""The effect of a redefinition that is taken back; to clarify is to clarify either way."""


def _swapped(fields: Values) -> Values:
    return tuple((name, after, before) for name, before, after in fields)


def _back(change: Change) -> Change:
    match change:
        case Added(come):
            return Removed(come)
        case Removed(gone):
            return Added(gone)
        case Retired(gone, why):
            return Revived(gone, why)
        case Revived(come, why):
            return Retired(come, why)
        case Split(id, into, come, gone, why):
            return Merged(into, id, come=gone, gone=come, why=why)
        case Merged(ids, target, come, gone, why):
            return Split(target, ids, come=gone, gone=come, why=why)
        case Redefined():
            effect = OPPOSITE.get(change.effect, change.effect)
            return replace(change, fields=_swapped(change.fields), effect=effect)
        case Edited():
            return replace(change, fields=_swapped(change.fields))
        case _:
            return replace(change, before=change.after, after=change.before)  # type: ignore[arg-type]


def apply(old: CodebookVersion, changes: Iterable[Change]) -> CodebookVersion:
    """Return `old` with the changes carried out, its codes in reading order.

    Raises ValueError for changes that do not fit `old`: they name a code or an order that it does not have.
    """
    listed = tuple(changes)
    tree = _Tree(old)
    for change in listed:
        tree.take_out(change)
    for change in listed:
        if isinstance(change, Reordered):
            tree.reorder(change)
    tree.put_in(listed)
    for change in listed:
        tree.set_fields(change)
    return tree.version(next((c.after for c in listed if isinstance(c, Retitled)), head_of(old)))


class _Tree:
    """A version taken apart: codes by id, and the ids below each."""

    def __init__(self, version: CodebookVersion) -> None:
        self.codes = {code.id: code for code in version.codes}
        ids = {code.key.casefold(): code.id for code in version.codes}
        self.below: dict[str | None, list[str]] = {}
        for code in version.codes:
            parent = None if code.parent is None else ids[code.parent.casefold()]
            self.below.setdefault(parent, []).append(code.id)
        if len(self.codes) < len(version.codes):
            raise ValueError("codes need an identity each")

    def take_out(self, change: Change) -> None:
        for id, place in _leaving(change):
            if id not in self.below.get(place.parent, ()):
                raise ValueError(f"the code {id} does not stand where the change has it")
            self.below[place.parent].remove(id)
            if not isinstance(change, Moved):
                del self.codes[id]

    def reorder(self, change: Reordered) -> None:
        if tuple(self.below.get(change.parent, ())) != change.before or set(change.before) != set(change.after):
            raise ValueError("the order that the change has is not that of the version")
        self.below[change.parent] = list(change.after)

    def put_in(self, changes: Iterable[Change]) -> None:
        entering = [(place, id, code) for change in changes for id, place, code in _entering(change)]
        for place, id, code in sorted(entering, key=lambda one: one[0].index):
            if code is not None and id in self.codes:
                raise ValueError(f"the code {id} is there already")
            if code is not None:
                self.codes[id] = code
            self.below.setdefault(place.parent, []).insert(place.index, id)

    def set_fields(self, change: Change) -> None:
        match change:
            case Renamed(id, before, after):
                self._set(id, (("key", before, after),))
            case Named(id, before, after):
                self._set(id, (("name", before, after),))
            case Redefined(id, fields) | Edited(id, fields):
                self._set(id, fields)

    def _set(self, id: str, fields: Values) -> None:
        code = self.codes.get(id)
        if code is None or any(getattr(code, name) != before for name, before, _ in fields):
            raise ValueError(f"the code {id} is not as the change has it")
        self.codes[id] = replace(code, **{name: after for name, _, after in fields})

    def version(self, head: Head) -> CodebookVersion:
        codes: list[Code] = []
        waiting: list[tuple[str, str | None]] = [(id, None) for id in reversed(self.below.get(None, ()))]
        while waiting:
            id, parent = waiting.pop()
            codes.append(replace(self.codes[id], parent=parent))
            waiting += [(below, codes[-1].key) for below in reversed(self.below.get(id, ()))]
        if len(codes) < len(self.codes):
            raise ValueError("codes are left that stand below none of the others")
        return CodebookVersion(codes=tuple(codes), **{name: getattr(head, name) for name in Head.__slots__})


def _leaving(change: Change) -> list[tuple[str, Place]]:
    match change:
        case Moved(id, before):
            return [(id, before)]
        case Removed(gone) | Retired(gone):
            return [(gone.code.id, gone.place)]
        case Split() | Merged():
            return [(one.code.id, one.place) for one in change.gone]
    return []


def _entering(change: Change) -> list[tuple[str, Place, Code | None]]:
    match change:
        case Moved(id, _, after):
            return [(id, after, None)]
        case Added(come) | Revived(come):
            return [(come.code.id, come.place, come.code)]
        case Split() | Merged():
            return [(one.code.id, one.place, one.code) for one in change.come]
    return []
