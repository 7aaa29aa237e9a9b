"""The transcripts of a study: import, list, show, rename, remove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from qcode.domain.transcript import Revision, Transcript
from qcode.errors import Conflict, DoneInPart
from qcode.importers.base import Options
from qcode.store import cases as case_rows
from qcode.store import in_vivo as mark_rows
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.study.cases import Cases, ensure_case
from qcode.study.desk import Desk, clean_name
from qcode.study.folders import Found, find_files
from qcode.study.importing import Decisions, Importing, Outcome
from qcode.study.selection import Filters, resolve

__all__ = ["Shown", "Source", "Transcripts"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A transcript with its text and turns."""

    name: str
    id: str
    language: str | None
    revision: Revision


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


class Transcripts:
    """The interviews: `add`, `list`, `show`, `rename`, `remove`."""

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
        """Import one file after the other, each in one transaction; a bad one never stops the others."""
        decisions = Decisions(options or Options(), case, attributes or {}, name, dry_run)
        importing = Importing(self._desk, self._cases, decisions)
        for one in found:
            yield importing.one(one)

    def list(self, filters: Filters | None = None) -> list[Transcript]:
        """Return every transcript, or those that the filters leave, in order of name."""
        with self._desk.store.read() as connection:
            chosen = resolve(connection, filters).chosen.transcripts if filters is not None else None
            every = rows.transcripts(connection)
            if chosen is None:
                return every
            kept = {row.uuid for row in rows.revision_rows(connection) if row.id in chosen}
            return [one for one in every if one.id in kept]

    def show(self, name: str) -> Shown:
        """Return a transcript with its text, or raise NotFound."""
        with self._desk.store.read() as connection:
            row = rows.transcript_row(connection, name)
            revision = rows.read_revision(connection, rows.current(connection, row.id).id)
            return Shown(row.name, row.uuid, row.language, revision)

    def has(self, id: str) -> bool:
        """Tell whether a transcript with this whole id is in the study (still); its text is not read for it."""
        with self._desk.store.read() as connection:
            return rows.has_transcript(connection, id)

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
            self._cases.write_values(connection, case_id, values)
            details = {"transcript": row.uuid, "case": uuid, "attributes": len(values)}
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
