"""Rows of codings: added, ended, listed, and read fast as numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from qcode.store.lookup import find
from qcode.store.schema import codebook_version, coder, coding, revision, transcript

__all__ = ["Chosen", "Place", "add_codings", "coding_row", "end_codings", "live_doubles", "places_of", "rows"]


Place = tuple[int, int, int, int, int]
"""Where a coding is, in row ids and positions: (revision, start, end, code, coder)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which codings are meant, in row ids; None means all.

    `under` is a version with all that it follows: the codings as they stood when it was left. Without it, those of now.
    """

    transcripts: Collection[int] | None = None
    codes: Collection[int] | None = None
    coders: Collection[int] | None = None
    under: Collection[int] | None = None
    withdrawn: bool = False
    ids: Collection[int] | None = None


def add_codings(connection: Connection, new: Iterable[Mapping[str, object]]) -> None:
    """Write codings, each a mapping of the table's columns."""
    rows = list(new)
    if rows:
        connection.execute(insert(coding), rows)


def end_codings(
    connection: Connection, ids: Collection[int], *, how: str, version_id: Mapping[int, int], at: str, coder_id: int
) -> None:
    """Write the end of codings; `version_id` gives for each the version under which it ends."""
    for one in ids:
        values = {"ended_version_id": version_id[one], "ended_how": how, "ended_at": at, "ended_by_id": coder_id}
        connection.execute(update(coding).where(coding.c.id == one).values(**values))


def coding_row(connection: Connection, name: str) -> Row[Any]:
    """Return the row of the coding whose id begins with `name`, or raise NotFound."""
    return find(connection, coding, name, "coding")


def places_of(connection: Connection, uuids: Collection[str]) -> dict[str, Place]:
    """Return the places of those of `uuids` that a coding already has."""
    found: dict[str, Place] = {}
    wanted, c = list(uuids), coding.c
    for i in range(0, len(wanted), 500):
        rows = select(c.uuid, c.revision_id, c.start, c.end, c.code_id, c.coder_id)
        for uuid, *place in connection.execute(rows.where(c.uuid.in_(wanted[i : i + 500]))):
            found[uuid] = tuple(place)
    return found


def live_doubles(connection: Connection, revision_ids: Collection[int]) -> dict[Place, str]:
    """Return the uuids of all live codings of these revisions by (revision, start, end, code, coder)."""
    c = coding.c
    rows = select(c.revision_id, c.start, c.end, c.code_id, c.coder_id, c.uuid).where(c.ended_version_id.is_(None))
    found: dict[Place, str] = {}
    for one in revision_ids:
        for row in connection.execute(rows.where(c.revision_id == one)):
            found[(row[0], row[1], row[2], row[3], row[4])] = row[5]
    return found


def rows(connection: Connection, chosen: Chosen) -> Sequence[Any]:
    """Return the chosen codings in order of transcript name, position, code and coder, names joined."""
    c = coding.c
    statement = (
        select(
            c.id,
            c.uuid,
            transcript.c.name.label("transcript"),
            c.start,
            c.end,
            c.quote,
            c.code_id,
            coder.c.name.label("coder"),
            c.created_at,
            codebook_version.c.version,
            c.ended_version_id,
            c.revision_id,
            c.version_id,
            transcript.c.id.label("transcript_id"),
        )
        .join(revision, revision.c.id == c.revision_id)
        .join(transcript, transcript.c.id == revision.c.transcript_id)
        .join(coder, coder.c.id == c.coder_id)
        .join(codebook_version, codebook_version.c.id == c.version_id)
        .where(*_conditions(chosen))
        .order_by(transcript.c.name_fold, c.start, c.end, c.code_id, coder.c.name_fold, c.id)
    )
    return connection.execute(statement).all()


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    c = coding.c
    conditions: list[ColumnElement[bool]] = []
    if chosen.under is not None:
        conditions.append(c.version_id.in_(chosen.under))
        if not chosen.withdrawn:
            conditions.append(c.ended_version_id.is_(None) | c.ended_version_id.not_in(chosen.under))
    elif not chosen.withdrawn:
        conditions.append(c.ended_version_id.is_(None))
    if chosen.withdrawn:
        conditions.append(c.ended_how.is_(None) | (c.ended_how == "withdrawn"))
    if chosen.transcripts is not None:
        conditions.append(_revision_of(chosen.transcripts))
    if chosen.ids is not None:
        conditions.append(c.id.in_(chosen.ids))
    if chosen.codes is not None:
        conditions.append(c.code_id.in_(chosen.codes))
    if chosen.coders is not None:
        conditions.append(c.coder_id.in_(chosen.coders))
    return conditions


def _revision_of(transcripts: Collection[int]) -> ColumnElement[bool]:
    ids: Select[Any] = select(revision.c.id).where(revision.c.transcript_id.in_(transcripts))
    return coding.c.revision_id.in_(ids)
