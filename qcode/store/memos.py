"""Rows of memos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Row, delete, insert, select

from qcode.domain.memo import Memo
from qcode.store.lookup import find
from qcode.store.schema import coder, memo

__all__ = ["add_memos", "memo_row", "memos", "of_codings", "remove_memo"]


def add_memos(connection: Connection, new: Iterable[tuple[Memo, int]]) -> None:
    """Write memos, each with the row id of its coder."""
    rows = [
        {
            "uuid": one.id,
            "about": one.about,
            "target": one.target,
            "text": one.text,
            "created_at": one.created_at,
            "coder_id": coder_id,
        }
        for one, coder_id in new
    ]
    if rows:
        connection.execute(insert(memo), rows)


def memo_row(connection: Connection, name: str) -> Row[tuple[int, str]]:
    """Return the row of the memo whose id begins with `name`, or raise NotFound."""
    return find(connection, memo, name, "memo")


def remove_memo(connection: Connection, memo_id: int) -> None:
    """Remove a memo."""
    connection.execute(delete(memo).where(memo.c.id == memo_id))


def memos(connection: Connection, *, about: str | None = None, target: str | None = None) -> list[Memo]:
    """Return the memos on anything, on one kind of thing or on one thing, oldest first."""
    columns = (memo.c.uuid, memo.c.about, memo.c.target, memo.c.text, coder.c.name, memo.c.created_at)
    rows = select(*columns).join(coder).order_by(memo.c.id)
    if about is not None:
        rows = rows.where(memo.c.about == about)
    if target is not None:
        rows = rows.where(memo.c.target == target)
    return [Memo(*row) for row in connection.execute(rows)]


def of_codings(connection: Connection) -> dict[str, str]:
    """Return the memo texts on codings by the coding's uuid, and by those of the codings that came from it.

    Several are joined by a line break.
    """
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(memo.c.target, memo.c.text).where(memo.c.about == "coding").order_by(memo.c.id)
    heirs = _heirs(connection)
    for target, words in connection.execute(rows):
        for uuid in (target, *heirs.get(target, ())):
            found[uuid].append(words)
    return {target: "\n".join(words) for target, words in found.items()}


_HEIRS = """
WITH RECURSIVE heir (origin, id) AS (
  SELECT c.uuid, o.coding_id FROM memo m JOIN coding c ON c.uuid = m.target JOIN coding_origin o ON o.origin_id = c.id
  WHERE m.about = 'coding'
  UNION SELECT h.origin, o.coding_id FROM heir h JOIN coding_origin o ON o.origin_id = h.id
)
SELECT h.origin, c.uuid FROM heir h JOIN coding c ON c.id = h.id
"""


def _heirs(connection: Connection) -> dict[str, list[str]]:
    """Return the codings (uuid) that came from those which carry a memo, whether by a merge or a decision."""
    found: dict[str, list[str]] = defaultdict(list)
    for origin, uuid in connection.exec_driver_sql(_HEIRS):
        found[origin].append(uuid)
    return found
