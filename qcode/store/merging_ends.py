"""Ends of codings that were decided on in one of two studies, and of what they became in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from qcode.store.merging import End, set_ends

__all__ = ["end_what_it_became", "heirs", "lead_to", "let_stand"]

_MOVED = ("moved", "joined", "revised")


def heirs(connection: Connection, id: int, *, theirs: bool) -> list[int]:
    """Return what a coding (row id of ours) became in one of the studies, and was made for it, as row ids of ours."""
    ask = "SELECT coding_id FROM main.coding_origin WHERE origin_id = ? AND made"
    if theirs:
        ask = (
            "SELECT a.ours FROM their_coding_origin o JOIN same_coding a ON a.theirs = o.coding_id"
            " JOIN same_coding b ON b.theirs = o.origin_id WHERE b.ours = ? AND o.made"
        )
    return [row[0] for row in connection.exec_driver_sql(ask, (id,))]


def end_what_it_became(connection: Connection, against: Sequence[tuple[int, End, Sequence[int]]]) -> int:
    """Let what codings became by a change or correction alone end, where a person had decided on them elsewhere.

    `against` gives the coding, the decision, and what it became. What came of something else too stands, and so does
    what a person decided on since. Return how many end.
    """
    ask, ended = connection.exec_driver_sql, 0
    for origin, decision, became in against:
        if decision.how != "withdrawn":
            for one in became:
                ask("DELETE FROM coding_origin WHERE coding_id = ? AND origin_id = ?", (one, origin))
        gone, waiting = {origin}, list(became)
        while waiting:
            id = waiting.pop()
            others = ask("SELECT origin_id FROM coding_origin WHERE coding_id = ?", (id,)).scalars().all()
            how = ask("SELECT ended_how FROM coding WHERE id = ?", (id,)).scalar()
            if set(others) - gone or (how is not None and how not in _MOVED):
                continue
            gone.add(id)
            waiting += [one for one in heirs(connection, id, theirs=False) if how is not None]
            if how is None:
                set_ends(connection, {id: replace(decision, version_id=_newest(connection, id), how="withdrawn")})
                ended += 1
    return ended


def _newest(connection: Connection, id: int) -> int:
    """Return the newest version of the codebook of a coding."""
    ask = (
        "SELECT max(v.id) FROM coding c JOIN code k ON k.id = c.code_id JOIN codebook_version v"
        " ON v.codebook_id = k.codebook_id WHERE c.id = ?"
    )
    return int(connection.exec_driver_sql(ask, (id,)).scalar_one())


def lead_to(connection: Connection, from_uuid: str, to_uuid: str) -> None:
    """Let one of two codings of one place, code and coder end, and lead to the other."""
    ask = connection.exec_driver_sql
    ask(
        "UPDATE coding SET (ended_version_id, ended_how, ended_at, ended_by_id) = (SELECT max(v.id), 'moved',"
        " max(a.created_at, b.created_at), a.coder_id FROM coding a JOIN coding b ON b.uuid = ? JOIN code k"
        " ON k.id = a.code_id JOIN codebook_version v ON v.codebook_id = k.codebook_id WHERE a.uuid = ?)"
        " WHERE uuid = ?",
        (to_uuid, from_uuid, from_uuid),
    )
    ask(
        "INSERT OR IGNORE INTO coding_origin (coding_id, origin_id, made) SELECT b.id, a.id, 0 FROM coding a, coding b"
        " WHERE a.uuid = ? AND b.uuid = ?",
        (from_uuid, to_uuid),
    )


def let_stand(connection: Connection, id: int) -> None:
    """Let a coding stand that had ended."""
    connection.exec_driver_sql(
        "UPDATE coding SET ended_version_id = NULL, ended_how = NULL, ended_at = NULL, ended_by_id = NULL WHERE id = ?",
        (id,),
    )
