"""Reading a transcript to code it: its text with the codings that may be seen, and where each coder left off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from qcode.domain.coding import Coding
from qcode.domain.natural import natural
from qcode.domain.span import Span
from qcode.domain.transcript import Revision, Turn
from qcode.store import cases as case_rows
from qcode.store import places_read as rows
from qcode.store import transcripts as transcript_rows
from qcode.store.coders import coder_row
from qcode.store.newest import revision_row
from qcode.study.codings import list_codings
from qcode.study.desk import Desk, now
from qcode.study.in_vivo_marks import DraftMark, marks_of
from qcode.study.searching import find_said
from qcode.study.selection import Filters, resolve
from qcode.text.askers import answered
from qcode.text.sentences import sentence_spans
from qcode.text.words import words

__all__ = ["Page", "Progress", "Reading", "sentences_in", "words_in"]

NOBODY = -1
"""The row id of a coder whom the study has not met yet: no row has it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one coder is with a transcript: `read` characters up to the furthest place read, left off `at` one.

    `codings` are those of this coder that stand, with those that wait for a decision (`pending`). `opened_at` is ""
    for a transcript that this coder has not opened yet.
    """

    id: str
    name: str
    case: str | None
    language: str | None
    characters: int
    read: int
    at: int
    codings: int
    pending: int
    opened_at: str


@dataclass(frozen=True, slots=True)
class Page:
    """A transcript as one coder may see it: codings of this coder and of those who are shown, in order of place.

    Those whose words are gone from its newest `revision` (its id) are not among them: they wait in the queue.
    `drafts` are passages marked with a code of the draft, `others` the names of the other coders who coded here,
    `stamp` is the number of the newest act that it tells of, `asking` the speakers who ask, such as an interviewer.
    """

    id: str
    name: str
    language: str | None
    case: str | None
    coder: str
    text: str
    turns: tuple[Turn, ...]
    codings: tuple[Coding, ...]
    drafts: tuple[DraftMark, ...]
    others: tuple[str, ...]
    at: int
    read: int
    stamp: int
    revision: str
    asking: frozenset[str] = frozenset()


class Reading:
    """The reading of transcripts: `open`, `keep_place`, `progress`, `last`, `stamp`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(
        self, transcript: str, *, coder: str | None = None, shown: Sequence[str] = (), before: Page | None = None
    ) -> Page:
        """Return a transcript with what this coder may see: the codings of other coders only where they are `shown`.

        What `before` already holds of the same text is not read again. Raises NotFound for a transcript or a coder that
        the study does not know.
        """
        with self._desk.store.read() as connection:
            row = transcript_rows.transcript_row(connection, transcript)
            revision_id = transcript_rows.current_id(connection, row.id)
            uuid = str(revision_row(connection, revision_id).uuid)
            same = before is not None and before.revision == uuid
            revision = before if before and same else transcript_rows.read_revision(connection, revision_id)
            coder_id, name = self._reader(connection, coder)
            seen = {coder_id: name} | {id: who.name for id, who in (coder_row(connection, one) for one in shown)}
            seen.pop(NOBODY, None)
            at, read, _ = rows.place_of(connection, coder_id, row.id)
            return Page(
                id=row.uuid,
                name=row.name,
                language=row.language,
                case=case_rows.case_names(connection).get(row.case_id),
                coder=name,
                text=revision.text,
                turns=revision.turns,
                codings=_codings(connection, row.uuid, tuple(seen.values())),
                drafts=tuple(one for one in marks_of(connection, transcript_id=row.id, coders=seen) if one.placed),
                others=tuple(rows.coders_here(connection, revision_id, but=coder_id)),
                at=at,
                read=read,
                stamp=rows.stamp(connection),
                revision=uuid,
                asking=revision.asking if isinstance(revision, Page) else _asking(revision),
            )

    def keep_place(self, transcript: str, at: int, *, read: int | None = None, coder: str | None = None) -> None:
        """Keep where this coder is in a transcript, and how far the coder has read; `read` never goes down.

        It is no act: the history does not tell how somebody reads.
        """
        with self._desk.store.write() as connection:
            row = transcript_rows.transcript_row(connection, transcript)
            coder_id, _ = self._desk.acting(connection, coder)
            rows.keep_place(connection, coder_id, row.id, at=at, read=read or 0, opened_at=now())

    def progress(self, coder: str | None = None) -> list[Progress]:
        """Return how far this coder is with each transcript, in order of name."""
        with self._desk.store.read() as connection:
            coder_id, _ = self._reader(connection, coder)
            places = rows.places_of(connection, coder_id)
            counted = rows.counted(connection, coder_id, resolve(connection, Filters()).frozen)
            cases = case_rows.case_names(connection)
            return [
                _progress(row, cases.get(row.case_id), places.get(row.id, rows.NEVER), counted.get(row.id, (0, 0)))
                for row in sorted(transcript_rows.revision_rows(connection), key=lambda row: natural(row.name))
            ]

    def last(self, coder: str | None = None) -> str | None:
        """Return the id of the transcript that this coder read last, or None."""
        with self._desk.store.read() as connection:
            coder_id, _ = self._reader(connection, coder)
            return rows.last_read(connection, coder_id)

    def find(self, page: Page, words: str) -> list[Span]:
        """Return all places of the words in what is said on a page, ignoring case; raises BadValue for none."""
        return find_said(page.text, page.turns, words)

    def stamp(self) -> int:
        """Return the number of the newest act in the history: it grows whenever anything is changed."""
        with self._desk.store.read() as connection:
            return rows.stamp(connection)

    def _reader(self, connection: Connection, name: str | None) -> tuple[int, str]:
        """Return the row id and name of who reads; to read makes nobody a coder, so an unknown one is NOBODY."""
        row, called = self._desk.reading(connection, name)
        return (NOBODY if row is None else int(row.id)), called


def _asking(revision: Revision) -> frozenset[str]:
    """Return the names of those who ask, where somebody else answers."""
    kept = {turn.speaker for turn in answered(revision)}
    return frozenset(turn.speaker for turn in revision.turns if turn.speaker and turn.speaker not in kept)


def _codings(connection: Connection, transcript: str, coders: tuple[str, ...]) -> tuple[Coding, ...]:
    if not coders:
        return ()
    return tuple(list_codings(connection, Filters(transcripts=(transcript,), coders=coders), placed=True))


def _progress(row: Any, case: str | None, place: tuple[int, int, str], counted: tuple[int, int]) -> Progress:
    at, read, opened_at = place
    codings, pending = counted
    return Progress(row.uuid, row.name, case, row.language, row.characters, read, at, codings, pending, opened_at)


def words_in(text: str, span: Span) -> list[Span]:
    """Return the words in a stretch of a text, without punctuation; of Chinese each character is one."""
    return [Span(span.start + one.start(), span.start + one.end()) for one in words(span.of(text))]


def sentences_in(text: str, language: str | None, span: Span) -> list[Span]:
    """Return the sentences in a stretch of a text, without the blanks around them."""
    return sentence_spans(text, language, [span])
