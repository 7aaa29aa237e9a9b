"""Random edits of a codebook version, with all that they declare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion, key_problem
from qcode.domain.declared import Former
from qcode.domain.diff import Declared
from tests.domain.codebook_values import ALIASES, DEFINED, EFFECTS, FIELDS, FILLED, Line, id_of


class Desk:
    """The newest version of a line taken apart for random edits, with what they declare, by identity."""

    def __init__(self, draw: st.DrawFn, line: Line, pool: list[str]) -> None:
        self.draw, self.line, self.old, self.pool = draw, line, line.newest, pool
        self.codes = {code.id: code for code in self.old.codes}
        self.before = dict(self.codes)
        ids = {code.key: code.id for code in self.old.codes}
        self.below: dict[str | None, list[str]] = {}
        for code in self.old.codes:
            self.below.setdefault(None if code.parent is None else ids[code.parent], []).append(code.id)
        self.declared: list[Declared] = []
        self.ended: dict[str, str] = {}  # how: rename, merge, split, retire
        self.needed: set[str] = set()  # codes that have to take codings
        self.defined: set[str] = set()

    def pick(self, fits: Callable[[str], bool]) -> str | None:
        fitting = [id for id in self.codes if fits(id)]
        return self.draw(st.sampled_from(fitting)) if fitting else None

    def parent(self, id: str) -> str | None:
        return next(above for above, ids in self.below.items() if id in ids)

    def subtree(self, id: str) -> set[str]:
        return {id}.union(*(self.subtree(child) for child in self.below.get(id, ())))

    def put(self, id: str, parent: str | None) -> None:
        children = self.below.setdefault(parent, [])
        children.insert(self.draw(st.integers(0, len(children))), id)

    def new(self, *, codable: bool) -> str | None:
        if not self.pool:
            return None
        key = self.pool.pop()
        fields = {name: self.draw(values) for name, values in (FIELDS | DEFINED).items()}
        parent = self.pick(lambda id: True) if self.draw(st.booleans()) else None
        self.codes[id_of(key)] = Code(key, codable=codable, id=id_of(key), **fields)
        self.put(id_of(key), parent)
        return id_of(key)

    def out(self, id: str) -> None:
        """Take a code out of the tree; those below it move up into its place."""
        siblings = self.below[self.parent(id)]
        at = siblings.index(id)
        siblings[at : at + 1] = self.below.pop(id, [])
        del self.codes[id]

    def declare(self, kind: str, codes: Sequence[str], into: Sequence[str] = (), effect: str = "") -> None:
        why = self.draw(st.sampled_from(["", "because"]))
        self.declared.append(Declared(kind, tuple(codes), tuple(into), effect, why))

    def walk(self, parent: str | None = None) -> list[Code]:
        above = None if parent is None else self.codes[parent].key
        found = []
        for id in self.below.get(parent, ()):
            found += [replace(self.codes[id], parent=above), *self.walk(id)]
        return found

    def finish(self, number: str) -> None:
        self.declared = [self._without_renamed_target(one) for one in self.declared]
        changes = tuple(self._raw(one) for one in self.declared)
        new = replace(self.old, version=number, codes=tuple(self.walk()), changes=changes, follows=(self.old.version,))
        self.line.former = [one for one in self.line.former if one.id not in self.codes]
        for id, code in self.before.items():
            if id not in self.codes:
                self.line.former.append(Former(id, code.key, self.ended[id], number))
        self.line.declared += [*self.declared, *self._headings(new)]
        self.line.versions.append(new)

    def _without_renamed_target(self, one: Declared) -> Declared:
        """Leave out of a merge's codes a target that has another key now: it is not known under the old one."""
        if one.kind != "merge" or self.ended.get(one.into[0]) not in ("rename", "both"):
            return one
        return replace(one, codes=tuple(id for id in one.codes if id not in one.into))

    def _headings(self, new: CodebookVersion) -> list[Declared]:
        told = {id for one in self.declared if one.kind in ("split", "merge") for id in one.codes}
        took = {id for id, code in self.before.items() if code.codable}
        took |= {id for one in self.declared if one.kind == "revive" for id in one.codes}
        return [
            Declared("uncodable", (code.id,), tuple(below.id for below in new.descendants(code.key) if below.codable))
            for code in new.codes
            if not code.codable and code.id not in told and code.id in took
        ]

    def _raw(self, one: Declared) -> tuple[tuple[str, object], ...]:
        was = self.codes if one.kind in ("redefine", "revive") else self.before
        codes, into = tuple(was[id].key for id in one.codes), tuple(self.codes[id].key for id in one.into)
        change: dict[str, object] = {one.kind: codes if one.kind == "merge" else codes[0]}
        match one.kind:
            case "split":
                change["into"] = into
            case "merge":
                change["into"] = into[0]
            case "rename":
                change["to"] = into[0]
        said = {"effect": one.effect, "why": one.why}
        return tuple(sorted(change.items() | {name: text for name, text in said.items() if text}.items()))


def add(desk: Desk) -> None:
    desk.new(codable=desk.draw(st.booleans()))


def move(desk: Desk) -> None:
    id = desk.pick(lambda id: True)
    if id is not None:
        below = desk.subtree(id)
        desk.below[desk.parent(id)].remove(id)
        desk.put(id, desk.pick(lambda one: one not in below) if desk.draw(st.booleans()) else None)


def reorder(desk: Desk) -> None:
    parents = [parent for parent, ids in desk.below.items() if len(ids) > 1]
    if parents:
        parent = desk.draw(st.sampled_from(parents))
        desk.below[parent] = list(desk.draw(st.permutations(desk.below[parent])))


def respell(desk: Desk) -> None:
    """Write a key in other letters, capital and small; that is no other key."""
    id = desk.pick(lambda id: id in desk.before and id not in desk.ended)
    if id is not None:
        other = desk.codes[id].key.swapcase()
        if other.casefold() == desk.codes[id].key.casefold() and key_problem(other) is None:
            desk.codes[id] = replace(desk.codes[id], key=other)


def edit(desk: Desk) -> None:
    id = desk.pick(lambda id: True)
    if id is not None:
        name = desk.draw(st.sampled_from([*FIELDS, "aliases"]))
        if name == "aliases":
            free = [a for a in ALIASES if not any(a in c.aliases for i, c in desk.codes.items() if i != id)]
            value = tuple(desk.draw(st.lists(st.sampled_from(free), unique=True, max_size=2))) if free else ()
        else:
            value = desk.draw(FIELDS[name])
        desk.codes[id] = replace(desk.codes[id], **{name: value})


def toggle(desk: Desk) -> None:
    """Make a code a heading, or a heading a code."""
    id = desk.pick(lambda id: id not in desk.needed)
    if id is not None:
        desk.codes[id] = replace(desk.codes[id], codable=not desk.codes[id].codable)


def rename(desk: Desk) -> None:
    id = desk.pick(lambda id: id in desk.before and desk.ended.get(id, "split") == "split")
    if id is not None and desk.pool:
        desk.codes[id] = replace(desk.codes[id], key=desk.pool.pop())
        _end(desk, id, "rename")
        desk.declare("rename", [id], [id])


def redefine(desk: Desk) -> None:
    id = desk.pick(lambda id: id in desk.before and id not in desk.defined)
    if id is not None:
        name = desk.draw(st.sampled_from([*DEFINED]))
        desk.codes[id] = replace(desk.codes[id], **{name: desk.draw(FILLED)})
        desk.defined.add(id)
        desk.declare("redefine", [id], effect=desk.draw(EFFECTS))


def retire(desk: Desk) -> None:
    id = desk.pick(lambda id: _may_leave(desk, id))
    if id is not None:
        desk.out(id)
        _end(desk, id, "retire")
        desk.declare("retire", [id])


def revive(desk: Desk) -> None:
    gone = [one for one in desk.line.former if one.id not in desk.codes and one.id not in desk.before]
    if gone:
        one = desk.draw(st.sampled_from(gone))
        fields = {name: desk.draw(values) for name, values in (FIELDS | DEFINED).items()}
        desk.codes[one.id] = Code(one.key, id=one.id, **fields)
        desk.put(one.id, None)
        desk.declare("revive", [one.id])


def merge(desk: Desk) -> None:
    sources = [id for id in desk.codes if _may_leave(desk, id)]
    if sources:
        chosen = desk.draw(st.lists(st.sampled_from(sources), min_size=1, max_size=3, unique=True))
        target = desk.pick(lambda id: id not in chosen and desk.codes[id].codable)
        if target is None or desk.draw(st.booleans()):
            target = desk.new(codable=True)
        if target is not None:
            named = [target] if target in desk.before and desk.draw(st.booleans()) else []
            desk.needed.add(target)
            for id in chosen:
                desk.out(id)
                _end(desk, id, "merge")
            desk.declare("merge", [*chosen, *named], [target])


def split(desk: Desk) -> None:
    id = desk.pick(lambda id: id in desk.before and desk.ended.get(id, "rename") == "rename")
    if id is None:
        return
    into = [one for one in (_heir(desk, id), _heir(desk, id), desk.new(codable=True)) if one is not None]
    into = list(dict.fromkeys(into))
    if len(into) > 1:
        desk.needed.update(into)
        if _may_leave(desk, id) and desk.draw(st.booleans()):
            desk.out(id)
        elif id not in desk.needed:
            desk.codes[id] = replace(desk.codes[id], codable=desk.draw(st.booleans()))
        _end(desk, id, "split")
        desk.declare("split", [id], into)


def _heir(desk: Desk, id: str) -> str | None:
    """Return a new code, or one that is there already, itself included."""
    if desk.draw(st.booleans()):
        return desk.new(codable=True)
    return desk.pick(lambda one: desk.codes[one].codable and (one != id or id in desk.needed or id not in desk.ended))


def _may_leave(desk: Desk, id: str) -> bool:
    """Tell whether a code can end; the first of a line never does, so that no version is left without codes."""
    if id in [code.id for code in desk.line.versions[0].codes[:1]]:
        return False
    return id in desk.before and id not in desk.ended and id not in desk.needed and id not in desk.defined


def _end(desk: Desk, id: str, how: str) -> None:
    desk.ended[id] = "both" if id in desk.ended else how


EDITS = (add, move, reorder, respell, edit, toggle, rename, redefine, retire, revive, merge, split)
