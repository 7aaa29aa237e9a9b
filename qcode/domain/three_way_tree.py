"""The tree of a merged version: below which parent each code stands, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qcode.domain.three_way_conflicts import Conflict
from qcode.domain.three_way_fates import Fates
from qcode.domain.three_way_sides import Side

__all__ = ["Tree"]

Children = dict[str | None, list[str]]


class Tree:
    """The merged tree of the codes `standing`; what one side moved stands there, what both moved otherwise is asked.

    A code whose parent is gone stands below the nearest code above that is not.
    """

    def __init__(self, fates: Fates, standing: Iterable[str]) -> None:
        self.fates, self.ours, self.theirs = fates, fates.ours, fates.theirs
        self.standing = dict.fromkeys(standing)
        self.side = {id: self._side(id) for id in self.standing}
        self._open_circles()
        self.parents = {id: self._above(id, self.side[id]) for id in self.standing}

    def _above(self, id: str, side: Side) -> str | None:
        """Return the nearest code above, on one side, that stands in the merged version."""
        above = side.parents[id]
        while above is not None and above not in self.standing:
            above = side.parents[above]
        return above

    def _side(self, id: str) -> Side:
        """Return the side whose parent of a code holds."""
        if id not in self.theirs.codes or id not in self.ours.codes:
            return self.ours if id in self.ours.codes else self.theirs
        ours, theirs, known = self.ours.parents[id], self.theirs.parents[id], id in self.fates.base
        was = self.fates.base_parents.get(id)
        if theirs == ours or (known and theirs == was):
            return self.ours
        if known and ours == was:
            return self.theirs
        if self._above(id, self.ours) == self._above(id, self.theirs):
            self.fates.settling.meet(self._conflict(id))
            return self.theirs
        return self._ask(id)

    def _ask(self, id: str) -> Side:
        return self.fates.settling.choose(self._conflict(id), self.ours, self.theirs)

    def _conflict(self, id: str) -> Conflict:
        was = self.fates.base_parents.get(id)
        base = "the top" if was is None else self.fates.base[was].key
        words = ("" if id not in self.fates.base else base, *(s.key(s.parents[id]) for s in (self.ours, self.theirs)))
        return self.fates.conflict(id, "parent", *words)

    def _open_circles(self) -> None:
        """Let no code stand below itself by moves of both sides: of theirs the first is asked for."""
        turned, place = set[str](), {id: n for n, id in enumerate(self.theirs.codes)}
        while circle := self._circle():
            movable = [id for id in circle if id in self.ours.codes and id in self.theirs.codes]
            first = min((id for id in movable if self.side[id] is self.theirs), key=place.__getitem__)
            others = [id for id in movable if self.side[id] is self.ours and id not in turned and self._moved(id)]
            if others and self._ask(first) is self.theirs:
                self.side.update((id, self.theirs) for id in others)
                turned.update(others)
            else:
                self.side[first] = self.ours
                turned.add(first)

    def _moved(self, id: str) -> bool:
        return self.ours.parents[id] != self.theirs.parents[id]

    def _circle(self) -> list[str]:
        """Return the codes of one circle, if there is one."""
        done = set[str]()
        for start in self.standing:
            path: dict[str, int] = {}
            id: str | None = start
            while id is not None and id not in done and id not in path:
                path[id] = len(path)
                id = self._above(id, self.side[id])
            if id in path:
                return list(path)[path[id] :]
            done.update(path)
        return []

    def order(self) -> list[str]:
        """Return the codes in reading order: that of ours; what came from theirs follows the sibling it follows there.

        Where only theirs put the children of a code in another order, that holds.
        """
        lists = [self._children(side, lifted=lifted) for lifted in (False, True) for side in (self.ours, self.theirs)]
        before = _grouped(self.fates.base_parents)
        ordered: list[str] = []
        waiting: list[str | None] = [None]
        while waiting:
            parent = waiting.pop()
            if parent is not None:
                ordered.append(parent)
            ours, theirs, *further = (found.get(parent, []) for found in lists)
            waiting += reversed(_woven(before.get(parent, []), ours, theirs, further))
        return ordered

    def _children(self, side: Side, *, lifted: bool) -> Children:
        """Return what stands below each code on one side and here; `lifted` counts those whose parent is gone too."""
        found: Children = {}
        for id in side.codes:
            if id in self.standing and self.parents[id] == (self._above(id, side) if lifted else side.parents[id]):
                found.setdefault(self.parents[id], []).append(id)
        return found


def _grouped(parents: Mapping[str, str | None]) -> Children:
    found: Children = {}
    for id, parent in parents.items():
        found.setdefault(parent, []).append(id)
    return found


def _woven(base: Sequence[str], ours: list[str], theirs: list[str], further: Iterable[list[str]]) -> list[str]:
    """Return the children of one code in order, from their order in the base and on either side."""
    common = set(base) & set(ours) & set(theirs)
    was, mine, other = ([id for id in ids if id in common] for ids in (base, ours, theirs))
    first, then = (theirs, ours) if mine == was != other else (ours, theirs)
    for more in (then, *further):
        first = _with(first, more)
    return first


def _with(ids: list[str], others: list[str]) -> list[str]:
    """Return `ids` with those of `others` that are missing, each behind the one it follows among `others`."""
    there, behind, last = set(ids), dict[str | None, list[str]](), None
    for id in others:
        if id in there:
            last = id
        else:
            behind.setdefault(last, []).append(id)
    return [*behind.get(None, []), *(one for id in ids for one in (id, *behind.get(id, [])))]
