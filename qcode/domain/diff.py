"""What lies between two versions of a codebook, as a list of changes; codes are told apart by their identity."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.domain.change_kinds import (
    Added,
    Change,
    Edited,
    Merged,
    Moved,
    Named,
    Place,
    Redefined,
    Renamed,
    Reordered,
    Retired,
    Retitled,
    Revived,
    Split,
    Standing,
    head_of,
    places,
)
from qcode.domain.codebook import Code, CodebookVersion

__all__ = ["DEFINING", "Declared", "by_code", "came_back", "diff", "heirs", "strongest"]

DEFINING = ("definition", "when", "when_not")
"""What decides whether a passage belongs to a code: a change of it has an effect, which is declared."""

EDITED = ("codable", "names", "brief", "examples", "color", "origin", "aliases", "terms")

WEIGHT = ("", "clarify", "widen", "narrow")
"""Effects, weakest first: of two on the way the stronger one counts."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared change with identities in place of keys; `kind` is split, merge, rename, redefine, retire, revive.

    A heading that was a code before (`uncodable`) is declared by itself.
    """

    kind: str
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
    effect: str = ""
    why: str = ""


def diff(old: CodebookVersion, new: CodebookVersion, declared: Iterable[Declared] = ()) -> tuple[Change, ...]:
    """Return the changes that make `new` of `old`: `apply(old, diff(old, new)) == new`.

    The codes of both carry their ids and stand in reading order. `declared` are the declared changes of all versions on
    the way, in order; what they do not explain is told as an addition, a retirement or a plain change of fields.
    """
    return tuple(_Difference(old, new, tuple(declared)).changes())


def by_code(declared: Iterable[Declared]) -> Mapping[str, Sequence[Declared]]:
    """Return what is declared of each code, in order; not where others go into it."""
    said: dict[str, list[Declared]] = {}
    for one in declared:
        for id in dict.fromkeys(one.codes):
            said.setdefault(id, []).append(one)
    return said


def strongest(effects: Iterable[str]) -> str:
    """Return the effect that counts of several on the way: narrow before widen before clarify; "" of none."""
    return max(effects, key=WEIGHT.index, default="")


def heirs(
    ids: Iterable[str],
    standing: Container[str],
    declared: Sequence[Declared],
    kinds: Container[str] = ("split", "merge"),
) -> tuple[str, ...]:
    """Return where codes have gone: themselves where they stand, else what they were merged or split into."""
    found: dict[str, None] = {}
    waiting, seen = list(reversed(tuple(ids))), set[str]()
    while waiting:
        id = waiting.pop()
        if id in standing:
            found[id] = None
        elif id not in seen:
            seen.add(id)
            further = [d.into for d in declared if d.kind in kinds and id in d.codes]
            waiting += [heir for into in reversed(further) for heir in reversed(into)]
    return tuple(found)


def came_back(id: str, declared: Iterable[Declared]) -> bool:
    """Tell whether a code was there before all that is declared: the first that is said of it is that it is revived."""
    return next((d.kind for d in declared if id in d.codes and id not in d.into), "") == "revive"


class _Difference:
    def __init__(self, old: CodebookVersion, new: CodebookVersion, declared: tuple[Declared, ...]) -> None:
        self.old, self.new, self.declared = old, new, declared
        self.before = {code.id: code for code in old.codes}
        self.after = {code.id: code for code in new.codes}
        self.place_before, self.place_after = places(old), places(new)
        self.coming = [code.id for code in new.codes if code.id not in self.before]
        self.going = [code.id for code in old.codes if code.id not in self.after]
        self.told = set[str]()
        self.said = by_code(declared)

    def changes(self) -> Iterator[Change]:
        if head_of(self.old) != head_of(self.new):
            yield Retitled(head_of(self.old), head_of(self.new))
        for one in self.declared:
            yield from self._explained(one)
        yield from (self._vanished(id) for id in self.going if id not in self.told)
        yield from (self._appeared(id) for id in self.coming if id not in self.told)
        for code in self.new.codes:
            if code.id in self.before:
                yield from self._fields(self.before[code.id], code)
                yield from self._move(code.id)
        yield from self._orders()

    def _explained(self, one: Declared) -> Iterator[Change]:
        if one.kind == "split" and one.codes[0] in self.before:
            into = self._now(one.into)
            if into and into != one.codes:
                come, gone = self._come(into), self._gone(one.codes)
                yield Split(one.codes[0], into, come, gone, one.why)
        elif one.kind == "merge":
            into = self._now(one.into)
            ids = tuple(id for id in one.codes if id in self.before and id not in into)
            if into and ids:
                kept = tuple(id for id in one.codes if id in self.before)
                yield Merged(kept, into[0], self._come(into), self._gone(ids), one.why)

    def _now(self, ids: Sequence[str]) -> tuple[str, ...]:
        return heirs(ids, self.after, self.declared)

    def _come(self, ids: Iterable[str]) -> tuple[Standing, ...]:
        new = [id for id in ids if id not in self.before and id not in self.told and not came_back(id, self.declared)]
        self.told.update(new)
        return tuple(Standing(self.after[id], self.place_after[id]) for id in new)

    def _gone(self, ids: Iterable[str]) -> tuple[Standing, ...]:
        lost = [id for id in ids if id not in self.after and id not in self.told]
        self.told.update(lost)
        return tuple(Standing(self.before[id], self.place_before[id]) for id in lost)

    def _vanished(self, id: str) -> Change:
        return Retired(Standing(self.before[id], self.place_before[id]), self._why("retire", id))

    def _appeared(self, id: str) -> Change:
        come = Standing(self.after[id], self.place_after[id])
        return Revived(come, self._why("revive", id)) if came_back(id, self.declared) else Added(come)

    def _why(self, kind: str, id: str) -> str:
        return "; ".join(dict.fromkeys(d.why for d in self.said.get(id, ()) if d.kind == kind and d.why))

    def _fields(self, old: Code, new: Code) -> Iterator[Change]:
        if old.key != new.key:
            yield Renamed(new.id, old.key, new.key, self._why("rename", new.id))
        if old.name != new.name:
            yield Named(new.id, old.name, new.name)
        effects = [d.effect for d in self.said.get(new.id, ()) if d.kind == "redefine"]
        defined = _differing(old, new, DEFINING)
        if defined or effects:
            yield Redefined(new.id, defined, strongest(effects), self._why("redefine", new.id))
        edited = _differing(old, new, EDITED)
        if edited:
            yield Edited(new.id, edited)

    def _move(self, id: str) -> Iterator[Change]:
        before, after = self.place_before[id], self.place_after[id]
        if before.parent != after.parent:
            yield Moved(id, before, after)

    def _orders(self) -> Iterator[Change]:
        below = _children(self.place_after)
        for parent, before in _children(self.place_before).items():
            kept = {id for id in before if id in self.after and self.place_after[id].parent == parent}
            first, then = (tuple(id for id in ids if id in kept) for ids in (before, below.get(parent, [])))
            if first != then:
                yield Reordered(parent, first, then)


def _children(placed: Mapping[str, Place]) -> dict[str | None, list[str]]:
    below: dict[str | None, list[str]] = {}
    for id, place in placed.items():
        below.setdefault(place.parent, []).append(id)
    return below


def _differing(old: Code, new: Code, fields: Sequence[str]) -> tuple[tuple[str, object, object], ...]:
    return tuple((f, a, b) for f in fields if (a := getattr(old, f)) != (b := getattr(new, f)))
