"""Rows of the queue: codings that wait for a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from qcode.store.schema import coder, coding, coding_origin, pending

__all__ = [
    "Waiting",
    "add_origins",
    "decide",
    "decided",
    "heirs_of",
    "last_act",
    "live_at",
    "origins_of",
    "queued_under",
    "reasons",
    "take_back",
    "was_withdrawn",
]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since which change a coding waits: the n-th of a version (row id); -1 where its words are gone from the text."""

    coding_id: int
    version_id: int
    n: int


def reasons(connection: Connection) -> dict[int, Waiting]:
    """Return the newest change that each coding waits because of, by the coding's row id.

    That its words are gone comes before any change: it has to be placed first.
    """
    p = pending.c
    rows = select(p.coding_id, p.version_id, p.n).where(p.ended_version_id.is_(None))
    rows = rows.order_by(p.n < 0, p.version_id, p.n)
    return {row[0]: Waiting(*row) for row in connection.execute(rows)}


def queued_under(connection: Connection, version_id: int) -> tuple[int, int]:
    """Return how many codings a version put into the queue, and how many of these still wait because of it.

    Those that wait under a version beside the main line alone were put before nobody; one that went over to a corrected
    text waits there.
    """
    p = pending.c
    rows = select(func.count(p.coding_id.distinct())).where(
        p.version_id == version_id, p.n >= 0, func.coalesce(p.ended_how, "").not_in(("joined", "revised"))
    )
    waits = rows.where(p.ended_version_id.is_(None))
    return int(connection.execute(rows).scalar_one()), int(connection.execute(waits).scalar_one())


def decide(
    connection: Connection,
    ids: Collection[int],
    *,
    how: str,
    version_id: int,
    at: str,
    coder_id: int,
    act: int,
    why: str,
) -> None:
    """Write what was decided on codings that wait; `act` is the number of the act in the history."""
    values = {
        "ended_version_id": version_id,
        "ended_how": how,
        "ended_at": at,
        "ended_by_id": coder_id,
        "act": act,
        "why": why,
    }
    for one in ids:
        waits = update(pending).where(pending.c.coding_id == one, pending.c.ended_version_id.is_(None))
        connection.execute(waits.values(**values))


def live_at(connection: Connection, coding_id: int, code_ids: Collection[int]) -> dict[int, int]:
    """Return the row ids of the live codings at the place of a coding, by its coder, by these codes (row ids)."""
    c = coding.c
    place = connection.execute(select(c.revision_id, c.start, c.end, c.coder_id).where(c.id == coding_id)).one()
    rows = select(c.code_id, c.id).where(
        c.revision_id == place.revision_id,
        c.start == place.start,
        c.end == place.end,
        c.coder_id == place.coder_id,
        c.code_id.in_(code_ids),
        c.ended_version_id.is_(None),
    )
    return {int(row.code_id): int(row.id) for row in connection.execute(rows)}


def add_origins(connection: Connection, origin_id: int, codings: Mapping[int, bool]) -> None:
    """Write which codings came from one: whether each was made for it, by row id."""
    rows = [{"coding_id": one, "origin_id": origin_id, "made": made} for one, made in codings.items()]
    if rows:
        connection.execute(insert(coding_origin), rows)


def trail_rows(connection: Connection, coding_id: int) -> list[Any]:
    """Return the decisions on a coding and the changes that put it into the queue, oldest first."""
    p = pending.c
    columns = (p.version_id, p.n, p.ended_how, p.ended_at, p.why, coder.c.name.label("by"))
    rows = select(*columns).outerjoin(coder, coder.c.id == p.ended_by_id).where(p.coding_id == coding_id)
    return list(connection.execute(rows.order_by(p.version_id, p.n)).all())


def heirs_of(connection: Connection, coding_id: int) -> list[int]:
    """Return the row ids of the codings that came from one."""
    rows = select(coding_origin.c.coding_id).where(coding_origin.c.origin_id == coding_id)
    return list(connection.execute(rows).scalars())


def origins_of(connection: Connection, coding_id: int) -> list[int]:
    """Return the row ids of the codings that one came from."""
    rows = select(coding_origin.c.origin_id).where(coding_origin.c.coding_id == coding_id)
    return list(connection.execute(rows).scalars())


def last_act(connection: Connection, version_ids: Collection[int], coder_id: int) -> int | None:
    """Return the number of the last act by which a coder decided on codings under one of these versions, or None."""
    p = pending.c
    rows = select(func.max(p.act)).where(p.ended_version_id.in_(version_ids), p.ended_by_id == coder_id)
    return connection.execute(rows).scalar()


def decided(
    connection: Connection, *, act: int | None = None, coding_id: int | None = None
) -> list[tuple[int, int, int]]:
    """Return (coding, version, act) of the decisions of one act or on one coding, in row ids."""
    p = pending.c
    rows = select(p.coding_id, p.ended_version_id, p.act).where(p.act.is_not(None)).distinct()
    rows = rows.where(p.act == act) if act is not None else rows.where(p.coding_id == coding_id)
    return [(row[0], row[1], row[2]) for row in connection.execute(rows.order_by(p.act, p.coding_id))]


def was_withdrawn(connection: Connection, coding_id: int, version_id: int) -> bool:
    """Tell whether the decision on a coding under this version was to withdraw it."""
    p = pending.c
    rows = select(p.n).where(p.coding_id == coding_id, p.ended_version_id == version_id, p.ended_how == "withdrawn")
    return connection.execute(rows.limit(1)).first() is not None


def take_back(connection: Connection, coding_id: int, version_id: int, *, at: str, coder_id: int) -> None:
    """Let a coding wait again that was decided on under this version; what was made of it alone ends."""
    o = coding_origin.c
    ends = {"ended_version_id": version_id, "ended_how": "undone", "ended_at": at, "ended_by_id": coder_id}
    nothing = dict.fromkeys(ends)
    for new, made in connection.execute(select(o.coding_id, o.made).where(o.origin_id == coding_id)).all():
        connection.execute(delete(coding_origin).where(o.coding_id == new, o.origin_id == coding_id))
        others = update(coding_origin).where(o.coding_id == new)
        if made and connection.execute(others.values(made=True)).rowcount == 0:
            live = update(coding).where(coding.c.id == new, coding.c.ended_version_id.is_(None))
            connection.execute(live.values(**ends))
            waits = update(pending).where(pending.c.coding_id == new, pending.c.ended_version_id.is_(None))
            connection.execute(waits.values(**ends))
    connection.execute(update(coding).where(coding.c.id == coding_id).values(**nothing))
    waits = update(pending).where(pending.c.coding_id == coding_id, pending.c.ended_version_id == version_id)
    connection.execute(waits.values(**nothing, act=None, why=None))
