"""Rows of codings: added, ended, listed, and read fast as numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from qcode.store.lookup import find
from qcode.store.newest import newest_revisions
from qcode.store.schema import codebook_version, coder, coding, pending, revision, transcript
from qcode.store.standing import standing, waiting

__all__ = [
    "Chosen",
    "Place",
    "add_codings",
    "coding_row",
    "end_codings",
    "live_double",
    "live_doubles",
    "places_of",
    "restore_coding",
    "rows",
    "waiting_ids",
]


Place = tuple[int, int, int, int, int]
"""Where a coding is, in row ids and positions: (revision, start, end, code, coder)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which codings are meant, in row ids; None means all.

    `under` is a version with all that it follows: the codings as they stood when it was left. Without it, those of now.
    `pending`: only those that wait for a decision, or only those that do not. `withdrawn` ones may be among them; with
    `ended` also those that were moved or allocated, whom others have followed. `placed`: only those whose words stand
    in the newest revision, of now or with a row id `up_to` this one.
    """

    transcripts: Collection[int] | None = None
    codes: Collection[int] | None = None
    coders: Collection[int] | None = None
    under: Collection[int] | None = None
    withdrawn: bool = False
    ended: bool = False
    pending: bool | None = None
    ids: Collection[int] | None = None
    placed: bool = False
    up_to: int | None = None


def add_codings(connection: Connection, new: Iterable[Mapping[str, object]]) -> None:
    """Write codings, each a mapping of the table's columns."""
    rows = list(new)
    if rows:
        connection.execute(insert(coding), rows)


def end_codings(
    connection: Connection, ids: Collection[int], *, how: str, version_id: Mapping[int, int], at: str, coder_id: int
) -> None:
    """Write the end of codings, which then wait for nothing; `version_id` says for each under which version it ends."""
    for one in ids:
        values = {"ended_version_id": version_id[one], "ended_how": how, "ended_at": at, "ended_by_id": coder_id}
        connection.execute(update(coding).where(coding.c.id == one).values(**values))
        waits = update(pending).where(pending.c.coding_id == one, pending.c.ended_version_id.is_(None))
        connection.execute(waits.values(**values))


def restore_coding(connection: Connection, coding_id: int, version_id: int) -> None:
    """Let a coding stand again that was withdrawn under a version, and wait again if it waited when that was done."""
    nothing = dict.fromkeys(("ended_version_id", "ended_how", "ended_at", "ended_by_id"))
    connection.execute(update(coding).where(coding.c.id == coding_id).values(**nothing))
    p = pending.c
    waits = update(pending).where(
        p.coding_id == coding_id, p.ended_version_id == version_id, p.ended_how == "withdrawn"
    )
    connection.execute(waits.values(**nothing, act=None, why=None))


def waiting_ids(connection: Connection, under: Collection[int] | None = None) -> set[int]:
    """Return the row ids of the codings that wait for a decision, now or as a version was left."""
    return {row[0] for row in connection.exec_driver_sql(waiting(under))}


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


def last_id(connection: Connection) -> int:
    """Return the highest row id of a coding."""
    return int(connection.execute(select(func.coalesce(func.max(coding.c.id), 0))).scalar_one())


def row_of(connection: Connection, coding_id: int) -> Row[Any]:
    """Return the row of a coding by its row id."""
    return connection.execute(select(coding).where(coding.c.id == coding_id)).one()


def uuids_of(connection: Connection, ids: Collection[int]) -> list[tuple[str, int]]:
    """Return (uuid, row id) of codings."""
    found: list[tuple[str, int]] = []
    wanted = sorted(ids)
    for i in range(0, len(wanted), 500):
        rows = select(coding.c.uuid, coding.c.id).where(coding.c.id.in_(wanted[i : i + 500]))
        found += [(uuid, row_id) for uuid, row_id in connection.execute(rows)]
    return found


def copy_coding(
    connection: Connection, coding_id: int, code_ids: Sequence[int], *, uuids: Sequence[str], version_id: int, at: str
) -> list[int]:
    """Write the same segment by the same coder with other codes; return the new row ids."""
    old = row_of(connection, coding_id)
    kept = {name: getattr(old, name) for name in ("revision_id", "start", "end", "coder_id", "quote")}
    made = []
    for code_id, uuid in zip(code_ids, uuids, strict=True):
        row = insert(coding).values(uuid=uuid, code_id=code_id, version_id=version_id, created_at=at, **kept)
        made.append(int(connection.execute(row).inserted_primary_key[0]))  # type: ignore[index]
    return made


def live_double(connection: Connection, place: Place) -> str | None:
    """Return the uuid of the live coding at exactly this place, or None."""
    c = coding.c
    columns = (c.revision_id, c.start, c.end, c.code_id, c.coder_id)
    at_place = [column == value for column, value in zip(columns, place, strict=True)]
    return connection.execute(select(c.uuid).where(c.ended_version_id.is_(None), *at_place)).scalar()


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
            c.ended_how,
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
    stands = _among(f"SELECT id FROM coding WHERE {standing(chosen.under)}")
    if chosen.ended:
        stands |= c.ended_version_id.is_not(None)
    elif chosen.withdrawn:
        withdrawn = c.ended_how == "withdrawn"
        if chosen.under is not None:
            withdrawn &= func.coalesce(c.since_version_id, c.version_id).in_(chosen.under)
            withdrawn &= c.ended_version_id.in_(chosen.under)
        stands |= withdrawn
    conditions.append(stands)
    if chosen.pending is not None:
        waits = _among(waiting(chosen.under))
        conditions.append(waits if chosen.pending else ~waits)
    if chosen.transcripts is not None:
        conditions.append(_revision_of(chosen.transcripts))
    if chosen.placed:
        conditions.append(c.revision_id.in_(text(f"SELECT id FROM ({newest_revisions(chosen.up_to)})")))
    if chosen.ids is not None:
        conditions.append(c.id.in_(chosen.ids))
    if chosen.codes is not None:
        conditions.append(c.code_id.in_(chosen.codes))
    if chosen.coders is not None:
        conditions.append(c.coder_id.in_(chosen.coders))
    return conditions


def _among(query: str) -> ColumnElement[bool]:
    return coding.c.id.in_(text(query))


def _revision_of(transcripts: Collection[int]) -> ColumnElement[bool]:
    ids: Select[Any] = select(revision.c.id).where(revision.c.transcript_id.in_(transcripts))
    return coding.c.revision_id.in_(ids)
