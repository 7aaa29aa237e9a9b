"""Rows of the history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, insert, select

from qcode.domain.history import FIRST, Entry, chain_hash
from qcode.store.schema import history

__all__ = ["append", "entries", "next_n"]


def append(
    connection: Connection, *, at: str, coder: str, act: str, version: str | None, details: Mapping[str, object]
) -> int:
    """Write the next act behind the last one and return its number.

    Needs a writing connection, which keeps others from doing the same.
    """
    last = connection.execute(select(history.c.n, history.c.hash).order_by(history.c.n.desc()).limit(1)).first()
    n, previous = (last.n + 1, last.hash) if last else (1, FIRST)
    packed = json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    connection.execute(
        insert(history).values(
            n=n,
            at=at,
            coder=coder,
            act=act,
            version=version,
            details=packed,
            previous=previous,
            hash=chain_hash(n, at, coder, act, version, packed, previous),
        )
    )
    return int(n)


def next_n(connection: Connection) -> int:
    """Return the number that the next act will have."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(n), 0) + 1 FROM history").scalar_one())


def entries(connection: Connection, *, last: int | None = None) -> Iterator[Entry]:
    """Yield every act in order, or only the `last` ones."""
    rows = select(history).order_by(history.c.n)
    if last is not None:
        newest = connection.exec_driver_sql("SELECT max(n) FROM history").scalar() or 0
        rows = rows.where(history.c.n > max(0, newest - last))
    for row in connection.execute(rows):
        yield Entry(*row)
