"""What links the versions of a codebook: what is declared between two, which codes ended, which are frozen."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.change_kinds import Change
from qcode.domain.changes import reverse
from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Former
from qcode.domain.diff import Declared, diff
from qcode.store import codebooks as rows
from qcode.store import lineage
from qcode.study.version_in_use import VersionInUse

__all__ = [
    "Heirs",
    "changes_between",
    "declared_between",
    "former_codes",
    "frozen_codes",
    "identities",
    "known_before",
]

CODE_NAMESPACE = uuid.UUID("5d7f6f0a-3c56-5c4e-9a53-1f0f6f2f7b11")
"""Codes get an identity made from codebook and key: two studies that import one file agree on it."""

ENDING = ("merge", "split", "retire")


def identities(codebook: str, taken: set[str], version: str = "") -> Callable[[str], str]:
    """Return what makes the identity of a new code from its key; where that is `taken`, the version goes into it."""

    def identity(key: str) -> str:
        name = f"{codebook.casefold()}\n{key.casefold()}"
        found = str(uuid.uuid5(CODE_NAMESPACE, name))
        if found in taken:
            found = str(uuid.uuid5(CODE_NAMESPACE, f"{name}\n{version}"))
        taken.add(found)
        return found

    return identity


def declared_between(connection: Connection, old_id: int, new_id: int) -> list[Declared]:
    """Return what the versions declare that `new_id` follows and `old_id` does not, in order."""
    seen = rows.ancestry(connection, old_id)
    way = rows.ancestry(connection, new_id) - seen
    found, told = [], lineage.changes_of(connection, way)
    for version_id, declared in told.items():
        known = known_before(connection, version_id, seen) | _told_beside(connection, version_id, told)
        found += [one for one in declared if one not in known]
    return found


def _told_beside(connection: Connection, version_id: int, told: Mapping[int, Sequence[Declared]]) -> set[Declared]:
    """Return what a version that joins two lines declares anew to its main line, of what is `told` of the other."""
    main, *others = lineage.parents_of(connection, [version_id])[version_id] or (version_id,)
    if not others:
        return set()
    beside = set[int]().union(*(rows.ancestry(connection, one) for one in others)) - rows.ancestry(connection, main)
    return {one for other, declared in told.items() if other in beside for one in declared}


def known_before(connection: Connection, version_id: int, seen: Collection[int]) -> set[Declared]:
    """Return what a version declares anew to those who come from the versions `seen`: they know it from these.

    That is so for a version that joins two lines, and declares what is new on its main line, to those of the other.
    """
    parents = lineage.parents_of(connection, [version_id])[version_id]
    if len(parents) < 2 or parents[0] in seen:
        return set()
    return {one for declared in lineage.changes_of(connection, seen).values() for one in declared}


def changes_between(connection: Connection, old: VersionInUse, new: VersionInUse) -> tuple[Change, ...]:
    """Return the changes from one version to another, whichever came first."""
    if new.row.id in rows.ancestry(connection, old.row.id):
        return reverse(changes_between(connection, new, old)) if new.row.id != old.row.id else ()
    return diff(old.content, new.content, declared_between(connection, old.row.id, new.row.id))


def former_codes(connection: Connection, version_id: int, content: CodebookVersion) -> list[Former]:
    """Return the codes that a version does not have and one that it follows had, with how they ended last."""
    line = rows.ancestry(connection, version_id)
    main = lineage.main_line(connection, version_id)
    keys = {**lineage.keys_in(connection, line - set(main)), **lineage.keys_in(connection, main)}
    labels = {row.id: row.version for row in rows.versions(connection)}
    there = {code.id for code in content.codes}
    found: dict[str, Former] = {}
    for one_id, declared in lineage.changes_of(connection, line).items():
        for one in (d for d in declared if d.kind in ENDING):
            into = tuple(keys[id][0] for id in one.into if id in keys)
            for id in one.codes:
                if id in keys and id not in one.into:
                    key, last = keys[id]
                    found[id] = Former(id, key, one.kind, labels[one_id], into, labels[last])
    return [one for id, one in found.items() if id not in there]


def frozen_codes(connection: Connection, version_id: int, content: CodebookVersion) -> frozenset[str]:
    """Return the ids of the codes that a version does not have any more: their codings count no more.

    Those that a split took out are not among them: their codings wait.
    """
    return frozenset(one.id for one in former_codes(connection, version_id, content) if one.how != "split")


@dataclass(frozen=True)
class Heirs:
    """Where the codes of older versions have gone in `content`, by what was declared on the way."""

    content: CodebookVersion
    declared: tuple[Declared, ...]

    def of(self, ids: tuple[str, ...]) -> list[str]:
        """Return the keys of the codable codes that these codes have become, in order."""
        keys = {code.id: code.key for code in self.content.codes if code.codable}
        found: dict[str, None] = {}
        waiting, seen = list(reversed(ids)), set[str]()
        while waiting:
            id = waiting.pop()
            if id in keys:
                found[keys[id]] = None
            elif id not in seen:
                seen.add(id)
                further = (d.into for d in self.declared if d.kind in (*ENDING, "uncodable") and id in d.codes)
                waiting += [heir for into in further for heir in reversed(into)]
        return list(found)
