"""The transcripts of a study: import, list, show, rename, remove."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.transcript import Revision, Transcript
from qcode.errors import Conflict, DoneInPart, QcodeError, Unreadable
from qcode.importers import registry
from qcode.importers.base import Draft, Notice, Options
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.study.cases import Cases, ensure_case
from qcode.study.desk import Desk, clean_name, new_id, now
from qcode.study.folders import Found, find_files

__all__ = ["Imported", "Refused", "Shown", "Skipped", "Transcripts"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that came in; with `dry_run` one that would."""

    transcript: str
    id: str
    path: str
    format: str
    encoding: str | None
    language: str | None
    characters: int
    turns: int
    labels: int
    speakers: tuple[str, ...]
    sha256: str
    warnings: tuple[Notice, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not imported because there was no need to."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be imported."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A transcript with its text and turns."""

    name: str
    id: str
    language: str | None
    revision: Revision


Outcome = Imported | Skipped | Refused


class Transcripts:
    """The interviews: `add`, `list`, `show`, `rename`, `remove`."""

    def __init__(self, desk: Desk, cases: Cases) -> None:
        self._desk = desk
        self._cases = cases

    def add(
        self,
        *paths: str | Path,
        options: Options | None = None,
        case: str | None = None,
        attributes: Mapping[str, str] | None = None,
        name: str | None = None,
        dry_run: bool = False,
    ) -> list[Outcome]:
        """Import files, folders (with all below them) and patterns such as `interviews/*.docx`."""
        found = find_files(paths)
        return list(self.add_each(found, options=options, case=case, attributes=attributes, name=name, dry_run=dry_run))

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
        taken = set[str]()
        for one in found:
            if one.why is not None:
                yield (Refused if one.asked_for else Skipped)(one.shown, one.why)
                continue
            try:
                yield self._add_one(one, options or Options(), case, attributes or {}, name, taken if dry_run else None)
            except QcodeError as error:
                yield Refused(one.shown, error.sentence)

    def _add_one(
        self,
        file: Found,
        options: Options,
        case: str | None,
        attributes: Mapping[str, str],
        name: str | None,
        dry: set[str] | None,
    ) -> Outcome:
        data = _bytes_of(file.path)
        source = hashlib.sha256(data).hexdigest()
        with self._desk.store.read() as connection:
            known = rows.known_source(connection, source)
        if known is not None or (dry is not None and source in dry):
            return Skipped(file.shown, f"the same bytes are in the study as {known or 'another of these files'}")
        draft = _read(data, file.path.name, options)
        if dry is not None:
            with self._desk.store.read() as connection:
                called = self._free_name(connection, name or file.path.stem, file.path, dry)
            dry |= {source, fold(called)}
            return _imported(called, "", file, draft)
        with self._desk.store.write() as connection:
            if (known := rows.known_source(connection, source)) is not None:
                return Skipped(file.shown, f"the same bytes are in the study as {known}")
            called = self._free_name(connection, name or file.path.stem, file.path, set())
            uuid = self._write(connection, called, draft, source, case, attributes)
        return _imported(called, uuid, file, draft)

    def _free_name(self, connection: Connection, wanted: str, path: Path, taken: set[str]) -> str:
        plain = "".join(c if ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 else "_" for c in wanted)[:150]
        wanted = clean_name(plain or "transcript", "transcript")
        folder = path.resolve().parent.name
        candidates = [wanted, *([f"{folder}/{wanted}"] if folder else [])]
        candidates += [f"{candidates[-1]} ({n})" for n in range(2, 10_000)]
        return next(c for c in candidates if not rows.name_taken(connection, c) and fold(c) not in taken)

    def _write(
        self,
        connection: Connection,
        name: str,
        draft: Draft,
        source: str,
        case: str | None,
        attributes: Mapping[str, str],
    ) -> str:
        _, who = self._desk.acting(connection)
        case_id = None
        if case is not None or attributes:
            case_id, _ = ensure_case(self._desk, connection, who, case or name)
            self._cases.write_values(connection, case_id, attributes)
        uuid, at = new_id(), now()
        transcript_id = rows.add_transcript(
            connection, uuid=uuid, name=name, language=draft.language, case_id=case_id, created_at=at
        )
        revision = Revision(draft.text, draft.turns, draft.paragraphs, draft.time_marks, draft.speakers)
        rows.add_revision(
            connection,
            transcript_id,
            revision,
            uuid=new_id(),
            n=1,
            created_at=at,
            format=draft.format,
            encoding=draft.encoding,
            source_sha256=source,
            labels=draft.labels,
        )
        details = {"transcript": uuid, "sha256": revision.sha256, "characters": len(draft.text), "format": draft.format}
        self._desk.record(connection, who, "transcript.add", details)
        return uuid

    def list(self) -> list[Transcript]:
        """Return every transcript in order of name."""
        with self._desk.store.read() as connection:
            return rows.transcripts(connection)

    def show(self, name: str) -> Shown:
        """Return a transcript with its text, or raise NotFound."""
        with self._desk.store.read() as connection:
            row = rows.transcript_row(connection, name)
            revision = rows.read_revision(connection, rows.current(connection, row.id).id)
            return Shown(row.name, row.uuid, row.language, revision)

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
            standing = next((t.codings for t in rows.transcripts(connection) if t.id == row.uuid), 0)
            if standing and not with_codings:
                raise Conflict(
                    f"{row.name} carries {standing} codings",
                    mend="add --with-codings to remove them with the transcript",
                )
            gone = rows.remove_transcript(connection, row.id)
            _, who = self._desk.acting(connection)
            self._desk.record(connection, who, "transcript.remove", {"transcript": row.uuid, "codings": gone})
        if not self._desk.store.compact():
            raise DoneInPart(
                f"{row.name} is removed, but another program has the study open, and the words are still on the disk",
                mend="close that program (or free some space); then they leave with the next command",
            )
        return gone


def _imported(name: str, uuid: str, file: Found, draft: Draft) -> Imported:
    return Imported(
        transcript=name,
        id=uuid,
        path=file.shown,
        format=draft.format,
        encoding=draft.encoding,
        language=draft.language,
        characters=len(draft.text),
        turns=len(draft.turns),
        labels=draft.labels,
        speakers=tuple(s.name for s in draft.speakers),
        sha256=Revision(draft.text).sha256,
        warnings=draft.notices,
    )


def _read(data: bytes, name: str, options: Options) -> Draft:
    """Read a file; a fault of our own on this one file must not stop the others."""
    try:
        return registry.read(data, name, options)
    except (QcodeError, KeyboardInterrupt):
        raise
    except Exception as fault:
        kind = type(fault).__name__
        raise Unreadable(f"qcode stumbled over it, which is our fault ({kind})", mend="save it as .txt") from fault


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable("it is no ordinary file", mend="save it as a file first")
        registry.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"it cannot be opened ({error.strerror})", mend="look at its permissions") from None
