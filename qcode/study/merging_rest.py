"""Takes the memos of another study, where its coders left off, what they rejected, and the drafts of its codebooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from qcode.domain.memo import Memo
from qcode.store import merging_places as rows
from qcode.store import other
from qcode.store import transcripts as transcript_rows
from qcode.store.coders import study_row
from qcode.store.memos import add_memos
from qcode.study.merging_codebooks import Books
from qcode.study.merging_meeting import Meeting
from qcode.study.merging_texts import Texts
from qcode.text.align import align

__all__ = ["join_memos", "join_reading", "keep_what_gave_way", "take_drafts"]


def join_memos(meeting: Meeting) -> None:
    """Take the memos that are new; one that either study removed stays removed."""
    connection = meeting.connection
    ours = {row.uuid: row for row in meeting.our_rows("memo")}
    theirs = {row.uuid for row in meeting.rows("memo")}
    for uuid, row in ours.items():
        if uuid not in theirs and meeting.theirs.of(uuid):
            connection.exec_driver_sql("DELETE FROM memo WHERE id = ?", (row.id,))
            meeting.count("memos_removed")
    coders, targets = other.mapped(connection, "coder"), _targets(meeting)
    new, left = [], 0
    for row in meeting.rows("memo"):
        if row.uuid in ours or meeting.ours.of(row.uuid):
            continue
        target = targets[row.about].get(row.target)
        if target is None:
            left += 1
            continue
        memo = Memo(row.uuid, row.about, target, row.text, "", row.created_at)
        new.append((memo, coders[row.coder_id]))
    add_memos(connection, new)
    meeting.count("memos", len(new))
    if left:
        meeting.remarks.append(f"{left:,} memos of {meeting.name} are on what was removed here, and stay behind")


def _targets(meeting: Meeting) -> Mapping[str, Mapping[str, str]]:
    """Return by kind what the things are called here, by what they are called in the other study."""
    there = meeting.rows("study")[0].uuid
    found = {table: other.called(meeting.connection, table) for table in ("coding", "transcript", "code", "case")}
    return {**found, "study": {there: str(study_row(meeting.connection).uuid)}}


def keep_what_gave_way(meeting: Meeting) -> None:
    """Write a memo for each fact that another one took the place of, once."""
    known = {row.uuid for row in meeting.our_rows("memo")}
    new = [
        (Memo(id, about, target, words, meeting.who.name, meeting.at), meeting.who_id)
        for about, target, id, words in dict.fromkeys(meeting.gave_way)
        if id not in known and not meeting.ours.of(id) and not meeting.theirs.of(id)
    ]
    add_memos(meeting.connection, new)
    meeting.count("gave_way", len(new))


def join_reading(meeting: Meeting, texts: Texts) -> None:
    """Let each coder have read as far as in either study, and be where that was kept last; rejections add up."""
    connection = meeting.connection
    coders, transcripts, revisions = (other.mapped(connection, one) for one in ("coder", "transcript", "revision"))
    ours = {(row.coder_id, row.transcript_id): row for row in meeting.our_rows("place")}
    for row in meeting.rows("place"):
        if row.transcript_id not in transcripts:
            continue
        key = (coders[row.coder_id], transcripts[row.transcript_id])
        at, read = _here(meeting, texts, key[1], row)
        there = ours.get(key)
        if there is not None:
            latest = max((there.opened_at, there.at), (row.opened_at, at))
            new = (latest[1], max(there.read, read), latest[0])
        else:
            new = (at, read, row.opened_at)
        if there is None or new != (there.at, there.read, there.opened_at):
            rows.write_place(connection, *key, *new)
            meeting.count("places")
    for row in meeting.rows("rejection"):
        if row.revision_id in revisions:
            values = (coders[row.coder_id], row.suggestion, revisions[row.revision_id], row.created_at)
            meeting.count("rejections", rows.write_rejection(connection, values))


def _here(meeting: Meeting, texts: Texts, transcript_id: int, row: Any) -> tuple[int, int]:
    """Return where a place of the other study is in the newest text here."""
    before = texts.ahead.get(transcript_id)
    if before is None:
        return row.at, row.read
    newest = transcript_rows.current_id(meeting.connection, transcript_id)
    laid = align(*(transcript_rows.text_of(meeting.connection, one) for one in (before, newest)))
    return laid.position(row.at), laid.position(row.read)


def take_drafts(meeting: Meeting, books: Books) -> None:
    """Take the draft of a codebook, with what is marked in vivo, where only the other study has one."""
    connection = meeting.connection
    coders, versions, revisions = (other.mapped(connection, o) for o in ("coder", "codebook_version", "revision"))
    drafts = {row.codebook_id: row for row in meeting.our_rows("draft")}
    marks = {row.uuid for row in meeting.our_rows("in_vivo")}
    told = Counter[str]()
    for row in meeting.rows("draft"):
        book = books.ids[row.codebook_id]
        newest = max(one.id for one in meeting.our_rows("codebook_version", "codebook_id = ?", book))
        key = meeting.our_rows("codebook", "id = ?", book)[0].key
        if book in drafts or versions[row.base_id] != newest:
            ours = drafts.get(book)
            if ours is None or ours.content != row.content:
                told[key] = len(meeting.rows("in_vivo", "codebook_id = ?", row.codebook_id))
            continue
        values = {"codebook_id": book, "base_id": newest, "content": row.content, "before": row.before}
        values |= {"coder_id": coders[row.coder_id], "changed_at": row.changed_at}
        other.put(connection, "draft", [values])
        meeting.count("drafts")
        for one in meeting.rows("in_vivo", "codebook_id = ?", row.codebook_id):
            if one.uuid in marks or one.revision_id not in revisions:
                continue
            mark = {name: getattr(one, name) for name in ("uuid", "key", "key_before", "made", "start", "end", "quote")}
            mark |= {"codebook_id": book, "revision_id": revisions[one.revision_id], "created_at": one.created_at}
            other.put_one(connection, "in_vivo", mark | {"coder_id": coders[one.coder_id]})
            meeting.count("marks")
    for key, n in told.items():
        said = f" and the {n:,} passages marked with it stay" if n else " stays"
        meeting.remarks.append(f"the draft of {key} in {meeting.name}{said} there: publish it there, or write it out")
