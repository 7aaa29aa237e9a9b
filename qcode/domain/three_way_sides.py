"""One of two versions that follow a base: what became there of each code of the base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qcode.domain.change_kinds import places
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import DEFINING, Declared, by_code, heirs, strongest

__all__ = ["Ending", "Side"]

ENDINGS = ("split", "merge", "retire")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a code of the base ended: split, merge or retire; or heading, if it only takes no codings any more.

    `into` are the codes that took over, `heirs` the same in order; `stands` tells whether it is still in the tree.
    """

    kind: str
    into: frozenset[str] = frozenset()
    stands: bool = False
    heirs: tuple[str, ...] = field(default=(), compare=False)
    declared: Declared | None = field(default=None, compare=False)


class Side:
    """A version with what was declared on the way from the base; codes are named by their ids."""

    def __init__(self, base: CodebookVersion, version: CodebookVersion, declared: Iterable[Declared]) -> None:
        self.version = version
        self.declared = tuple(declared)
        self.said = by_code(self.declared)
        self.codes = {code.id: code for code in version.codes}
        self.codable = {code.id for code in version.codes if code.codable}
        self.parents = {id: place.parent for id, place in places(version).items()}
        self.base = {code.id: code for code in base.codes}
        self.endings = {code.id: ending for code in base.codes if (ending := self._ending(code)) is not None}
        self.redefined = {code.id for code in base.codes if self.changed(code.id, DEFINING)}
        self.targets = frozenset(heir for ending in self.endings.values() for heir in ending.into)

    def changed(self, id: str, fields: Sequence[str]) -> list[str]:
        """Return those of `fields` that a code of the base has otherwise here."""
        was, now = self.base.get(id), self.codes.get(id)
        return [] if was is None or now is None else [f for f in fields if getattr(was, f) != getattr(now, f)]

    def key(self, id: str | None) -> str:
        """Return how a code is called here, or in the base."""
        return "the top" if id is None else (self.codes.get(id) or self.base[id]).key

    def _ending(self, code: Code) -> Ending | None:
        last, now = self._last_ending(code.id), self.codes.get(code.id)
        into = self._takers(last.into) if last is not None else ()
        if now is None:
            whole = last is None or all(self._takers([id]) for id in last.into)
            return _gone(last, into, whole)
        if last is not None and last.kind == "split" and len(into) > 1:
            return Ending("split", frozenset(into), True, into, last)
        return Ending("heading", stands=True) if code.codable and not now.codable else None

    def _takers(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the codes that take the codings of others now: those themselves, or what became of them."""
        return heirs(ids, self.codable, self.declared, ("split", "merge", "uncodable"))

    def _last_ending(self, id: str) -> Declared | None:
        """Return what ended a code last, unless it was revived after that."""
        kinds = (*ENDINGS, "revive")
        of_it = (d for d in self.said.get(id, ()) if d.kind in kinds and not (d.kind == "merge" and id in d.into))
        last = next(reversed(list(of_it)), None)
        return last if last is not None and last.kind != "revive" else None

    def reach(self, ids: Iterable[str]) -> set[str]:
        """Return all codes that these were split or merged into on the way, near or far, standing or not."""
        found = set[str]()
        waiting = list(ids)
        while waiting:
            id = waiting.pop()
            further = [d.into for d in self.said.get(id, ()) if d.kind in ("split", "merge")]
            new = {heir for into in further for heir in into} - found
            found |= new
            waiting += new
        return found

    def effects(self, id: str) -> list[str]:
        """Return the effects that were declared of a code's redefinitions."""
        return [d.effect for d in self.said.get(id, ()) if d.kind == "redefine"]

    def why(self, kind: str, id: str) -> str:
        """Return the reasons that were given for what was declared of a code."""
        return "; ".join(dict.fromkeys(d.why for d in self.said.get(id, ()) if d.kind == kind and d.why))

    def fate(self, id: str) -> str:
        """Say what became of a code of the base, as far as its codings hang on it."""
        told = [self._ended(id)] if id in self.endings else []
        changed = self.changed(id, DEFINING)
        if changed:
            texts = (
                getattr(self.codes[id], f) if f == "definition" else f"{f}: {getattr(self.codes[id], f)}"
                for f in changed
            )
            effect = strongest(self.effects(id))
            told.append(f"redefined{f' ({effect})' if effect else ''}: {'; '.join(texts)}")
        taken = [self.base[other].key for other, ending in self.endings.items() if id in ending.into and other != id]
        return "; ".join([*told, *([f"takes over from {', '.join(taken)}"] if taken else [])]) or "as it was"

    def _ended(self, id: str) -> str:
        ending = self.endings[id]
        into = ", ".join(code.key for code in self.version.codes if code.id in ending.into)
        heading = ", kept as a heading" if ending.stands and not self.codes[id].codable else ""
        words = {"split": f"split into {into}{heading}", "merge": f"merged into {into}", "retire": "retired"}
        return words.get(ending.kind, "made a heading")


def _gone(last: Declared | None, into: tuple[str, ...], whole: bool) -> Ending:
    """Return the ending of a code that is not there any more; `whole`: all that it went to still has heirs."""
    if len(into) > 1:
        return Ending("split", frozenset(into), False, into, last)
    if into and whole:
        return Ending("merge", frozenset(into), False, into, last)
    return Ending("retire", declared=last)
