"""What must become of every coding through the versions of a codebook: a plain model, to hold a study against.

It knows no SQL and no row ids: facts (who put which code where), which of them wait, how they ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.domain.codebook import CodebookVersion

__all__ = ["Effects", "Fact", "Model", "Place", "Refused", "effects_of"]

Place = tuple[str, int, int]
"""Transcript, start, end."""

Listed = tuple[str, Place, str, str, str]
"""A coding as it is listed: id, place, coder, key of its code, status."""


class Refused(Exception):
    """The act cannot be."""


@dataclass(eq=False)
class Fact:
    """One coding ever made; `code` is the code's identity, `end` empty, withdrawn or replaced."""

    id: str
    place: Place
    coder: str
    code: str
    waits: bool = False
    end: str = ""
    waited: bool = False
    under: int = 0
    """Whether it waited when it was withdrawn, and how many versions there were then."""
    origins: dict[str, bool] = field(default_factory=dict)
    """The facts that were allocated to it, and whether it was made for them."""


@dataclass(frozen=True)
class Effects:
    """What a version does, by the identities of the codes: whose codings wait, which move where, what is frozen."""

    queues: frozenset[str]
    moves: Mapping[str, str]
    retires: frozenset[str]
    revives: frozenset[str]


def effects_of(said: Iterable[str], old: CodebookVersion, new: CodebookVersion, gone: Mapping[str, str]) -> Effects:
    """Return what the lines that made `new` of `old` mean; `gone` are the ids of codes of earlier versions by key."""
    before = {code.key: code.id for code in old.codes} | dict(gone)
    after = {code.key: code.id for code in new.codes}
    queues, moves, retires, revives = set[str](), dict[str, str](), set[str](), set[str]()
    for one in said:
        verb, _, rest = one.partition(" ")
        first, _, into = rest.partition(" into ")
        keys = [key.rstrip("+!") for key in first.split(", ")]
        if verb in ("split", "narrow") or (verb == "heading" and old.by_key[keys[0].casefold()].codable):
            queues.add(before[keys[0]])
        elif verb == "merge":
            moves |= {before[key]: after[into] for key in keys if key != into}
        elif verb in ("retire", "revive"):
            (retires if verb == "retire" else revives).add(before[keys[0]])
    return Effects(frozenset(queues), moves, frozenset(retires), frozenset(revives))


class Model:
    """The facts of a study, as they are now."""

    def __init__(self, first: CodebookVersion) -> None:
        self.versions = [first]
        self.effects: list[Effects] = []
        self.facts: dict[str, Fact] = {}
        self.retired: set[str] = set()
        self.keys = {code.id: code.key for code in first.codes}
        self.acts: list[tuple[str, dict[str, bool]]] = []
        self.made = 0

    @property
    def newest(self) -> CodebookVersion:
        """Return the newest version."""
        return self.versions[-1]

    @property
    def gone(self) -> dict[str, str]:
        """Return the ids of the codes that an earlier version had and the newest has not, by key."""
        there = {code.id for code in self.newest.codes}
        return {key: id for id, key in self.keys.items() if id not in there}

    def codable(self, version: CodebookVersion | None = None) -> list[str]:
        """Return the keys that take codings under a version."""
        return [code.key for code in (version or self.newest).codes if code.codable]

    def live(self, place: Place, coder: str, code: str) -> Fact | None:
        """Return the fact that stands there."""
        at = (place, coder, code)
        return next((f for f in self.facts.values() if not f.end and (f.place, f.coder, f.code) == at), None)

    def status(self, fact: Fact) -> str:
        """Return how a fact is listed."""
        if fact.end:
            return fact.end
        return "frozen" if fact.code in self.retired else "pending" if fact.waits else "settled"

    def listed(self) -> set[Listed]:
        """Return every fact but the replaced ones, with the id "?" where the study has made one of its own."""
        return {
            ("?" if f.id.startswith("made") else f.id, f.place, f.coder, self.keys[f.code], self.status(f))
            for f in self.facts.values()
            if f.end != "replaced"
        }

    def learn(self, listed: Iterable[Listed]) -> set[Listed]:
        """Take the ids of facts that the study made from its list; return the list with "?" for what is unknown."""
        found = set[Listed]()
        ids = {key: id for id, *rest in listed if (key := tuple(rest)) and id not in self.facts}
        for fact in [f for f in self.facts.values() if f.id.startswith("made") and not f.end]:
            id = ids.get((fact.place, fact.coder, self.keys[fact.code], self.status(fact)))
            if id is not None:
                del self.facts[fact.id]
                fact.id = id
                self.facts[id] = fact
        for id, *rest in listed:
            found.add((id if id in self.facts else "?", *rest))  # type: ignore[arg-type]
        return found

    def add(self, id: str, place: Place, coder: str, code: str) -> Fact:
        """Put a code on a place."""
        if self.live(place, coder, code) is not None:
            raise Refused
        self.facts[id] = Fact(id, place, coder, code)
        return self.facts[id]

    def _make(self, place: Place, coder: str, code: str) -> Fact:
        self.made += 1
        return self.add(f"made {self.made}", place, coder, code)

    def withdraw(self, fact: Fact) -> None:
        """Take a coding back."""
        if fact.end:
            raise Refused
        self._withdraw(fact, waited=fact.waits)

    def _withdraw(self, fact: Fact, *, waited: bool) -> None:
        fact.end, fact.waits, fact.waited, fact.under = "withdrawn", False, waited, len(self.versions)

    def restore(self, fact: Fact) -> None:
        """Let a withdrawn fact stand again, and wait again if it waited; no decision withdrew it then."""
        if fact.end != "withdrawn" or fact.under != len(self.versions):
            raise Refused
        if self.live(fact.place, fact.coder, fact.code) is not None:
            raise Refused
        fact.end, fact.waits = "", fact.waited
        self.acts = [(by, {id: w for id, w in said.items() if not (w and id == fact.id)}) for by, said in self.acts]
        self.acts = [act for act in self.acts if act[1]]

    def follow(self, new: CodebookVersion, effects: Effects) -> tuple[int, int]:
        """Let a version come; return how many facts it lets wait and how many it moves."""
        live = [fact for fact in self.facts.values() if not fact.end]
        queued = [fact for fact in live if fact.code in effects.queues]
        for fact in queued:
            fact.waits = True
        moving = [fact for fact in live if fact.code in effects.moves]
        self._know(new, effects)
        for fact in moving:
            self._move(fact, effects)
        return len(queued), len(moving)

    def _know(self, new: CodebookVersion, effects: Effects) -> None:
        self.versions.append(new)
        self.effects.append(effects)
        self.keys |= {code.id: code.key for code in new.codes}
        self.retired = (self.retired | effects.retires) - effects.revives
        self.acts.clear()  # what was decided before cannot be taken back any more

    def _move(self, fact: Fact, effects: Effects) -> Fact | None:
        """Move a fact; return the one that was made for it, None where one was there."""
        target = effects.moves[fact.code]
        fact.end, fact.waits = "replaced", False
        there = self.live(fact.place, fact.coder, target)
        return None if there is not None else self._make(fact.place, fact.coder, target)

    def late(self, id: str, place: Place, coder: str, code: str, version: int) -> None:
        """Take a coding that was made under an earlier version (from 0) through all that came since."""
        fact: Fact | None = self.add(id, place, coder, code)
        for effects in self.effects[version:]:
            if fact is not None and fact.code in effects.queues:
                fact.waits = True
            if fact is not None and fact.code in effects.moves:
                fact = self._move(fact, effects)

    def resolve(self, facts: Sequence[Fact], by: str, keys: Sequence[str] | None, *, withdraw: bool = False) -> None:
        """Decide on facts that wait, all of one code: they go to codes, stay (None), or are withdrawn."""
        takes = {code.key: code.id for code in self.newest.codes if code.codable}
        if not withdraw and not set(takes).issuperset([self.keys[facts[0].code]] if keys is None else keys):
            raise Refused
        for fact in facts:
            fact.waits = False
            if withdraw:
                self._withdraw(fact, waited=True)
            elif keys is not None:
                self._allocate(fact, [takes[key] for key in keys])
        self.acts.append((by, {fact.id: withdraw for fact in facts}))

    def _allocate(self, fact: Fact, to: Sequence[str]) -> None:
        fact.end = "" if fact.code in to else "replaced"
        for code in to:
            if code == fact.code:
                continue
            there = self.live(fact.place, fact.coder, code)
            heir = there or self._make(fact.place, fact.coder, code)
            heir.origins[fact.id] = there is None

    def undo(self, by: str) -> int:
        """Take back the last act of a coder; return how many facts wait again."""
        mine = [act for act in self.acts if act[0] == by]
        if not mine:
            raise Refused
        decided = {self.facts[id]: withdrew for id, withdrew in mine[-1][1].items()}
        for fact, withdrew in decided.items():
            again = self.live(fact.place, fact.coder, fact.code)
            if (fact.end == "withdrawn" and not withdrew) or (fact.end and again is not None):
                raise Refused
        for fact in decided:
            self._take_back(fact)
        self.acts.remove(mine[-1])
        return len(decided)

    def _take_back(self, fact: Fact) -> None:
        fact.end, fact.waits = "", True
        for heir in self.facts.values():
            made = heir.origins.pop(fact.id, False)
            if made and heir.origins:
                heir.origins = dict.fromkeys(heir.origins, True)
            elif made and not heir.end:
                heir.end = "replaced"
