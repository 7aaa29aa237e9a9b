"""The keys of a merged version: each names one code, and one that ours uses stays with the code it has there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count

from qcode.domain.codebook import key_problem
from qcode.domain.three_way_fates import Fates
from qcode.errors import BadValue

__all__ = ["Keys"]

LONGEST = 190
"""How much of a key is kept before a number is put behind it."""


class Keys:
    """Gives each code of a merged version its key.

    `former` are the keys, by id, of codes that ours does not have any more: one that comes back has its own again.
    """

    def __init__(self, fates: Fates, former: Mapping[str, str]) -> None:
        self.fates, self.former = fates, former
        self.ours = {code.key.casefold(): code.id for code in fates.ours.version.codes}
        self.theirs = {code.key.casefold(): code.id for code in fates.theirs.version.codes}
        self.ended = {key.casefold(): id for id, key in former.items()}
        self.given: dict[str, str] = {}

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the key of each code."""
        found = {}
        for id in ids:
            found[id] = self._key(id)
            self.given[found[id].casefold()] = id
        return found

    def _key(self, id: str) -> str:
        ours, theirs, base = (at.get(id) for at in (self.fates.ours.codes, self.fates.theirs.codes, self.fates.base))
        if ours is None and id in self.former:
            alike = theirs is not None and theirs.key.casefold() == self.former[id].casefold()
            return self._free(id, theirs.key if theirs is not None and alike else self.former[id])
        if theirs is None or (ours is not None and theirs.key in (ours.key, base.key if base else ours.key)):
            return ours.key if ours is not None else ""
        wish = self._free(id, theirs.key)
        if wish == theirs.key and (ours is None or (base is not None and ours.key == base.key)):
            return wish
        was, stays = (base.key if base else ""), (ours.key if ours else wish)
        conflict = self.fates.conflict(id, "key", was, ours.key if ours else f"{theirs.key}, another code", wish)
        if ours is None and self.fates.settling.has_met(conflict.name):
            conflict = replace(conflict, code=wish)
        return self.fates.settling.choose(conflict, stays, wish, lambda words: self._own(id, words))

    def _clashes(self, id: str, key: str) -> bool:
        """Tell whether a key belongs to another code in ours, or did and cannot be given to a new one."""
        folded = key.casefold()
        ended = self.ended.get(folded, id) != id and id not in self.fates.ours.codes
        return self.ours.get(folded, id) != id or ended

    def _free(self, id: str, key: str) -> str:
        """Return `key`, or with a number behind it where another code has it."""
        if not self._clashes(id, key) and self.given.get(key.casefold(), id) == id:
            return key
        return next(one for n in count(2) if self._is_free(id, one := f"{key[:LONGEST].rstrip()}-{n}"))

    def _is_free(self, id: str, key: str) -> bool:
        folded = key.casefold()
        elsewhere = self.theirs.get(folded, id) != id or self.given.get(folded, id) != id
        return not elsewhere and not self._clashes(id, key)

    def _own(self, id: str, words: str) -> str:
        wrong = key_problem(words)
        if wrong:
            raise BadValue(f"{words!r} is no key for a code: {wrong}")
        if not self._is_free(id, words):
            raise BadValue(f"{words} is the key of another code", mend="choose a key that none has or had")
        return words
