"""Makes two studies one: takes another study's file into this one, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.history import Entry
from qcode.store import merged_acts, ordering, other
from qcode.store.codings import waiting_ids
from qcode.store.engine import Store
from qcode.study.desk import Desk, now
from qcode.study.merging_carrying import carry_on
from qcode.study.merging_codebooks import meet_codebooks
from qcode.study.merging_codings import join_codings
from qcode.study.merging_meeting import Meeting
from qcode.study.merging_people import meet_cases, meet_coders, put_under
from qcode.study.merging_rest import join_memos, join_reading, keep_what_gave_way, take_drafts
from qcode.study.merging_texts import meet_transcripts

__all__ = ["Merged", "merge", "merged_history"]


@dataclass(frozen=True)
class Merged:
    """What came in with another study; with `dry_run` what would.

    `counts` tells it by kind; `codings` came new, by coder; `known` codings both had. `ended` ended and `restored`
    stand again because of what was done in the other study, `differently` (ids) were decided on in both, `doubles` are
    segments that one coder gave one code in both: one of the two stands. `acts` of the other's history are kept.
    `waiting` codings wait for a decision now. `changed` tells whether this study is another one now.
    """

    name: str
    title: str
    dry_run: bool
    changed: bool
    counts: Mapping[str, int]
    codings: tuple[tuple[str, int], ...]
    known: int
    ended: int
    restored: int
    differently: tuple[str, ...]
    doubles: int
    acts: int
    waiting: int
    remarks: tuple[str, ...]


class _Undone(Exception):
    """Ends an act that is not to be carried out."""


def merge(desk: Desk, path: Path, *, dry_run: bool = False) -> Merged:
    """Take the study at `path` into this one; see `Study.merge`."""
    told = len(desk.remarks)
    try:
        with desk.store.write() as connection, other.laid_beside(connection, desk.store.path, path):
            found = _merge(connection, desk, path.name, dry_run=dry_run)
            if dry_run or not found.changed:
                raise _Undone
    except _Undone:
        del desk.remarks[told:]
    return found


def _merge(connection: Connection, desk: Desk, name: str, *, dry_run: bool) -> Merged:
    who_id, who = desk.acting(connection)
    before = ordering.before(connection)
    meeting = Meeting(connection, desk, name, who, who_id, now())
    meet_coders(meeting)
    meet_cases(meeting)
    texts = meet_transcripts(meeting)
    books = meet_codebooks(meeting)
    joined = join_codings(meeting, books, texts)
    take_drafts(meeting, books)
    carry_on(meeting, books, texts, joined)
    put_under(meeting)
    join_reading(meeting, texts)
    join_memos(meeting)
    keep_what_gave_way(meeting)
    head = merged_acts.heads(connection)
    acts = merged_acts.keep_acts(connection)
    ordering.put_in_order(connection, before)
    came = sum(n for _, n in joined.came)
    found = Merged(
        name=name,
        title=meeting.rows("study")[0].title,
        dry_run=dry_run,
        changed=bool(meeting.counts or came or joined.ended or joined.restored or acts),
        counts=meeting.counts,
        codings=joined.came,
        known=joined.known,
        ended=joined.ended,
        restored=len(joined.restored),
        differently=joined.differently,
        doubles=joined.doubles,
        acts=acts,
        waiting=len(waiting_ids(connection)),
        remarks=tuple(meeting.remarks),
    )
    if found.changed:
        details = {"study": meeting.rows("study")[0].uuid, "head": head, "codings": came, "known": joined.known}
        details |= {"acts": acts, "differently": list(joined.differently), **meeting.counts}
        if met := [id for pair in other.called(connection, "case").items() if len(set(pair)) > 1 for id in pair]:
            details[merged_acts.CASES] = met
        desk.record(connection, who, "study.merge", details)
    return found


def merged_history(store: Store) -> list[Entry]:
    """Return the acts of other studies that became one with this, by time: each as it stands in its own history."""
    with store.read() as connection:
        return list(merged_acts.merged_entries(connection))
