"""Codings of a study laid beside this one: which both have, where they differ, and all that comes, in bulk.

The other's rows stand in `their_*`, what is the same in `same_*` (see `qcode.store.other`). `prevails` tells for a
coding whose account of it holds: 1 theirs, -1 ours, 0 both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

__all__ = [
    "Difference",
    "End",
    "changed_links",
    "close_pending",
    "coming_number",
    "differences",
    "known_codings",
    "last_coding",
    "put_codings",
    "put_links",
    "put_pending",
    "remember_links",
    "say_who_prevails",
    "set_ends",
]


@dataclass(frozen=True, slots=True)
class End:
    """How a coding ended: under which version (row id of ours), how, when, by whom (row id of ours)."""

    version_id: int
    how: str
    at: str
    by: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A coding that both studies have and tell differently of: None where it stands."""

    id: int
    uuid: str
    codebook_id: int
    transcript_id: int
    ours: End | None
    theirs: End | None


def last_coding(connection: Connection) -> int:
    """Return the highest row id of a coding."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM coding").scalar_one())


def known_codings(connection: Connection) -> int:
    """Match codings by identity; return how many both have."""
    return connection.exec_driver_sql(
        "INSERT INTO same_coding SELECT t.id, c.id FROM their_coding t JOIN main.coding c ON c.uuid = t.uuid"
        " JOIN same_revision r ON r.theirs = t.revision_id"
    ).rowcount


_BOTH = """
FROM same_coding s JOIN their_coding t ON t.id = s.theirs JOIN main.coding c ON c.id = s.ours
LEFT JOIN same_codebook_version tv ON tv.theirs = t.ended_version_id
LEFT JOIN same_coder tb ON tb.theirs = t.ended_by_id
"""
_WAITING_DIFFERS = """
EXISTS (SELECT 1 FROM their_pending q JOIN same_codebook_version v ON v.theirs = q.version_id
  JOIN main.pending p ON p.coding_id = s.ours AND p.version_id = v.ours AND p.n = q.n WHERE q.coding_id = s.theirs
  AND (p.ended_how IS NOT q.ended_how OR p.ended_at IS NOT q.ended_at))
"""


def differences(connection: Connection) -> list[Difference]:
    """Return the codings of which both studies tell differently."""
    connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS temp.ix_their_pending ON their_pending (coding_id)")
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.uuid, k.codebook_id, r.transcript_id, c.ended_version_id, c.ended_how, c.ended_at,"
        f" c.ended_by_id, tv.ours, t.ended_how, t.ended_at, tb.ours {_BOTH} JOIN main.code k ON k.id = c.code_id"
        " JOIN main.revision r ON r.id = c.revision_id WHERE c.ended_how IS NOT t.ended_how"
        " OR c.ended_at IS NOT t.ended_at OR c.ended_version_id IS NOT tv.ours OR c.ended_by_id IS NOT tb.ours"
        f" OR {_WAITING_DIFFERS} ORDER BY c.id"
    )
    return [Difference(row[0], row[1], row[2], row[3], _end(row[4:8]), _end(row[8:12])) for row in rows]


def _end(row: Sequence[object]) -> End | None:
    return None if row[1] is None else End(*row)  # type: ignore[arg-type]


def say_who_prevails(connection: Connection, who: Mapping[int, int]) -> None:
    """Write for codings (row ids of ours) whose account of them holds."""
    connection.exec_driver_sql("CREATE TEMP TABLE prevails (id INTEGER PRIMARY KEY, who INTEGER)")
    if who:
        connection.exec_driver_sql("INSERT INTO prevails VALUES (?, ?)", list(who.items()))


def set_ends(connection: Connection, ends: Mapping[int, End]) -> None:
    """Write how codings of ours ended."""
    if ends:
        connection.exec_driver_sql(
            "UPDATE coding SET ended_version_id = ?, ended_how = ?, ended_at = ?, ended_by_id = ? WHERE id = ?",
            [(one.version_id, one.how, one.at, one.by, id) for id, one in ends.items()],
        )


@contextmanager
def _doubles(connection: Connection) -> Iterator[int]:
    """Set up the temporary tables `newest` and `doubles`: codings that come and stand where one of ours does."""
    ask = connection.exec_driver_sql
    ask("CREATE TEMP TABLE newest (code_id INTEGER PRIMARY KEY, version_id INTEGER)")
    try:
        ask(
            "INSERT INTO newest SELECT k.id, max(v.id) FROM main.code k JOIN main.codebook_version v"
            " ON v.codebook_id = k.codebook_id GROUP BY k.id"
        )
        ask(
            "CREATE TEMP TABLE doubles AS SELECT t.id AS theirs, c.id AS ours, t.uuid < c.uuid AS comes,"
            " w.version_id AS version_id, max(t.created_at, c.created_at) AS at, c.coder_id AS by"
            " FROM their_coding t JOIN same_revision r ON r.theirs = t.revision_id JOIN same_code k"
            " ON k.theirs = t.code_id JOIN same_coder o ON o.theirs = t.coder_id JOIN main.coding c"
            ' ON c.revision_id = r.ours AND c.start = t.start AND c."end" = t."end" AND c.code_id = k.ours'
            " AND c.coder_id = o.ours AND c.ended_version_id IS NULL JOIN newest w ON w.code_id = c.code_id"
            " WHERE t.ended_version_id IS NULL AND t.id NOT IN (SELECT theirs FROM same_coding)"
        )
        ask("CREATE INDEX temp.ix_doubles ON doubles (theirs)")
        yield int(ask("SELECT count(*) FROM doubles").scalar_one())
    finally:
        ask("DROP TABLE IF EXISTS temp.doubles")
        ask("DROP TABLE IF EXISTS temp.newest")


def put_codings(connection: Connection) -> int:
    """Write the codings that only the other study has; of two on one segment by one coder one stands from then on.

    That is the one with the smaller identity; the other leads to it. Return how many such pairs there are.
    """
    ask = connection.exec_driver_sql
    with _doubles(connection) as number:
        ask(
            "UPDATE main.coding SET ended_version_id = d.version_id, ended_how = 'moved', ended_at = d.at,"
            " ended_by_id = d.by FROM doubles d WHERE d.ours = coding.id AND d.comes"
        )
        ask(
            'INSERT INTO main.coding (uuid, revision_id, start, "end", code_id, coder_id, version_id, created_at,'
            " ended_version_id, ended_how, ended_at, ended_by_id, quote, since_version_id)"
            ' SELECT t.uuid, r.ours, t.start, t."end", k.ours, o.ours, v.ours, t.created_at,'
            " coalesce(e.ours, d.version_id), coalesce(t.ended_how, iif(d.ours, 'moved', NULL)),"
            " coalesce(t.ended_at, d.at), coalesce(b.ours, d.by), t.quote, f.ours FROM their_coding t"
            " JOIN same_revision r ON r.theirs = t.revision_id JOIN same_code k ON k.theirs = t.code_id"
            " JOIN same_coder o ON o.theirs = t.coder_id JOIN same_codebook_version v ON v.theirs = t.version_id"
            " LEFT JOIN same_codebook_version e ON e.theirs = t.ended_version_id"
            " LEFT JOIN same_codebook_version f ON f.theirs = t.since_version_id"
            " LEFT JOIN same_coder b ON b.theirs = t.ended_by_id"
            " LEFT JOIN doubles d ON d.theirs = t.id AND NOT d.comes"
            " WHERE t.id NOT IN (SELECT theirs FROM same_coding) ORDER BY t.id"
        )
        ask(
            "INSERT OR IGNORE INTO same_coding SELECT t.id, c.id FROM their_coding t"
            " JOIN main.coding c ON c.uuid = t.uuid JOIN same_revision r ON r.theirs = t.revision_id"
        )
        ask(
            "INSERT OR IGNORE INTO main.coding_origin (coding_id, origin_id, made) SELECT iif(d.comes, s.ours, d.ours),"
            " iif(d.comes, d.ours, s.ours), 0 FROM doubles d JOIN same_coding s ON s.theirs = d.theirs"
        )
        return number


def coming_number(connection: Connection, after: int) -> list[tuple[str, int]]:
    """Return how many codings came behind a row, by the name of their coder."""
    rows = connection.exec_driver_sql(
        "SELECT o.name, count(*) FROM coding c JOIN coder o ON o.id = c.coder_id WHERE c.id > ? GROUP BY o.id"
        " ORDER BY o.name_fold",
        (after,),
    )
    return [(row[0], row[1]) for row in rows]


def remember_links(connection: Connection) -> None:
    """Remember what came of which coding, for `changed_links`."""
    connection.exec_driver_sql("CREATE TEMP TABLE links_before AS SELECT coding_id, origin_id FROM main.coding_origin")


def changed_links(connection: Connection) -> int:
    """Return how many links came or went since `remember_links`: one that came and went again is none."""
    now, then = "SELECT coding_id, origin_id FROM main.coding_origin", "SELECT coding_id, origin_id FROM links_before"
    ask = f"SELECT (SELECT count(*) FROM ({now} EXCEPT {then})) + (SELECT count(*) FROM ({then} EXCEPT {now}))"
    changed = int(connection.exec_driver_sql(ask).scalar_one())
    connection.exec_driver_sql("DROP TABLE temp.links_before")
    return changed


def put_links(connection: Connection) -> int:
    """Write what came of which coding in the other study, and what ended beside the main line; return how many so.

    A coding that one study corrected and the other moved to another code leads to what the correction made of it: both
    come to the same.
    """
    ask = connection.exec_driver_sql
    ask(
        "DELETE FROM main.coding_origin WHERE origin_id IN (SELECT id FROM prevails WHERE who = 1)"
        " AND coding_id IN (SELECT ours FROM same_coding) AND NOT EXISTS (SELECT 1 FROM their_coding_origin o"
        " JOIN same_coding a ON a.theirs = o.coding_id JOIN same_coding b ON b.theirs = o.origin_id"
        " WHERE a.ours = coding_origin.coding_id AND b.ours = coding_origin.origin_id)"
    )
    ask(
        "INSERT OR IGNORE INTO main.coding_origin (coding_id, origin_id, made) SELECT a.ours, b.ours, o.made"
        " FROM their_coding_origin o JOIN same_coding a ON a.theirs = o.coding_id"
        " JOIN same_coding b ON b.theirs = o.origin_id LEFT JOIN prevails w ON w.id = b.ours"
        " WHERE coalesce(w.who, 0) <> -1 OR a.ours NOT IN (SELECT id FROM prevails)"
    )
    changed = ask(
        "INSERT OR IGNORE INTO main.branch_end (coding_id, version_id) SELECT s.ours, v.ours FROM their_branch_end e"
        " JOIN same_coding s ON s.theirs = e.coding_id JOIN same_codebook_version v ON v.theirs = e.version_id"
    ).rowcount
    ask(
        "DELETE FROM main.coding_origin WHERE (coding_id, origin_id) IN (SELECT n.id, b.id FROM prevails w"
        " JOIN main.coding b ON b.id = w.id AND b.ended_how = 'revised' JOIN main.coding_origin o ON o.origin_id = b.id"
        " JOIN main.coding n ON n.id = o.coding_id WHERE n.code_id <> b.code_id OR n.revision_id = b.revision_id)"
    )
    return changed


def put_pending(connection: Connection) -> int:
    """Write what codings wait for in the other study, and what was decided there; return how much.

    The number of an act stays in the history that it is of: such a decision is not taken back here.
    """
    ask = connection.exec_driver_sql
    ask(
        "CREATE TEMP TABLE coming AS SELECT s.ours AS id, v.ours AS version_id, q.n, e.ours AS ended_version_id,"
        " q.ended_how, q.ended_at, b.ours AS ended_by_id, q.why FROM their_pending q"
        " JOIN same_coding s ON s.theirs = q.coding_id JOIN same_codebook_version v ON v.theirs = q.version_id"
        " LEFT JOIN same_codebook_version e ON e.theirs = q.ended_version_id"
        " LEFT JOIN same_coder b ON b.theirs = q.ended_by_id"
    )
    changed = ask(
        "UPDATE main.pending SET ended_version_id = q.ended_version_id, ended_how = q.ended_how, ended_at = q.ended_at,"
        " ended_by_id = q.ended_by_id, act = NULL, why = q.why FROM coming q LEFT JOIN prevails w ON w.id = q.id"
        " WHERE q.id = pending.coding_id AND q.version_id = pending.version_id AND q.n = pending.n"
        " AND (pending.ended_how IS NOT q.ended_how OR pending.ended_at IS NOT q.ended_at)"
        " AND (w.who = 1 OR (coalesce(w.who, 0) = 0 AND q.ended_how IS NOT NULL AND (pending.ended_how IS NULL"
        " OR q.ended_at < pending.ended_at OR (q.ended_at = pending.ended_at AND q.ended_how < pending.ended_how))))"
    ).rowcount
    changed += ask(
        "INSERT OR IGNORE INTO main.pending (coding_id, version_id, n, ended_version_id, ended_how, ended_at,"
        " ended_by_id, why) SELECT id, version_id, n, ended_version_id, ended_how, ended_at, ended_by_id, why"
        " FROM coming"
    ).rowcount
    ask("DROP TABLE temp.coming")
    return changed


def close_pending(connection: Connection) -> None:
    """Let nothing wait that has ended, and give to what stands in its place what it waited for."""
    ask = connection.exec_driver_sql
    ask(
        "INSERT OR IGNORE INTO pending (coding_id, version_id, n) SELECT n.id, p.version_id, p.n FROM pending p"
        " JOIN coding c ON c.id = p.coding_id AND c.ended_how = 'moved' JOIN coding_origin o ON o.origin_id = c.id"
        " AND NOT o.made JOIN coding n ON n.id = o.coding_id AND n.ended_version_id IS NULL AND n.code_id = c.code_id"
        " WHERE p.ended_version_id IS NULL"
    )
    ask(
        "UPDATE pending SET ended_version_id = c.ended_version_id, ended_how = c.ended_how, ended_at = c.ended_at,"
        " ended_by_id = c.ended_by_id FROM coding c WHERE c.id = pending.coding_id"
        " AND pending.ended_version_id IS NULL AND c.ended_version_id IS NOT NULL"
    )
