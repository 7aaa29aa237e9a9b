"""Meets the coders and cases of another study, and joins what is known of the cases."""

from __future__ import annotations

import shlex
from typing import Any

from qcode.store import other
from qcode.store.lookup import fold
from qcode.store.merged_acts import Known
from qcode.study.merging_meeting import Meeting, settle_names
from qcode.study.merging_values import join_values

__all__ = ["meet_cases", "meet_coders", "put_under"]


def meet_coders(meeting: Meeting) -> None:
    """Match coders by identity, else by name; those that are new come in."""
    _meet(meeting, "coder", meeting.rows("coder"), ("kind",))


def meet_cases(meeting: Meeting) -> None:
    """Match cases by identity, else by name; those that are new come in, with all that is known of them."""
    ours, theirs = meeting.our_rows("case"), meeting.rows("case")
    gone = [row for row in theirs if _was_removed(meeting, meeting.ours, row, ours)]
    if gone:
        meeting.remarks.append(f"{len(gone):,} cases of {meeting.name} were removed here, and stay so")
    taken = [row.name for row in ours if _was_removed(meeting, meeting.theirs, row, theirs)]
    for name in taken:
        meeting.remarks.append(
            f"{meeting.name} has removed the case {name}; remove it here, too, where that is meant: "
            f"qcode case remove {shlex.quote(name)}"
        )
    ids = {row.id for row in gone}
    _meet(meeting, "case", [row for row in meeting.rows("case") if row.id not in ids], ())
    join_values(meeting)


def _was_removed(meeting: Meeting, told: Known, row: Any, there: list[Any]) -> bool:
    """Tell whether a study, by what is `told` of it, removed a case, under whatever identity it had it."""
    if any(one.uuid == row.uuid or one.name_fold == row.name_fold for one in there):
        return False
    called = next((one for one in meeting.met_before if row.uuid in one), {row.uuid})
    return any(one.act == "case.remove" for one in told.of(*called))


def _meet(meeting: Meeting, table: str, coming: list[Any], columns: tuple[str, ...]) -> None:
    ours = meeting.our_rows(table)
    by_uuid = {row.uuid: row.id for row in ours}
    by_name = {row.name_fold: row.id for row in ours}
    pairs = {row.id: by_uuid[row.uuid] for row in coming if row.uuid in by_uuid}
    met = set(pairs.values())
    for row in coming:
        if row.id in pairs:
            continue
        known = by_name.get(row.name_fold)
        if known is None or known in met:
            values = {"uuid": row.uuid, "name": f"\0{row.uuid}", "name_fold": f"\0{row.uuid}"}
            extra = {column: getattr(row, column) for column in columns}
            known = other.put_one(meeting.connection, table, values | extra)
            meeting.count(f"{table}s")
        met.add(known)
        pairs[row.id] = known
    other.map_ids(meeting.connection, table, pairs)
    settle_names(meeting, table, pairs)


def put_under(meeting: Meeting) -> None:
    """Say whom transcripts are about as the other study does; where both differ, the later holds."""
    cases, texts = (other.mapped(meeting.connection, one) for one in ("case", "transcript"))
    ours = {row.id: row for row in meeting.our_rows("transcript")}
    called = {row.id: row for row in meeting.our_rows("case")}
    also = {cases[row.id]: row.uuid for row in meeting.rows("case") if row.id in cases}
    for row in meeting.rows("transcript"):
        said = cases.get(row.case_id)
        if row.id not in texts or said is None:
            continue
        text = ours[texts[row.id]]
        if text.case_id == said:
            continue
        if text.case_id is not None:
            here, there = called[text.case_id], called[said]
            ids = {one.uuid for one in (text, row, here, there)} | {also.get(one.id, "") for one in (here, there)}
            holds = meeting.later(here.name_fold, there.name_fold, *ids)
            gone = there if holds == here.name_fold else here
            meeting.keep("transcript", text.uuid, fold(text.name), f"case: {gone.name}")
            if gone is there:
                continue
        other.change(meeting.connection, "transcript", text.id, case_id=said)
        meeting.count("placed")
