"""Carries on what one study had not carried yet: codings to the other's codebook versions, and to its corrected texts.

Everything is stamped with the time of the version or revision: whichever study takes in the other, the same comes of
it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from sqlalchemy import Connection

from qcode.store import carry, lineage
from qcode.store import codebooks as codebook_rows
from qcode.store import merging as rows
from qcode.store import merging_late as late_rows
from qcode.store import revisions as revision_rows
from qcode.store import transcripts as transcript_rows
from qcode.study.anchoring import place_on
from qcode.study.following import carry_over
from qcode.study.merging_codebooks import Books, Line
from qcode.study.merging_codings import Joined
from qcode.study.merging_meeting import Meeting
from qcode.study.merging_texts import Texts
from qcode.study.versions import known_before
from qcode.text.align import Alignment, align

__all__ = ["carry_on"]


def carry_on(meeting: Meeting, books: Books, texts: Texts, joined: Joined) -> None:
    """Carry codings over to the versions and the corrected texts that their own study did not have."""
    with late_rows.late(meeting.connection, joined.last, (*joined.restored, *joined.stand)):
        for line in books.lines:
            if line.new or line.unknown:
                _carry_line(meeting, line, late_rows.LATE["ours" if line.new else "theirs"])
        for transcript_id in sorted({**texts.behind, **texts.ahead}):
            _correct(meeting, transcript_id, late_rows.LATE["ours" if transcript_id in texts.behind else "theirs"])
    for transcript_id, before in texts.behind.items():
        _move_reading(meeting, transcript_id, before)


def _carry_line(meeting: Meeting, line: Line, late: str) -> None:
    connection = meeting.connection
    missing = line.new or line.unknown
    versions = {row.id: row for row in codebook_rows.versions(connection) if row.codebook_id == line.codebook_id}
    newest = max(versions)
    seen = codebook_rows.ancestry(connection, max(set(versions) - set(missing)))
    changes = lineage.changes_of(connection, missing)
    authors = codebook_rows.authors(connection)
    for later in reversed(lineage.main_line(connection, newest)):
        if later not in missing:
            continue
        row, before = versions[later], rows.last_coding(connection)
        where = f"ended_version_id IS NULL AND id IN (SELECT id FROM temp.{late})"
        scope = carry.Scope(where, row.id, row.sha256, row.created_at, authors[row.id])
        known = known_before(connection, later, seen)
        carried = carry_over(connection, changes[later], line.codebook_id, scope, known=known)
        meeting.count("queued", carried.queued)
        meeting.count("moved", carried.moved)
        late_rows.add_late(connection, late, before)


def _correct(meeting: Meeting, transcript_id: int, late: str) -> None:
    """Let late codings go over from each revision of a transcript to the next, as if they had been there in time."""
    connection = meeting.connection
    beside = _beside(connection)
    for row in revision_rows.revisions(connection, transcript_id)[1:]:
        text, placed, lost = transcript_rows.text_of(connection, row.id), [], []
        before_it = revision_rows.earlier_places(connection, transcript_id)
        for one in late_rows.late_before(connection, late, transcript_id, row.n):
            span = place_on(partial(beside, new=row.id), one, before_it.get(one.id, ())).span
            if span is None:
                lost.append(one.id)
            else:
                placed.append((one.id, span.start, span.end, span.of(text)))
        before = rows.last_coding(connection)
        going = revision_rows.Going(row.id, row.sha256, row.created_at, meeting.who_id)
        revision_rows.go_over(connection, going, placed)
        revision_rows.lose_place(connection, lost)
        late_rows.add_late(connection, late, before)
        meeting.count("reanchored", len(placed))
        meeting.count("lost_place", len(lost))


def _beside(connection: Connection) -> Callable[..., Alignment]:
    @cache
    def beside(old: int, new: int) -> Alignment:
        return align(*(transcript_rows.text_of(connection, one) for one in (old, new)))

    return beside


def _move_reading(meeting: Meeting, transcript_id: int, before: int) -> None:
    """Move where coders are, and what is marked in vivo, to the newest text; forget what was rejected in another."""
    connection, beside = meeting.connection, _beside(meeting.connection)
    newest = transcript_rows.current_id(connection, transcript_id)
    text, marks = transcript_rows.text_of(connection, newest), []
    for one in revision_rows.marks_of(connection, transcript_id):
        span = None if one.revision_id == newest else beside(one.revision_id, newest).place(one.start, one.end).span
        if span is not None:
            marks.append((one.id, span.start, span.end, span.of(text)))
    revision_rows.move_marks(connection, newest, marks)
    position = beside(before, newest).position
    for coder, at, read in revision_rows.places(connection, transcript_id):
        revision_rows.move_place(connection, transcript_id, coder, at=position(at), read=position(read))
    revision_rows.forget_rejections(connection, transcript_id)
