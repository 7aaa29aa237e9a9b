"""What a merged version declares, seen from ours: the changes that came from theirs, as they would be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qcode.domain.changes import OPPOSITE
from qcode.domain.codebook import Code
from qcode.domain.declared import RawChange
from qcode.domain.diff import DEFINING, Declared, strongest
from qcode.domain.three_way_fates import Fates
from qcode.domain.three_way_sides import Ending

__all__ = ["declared_changes"]


def declared_changes(codes: Mapping[str, Code], fates: Fates, former: Mapping[str, str]) -> tuple[RawChange, ...]:
    """Return the changes that lead from ours to the merged codes, given by id; `former` as for `Keys`."""
    return tuple(_Changes(codes, fates, former).all())


def _raw(kind: str, codes: str | tuple[str, ...], why: str = "", **rest: object) -> RawChange:
    return tuple(sorted({kind: codes, **rest, **({"why": why} if why else {})}.items()))


class _Changes:
    def __init__(self, codes: Mapping[str, Code], fates: Fates, former: Mapping[str, str]) -> None:
        self.codes, self.fates, self.former = codes, fates, former
        self.ours, self.theirs = fates.ours, fates.theirs
        self.told = set[str]()

    def all(self) -> Iterator[RawChange]:
        for id in (id for id in self.codes if id not in self.ours.codes and id in self.former):
            if self.codes[id].key.casefold() == self.former[id].casefold():
                yield _raw("revive", self.codes[id].key, self.theirs.why("revive", id))
        for declared in dict.fromkeys(self.theirs.declared):
            yield from self._ended(declared)
        yield from self._taken_back()
        for id in self.ours.codes:
            if id not in self.codes and id not in self.told:
                yield _raw("retire", self.ours.key(id), self.theirs.why("retire", id))
        for id in (id for id in self.ours.codes if id in self.codes):
            yield from self._renamed(id)
            yield from self._redefined(id)

    def _ended(self, declared: Declared) -> Iterator[RawChange]:
        """Yield what is left of a split or merge of theirs that holds."""
        endings = {id: ending for id in declared.codes if (ending := self._ending(id, declared)) is not None}
        merged = {id: self._heirs(ending)[0] for id, ending in endings.items() if ending.kind == "merge"}
        self.told.update(endings)
        for target in dict.fromkeys(merged.values()):
            named = [id for id in declared.codes if merged.get(id) == target or self._is_called_alike(id, target)]
            yield _raw("merge", tuple(map(self.ours.key, named)), declared.why, into=self.codes[target].key)
        for id, ending in endings.items():
            if ending.kind == "split":
                into = tuple(self.codes[heir].key for heir in self._heirs(ending))
                yield _raw("split", self.ours.key(id), declared.why, into=into)

    def _ending(self, id: str, declared: Declared) -> Ending | None:
        ending = self.fates.ending(id) if id in self.ours.codes else None
        if ending is None or ending.declared != declared or ending.kind not in ("split", "merge") or id in self.told:
            return None
        return ending

    def _heirs(self, ending: Ending) -> list[str]:
        return [id for id in ending.heirs if id in self.codes and self.codes[id].codable]

    def _is_called_alike(self, id: str, target: str) -> bool:
        """Tell whether a target can be named among the codes that become one: it is there, under the same key."""
        ours = self.ours.codes.get(id)
        return id == target and ours is not None and ours.key.casefold() == self.codes[id].key.casefold()

    def _taken_back(self) -> Iterator[RawChange]:
        """Yield how new codes of ours, whose split or merge does not hold, go back to the codes they came from."""
        back: dict[str, list[str]] = {}
        sources = {id: self.ours.reach([id]) for id in self.fates.rejected(self.ours)}
        for id in (id for id in self.ours.codes if id in self.fates.left_out):
            found = [
                one for one, heirs in sources.items() if id in heirs and one in self.codes and self.codes[one].codable
            ]
            if len(found) == 1:
                back.setdefault(found[0], []).append(id)
            elif found:
                yield _raw("split", self.ours.key(id), into=tuple(self.codes[one].key for one in found))
            self.told.update([id] if found else [])
        for target, ids in back.items():
            yield _raw("merge", tuple(map(self.ours.key, ids)), into=self.codes[target].key)

    def _renamed(self, id: str) -> Iterator[RawChange]:
        was, now = self.ours.key(id), self.codes[id].key
        if was.casefold() != now.casefold():
            yield _raw("rename", was, self.theirs.why("rename", id), to=now)

    def _redefined(self, id: str) -> Iterator[RawChange]:
        was, now = self.ours.codes[id], self.codes[id]
        changed = [field for field in DEFINING if getattr(was, field) != getattr(now, field)]
        if changed:
            effect, why = self._effect(id, changed), self.theirs.why("redefine", id)
            yield _raw("redefine", now.key, why, effect=effect)

    def _effect(self, id: str, changed: list[str]) -> str:
        """Return the effect of theirs' redefinition, or of taking back what ours redefined, whichever is stronger.

        Where no one said one, as with two new codes that were defined differently, all codings are to be looked at.
        """
        taken_back = (
            [OPPOSITE.get(effect, effect) for effect in self.ours.effects(id)] if self.ours.changed(id, changed) else []
        )
        said = [*self.theirs.effects(id), *taken_back] if id in self.fates.base else []
        worded = any(getattr(self.ours.codes[id], field) for field in changed)
        return strongest(said) or ("narrow" if worded else "clarify")
