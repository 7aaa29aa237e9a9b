"""Joins what two studies know of their cases: facts add up, the later holds, a forgotten one stays forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from qcode.store import cases as rows
from qcode.store import merged_acts, other
from qcode.study.cases import fact_id
from qcode.study.merging_meeting import Meeting

__all__ = ["join_values"]

BULK = ("case.import", "study.receive")
"""Acts that write many facts and do not tell which: a fact that is there may be as new as the newest of them."""

Place = tuple[int, int]
"""A fact by the row ids, in this study, of its case and its attribute."""


def join_values(meeting: Meeting) -> None:
    """Write what the other study knows of cases; where both differ, the later holds and the other becomes a memo.

    What one study has forgotten since stays forgotten, and no memo keeps it.
    """
    found = _Values(meeting)
    for at in sorted({**found.ours, **found.theirs}):
        here, there = found.ours.get(at), found.theirs.get(at)
        if here is None and there is not None:
            found.take(at, there)
        elif here is not None and there is None:
            found.forget(at)
        elif here is not None and there is not None and here != there:
            found.settle(at, here, there)
    found.tell()


class _Values:
    """The facts of two studies on the cases that both have."""

    def __init__(self, meeting: Meeting) -> None:
        connection = meeting.connection
        self.meeting = meeting
        self.cases = {row.id: row for row in meeting.our_rows("case")}
        met = other.mapped(connection, "case")
        self.known = set(met.values())
        self.also = {met[row.id]: row.uuid for row in meeting.rows("case") if row.id in met}
        ids = {row.id: rows.attribute_id(connection, row.key, hidden=row.hidden) for row in meeting.rows("attribute")}
        self.keys = {row.id: row.key for row in meeting.our_rows("attribute")}
        self.ours: Mapping[Place, str] = {
            (row.case_id, row.attribute_id): row.value for row in meeting.our_rows("attribute_value")
        }
        self.theirs: Mapping[Place, str] = {
            (met[row.case_id], ids[row.attribute_id]): row.value
            for row in meeting.rows("attribute_value")
            if row.case_id in met
        }
        self.stayed = self.forgotten = 0

    @cached_property
    def bulk(self) -> tuple[str, str]:
        """Return when either study last wrote many facts that the other does not know of, ours first; "" for never."""
        here, there = (merged_acts.latest_act(self.meeting.connection, BULK, theirs=one) for one in (False, True))
        return here, there

    def _identities(self, at: Place) -> set[str]:
        case: Any = self.cases[at[0]]
        ids = {case.uuid, self.also.get(at[0], case.uuid)}
        return ids.union(*(one for one in self.meeting.met_before if one & ids))

    def _told(self, at: Place) -> tuple[str, str]:
        """Return when either study last wrote or forgot this very fact, as far as the other does not know, ours first.

        "" is for never.
        """
        ids = [fact_id(case, self.keys[at[1]]) for case in self._identities(at)]
        ours, theirs = self.meeting.ours.of(*ids), self.meeting.theirs.of(*ids)
        here, there = ({one.hash for one in acts} for acts in (ours, theirs))
        return (
            max((one.at for one in ours if one.hash not in there), default=""),
            max((one.at for one in theirs if one.hash not in here), default=""),
        )

    def take(self, at: Place, value: str) -> None:
        """Take a fact that only the other study has, unless it was forgotten here since."""
        here, there = self._told(at)
        if here > max(there, self.bulk[1]):
            self.stayed += 1
            return
        rows.set_value(self.meeting.connection, case_id=at[0], attribute_id=at[1], value=value)
        self.meeting.count("values")

    def forget(self, at: Place) -> None:
        """Forget a fact that only this study has, where the other has forgotten it since."""
        if at[0] not in self.known:
            return
        here, there = self._told(at)
        if there > max(here, self.bulk[0]):
            rows.remove_value(self.meeting.connection, case_id=at[0], key=self.keys[at[1]])
            self.forgotten += 1

    def settle(self, at: Place, ours: str, theirs: str) -> None:
        """Let the later of two facts hold, and keep the other as a memo."""
        case: Any = self.cases[at[0]]
        here, there = self._told(at)
        if here == there:
            holds = self.meeting.later(ours, theirs, *self._identities(at))
        else:
            holds = ours if here > there else theirs
        gone = theirs if holds == ours else ours
        self.meeting.keep("case", case.uuid, case.name_fold, f"{self.keys[at[1]]}: {gone}")
        if holds != ours:
            rows.set_value(self.meeting.connection, case_id=at[0], attribute_id=at[1], value=holds)
            self.meeting.count("values")

    def tell(self) -> None:
        """Count and tell what was forgotten in one of the studies."""
        self.meeting.count("forgotten", self.forgotten)
        name = self.meeting.name
        if self.stayed:
            self.meeting.remarks.append(f"facts about cases that were forgotten here do not come back: {self.stayed:,}")
        if self.forgotten:
            self.meeting.remarks.append(
                f"facts about cases that {name} has forgotten are gone here, too: {self.forgotten:,}"
            )
