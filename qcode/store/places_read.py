"""Rows of places: where each coder left off in a transcript and how far it was read; and what there is to read.

Kept beside the history, not in it: to read on is no act.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from qcode.store.schema import coder, coding, place, transcript
from qcode.store.standing import waiting
from qcode.store.transcripts import characters_of

__all__ = [
    "NEVER",
    "coders_here",
    "counted",
    "keep_place",
    "last_read",
    "place_of",
    "places_of",
    "recent_codes",
    "stamp",
]

NEVER = (0, 0, "")


def stamp(connection: Connection) -> int:
    """Return the number of the newest act in the history."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(n), 0) FROM history").scalar_one())


def place_of(connection: Connection, coder_id: int, transcript_id: int) -> tuple[int, int, str]:
    """Return (where this coder left off, how far this coder has read, when); zeros and "" for one never opened."""
    return places_of(connection, coder_id, transcript_id).get(transcript_id, NEVER)


def places_of(connection: Connection, coder_id: int, only: int | None = None) -> dict[int, tuple[int, int, str]]:
    """Return the places of a coder by transcript (row id)."""
    p = place.c
    rows = select(p.transcript_id, p.at, p.read, p.opened_at).where(p.coder_id == coder_id)
    if only is not None:
        rows = rows.where(p.transcript_id == only)
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(rows)}


def keep_place(
    connection: Connection, coder_id: int, transcript_id: int, *, at: int, read: int, opened_at: str
) -> None:
    """Write where a coder is; positions behind the text are cut to its end, and `read` never goes down."""
    end = characters_of(connection, transcript_id)
    _, before, _ = place_of(connection, coder_id, transcript_id)
    p = place.c
    connection.execute(delete(place).where(p.coder_id == coder_id, p.transcript_id == transcript_id))
    values = {"at": min(max(at, 0), end), "read": max(before, min(max(read, 0), end)), "opened_at": opened_at}
    connection.execute(insert(place).values(coder_id=coder_id, transcript_id=transcript_id, **values))


def last_read(connection: Connection, coder_id: int) -> str | None:
    """Return the uuid of the transcript in which a coder's place was kept last."""
    rows = select(transcript.c.uuid).join(place, place.c.transcript_id == transcript.c.id)
    newest = (place.c.opened_at.desc(), text("place.rowid DESC"))  # a place that is kept anew gets a new row
    return connection.execute(rows.where(place.c.coder_id == coder_id).order_by(*newest).limit(1)).scalar()


def counted(connection: Connection, coder_id: int, frozen: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return (standing, waiting) codings of a coder by transcript (row id); those with `frozen` codes are left out."""
    ask = (
        "SELECT revision_id, count(*) AS n, sum(id IN (" + waiting() + ")) AS waits FROM coding"
        " WHERE ended_version_id IS NULL AND coder_id = ?"
    )
    if frozen:
        ask += f" AND code_id NOT IN ({','.join(str(int(one)) for one in frozen)})"
    by_transcript = (
        f"SELECT r.transcript_id, sum(k.n), sum(k.waits) FROM ({ask} GROUP BY revision_id) k"
        " JOIN revision r ON r.id = k.revision_id GROUP BY r.transcript_id"
    )
    rows = connection.exec_driver_sql(by_transcript, (coder_id,))
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def coders_here(connection: Connection, revision_id: int, *, but: int | None) -> list[str]:
    """Return the names of the coders with codings on a revision, but for one (row id), in order of name."""
    c = coding.c
    ids = select(c.coder_id).where(c.revision_id == revision_id, c.ended_version_id.is_(None)).distinct()
    rows = select(coder.c.name).where(coder.c.id.in_(ids)).order_by(coder.c.name_fold)
    return list(connection.execute(rows if but is None else rows.where(coder.c.id != but)).scalars())


def recent_codes(connection: Connection, coder_id: int, *, among: int = 300) -> list[int]:
    """Return the codes (row ids) of the last codings that a coder made and that stand, newest first.

    Those that a merge or a decision made for the coder are not among them; those that went over to a corrected text
    are.
    """
    rows: Sequence[Any] = connection.exec_driver_sql(
        "SELECT code_id FROM coding c WHERE coder_id = ? AND ended_version_id IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM coding_origin o JOIN coding b ON b.id = o.origin_id"
        " WHERE o.coding_id = c.id AND o.made AND b.ended_how <> 'revised')"
        " ORDER BY id DESC LIMIT ?",
        (coder_id, among),
    ).all()
    return list(dict.fromkeys(int(row[0]) for row in rows))
