"""Codings that only one of two studies had, and what comes of them while they are carried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

__all__ = ["LATE", "add_late", "late", "late_before"]

LATE = {"ours": "late_ours", "theirs": "late_theirs"}
"""The temporary tables of codings that only one study had: their rows (`id`), and what comes of them."""


@contextmanager
def late(connection: Connection, last: int, restored: Sequence[int]) -> Iterator[None]:
    """Set up the tables of LATE: what was not in the other study, and what came behind row `last` or stands again."""
    ask = connection.exec_driver_sql
    again = ",".join(str(int(one)) for one in restored) or "0"
    known = f"SELECT ours FROM same_coding WHERE ours <= {int(last)} AND ours NOT IN ({again})"
    conditions = {
        "ours": f"id <= {int(last)} AND id NOT IN ({known})",
        "theirs": f"id > {int(last)} OR id IN ({again})",
    }
    try:
        for whose, table in LATE.items():
            ask(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY)")
            ask(
                f"INSERT INTO {table} SELECT id FROM main.coding WHERE ended_version_id IS NULL"
                f" AND ({conditions[whose]})"
            )
        yield
    finally:
        for table in LATE.values():
            ask(f"DROP TABLE IF EXISTS temp.{table}")


def add_late(connection: Connection, table: str, after: int) -> None:
    """Write what came of late codings, which is late, too: all that is behind row `after`."""
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO {table} SELECT id FROM main.coding WHERE id > ?", (after,))


def late_before(connection: Connection, table: str, transcript_id: int, n: int) -> Sequence[Any]:
    """Return the late codings that stand on revisions of a transcript before the n-th."""
    return connection.exec_driver_sql(
        'SELECT c.id, c.revision_id, c.start, c."end" FROM coding c JOIN revision r ON r.id = c.revision_id'
        f" WHERE r.transcript_id = ? AND r.n < ? AND c.ended_version_id IS NULL AND c.id IN (SELECT id FROM {table})"
        " ORDER BY c.id",
        (transcript_id, n),
    ).all()
