"""The transcripts of a study: import, list, show, correct, rename, remove."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from qcode.domain.transcript import Revision, Transcript
from qcode.errors import Conflict, DoneInPart
from qcode.importers import registry
from qcode.importers.base import Draft, Options
from qcode.store import cases as case_rows
from qcode.store import in_vivo as mark_rows
from qcode.store import revisions as revision_rows
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.store.newest import newest_n, revision_row
from qcode.study.cases import Cases, ensure_case
from qcode.study.desk import Desk, clean_name
from qcode.study.folders import Found, find_files
from qcode.study.importing import Decisions, Importing, Outcome
from qcode.study.revised import Revised, RevisionInfo
from qcode.study.revising import revise_within, would_revise
from qcode.study.selection import Filters, resolve
from qcode.study.tables import read_source

__all__ = ["Shown", "Source", "Transcripts"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A transcript with its text and turns; `revision` is its `n`-th, whose id is `revision_id`.

    `corrected` tells whether there are several.
    """

    name: str
    id: str
    language: str | None
    revision: Revision
    n: int = 1
    revision_id: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a transcript was read from: its format, encoding (None where the format says it), bytes, and when.

    `labels` is how many speaker labels were believed; `sha256` is that of the bytes of the file.
    """

    format: str
    encoding: str | None
    sha256: str
    labels: int
    imported_at: str


def _draft_of(drafts: Sequence[Draft], transcript: Any) -> Draft:
    """Return the draft that is meant: the only one of a file, or the one with the transcript's name."""
    if len(drafts) == 1:
        return drafts[0]
    named = [one for one in drafts if fold(one.title or "") == transcript.name_fold]
    if len(named) != 1:
        raise Conflict(
            f"the file holds {len(drafts):,} transcripts, and not one that is called {transcript.name}",
            mend="split it into one file an interview",
        )
    return named[0]


class Transcripts:
    """The interviews: `add`, `list`, `show`, `revise`, `revisions`, `rename`, `remove`."""

    def __init__(self, desk: Desk, cases: Cases) -> None:
        self._desk = desk
        self._cases = cases

    def add(self, *paths: str | Path, **decisions: Any) -> list[Outcome]:
        """Import files, folders (with all below them) and patterns such as `interviews/*.docx`.

        `decisions` are those of `add_each`.
        """
        return list(self.add_each(find_files(paths), **decisions))

    def add_each(
        self,
        found: Iterable[Found],
        *,
        options: Options | None = None,
        case: str | None = None,
        attributes: Mapping[str, str] | None = None,
        name: str | None = None,
        dry_run: bool = False,
    ) -> Iterator[Outcome]:
        """Import one file after the other, each in one transaction; a bad one never stops the others.

        A file of several transcripts gives an outcome for each of them.
        """
        decisions = Decisions(options or Options(), case, attributes or {}, name, dry_run)
        yield from Importing(self._desk, self._cases, decisions).all(found)

    def list(self, filters: Filters | None = None) -> list[Transcript]:
        """Return every transcript, or those that the filters leave, in order of name."""
        with self._desk.store.read() as connection:
            chosen = resolve(connection, filters or Filters()).chosen
            every = rows.transcripts(connection, chosen.up_to)
            if chosen.transcripts is None:
                return every
            kept = {row.uuid for row in rows.revision_rows(connection) if row.id in chosen.transcripts}
            return [one for one in every if one.id in kept]

    def show(self, name: str, *, revision: int | None = None) -> Shown:
        """Return a transcript with the text of its newest or of an earlier `revision`, or raise NotFound."""
        with self._desk.store.read() as connection:
            row = rows.transcript_row(connection, name)
            if revision is None:
                revision_id = rows.current_id(connection, row.id)
            else:
                revision_id = revision_rows.revision_of(connection, row.id, revision, row.name)
            identity = revision_row(connection, revision_id)
            corrected = newest_n(connection, row.id) > 1
            text = rows.read_revision(connection, revision_id)
            return Shown(row.name, row.uuid, row.language, text, identity.n, identity.uuid, corrected)

    def revisions(self, name: str) -> Sequence[RevisionInfo]:
        """Return the revisions of a transcript, oldest first, or raise NotFound."""
        with self._desk.store.read() as connection:
            row = rows.transcript_row(connection, name)
            return [
                RevisionInfo(
                    *(one.n, one.uuid, one.created_at, one.format, one.encoding, one.characters, one.turns),
                    *(one.codings, one.sha256, one.source_sha256),
                )
                for one in revision_rows.revisions(connection, row.id)
            ]

    def revise(
        self,
        name: str,
        source: bytes | str | Path,
        *,
        file_name: str = "",
        options: Options | None = None,
        dry_run: bool = False,
        anyway: bool = False,
    ) -> Revised:
        """Correct a transcript: what is read from `source`, a path or bytes, becomes its newest revision.

        Codings go over to it; those whose words are gone wait in the queue. Raises Unreadable, and Conflict for what
        seems to be another talk unless it is meant `anyway`.
        """
        data, called = read_source(source, file_name)
        said = options or Options()
        with self._desk.store.read() as connection:
            row = rows.transcript_row(connection, name)
        draft = _draft_of(registry.read_all(data, called, replace(said, language=row.language)), row)
        if dry_run:
            with self._desk.store.read() as connection:
                return would_revise(connection, rows.transcript_row(connection, row.uuid), draft, anyway=anyway)
        digest = hashlib.sha256(data).hexdigest()
        with self._desk.store.write() as connection:
            row = rows.transcript_row(connection, row.uuid)
            return revise_within(connection, self._desk, row, draft, source_sha256=digest, anyway=anyway)

    def has(self, id: str) -> bool:
        """Tell whether a transcript with this whole id is in the study (still); its text is not read for it."""
        with self._desk.store.read() as connection:
            return rows.has_transcript(connection, id)

    def newest_id(self, id: str) -> str | None:
        """Return the id of the newest revision of a transcript with this whole id, None where it is not there."""
        with self._desk.store.read() as connection:
            if not rows.has_transcript(connection, id):
                return None
            row = rows.transcript_row(connection, id)
            return str(revision_row(connection, rows.current_id(connection, row.id)).uuid)

    def source(self, name: str) -> Source:
        """Return what a transcript was read from, or raise NotFound."""
        with self._desk.store.read() as connection:
            row = rows.current(connection, rows.transcript_row(connection, name).id)
            return Source(row.format, row.encoding, row.source_sha256, row.labels, row.created_at)

    def rename(self, name: str, to: str) -> None:
        """Give a transcript another name; no coding changes."""
        to = clean_name(to, "transcript")
        with self._desk.store.write() as connection:
            row = rows.transcript_row(connection, name)
            if rows.name_taken(connection, to) and fold(to) != row.name_fold:
                raise Conflict(f"there is a transcript {to!r} already", mend="choose another name")
            rows.rename_transcript(connection, row.id, to)
            _, who = self._desk.acting(connection)
            self._desk.record(connection, who, "transcript.rename", {"transcript": row.uuid})

    def set_attributes(self, name: str, values: Mapping[str, str], *, case: str | None = None) -> str:
        """Write facts about the case that a transcript is about; return the case's name.

        `case` puts the transcript under that case; where it has none, a case of the transcript's name is made.
        """
        with self._desk.store.write() as connection:
            row = rows.transcript_row(connection, name)
            _, who = self._desk.acting(connection)
            case_id, uuid = row.case_id, None
            if case is not None or case_id is None:
                case_id, uuid = ensure_case(self._desk, connection, who, case or row.name)
                rows.set_case(connection, [row.id], case_id)
            facts = self._cases.write_values(connection, case_id, values)
            details = {"transcript": row.uuid, "case": uuid, "attributes": len(values), "facts": facts}
            self._desk.record(connection, who, "transcript.attr", details)
        return next(c.name for c in self._cases.list() if any(fold(t) == row.name_fold for t in c.transcripts))

    def remove(self, name: str, *, with_codings: bool = False) -> int:
        """Remove a transcript and every word of it from the file; return how many codings went with it.

        For a participant who takes back consent. Raises Conflict where codings stand on it and `with_codings` is not
        said. The history keeps that it happened, without a word of the text.
        """
        with self._desk.store.write() as connection:
            row = rows.transcript_row(connection, name)
            standing = rows.count_codings(connection, row.id)
            if standing and not with_codings:
                raise Conflict(
                    f"{row.name} carries {standing} codings",
                    mend="add --with-codings to remove them with the transcript",
                )
            marked = len(mark_rows.marks(connection, transcript_id=row.id))
            if marked and not with_codings:
                raise Conflict(
                    f"{row.name} carries {marked} passages marked in vivo"
                    if marked > 1
                    else f"{row.name} carries a passage marked in vivo",
                    mend="add --with-codings to remove what is marked with the transcript",
                )
            _, who = self._desk.acting(connection)
            self._forget_marks(connection, row.id, who.name)
            gone = rows.remove_transcript(connection, row.id)
            self._tell_of_case(connection, row.case_id)
            self._desk.record(connection, who, "transcript.remove", {"transcript": row.uuid, "codings": gone})
        if not self._desk.store.compact():
            raise DoneInPart(
                f"{row.name} is removed, but another program has the study open, and the words are still on the disk",
                mend="close that program (or free some space); then they leave with the next command",
            )
        return gone

    def _forget_marks(self, connection: Connection, transcript_id: int, coder: str) -> None:
        """Remove what was marked in vivo; the key of a code that stays may still have words of the transcript."""
        from qcode.study.in_vivo import InVivo

        gone = InVivo(self._desk).forget(connection, transcript_id, coder)
        if gone:
            self._desk.remarks.append(
                f"{'1 passage' if gone == 1 else f'{gone:,} passages'} marked in vivo went with it; look through the "
                "codes of the draft for words of the transcript: qcode codebook draft"
            )

    def _tell_of_case(self, connection: Connection, case_id: int | None) -> None:
        """Tell where a case has lost its last transcript: its attributes are facts about a person, too."""
        if case_id is None or any(row.case_id == case_id for row in rows.revision_rows(connection)):
            return
        if (name := case_rows.case_name(connection, case_id)) is not None:
            self._desk.remarks.append(
                f"the case {name} and its attributes are still in the study; remove it with: qcode case remove {name}"
            )
