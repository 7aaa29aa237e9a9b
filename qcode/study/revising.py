"""Corrects a transcript: its new text becomes a revision, and codings, marks and places go over to it.

What cannot be placed there surely stays on the text that it was made on, and waits in the queue for a person.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from qcode.domain.transcript import Revision
from qcode.errors import Conflict
from qcode.importers.base import Draft
from qcode.store import codebooks as codebook_rows
from qcode.store import revisions as rows
from qcode.store import transcripts as transcript_rows
from qcode.study.anchoring import place_on
from qcode.study.desk import Desk, new_id, now
from qcode.study.revised import Reanchored, Revised
from qcode.text.align import VERDICTS, Alignment, align

__all__ = ["how_to", "revise_within", "would_revise"]

ENOUGH = 0.3
"""A text with less of the words that were there is probably that of another talk."""


def revise_within(
    connection: Connection,
    desk: Desk,
    transcript: Any,
    draft: Draft,
    *,
    source_sha256: str,
    anyway: bool = False,
) -> Revised:
    """Make `draft` the newest revision of a transcript (its row), within an act that is under way.

    A draft that says what the newest revision says changes nothing. Raises Conflict for one with less than ENOUGH of
    the words that were there, unless it is meant `anyway`.
    """
    plan = _Plan(connection, transcript, draft)
    if not plan.changes:
        return plan.revised()
    plan.must_be_the_same_talk(anyway=anyway)
    coder_id, who = desk.acting(connection)
    at, uuid = now(), new_id()
    revision_id = transcript_rows.add_revision(
        connection,
        transcript.id,
        plan.new,
        uuid=uuid,
        n=plan.current.n + 1,
        created_at=at,
        format=draft.format,
        encoding=draft.encoding,
        source_sha256=source_sha256,
        labels=draft.labels,
    )
    rows.go_over(connection, rows.Going(revision_id, plan.new.sha256, at, coder_id), _changes(plan.codings))
    rows.lose_place(connection, [one.row_id for one in plan.codings if one.told.new_start is None])
    rows.move_marks(connection, revision_id, _changes(plan.marks))
    for reader, left_at, read in rows.places(connection, transcript.id):
        position = plan.alignment.position
        rows.move_place(connection, transcript.id, reader, at=position(left_at), read=position(read))
    rejections = rows.forget_rejections(connection, transcript.id)
    verdicts = Counter(one.told.verdict for one in plan.codings)
    details = {"transcript": transcript.uuid, "revision": uuid, "sha256": plan.new.sha256}
    counts = {verdict: verdicts[verdict] for verdict in VERDICTS} | {"characters": len(draft.text)}
    desk.record(connection, who, "transcript.revise", details | counts)
    heirs = rows.heirs(connection, revision_id)
    return plan.revised(uuid=uuid, heirs=heirs, rejections=rejections)


def would_revise(connection: Connection, transcript: Any, draft: Draft, *, anyway: bool = False) -> Revised:
    """Return what `revise_within` would do."""
    plan = _Plan(connection, transcript, draft)
    if plan.changes:
        plan.must_be_the_same_talk(anyway=anyway)
    return plan.revised()


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A coding or mark by its row id, and what is told of it."""

    row_id: int
    told: Reanchored


def _changes(anchors: Iterable[_Anchor]) -> list[rows.Change]:
    return [
        (one.row_id, told.new_start, told.new_end, told.new_quote)
        for one in anchors
        if (told := one.told).new_start is not None and told.new_end is not None and told.new_quote is not None
    ]


class _Plan:
    """What the correction of a transcript does, before anything is written."""

    def __init__(self, connection: Connection, transcript: Any, draft: Draft) -> None:
        self.connection, self.transcript, self.draft = connection, transcript, draft
        self.new = Revision(draft.text, draft.turns, draft.paragraphs, draft.time_marks, draft.speakers)
        self.current = transcript_rows.current(connection, transcript.id)
        self.numbers = {row.id: row.n for row in rows.revisions(connection, transcript.id)}
        self._alignments: dict[int, Alignment] = {}

    @cached_property
    def changes(self) -> bool:
        """Tell whether the draft says anything else than the newest revision."""
        kept = transcript_rows.read_revision(self.connection, self.current.id)
        marks = {mark.position: mark.seconds for mark in self.new.time_marks}
        return kept != replace(self.new, time_marks=kept.time_marks) or marks != {
            mark.position: mark.seconds for mark in kept.time_marks
        }

    @cached_property
    def alignment(self) -> Alignment:
        """Return the newest revision beside the draft."""
        return self._beside(self.current.id)

    def _beside(self, revision_id: int) -> Alignment:
        if revision_id not in self._alignments:
            text = transcript_rows.text_of(self.connection, revision_id)
            self._alignments[revision_id] = align(text, self.new.text)
        return self._alignments[revision_id]

    def must_be_the_same_talk(self, *, anyway: bool) -> None:
        """Raise Conflict for a text in which hardly a word of what was there is found again."""
        if self.alignment.share < ENOUGH and not anyway:
            raise Conflict(
                f"only {self.alignment.share:.0%} of the words of {self.transcript.name} are found again, in their "
                "order, in the new text, which seems to be another talk",
                mend="look whether it is the right file; if it is meant, add --anyway",
            )

    @cached_property
    def codings(self) -> Sequence[_Anchor]:
        """Return every coding that stands on the transcript, also those that wait on an earlier revision."""
        keys = codebook_rows.code_keys(self.connection)
        found = rows.codings_of(self.connection, self.transcript.id)
        before = rows.earlier_places(self.connection, self.transcript.id)
        return [self._anchor(row, keys[row.code_id][1], before.get(row.id, ())) for row in found]

    @cached_property
    def marks(self) -> Sequence[_Anchor]:
        """Return every passage of the transcript that is marked in vivo."""
        return [self._anchor(row, row.key) for row in rows.marks_of(self.connection, self.transcript.id)]

    def _anchor(self, row: Any, code: str, earlier: Sequence[Any] = ()) -> _Anchor:
        placed = place_on(self._beside, row, earlier)
        told = Reanchored(
            id=row.uuid,
            new_id=None,
            code=code,
            coder=row.coder,
            revision=self.numbers[row.revision_id],
            start=row.start,
            end=row.end,
            quote=row.quote,
            verdict=placed.verdict,
            reordered=placed.reordered,
        )
        if (span := placed.span) is not None:
            told = replace(told, new_start=span.start, new_end=span.end, new_quote=span.of(self.new.text))
        return _Anchor(row.id, told)

    def revised(self, *, uuid: str = "", heirs: Mapping[str, str] | None = None, rejections: int = 0) -> Revised:
        """Return what is told of the correction; `heirs` are the ids that codings have now, by those that they had."""
        called = heirs or {}
        return Revised(
            transcript=self.transcript.name,
            id=self.transcript.uuid,
            revision=self.current.n + self.changes,
            revision_id=uuid if self.changes else self.current.uuid,
            changed=self.changes,
            share=self.alignment.share if self.changes else 1.0,
            characters=len(self.new.text),
            turns=len(self.new.turns),
            speakers=tuple(speaker.name for speaker in self.new.speakers),
            sha256=self.new.sha256,
            codings=tuple(replace(a.told, new_id=called.get(a.told.id)) for a in self.codings) if self.changes else (),
            marks=tuple(replace(a.told, new_id=a.told.id) for a in self.marks) if self.changes else (),
            rejections=rejections,
            warnings=self.draft.notices,
        )


def how_to(name: str, file: str) -> str:
    """Return what to type to correct a transcript from a file."""
    return f"qcode transcript revise {shlex.quote(name)} {shlex.quote(file)}"
