"""Whose treatment of each code holds where one side ended it, and which codes stand in the merged version."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.domain.change_kinds import places
from qcode.domain.codebook import CodebookVersion
from qcode.domain.three_way_conflicts import Conflict, Settling
from qcode.domain.three_way_sides import Ending, Side

__all__ = ["Fates"]


class Fates:
    """What becomes of every code of either side.

    `chosen` is the side whose treatment of a code holds as a whole; `left_out` the new codes of a side that do not come
    because the split or merge that made them does not hold; `broken` says what was settled and cannot be.
    """

    def __init__(self, base: CodebookVersion, ours: Side, theirs: Side, settling: Settling) -> None:
        self.base = {code.id: code for code in base.codes}
        self.base_parents = {id: place.parent for id, place in places(base).items()}
        self.ours, self.theirs, self.settling = ours, theirs, settling
        self.chosen: dict[str, Side] = {}
        self.left_out = set[str]()
        self.broken: list[str] = []
        self._codable: dict[str, bool] = {}
        for code in base.codes:
            if _ends(ours, theirs, code.id) or _ends(theirs, ours, code.id):
                conflict = self.conflict(code.id, "fate", code.definition, ours.fate(code.id), theirs.fate(code.id))
                self.chosen[code.id] = settling.choose(conflict, ours, theirs)
        self._codable = {id: self._is_codable(id) for id in {**ours.codes, **theirs.codes}}
        while self._break():
            pass
        self.left_out = self._left_out(theirs, ours) | self._left_out(ours, theirs)

    def conflict(self, id: str, field: str, base: str, ours: str, theirs: str) -> Conflict:
        """Return a conflict about a code, under the key that ours has for it, or else the base or theirs."""
        code = self.ours.codes.get(id) or self.base.get(id) or self.theirs.codes[id]
        return Conflict(code.key, id, field, base, ours, theirs)

    def ending(self, id: str) -> Ending | None:
        """Return how theirs ended a code, if that holds and ours did not do the same."""
        ending = self.theirs.endings.get(id)
        holds = self.chosen.get(id, self.theirs) is self.theirs and ending != self.ours.endings.get(id)
        return ending if holds else None

    def stands(self, id: str) -> bool:
        """Tell whether a code is in the merged version."""
        if id in self.left_out:
            return False
        if id not in self.base:
            return id in self.ours.codes or id in self.theirs.codes
        if id in self.chosen:
            return id in self.chosen[id].codes
        return id in self.ours.codes and id in self.theirs.codes

    def codable(self, id: str) -> bool:
        """Tell whether a code takes codings in the merged version."""
        return self.chosen[id].codes[id].codable if id in self.chosen else self._codable[id]

    def _is_codable(self, id: str) -> bool:
        base, ours, theirs = self.base.get(id), self.ours.codes.get(id), self.theirs.codes.get(id)
        if ours is None or theirs is None:
            return ours.codable if ours is not None else theirs is not None and theirs.codable
        if ours.codable == theirs.codable:
            return ours.codable
        if base is not None:
            return not base.codable
        words = ("yes", "no") if ours.codable else ("no", "yes")
        return self.settling.choose(self.conflict(id, "codable", "", *words), ours.codable, theirs.codable)

    def _break(self) -> bool:
        """Find an ending of theirs whose heirs do not take codings here; it does not hold, and ours does."""
        for id in self.ours.codes:
            ending = self.ending(id)
            if ending is None or ending.kind not in ("split", "merge"):
                continue
            lost = [heir for heir in ending.into if not (self.stands(heir) and self.codable(heir))]
            if len(ending.into) - len(lost) < (2 if ending.kind == "split" else 1):
                if id in self.chosen:
                    named = ", ".join(sorted(self.theirs.key(heir) for heir in lost))
                    self.broken.append(
                        f"{self.ours.key(id)} cannot be {self.theirs.fate(id)}: no codings go to {named}"
                    )
                self.chosen[id] = self.ours
                return True
        return False

    def rejected(self, side: Side) -> list[str]:
        """Return the codes of the base whose ending on one side does not hold."""
        return [id for id in side.endings if self.chosen.get(id, side) is not side]

    def _left_out(self, side: Side, other: Side) -> set[str]:
        rejected = set(self.rejected(side))
        holding = [id for id in side.endings if id not in rejected]
        held = side.reach(holding).union(*(side.endings[id].into for id in holding))
        new = {id for id in side.codes if id not in self.base and id not in other.codes}
        return _with_empty_headings((side.reach(rejected) - held) & new, new, side)


def _ends(one: Side, other: Side, id: str) -> bool:
    """Tell whether one side ended a code that the other touched, and not by ending it alike."""
    ending, further = one.endings.get(id), other.endings.get(id)
    if ending is None or ending == further:
        return False
    if ending.kind == "heading":
        return id in other.targets
    ended_otherwise = further is not None and further.kind != "heading"
    return ended_otherwise or id in other.redefined or id in other.targets


def _with_empty_headings(left_out: set[str], new: Iterable[str], side: Side) -> set[str]:
    """Return `left_out` with the new headings of a side that would stand above nothing."""
    found, below = set(left_out), dict[str | None, list[str]]()
    for id, parent in side.parents.items():
        below.setdefault(parent, []).append(id)
    for code in reversed(side.version.codes):
        children = below.get(code.id, [])
        if code.id in new and not code.codable and children and found.issuperset(children):
            found.add(code.id)
    return found
