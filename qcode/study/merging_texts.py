"""Meets the transcripts of another study: the same texts are one, corrections are taken, new interviews come in."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qcode.errors import Conflict
from qcode.store import merged_acts, other
from qcode.study.merging_meeting import Meeting, settle_names

__all__ = ["Texts", "meet_transcripts"]


@dataclass(frozen=True, slots=True)
class Texts:
    """Which transcripts (row ids of ours) the other study has corrected further, and which ours has.

    Each with the newest revision that the study had which was behind.
    """

    behind: Mapping[int, int]
    ahead: Mapping[int, int]


def meet_transcripts(meeting: Meeting) -> Texts:
    """Match transcripts by identity, else by their texts; corrections and new transcripts come in.

    Raises Conflict for one that both corrected differently.
    """
    theirs, ours = _lines(meeting.rows("revision")), _lines(meeting.our_rows("revision"))
    coming = _coming(meeting, theirs, ours)
    pairs = _pairs(meeting, coming, theirs, ours)
    behind, ahead, revisions = dict[int, int](), dict[int, int](), dict[int, int]()
    for row in coming:
        line = theirs[row.id]
        if row.id not in pairs:
            pairs[row.id] = _add_transcript(meeting, row)
            revisions |= _add_revisions(meeting, pairs[row.id], line)
            continue
        here = ours[pairs[row.id]]
        found = _within(line, here)
        if found is None:
            _must_go_on(meeting, row, here, line)
            found = {one.id: own.id for one, own in zip(line, here, strict=False)}
            found |= _add_revisions(meeting, pairs[row.id], line[len(here) :])
            meeting.count("revisions", len(line) - len(here))
            behind[pairs[row.id]] = here[-1].id
        elif found[line[-1].id] != here[-1].id:
            ahead[pairs[row.id]] = found[line[-1].id]
        revisions |= found
        _tell_read_otherwise(
            meeting, row, pairs[row.id], {one.id: one for one in here}.get(found[line[-1].id]), line[-1]
        )
    other.map_ids(meeting.connection, "transcript", pairs)
    other.map_ids(meeting.connection, "revision", revisions)
    settle_names(meeting, "transcript", pairs)
    _tell_removed(meeting, pairs, ours)
    return Texts(behind, ahead)


def _tell_read_otherwise(meeting: Meeting, row: Any, ours: int, here: Any | None, there: Any) -> None:
    """Tell of a text that both studies have, in which they found other turns, or another language."""
    own = meeting.our_rows("transcript", "id = ?", ours)[0]
    if here is not None and here.turns != there.turns:
        meeting.remarks.append(
            f"{own.name} has {there.turns:,} turns in {meeting.name} and {here.turns:,} here, where it stays as it is"
        )
    if own.language != row.language:
        said = f"{row.language or 'unknown'} in {meeting.name} and {own.language or 'unknown'} here"
        meeting.remarks.append(f"the language of {own.name} is {said}, where it stays as it is")


def _lines(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.transcript_id, one.n)):
        found[row.transcript_id].append(row)
    return found


def _coming(meeting: Meeting, theirs: dict[int, list[Any]], ours: dict[int, list[Any]]) -> list[Any]:
    """Return the transcripts of the other study without those that were removed here, under whatever identity."""
    here, gone, found = {row.uuid for row in meeting.our_rows("transcript")}, _Gone(meeting, theirs=False), []
    for row in meeting.rows("transcript"):
        line = theirs[row.id]
        if row.uuid in here or not gone.has(row, line) or any(_alike(one, line) for one in ours.values()):
            found.append(row)
            continue
        meeting.remarks.append(f"the transcript {row.name} of {meeting.name} was removed here, and does not come back")
    return found


class _Gone:
    """The transcripts that a study removed: by identity, and by the texts that its history says they had."""

    def __init__(self, meeting: Meeting, *, theirs: bool) -> None:
        kinds = ("transcript.add", "transcript.revise", "transcript.remove")
        self._told = merged_acts.told_of(meeting.connection, kinds, theirs=theirs)
        removed = [acts for acts in self._told.acts.values() if any(one.act == kinds[-1] for one in acts)]
        self._acts = {one.hash for acts in removed for one in acts}

    def has(self, row: Any, line: Sequence[Any]) -> bool:
        """Tell whether the study removed this transcript, whose revisions are `line`, or one with a text of it."""
        return any(one.hash in self._acts for one in self._told.of(row.uuid, *(one.sha256 for one in line)))


def _tell_removed(meeting: Meeting, pairs: Mapping[int, int], ours: dict[int, list[Any]]) -> None:
    """Tell of transcripts that the other study removed: only a person removes an interview here, too."""
    gone, met = _Gone(meeting, theirs=True), set(pairs.values())
    for row in meeting.our_rows("transcript"):
        if row.id not in met and gone.has(row, ours[row.id]):
            meeting.remarks.append(
                f"{meeting.name} has removed the transcript {row.name}; if its participant took back consent, remove "
                f"it here, too: qcode transcript remove {shlex.quote(row.name)} --with-codings"
            )


def _pairs(
    meeting: Meeting, coming: Sequence[Any], theirs: dict[int, list[Any]], ours: dict[int, list[Any]]
) -> dict[int, int]:
    """Return which transcripts of ours are theirs (row ids by theirs)."""
    here = meeting.our_rows("transcript")
    by_uuid = {row.uuid: row.id for row in here}
    pairs = {row.id: by_uuid[row.uuid] for row in coming if row.uuid in by_uuid}
    there = {row.uuid for row in meeting.rows("transcript")}
    free = [row for row in here if row.uuid not in there]
    for same_name in (True, False):
        for row in coming:
            if row.id in pairs:
                continue
            twin = next(
                (
                    one
                    for one in free
                    if (one.name_fold == row.name_fold or not same_name) and _alike(ours[one.id], theirs[row.id])
                ),
                None,
            )
            if twin is not None:
                pairs[row.id] = twin.id
                free.remove(twin)
    return pairs


def _alike(ours: Sequence[Any], theirs: Sequence[Any]) -> bool:
    return ours[-1].sha256 in {one.sha256 for one in theirs} or theirs[-1].sha256 in {one.sha256 for one in ours}


def _within(line: Sequence[Any], whole: Sequence[Any]) -> dict[int, int] | None:
    """Return which revisions (row ids) of `whole` those of `line` are; None where they are not there in order."""
    found, at = {}, 0
    for one in line:
        while at < len(whole) and whole[at].sha256 != one.sha256:
            at += 1
        if at == len(whole):
            return None
        found[one.id] = whole[at].id
        at += 1
    return found


def _must_go_on(meeting: Meeting, row: Any, here: Sequence[Any], line: Sequence[Any]) -> None:
    """Raise Conflict unless the other's revisions go on where ours end."""
    if [one.sha256 for one in line[: len(here)]] == [one.sha256 for one in here]:
        return
    if _within(here, line) is not None:
        ours = shlex.quote(meeting.desk.store.path.name)
        raise Conflict(
            f"{row.name} has an earlier text in {meeting.name} that is not in this study",
            mend=f"merge the other way round: qcode merge {ours} --study {shlex.quote(meeting.name)}",
        )
    name = shlex.quote(row.name)
    raise Conflict(
        f"{row.name} was corrected differently in {meeting.name}",
        mend=f"write its text out there, correct it here with that, and merge: qcode transcript revise {name} FILE",
    )


def _add_transcript(meeting: Meeting, row: Any) -> int:
    connection = meeting.connection
    values = {"uuid": row.uuid, "name": f"\0{row.uuid}", "name_fold": f"\0{row.uuid}", "language": row.language}
    values |= {"id": _next_id(meeting, "transcript"), "case_id": None, "created_at": row.created_at}
    meeting.count("transcripts")
    return other.put_one(connection, "transcript", values)


def _next_id(meeting: Meeting, table: str) -> int:
    """Return a row id that is higher than all that a version was left with."""
    ask = f"SELECT max(coalesce(max(id), 0), (SELECT coalesce(max({table}s_up_to), 0) FROM codebook_version)) + 1"
    return int(meeting.connection.exec_driver_sql(f"{ask} FROM {table}").scalar_one())


def _add_revisions(meeting: Meeting, transcript_id: int, line: Sequence[Any]) -> dict[int, int]:
    """Write revisions of the other study with all that was found in them; return their row ids by theirs."""
    n = len(meeting.our_rows("revision", "transcript_id = ?", transcript_id))
    found = {}
    for at, row in enumerate(line, start=n + 1):
        values = {column: getattr(row, column) for column in other.columns_of("revision")}
        known = meeting.our_rows("revision", "uuid = ?", row.uuid)
        assert not known  # a revision has one transcript
        values |= {"id": _next_id(meeting, "revision"), "transcript_id": transcript_id, "n": at}
        found[row.id] = other.put_one(meeting.connection, "revision", values)
        _add_finds(meeting, row.id, found[row.id])
    return found


def _add_finds(meeting: Meeting, theirs: int, ours: int) -> None:
    speakers: dict[int | None, int | None] = {None: None}
    for row in meeting.rows("speaker", "revision_id = ?", theirs):
        values = {"revision_id": ours, "name": row.name, "labels": row.labels, "aliases": row.aliases}
        speakers[row.id] = other.put_one(meeting.connection, "speaker", values)
    for table in ("turn", "paragraph", "time_mark"):
        columns = other.columns_of(table)
        new = [{c: getattr(row, c) for c in columns} for row in meeting.rows(table, "revision_id = ?", theirs)]
        for one in new:
            one["revision_id"] = ours
            if "speaker_id" in one:
                one["speaker_id"] = speakers[one["speaker_id"]]
        other.put(meeting.connection, table, new)
