"""Reads what the analyses count over as columns of whole numbers: through the driver's cursor, never row by row.

(SQLAlchemy's rows cost two to twenty times more, which is all of the time a large matrix takes.)
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from qcode.store.standing import standing, waiting

__all__ = ["coding_columns", "coding_ids", "paragraph_columns", "turn_columns"]

Ints = NDArray[np.int64]

ROWS_AT_ONCE = 2_000
"""Few enough that the rows of a batch stay in the processor's cache: larger batches are slower."""

_CODINGS = 'SELECT revision_id, start, "end", code_id, coder_id FROM coding '
_ORDER = ' ORDER BY revision_id, start, "end", code_id, coder_id'


def coding_columns(
    connection: Connection, under: Collection[int] | None = None, *, pending: bool = False
) -> list[Ints]:
    """Return revision, start, end, code and coder (row ids) of the settled codings, ordered by place.

    `under` is a version with all that it follows: the codings as they stood when it was left. Without it the rows come
    straight from the index `uq_coding_live`. With `pending` those that wait for a decision, in place of the settled.
    """
    return _columns(connection, _CODINGS + _where(connection, under, pending=pending) + _ORDER, 5)


def coding_ids(connection: Connection, under: Collection[int] | None = None, *, pending: bool = False) -> list[str]:
    """Return the uuids of the same codings in the same order."""
    cursor: Any = connection.connection.cursor()
    cursor.execute("SELECT uuid FROM coding " + _where(connection, under, pending=pending) + _ORDER)
    return [uuid for (uuid,) in cursor]


def _where(connection: Connection, under: Collection[int] | None, *, pending: bool) -> str:
    """Return which codings are meant; where none waits, nothing is said of it, which is fastest."""
    queue = waiting(under)
    if not pending and connection.exec_driver_sql(queue + " LIMIT 1").first() is None:
        return f"WHERE {standing(under)}"
    return f"WHERE {standing(under)} AND id {'IN' if pending else 'NOT IN'} ({queue})"


def turn_columns(connection: Connection) -> list[Ints]:
    """Return revision, start and end of every turn, in order."""
    return _columns(connection, 'SELECT revision_id, start, "end" FROM turn ORDER BY revision_id, n', 3)


def paragraph_columns(connection: Connection) -> list[Ints]:
    """Return revision, start and end of every paragraph, in order."""
    return _columns(connection, 'SELECT revision_id, start, "end" FROM paragraph ORDER BY revision_id, start', 3)


def _columns(connection: Connection, statement: str, width: int) -> list[Ints]:
    cursor: Any = connection.connection.cursor()
    cursor.execute(statement)
    blocks = [np.zeros((0, width), dtype=np.int32)]
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
        blocks.append(flat.reshape(-1, width).astype(np.int32))
    table = np.concatenate(blocks)
    return [table[:, column].astype(np.int64) for column in range(width)]
