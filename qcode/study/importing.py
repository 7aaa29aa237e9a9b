"""Imports files: each comes in whole, in one transaction, or is refused with a reason; the others go on."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.domain.transcript import Revision
from qcode.errors import BadValue, Conflict, QcodeError, Unreadable
from qcode.importers import registry
from qcode.importers.base import Draft, Notice, Options
from qcode.store import in_vivo as mark_rows
from qcode.store import memos as memo_rows
from qcode.store import transcripts as rows
from qcode.store.lookup import fold
from qcode.study.cases import Cases, ensure_case
from qcode.study.desk import Desk, clean_name, new_id, now, unnameable
from qcode.study.folders import Found

__all__ = ["Decisions", "Imported", "Importing", "Outcome", "Refused", "Skipped"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""How the code of a language looks: ru, kk-Latn, zh-Hant."""


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


Outcome = Imported | Skipped | Refused


@dataclass(frozen=True)
class Decisions:
    """What a person decided of an import: `case` and `attributes` say whom it is about, `name` how to call it."""

    options: Options = field(default_factory=Options)
    case: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    dry_run: bool = False

    @property
    def insists(self) -> bool:
        """Tell whether the person overrides what the importer would decide by itself."""
        return self.options != Options()


class Importing:
    """One import of several files."""

    def __init__(self, desk: Desk, cases: Cases, decisions: Decisions) -> None:
        self._desk = desk
        self._cases = cases
        self._said = decisions
        _must_be_language(decisions.options)
        self._would_take: set[str] = set()
        """Sources and names that a dry run would have taken."""

    def one(self, file: Found) -> Outcome:
        """Import one file and tell what became of it."""
        if file.why is not None:
            return (Refused if file.asked_for else Skipped)(file.shown, file.why)
        try:
            return self._one(file)
        except QcodeError as error:
            return Refused(file.shown, error.sentence)

    def _one(self, file: Found) -> Outcome:
        data = _bytes_of(file)
        source = hashlib.sha256(data).hexdigest()
        with self._desk.store.read() as connection:
            known = rows.known_source(connection, source)
        if source in self._would_take:
            return Skipped(file.shown, "the same bytes as another of these files")
        if known is not None and not self._said.insists:
            return Skipped(file.shown, f"the same bytes are in the study as {known}")
        draft = registry.read(data, file.path.name, self._said.options)
        if self._said.dry_run:
            return self._would(file, draft, source, known)
        with self._desk.store.write() as connection:
            known = rows.known_source(connection, source)
            if known is not None and not self._said.insists:
                return Skipped(file.shown, f"the same bytes are in the study as {known}")
            called = known or self._free_name(connection, file.path)
            uuid = self._write(connection, called, draft, source, replaces=known)
        return _imported(called, uuid, file, draft)

    def _would(self, file: Found, draft: Draft, source: str, known: str | None) -> Imported:
        with self._desk.store.read() as connection:
            called = known or self._free_name(connection, file.path)
            if known is not None:
                _must_be_unused(connection, known)
        self._would_take |= {source, fold(called)}
        return _imported(called, "", file, draft)

    def _free_name(self, connection: Connection, path: Path) -> str:
        """Return the name for a file: its stem, where that is taken with the folder in front."""
        wanted = self._said.name or path.stem
        plain = "".join("_" if unnameable(c) else c for c in wanted)[:150]
        wanted = clean_name(plain.strip() or "transcript", "transcript")
        folder = path.resolve().parent.name
        candidates = [wanted, *([f"{folder}/{wanted}"] if folder else [])]
        candidates += [f"{candidates[-1]} ({n})" for n in range(2, 10_000)]
        return next(c for c in candidates if not rows.name_taken(connection, c) and fold(c) not in self._would_take)

    def _write(self, connection: Connection, name: str, draft: Draft, source: str, *, replaces: str | None) -> str:
        _, who = self._desk.acting(connection)
        case_id = self._replace(connection, who, replaces) if replaces else None
        if self._said.case is not None or self._said.attributes:
            case_id, _ = ensure_case(self._desk, connection, who, self._said.case or name)
            self._cases.write_values(connection, case_id, self._said.attributes)
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

    def _replace(self, connection: Connection, who: Coder, name: str) -> int | None:
        """Take out a transcript that is read anew in another way; return its case. Raises Conflict if it is in use."""
        row = _must_be_unused(connection, name)
        rows.remove_transcript(connection, row.id)
        self._desk.record(connection, who, "transcript.remove", {"transcript": row.uuid, "codings": 0})
        self._desk.remarks.append(f"{name} was read anew, in place of what was imported before")
        return None if row.case_id is None else int(row.case_id)


def _must_be_unused(connection: Connection, name: str) -> Any:
    """Return the row of a transcript that nobody has worked on; raises Conflict."""
    row = rows.transcript_row(connection, name)
    if work := _work_on(connection, row):
        raise Conflict(
            f"the same bytes are in the study as {name}, which carries {work}",
            mend="that would be lost; if that is meant, "
            f"first: qcode transcript remove {shlex.quote(name)} --with-codings",
        )
    return row


def _work_on(connection: Connection, transcript: Any) -> str:
    """Return in words what people have made on a transcript, codings, marks in vivo and memos; "" for nothing."""
    counted = (
        (rows.count_codings(connection, transcript.id), "coding", "codings"),
        (
            len(mark_rows.marks(connection, transcript_id=transcript.id)),
            "passage marked in vivo",
            "passages marked in vivo",
        ),
        (len(memo_rows.memos(connection, about="transcript", target=transcript.uuid)), "memo", "memos"),
    )
    told = [f"{n:,} {one if n == 1 else more}" for n, one, more in counted if n]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _must_be_language(options: Options) -> None:
    """Raise BadValue for a language that is none, such as a whole sentence."""
    if options.language is not None and not _LANGUAGE.fullmatch(options.language):
        raise BadValue(
            f"{options.language[:40]!r} is not the code of a language", mend="write two letters, such as ru, kk, zh"
        )


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


def _bytes_of(file: Found) -> bytes:
    path, data = file.path, file.data
    if data is not None:
        registry.check_size(len(data))
        return data
    try:
        if not path.is_file():
            raise Unreadable("it is not an ordinary file", mend="save it as a file first")
        registry.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"it cannot be opened ({error.strerror})", mend="look at its permissions") from None
