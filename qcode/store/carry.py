"""Carries codings over to a new codebook version: queues them, or moves them to another code. All of it in SQL.

The functions work on a `Scope`: a condition on rows of `coding`, and the versions that are stamped on what comes of it.
Nothing of a text is read; memory stays flat.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

__all__ = [
    "Branch",
    "Scope",
    "count_by_code",
    "fate_of_late",
    "late_scope",
    "made_under",
    "move",
    "move_beside",
    "queue",
    "queue_beside",
    "touched",
    "versions_of_late",
]

MOVED = uuid.UUID("0d6ff0f0-6f5e-5a5c-9f07-3b8a3f6e2f55")
"""Codings that a merge makes get an identity made from their origin: two studies that merge alike agree on it."""

AT_ONCE = 2_000
"""So many codings move in one statement: SQLite keeps in memory what it needs to take a statement back."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which codings are carried (`where`, on rows of `coding`), under which version, when and by whom.

    `since` is set where they came into the study later than under that version.
    """

    where: str
    version_id: int
    version_sha256: str
    at: str
    coder_id: int
    since: int | None = None


def touched(connection: Connection, code_ids: Collection[int], where: str) -> tuple[int, int]:
    """Return how many codings with these codes, and in how many transcripts, `where` holds for."""
    if not code_ids:
        return 0, 0
    row = connection.exec_driver_sql(
        "SELECT count(*), count(DISTINCT r.transcript_id) FROM (SELECT revision_id FROM coding "
        f"WHERE {where} AND code_id IN ({_listed(code_ids)})) k JOIN revision r ON r.id = k.revision_id"
    ).one()
    return int(row[0]), int(row[1])


def count_by_code(connection: Connection, where: str) -> dict[int, int]:
    """Return the number of codings by the row id of their code."""
    rows = connection.exec_driver_sql(f"SELECT code_id, count(*) FROM coding WHERE {where} GROUP BY code_id")
    return {int(code_id): int(n) for code_id, n in rows}


def made_under(connection: Connection, version_id: int) -> int:
    """Return how many codings people made under a version; those that a merge or a decision made are not among them."""
    ask = (
        "SELECT count(*) FROM coding WHERE version_id = ? AND coalesce(ended_how, '') <> 'undone'"
        " AND id NOT IN (SELECT coding_id FROM coding_origin WHERE made)"
    )
    return int(connection.exec_driver_sql(ask, (version_id,)).scalar_one())


def queue(connection: Connection, scope: Scope, n: int, code_ids: Collection[int]) -> int:
    """Let the codings with these codes wait because of the n-th change of the version; return how many do."""
    if not code_ids:
        return 0
    return connection.exec_driver_sql(
        f"INSERT OR IGNORE INTO pending (coding_id, version_id, n) SELECT id, {scope.version_id}, {int(n)} FROM coding "
        f"WHERE {scope.where} AND code_id IN ({_listed(code_ids)})"
    ).rowcount


def move(connection: Connection, scope: Scope, targets: Mapping[int, tuple[int, str]]) -> int:
    """Move codings to other codes; exact doubles (same coder, same span) become one. Return how many ended.

    `targets` gives for each code (row id) the one that takes its codings, as row id and uuid. Each that moves ends, and
    another takes its place, which leads back to it. What waited for a decision waits no more, unless its words are gone
    from the text.
    """
    if not targets:
        return 0
    _know_identity(connection)
    total = 0
    for first, last in _stretches(connection, scope, targets):
        where = f"{scope.where} AND revision_id BETWEEN {first} AND {last}"
        with _moving(connection, replace(scope, where=where), targets) as moved:
            _make(connection, scope)
            _end(connection, scope)
        total += moved
    return total


def _stretches(connection: Connection, scope: Scope, code_ids: Collection[int]) -> list[tuple[int, int]]:
    """Return (first, last) revisions, in row ids, that hold about AT_ONCE of the codings that move each."""
    found: list[tuple[int, int]] = []
    count = AT_ONCE
    rows = connection.exec_driver_sql(
        f"SELECT revision_id, count(*) FROM coding WHERE {scope.where} AND code_id IN ({_listed(code_ids)})"
        " GROUP BY revision_id ORDER BY revision_id"
    )
    for revision_id, n in rows:
        if count >= AT_ONCE:
            found.append((revision_id, revision_id))
            count = 0
        found[-1] = (found[-1][0], revision_id)
        count += n
    return found


def _know_identity(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.create_function("qcode_uuid", 3, _identity, deterministic=True)


@contextmanager
def _moving(connection: Connection, scope: Scope, targets: Mapping[int, tuple[int, str]]) -> Iterator[int]:
    """Set up the temporary table `moving` (id, target, uuid of the target); give its number of rows."""
    ask = connection.exec_driver_sql
    ask("CREATE TEMP TABLE target (code_id INTEGER PRIMARY KEY, target_id INTEGER, target_uuid TEXT)")
    ask("CREATE TEMP TABLE moving (id INTEGER PRIMARY KEY, target_id INTEGER, target_uuid TEXT)")
    try:
        for code_id, (target_id, target_uuid) in targets.items():
            ask("INSERT INTO target VALUES (?, ?, ?)", (code_id, target_id, target_uuid))
        ask(
            "INSERT INTO moving SELECT c.id, t.target_id, t.target_uuid FROM "
            f"(SELECT id, code_id FROM coding WHERE {scope.where} AND code_id IN ({_listed(targets)})) c "
            "JOIN target t ON t.code_id = c.code_id"
        )
        yield int(ask("SELECT count(*) FROM moving").scalar_one())
    finally:  # (a full disk takes them away with the whole transaction)
        ask("DROP TABLE IF EXISTS moving")
        ask("DROP TABLE IF EXISTS target")


_SAME_PLACE = 'n.revision_id = c.revision_id AND n.start = c.start AND n."end" = c."end" AND n.coder_id = c.coder_id'


def _make(connection: Connection, scope: Scope) -> None:
    """Write one coding for each place, coder and target where none stands, and lead all back to their origins."""
    ask = connection.exec_driver_sql
    last = ask("SELECT max(id) FROM coding").scalar()
    ask(
        'INSERT INTO coding (uuid, revision_id, start, "end", code_id, coder_id, version_id, created_at, quote,'
        ' since_version_id) SELECT qcode_uuid(min(c.uuid), m.target_uuid, ?), c.revision_id, c.start, c."end",'
        " m.target_id, c.coder_id, ?, ?, c.quote, ? FROM moving m JOIN coding c ON c.id = m.id WHERE NOT EXISTS"
        f" (SELECT 1 FROM coding n WHERE {_SAME_PLACE} AND n.code_id = m.target_id AND n.ended_version_id IS NULL)"
        ' GROUP BY c.revision_id, c.start, c."end", m.target_id, c.coder_id',
        (scope.version_sha256, scope.version_id, scope.at, scope.since),
    )
    ask(
        "INSERT OR IGNORE INTO coding_origin (coding_id, origin_id, made) SELECT n.id, m.id, n.id > ? FROM moving m"
        f" JOIN coding c ON c.id = m.id JOIN coding n ON {_SAME_PLACE} AND n.code_id = m.target_id"
        " AND n.ended_version_id IS NULL",
        (last,),
    )
    ask(
        "INSERT OR IGNORE INTO pending (coding_id, version_id, n) SELECT o.coding_id, ?, -1 FROM moving m"
        " JOIN pending p ON p.coding_id = m.id AND p.n = -1 AND p.ended_version_id IS NULL"
        " JOIN coding_origin o ON o.origin_id = m.id JOIN coding n ON n.id = o.coding_id AND n.ended_version_id IS NULL"
        " WHERE NOT EXISTS (SELECT 1 FROM pending q WHERE q.coding_id = n.id AND q.n = -1"
        " AND q.ended_version_id IS NULL)",
        (scope.version_id,),
    )


def _end(connection: Connection, scope: Scope) -> None:
    stamp = (scope.version_id, scope.at, scope.coder_id)
    for table, key in (("coding", "id"), ("pending", "coding_id")):
        connection.exec_driver_sql(
            f"UPDATE {table} SET ended_version_id = ?, ended_how = 'moved', ended_at = ?, ended_by_id = ?"
            f" WHERE {key} IN (SELECT id FROM moving) AND ended_version_id IS NULL",
            stamp,
        )


def _identity(origin: str, target: str, version: str) -> str:
    return str(uuid.uuid5(MOVED, f"{origin}\n{target}\n{version}"))


def _listed(ids: Iterable[int]) -> str:
    return ",".join(str(int(one)) for one in ids)


def versions_of_late(connection: Connection, after: int) -> list[int]:
    """Return the versions under which the codings behind row `after` that stand were made, in row ids."""
    ask = "SELECT DISTINCT version_id FROM coding WHERE id > ? AND ended_version_id IS NULL ORDER BY version_id"
    return [row[0] for row in connection.exec_driver_sql(ask, (after,))]


@dataclass(frozen=True, slots=True)
class Branch:
    """A version beside the main line (`version_id`), which `joined_id` joins with it, and what stood when it began."""

    where: str
    version_id: int
    version_sha256: str
    joined_id: int
    at: str
    coder_id: int


def queue_beside(connection: Connection, branch: Branch, n: int, code_ids: Collection[int]) -> None:
    """Let codings wait under a version beside the main line, until the version that joins them; nowhere else."""
    if not code_ids:
        return
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO pending (coding_id, version_id, n, ended_version_id, ended_how, ended_at, ended_by_id)"
        f" SELECT id, ?, ?, ?, 'joined', ?, ? FROM coding WHERE {branch.where} AND code_id IN ({_listed(code_ids)})",
        (branch.version_id, n, branch.joined_id, branch.at, branch.coder_id),
    )


def move_beside(connection: Connection, branch: Branch, targets: Mapping[int, tuple[int, str]]) -> None:
    """Move codings under a version beside the main line: they end there alone; what they become ends when joined."""
    if not targets:
        return
    _know_identity(connection)
    scope = Scope(branch.where, branch.version_id, branch.version_sha256, branch.at, branch.coder_id)
    with _moving(connection, scope, targets):
        ask = connection.exec_driver_sql
        last = ask("SELECT max(id) FROM coding").scalar()
        ask("INSERT INTO branch_end (coding_id, version_id) SELECT id, ? FROM moving", (branch.version_id,))
        ask(
            'INSERT INTO coding (uuid, revision_id, start, "end", code_id, coder_id, version_id, created_at, quote,'
            " ended_version_id, ended_how, ended_at, ended_by_id) SELECT qcode_uuid(min(c.uuid), m.target_uuid, ?),"
            " c.revision_id, c.start, c.\"end\", m.target_id, c.coder_id, ?, ?, c.quote, ?, 'joined', ?, ?"
            f" FROM moving m JOIN coding c ON c.id = m.id WHERE NOT EXISTS (SELECT 1 FROM coding n WHERE {_SAME_PLACE}"
            f" AND n.code_id = m.target_id AND n.id IN (SELECT id FROM coding WHERE {branch.where}))"
            ' GROUP BY c.revision_id, c.start, c."end", m.target_id, c.coder_id',
            (
                *(branch.version_sha256, branch.version_id, branch.at),
                *(branch.joined_id, branch.at, branch.coder_id),
            ),
        )
        ask(
            "INSERT OR IGNORE INTO coding_origin (coding_id, origin_id, made) SELECT n.id, m.id, 1 FROM moving m"
            f" JOIN coding c ON c.id = m.id JOIN coding n ON {_SAME_PLACE} AND n.code_id = m.target_id AND n.id > ?",
            (last,),
        )
        ask(
            "WITH RECURSIVE line (id) AS (SELECT ? UNION SELECT parent_id FROM version_parent JOIN line ON version_id"
            " = line.id) INSERT OR IGNORE INTO pending (coding_id, version_id, n, ended_version_id, ended_how,"
            " ended_at, ended_by_id) SELECT o.coding_id, ?, -1, ?, 'joined', ?, ? FROM coding_origin o JOIN pending p"
            " ON p.coding_id = o.origin_id AND p.n = -1 AND p.version_id IN line"
            " WHERE o.coding_id > ? AND coalesce(p.ended_version_id NOT IN line, 1)",
            (branch.version_id, branch.version_id, branch.joined_id, branch.at, branch.coder_id, last),
        )


def late_scope(after: int, versions: Collection[int], **stamp: Any) -> Scope:
    """Return the scope of the codings that stand, came in behind row `after`, and were made under these versions."""
    where = f"ended_version_id IS NULL AND id > {int(after)} AND version_id IN ({_listed(sorted(versions))})"
    return Scope(where, **stamp)


def fate_of_late(connection: Connection, codebook_id: int, after: int) -> tuple[int, int]:
    """Return how many codings that came in behind row `after` wait now, and how many moved to another code."""
    of_book = "id > ? AND code_id IN (SELECT id FROM code WHERE codebook_id = ?)"
    waiting = "id IN (SELECT coding_id FROM pending WHERE ended_version_id IS NULL)"
    moved = "ended_how = 'moved' AND id NOT IN (SELECT coding_id FROM coding_origin WHERE made)"
    ask = f"SELECT count(*) FROM coding WHERE {of_book} AND "
    found = [connection.exec_driver_sql(ask + one, (after, codebook_id)).scalar_one() for one in (waiting, moved)]
    return int(found[0]), int(found[1])
