"""Holds a version that follows another against what it declares: what becomes of each code, and what is not said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import DEFINING, Declared

__all__ = ["Adopted", "Former", "adopt"]

RawChange = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Former:
    """A code that an earlier version had and the one that is followed does not: `how` it ended, and in which `version`.

    `how` is merge, split or retire; `into` the keys it went to; `last` the last version that had it.
    """

    id: str
    key: str
    how: str
    version: str
    into: tuple[str, ...] = ()
    last: str = ""


@dataclass(slots=True)
class Adopted:
    """A following version whose codes carry their ids, with what it declares; or what keeps it from following.

    `problems` are sentences without the name of the file; `missing` the changes that are to be declared besides.
    """

    version: CodebookVersion
    declared: tuple[Declared, ...] = ()
    problems: list[str] = field(default_factory=list)
    missing: list[RawChange] = field(default_factory=list)


def adopt(
    old: CodebookVersion,
    new: CodebookVersion,
    *,
    former: Sequence[Former] = (),
    identity: Callable[[str], str],
) -> Adopted:
    """Give the codes of `new` their identities in a codebook whose version `old` it follows.

    `former` are the codes that an earlier version had; `identity` makes the id of a new code from its key.
    """
    return _Adoption(old, new, {one.key.casefold(): one for one in former}, identity).result()


class _Adoption:
    def __init__(
        self,
        old: CodebookVersion,
        new: CodebookVersion,
        former: Mapping[str, Former],
        identity: Callable[[str], str],
    ) -> None:
        self.old, self.new, self.former, self.identity = old, new, former, identity
        self.before, self.after = old.by_key, new.by_key
        self.changes = [_Read(change) for change in new.changes]
        self.redefined: dict[str, list[_Read]] = {}
        for one in self.changes:
            if one.kind == "redefine":
                self.redefined.setdefault(one.code.casefold(), []).append(one)
        self.renames = {c.into[0].casefold() for c in self.changes if c.kind == "rename"}
        self.renamed: dict[str, str] = {}  # old key of each new one, folded
        self.revived: set[str] = set()
        self.ended: set[str] = set()
        self.guessed: set[str] = set()  # new keys that were taken for those of codes that vanished
        self.problems: list[str] = []
        self.missing: list[RawChange] = []

    def result(self) -> Adopted:
        for change in self.changes:
            self.problems += [f"{change}: {problem}" for problem in getattr(self, f"_{change.kind}")(change)]
        self.problems += self._ended_twice()
        self._account()
        if self.problems or self.missing:
            return Adopted(self.new, (), self.problems, self.missing)
        ids = {code.key.casefold(): self._id(code) for code in self.new.codes}
        if len(set(ids.values())) < len(ids):
            return Adopted(self.new, (), ["two codes have the same identity"], [])
        codes = tuple(replace(code, id=ids[code.key.casefold()]) for code in self.new.codes)
        declared = [self._declared(change, ids) for change in self.changes]
        return Adopted(replace(self.new, codes=codes), (*declared, *self._headings(ids, declared)))

    def _ended_twice(self) -> Iterator[str]:
        kinds: dict[str, list[str]] = {}
        for change in self.changes:
            for key in change.leaving:
                kinds.setdefault(key.casefold(), []).append(change.kind)
        self.ended = set(kinds)
        for key, found in kinds.items():
            if len(found) > 1 and sorted(found) != ["rename", "split"]:
                shown = self.before[key].key if key in self.before else key
                yield f"{shown} is ended by {len(found)} changes ({', '.join(found)}); one is enough"

    def _known(self, key: str) -> Iterator[str]:
        if key.casefold() in self.before:
            return
        gone = self.former.get(key.casefold())
        if gone is not None:
            yield f"{key} is not in {self.old.version}: it was {_ended(gone)}"
        else:
            yield f"{key} is not a code of {self.old.version}"

    def _standing(self, key: str) -> Iterator[str]:
        """Tell what keeps `key` from taking codings in the new version."""
        code = self.after.get(key.casefold())
        gone = self.former.get(key.casefold())
        if code is None and gone is not None:
            yield f"{key} was {_ended(gone)}; revive it and put it among the codes, or name another code"
        elif code is None:
            yield f"{key} is not among the codes"
        elif not code.codable:
            yield f"{key} is only a heading, which takes no codings"

    def _split(self, change: _Read) -> Iterator[str]:
        yield from self._known(change.code)
        if len({key.casefold() for key in change.into}) < 2:
            yield "a code is split into two or more"
        for key in change.into:
            yield from self._standing(key)

    def _merge(self, change: _Read) -> Iterator[str]:
        for key in change.codes:
            yield from self._known(key)
        yield from self._standing(change.into[0])
        if len({*(key.casefold() for key in change.codes), change.into[0].casefold()}) < 2:
            yield "it names one code only"
        for key in change.leaving:
            if key.casefold() in self.after:
                yield f"{key} is merged and still stands among the codes; take it out there"

    def _rename(self, change: _Read) -> Iterator[str]:
        to = change.into[0]
        yield from self._known(change.code)
        if to.casefold() not in self.after:
            yield f"{to} is not among the codes"
        elif change.code.casefold() in self.after and change.code.casefold() != to.casefold():
            yield f"{change.code} still stands among the codes"
        elif to.casefold() in self.before and change.code.casefold() != to.casefold():
            yield f"{to} is the key of another code of {self.old.version}"
        elif self.renamed.setdefault(to.casefold(), change.code.casefold()) != change.code.casefold():
            yield f"two codes are renamed to {to}"
        elif any(c.kind == "revive" and c.code.casefold() == to.casefold() for c in self.changes):
            yield f"{to} is revived, so it is the key of that code"

    def _redefine(self, change: _Read) -> Iterator[str]:
        now = self.after.get(change.code.casefold())
        was = change.code.casefold() in self.before or change.code.casefold() in self.renames
        if now is None:
            yield f"{change.code} is not among the codes"
        elif not was:
            yield f"{change.code} is a new code; nothing of it is redefined"
        same = self.redefined[change.code.casefold()]
        if len(same) > 1 and change is same[0]:
            yield f"{change.code} is redefined twice; one effect can hold"

    def _retire(self, change: _Read) -> Iterator[str]:
        yield from self._known(change.code)
        if change.code.casefold() in self.after:
            yield f"{change.code} still stands among the codes; take it out there"

    def _revive(self, change: _Read) -> Iterator[str]:
        key = change.code.casefold()
        if key in self.before:
            yield f"{change.code} is in {self.old.version} already"
        elif key not in self.former:
            yield f"the codebook never had a code {change.code}; a new code needs no declaration"
        elif key not in self.after:
            yield f"{change.code} is not among the codes; put it where it belongs"
        self.revived.add(key)

    def _account(self) -> None:
        """Find what is not declared: keys that vanish, keys that come back, definitions that changed."""
        for code in self.old.codes:
            key = code.key.casefold()
            if key not in self.after and key not in self.ended:
                self._vanished(code)
        for code in self.new.codes:
            key = code.key.casefold()
            if key in self.former and key not in self.before and key not in self.revived and key not in self.renamed:
                was = f"{code.key} was {_ended(self.former[key])}"
                self._undeclared(f"{was} and stands here again", (("revive", code.key),))
            was_code = self.before.get(self.renamed.get(key, key))
            if was_code is not None:
                self._redefined(was_code, code)

    def _vanished(self, code: Code) -> None:
        """Tell a code that is gone with what probably happened to it: another key for the same content, or retired."""
        what, now = f"{code.key} is in {self.old.version} and not here", self._guess(code)
        if now is None:
            self._undeclared(what, (("retire", code.key),))
        else:
            self._undeclared(what, (("rename", code.key), ("to", now.key)))
            self.guessed.add(now.key.casefold())
            self._redefined(code, now)

    def _redefined(self, old: Code, new: Code) -> None:
        changed = [name for name in DEFINING if getattr(old, name) != getattr(new, name)]
        if changed and new.key.casefold() not in self.redefined:
            what = f"{new.key} has another {' and '.join(changed)}"
            self._undeclared(what, (("effect", "clarify"), ("redefine", new.key)))

    def _undeclared(self, what: str, change: RawChange) -> None:
        self.problems.append(f"{what}, which no change declares")
        self.missing.append(change)

    def _guess(self, code: Code) -> Code | None:
        """Return the new code that probably is the one that vanished: by its name, its definition or an alias."""
        known = {*self.before, *self.former, *self.renamed, *self.guessed}
        fresh = (one for one in self.new.codes if one.key.casefold() not in known and one.codable == code.codable)
        return next((one for one in fresh if _alike(one, code)), None)

    def _id(self, code: Code) -> str:
        key = code.key.casefold()
        was = self.before.get(self.renamed.get(key, key))
        if was is not None:
            return was.id
        return self.former[key].id if key in self.revived else self.identity(code.key)

    def _declared(self, change: _Read, ids: Mapping[str, str]) -> Declared:
        def id_of(key: str) -> str:
            folded = key.casefold()
            return self.before[folded].id if folded in self.before else ids[folded]

        codes = tuple(ids[k.casefold()] if change.kind == "redefine" else id_of(k) for k in change.codes)
        into = tuple(dict.fromkeys(ids[key.casefold()] for key in change.into))
        return Declared(change.kind, codes, into, change.effect, change.why)

    def _headings(self, ids: Mapping[str, str], declared: Sequence[Declared]) -> Iterator[Declared]:
        """Yield the codes that become headings, without a split that says where their codings go."""
        told = {id for one in declared if one.kind in ("split", "merge") for id in one.codes}
        took = {code.id for code in self.old.codes if code.codable}
        took |= {id for one in declared if one.kind == "revive" for id in one.codes}
        for code in self.new.codes:
            id = ids[code.key.casefold()]
            if id in took and not code.codable and id not in told:
                below = tuple(ids[c.key.casefold()] for c in self.new.descendants(code.key) if c.codable)
                yield Declared("uncodable", (id,), below)


def _alike(new: Code, old: Code) -> bool:
    same_name = bool(old.name) and new.name.casefold() == old.name.casefold()
    same_definition = bool(old.definition) and new.definition == old.definition
    return same_name or same_definition or old.key.casefold() in (alias.casefold() for alias in new.aliases)


def _ended(one: Former) -> str:
    how = {"merge": "merged", "split": "split", "retire": "retired"}[one.how]
    into = f" into {', '.join(one.into)}" if one.into else ""
    return f"{how}{into} in {one.version}"


class _Read:
    """A declared change as it was written."""

    def __init__(self, change: RawChange) -> None:
        held: dict[str, Any] = dict(change)
        self.kind = next(kind for kind in ("split", "merge", "rename", "redefine", "retire", "revive") if kind in held)
        named = held[self.kind]
        self.codes: tuple[str, ...] = (named,) if isinstance(named, str) else tuple(named)
        into = held.get("into", held.get("to", ()))
        self.into: tuple[str, ...] = (into,) if isinstance(into, str) else tuple(into)
        self.effect: str = held.get("effect", "")
        self.why: str = held.get("why", "")

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def leaving(self) -> tuple[str, ...]:
        """Return the keys that the change takes out of the tree."""
        if self.kind in ("redefine", "revive"):
            return ()
        into = [key.casefold() for key in self.into] if self.kind == "merge" else []
        return tuple(key for key in self.codes if key.casefold() not in into)

    def __str__(self) -> str:
        return f"{self.kind} {', '.join(self.codes)}"
