"""What every step of making two studies one shares: the act that is under way, what both tell, and names for all."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.store import merged_acts, other
from qcode.store.lookup import fold
from qcode.study.desk import Desk

__all__ = ["Meeting", "settle_names"]

MERGED = uuid.UUID("3f0c2b1e-8f0a-5d6b-9f55-6a2f4c1f7a0d")
"""What is kept of a fact that gave way gets an identity made from it: it is kept once, in whichever study."""

NUMBER = re.compile(r" \([1-9][0-9]*\)\Z")

KINDS = (
    *("coder.rename", "transcript.rename", "transcript.remove", "transcript.attr", "case.set", "case.remove"),
    *("transcript.add", "memo.remove", "coding.withdraw", "coding.restore", "coding.resolve", "coding.unresolve"),
)
"""The acts that say which of two facts is the later one."""


@dataclass
class Meeting:
    """Two studies, the other laid beside ours, within the act that makes them one.

    `name` is the other's file; `counts` tells what came, by kind; `gave_way` are facts (about, target, identity, words)
    that another one took the place of.
    """

    connection: Connection
    desk: Desk
    name: str
    who: Coder
    who_id: int
    at: str
    remarks: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    gave_way: list[tuple[str, str, str, str]] = field(default_factory=list)

    @cached_property
    def ours(self) -> merged_acts.Known:
        """Return what our history tells."""
        return merged_acts.told_of(self.connection, KINDS)

    @cached_property
    def theirs(self) -> merged_acts.Known:
        """Return what the other's history tells."""
        return merged_acts.told_of(self.connection, KINDS, theirs=True)

    @cached_property
    def met_before(self) -> list[set[str]]:
        """Return the identities of each case that has several."""
        return merged_acts.met_before(self.connection)

    def count(self, what: str, n: int = 1) -> None:
        """Count what came or changed."""
        if n:
            self.counts[what] = self.counts.get(what, 0) + n

    def later(self, ours: str, theirs: str, *ids: str) -> str:
        """Return which of two different values holds: that of the study that acted on these things last."""
        here, there = self.ours.latest(*ids), self.theirs.latest(*ids)
        if here == there:
            return min(ours, theirs)
        return ours if here > there else theirs

    def keep(self, about: str, target: str, anchor: str, words: str) -> None:
        """Keep a fact that gave way, as a memo on the thing; `anchor` is what the thing is called in both studies."""
        id = str(uuid.uuid5(MERGED, f"{about}\n{anchor}\n{words}"))
        self.gave_way.append((about, target, id, words))

    def rows(self, table: str, where: str = "1", *parameters: Any) -> list[Any]:
        """Return rows of the other study."""
        return other.rows(self.connection, table, where, parameters)

    def our_rows(self, table: str, where: str = "1", *parameters: Any) -> list[Any]:
        """Return rows of this study."""
        return other.our_rows(self.connection, table, where, parameters)


def settle_names(meeting: Meeting, table: str, pairs: Mapping[int, int]) -> None:
    """Give each row of a table (ours by theirs in `pairs`) the name that it has in both studies from now on.

    Where both call it differently, the later name holds; of two different ones with the same name that with the smaller
    identity keeps it, whichever study they come from, and the other gets a number.
    """
    theirs = {row.id: row for row in meeting.rows(table)}
    same = {ours: theirs[other_id] for other_id, ours in pairs.items()}
    wanted: dict[int, tuple[str, str]] = {}
    before: dict[int, str] = {}
    for row in meeting.our_rows(table):
        name, first = row.name, row.uuid
        if (twin := same.get(row.id)) is not None:
            first = min(row.uuid, twin.uuid)
            if twin.name != row.name:
                name = _later_name(meeting, row, twin)
        wanted[row.id], before[row.id] = (first, name), row.name
    changed = {id: name for id, name in _apart(wanted) if name != before[id]}
    other.rename(meeting.connection, table, changed)
    for id, name in changed.items():
        if not before[id].startswith("\0"):
            meeting.count("renamed")
            meeting.remarks.append(f"the {table} {before[id]} is called {name} now")
        elif (twin := same.get(id)) is not None and twin.name != name:
            meeting.remarks.append(f"the {table} {twin.name} of {meeting.name} is called {name} here")


def _later_name(meeting: Meeting, ours: Any, theirs: Any) -> str:
    if ours.name.startswith("\0"):
        return str(theirs.name)
    return meeting.later(ours.name, theirs.name, ours.uuid, theirs.uuid)


def _apart(wanted: Mapping[int, tuple[str, str]]) -> Iterable[tuple[int, str]]:
    """Yield each id with a name that no other has; `wanted` gives its rank and the name it would have.

    A number that an earlier merge gave is given anew, so that three studies get the same names in whatever order.
    """
    taken = set[str]()
    for id, (_, name) in sorted(wanted.items(), key=lambda one: one[1]):
        bare = NUMBER.sub("", name)
        if fold(bare) not in taken:  # then the number is a part of the name, such as a year
            bare = name
        free, n = name, 2
        while fold(free) in taken:
            free, n = f"{bare} ({n})", n + 1
        taken.add(fold(free))
        yield id, free
