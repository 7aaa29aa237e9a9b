"""What a parcel is held against and written with, in bulk: texts, codes, codings, memos and values of attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from qcode.store.codings import Place
from qcode.store.schema import (
    attribute_value,
    case,
    code,
    code_entry,
    codebook_version,
    coder,
    coding,
    coding_origin,
    memo,
    revision,
    transcript,
)

__all__ = [
    "AT_ONCE",
    "Held",
    "RevisionRow",
    "add_values",
    "code_rows",
    "entries_of",
    "heirs",
    "held_codings",
    "held_memos",
    "ids_by_uuid",
    "memos_on",
    "on_revisions",
    "revisions",
    "rows_by_name",
    "values",
]

AT_ONCE = 5_000
"""So many rows are written in one statement."""

_ASKED = 500
"""So many identities are asked for in one statement."""

NAMED: Mapping[str, Table] = {"coder": coder, "case": case}


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One state of a transcript's text; `newest` where no other followed."""

    transcript_id: int
    uuid: str
    name: str
    case_id: int | None
    revision_id: int
    sha256: str
    newest: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A coding that the study has: where it is, and how it ended (None: it stands)."""

    uuid: str
    place: Place
    ended_how: str | None


def revisions(connection: Connection) -> list[RevisionRow]:
    """Return every revision of every transcript without its text, in the order the transcripts came in."""
    t, r = transcript.c, revision.c
    columns = (t.id, t.uuid, t.name, t.case_id, r.id.label("revision_id"), r.sha256)
    rows = connection.execute(select(*columns).join(revision, r.transcript_id == t.id).order_by(t.id, r.n)).all()
    newest = {row.id: row.revision_id for row in rows}
    return [RevisionRow(*row, newest=newest[row.id] == row.revision_id) for row in rows]


def rows_by_name(connection: Connection, kind: str) -> list[tuple[int, str, str]]:
    """Return (row id, uuid, name) of every coder or case, in the order they came in."""
    c = NAMED[kind].c
    return [(row.id, row.uuid, row.name) for row in connection.execute(select(c.id, c.uuid, c.name).order_by(c.id))]


def ids_by_uuid(connection: Connection, kind: str) -> dict[str, int]:
    """Return the row ids of every transcript, coder or case by its uuid."""
    table = {**NAMED, "transcript": transcript}[kind]
    return dict(connection.execute(select(table.c.uuid, table.c.id)).all())


def code_rows(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return (row id, row id of the codebook) of every code by its uuid."""
    return {row.uuid: (row.id, row.codebook_id) for row in connection.execute(select(code))}


def entries_of(connection: Connection, codebook_id: int) -> list[tuple[int, int, bool]]:
    """Return (row id of the code, row id of the version, codable) of every entry of a codebook, oldest first."""
    entry = code_entry.c
    rows = (
        select(entry.code_id, entry.version_id, entry.codable)
        .join(codebook_version, codebook_version.c.id == entry.version_id)
        .where(codebook_version.c.codebook_id == codebook_id)
        .order_by(entry.version_id, entry.position)
    )
    return [(row.code_id, row.version_id, row.codable) for row in connection.execute(rows)]


def held_codings(connection: Connection, uuids: Iterable[str]) -> dict[str, Held]:
    """Return those of `uuids` that a coding has, with the coding."""
    return {one.uuid: one for part in _parts(uuids) for one in _held(connection, coding.c.uuid.in_(part))}


def on_revisions(connection: Connection, revision_ids: Iterable[int]) -> Iterator[Held]:
    """Yield every coding on these revisions, also those that ended."""
    for part in _parts(revision_ids):
        yield from _held(connection, coding.c.revision_id.in_(part))


def _held(connection: Connection, condition: Any) -> Iterator[Held]:
    c = coding.c
    rows = select(c.uuid, c.ended_how, c.revision_id, c.start, c.end, c.code_id, c.coder_id).where(condition)
    for uuid, how, *place in connection.execute(rows):
        yield Held(uuid, tuple(place), how)


def heirs(connection: Connection) -> dict[str, list[str]]:
    """Return the codings (uuid) that took the place of each (uuid): moved, allocated or on a corrected text."""
    new, old = coding.alias(), coding.alias()
    rows = (
        select(old.c.uuid, new.c.uuid)
        .select_from(coding_origin)
        .join(old, old.c.id == coding_origin.c.origin_id)
        .join(new, new.c.id == coding_origin.c.coding_id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for before, after in connection.execute(rows):
        found[before].append(after)
    return found


def held_memos(connection: Connection, uuids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return (target, text) of those of `uuids` that a memo has."""
    c = memo.c
    return {
        row.uuid: (row.target, row.text)
        for part in _parts(uuids)
        for row in connection.execute(select(c.uuid, c.target, c.text).where(c.uuid.in_(part)))
    }


def memos_on(connection: Connection, targets: Iterable[str]) -> set[tuple[str, int, str]]:
    """Return (target, row id of the coder, text) of every memo on these things."""
    c = memo.c
    return {
        (row.target, row.coder_id, row.text)
        for part in _parts(targets)
        for row in connection.execute(select(c.target, c.coder_id, c.text).where(c.target.in_(part)))
    }


def values(connection: Connection) -> dict[tuple[int, int], str]:
    """Return the value of every attribute by the row ids of case and attribute."""
    return {(row.case_id, row.attribute_id): row.value for row in connection.execute(select(attribute_value))}


def add_values(connection: Connection, new: Mapping[tuple[int, int], str]) -> None:
    """Write values of attributes that the cases do not have yet, by the row ids of case and attribute."""
    rows = [{"case_id": one, "attribute_id": key, "value": value} for (one, key), value in new.items()]
    for first in range(0, len(rows), AT_ONCE):
        connection.execute(insert(attribute_value), rows[first : first + AT_ONCE])


def _parts(wanted: Iterable[Any]) -> Iterator[Sequence[Any]]:
    every = list(dict.fromkeys(wanted))
    for first in range(0, len(every), _ASKED):
        yield every[first : first + _ASKED]
