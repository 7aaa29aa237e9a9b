"""Puts the texts of two studies that became one in an order in which each codebook version was left with its own.

A version was left with the texts up to a row id. With those of both studies it was left with what either had then; a
study that does not have the version has left nothing yet, and counts whole.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.store import other
from qcode.store.schema import metadata

__all__ = ["Before", "before", "put_in_order"]


@dataclass(frozen=True, slots=True)
class Before:
    """The revisions (row ids) of a study, and with which of them each version that follows another was left."""

    revisions: frozenset[int]
    left_with: Mapping[int, frozenset[int]]


def before(connection: Connection) -> Before:
    """Return what this study has before another one comes in."""
    every = [row.id for row in other.our_rows(connection, "revision")]
    return Before(frozenset(every), _left(other.our_rows(connection, "codebook_version"), every))


def _left(versions: Iterable[object], revisions: Sequence[int]) -> dict[int, frozenset[int]]:
    return {
        row.id: frozenset(one for one in revisions if one <= row.revisions_up_to)  # type: ignore[attr-defined]
        for row in versions
        if row.revisions_up_to is not None  # type: ignore[attr-defined]
    }


def put_in_order(connection: Connection, ours: Before) -> None:
    """Give revisions and transcripts row ids such that every version was left with what came before one of them."""
    left_with = _together(connection, ours)
    rank = Counter(one for texts in left_with.values() for one in texts)
    lowest = {version: min((rank[one] for one in texts), default=0) for version, texts in left_with.items()}
    every = other.our_rows(connection, "revision")
    first = {row.transcript_id: rank[row.id] for row in sorted(every, key=lambda row: -row.n)}
    for table, ranks in (("revision", {row.id: rank[row.id] for row in every}), ("transcript", first)):
        ids = _reordered(connection, table, sorted(ranks, key=lambda id, ranks=ranks: (-ranks[id], id)))  # type: ignore[misc]
        for version, least in lowest.items():
            there = [ids[id] for id, n in ranks.items() if n >= least > 0]
            ask = f"UPDATE codebook_version SET {table}s_up_to = ? WHERE id = ?"
            connection.exec_driver_sql(ask, (max(there, default=0), version))


def _together(connection: Connection, ours: Before) -> dict[int, set[int]]:
    """Return with which revisions each following version was left, in both studies together."""
    revisions = other.mapped(connection, "revision")
    versions = other.mapped(connection, "codebook_version")
    every = [row.id for row in other.rows(connection, "revision")]
    theirs = {versions[id]: texts for id, texts in _left(other.rows(connection, "codebook_version"), every).items()}
    line = {row.id: (row.transcript_id, row.n) for row in other.our_rows(connection, "revision")}
    found = {}
    for version in {**ours.left_with, **theirs}:
        here = ours.left_with.get(version, ours.revisions)
        there = theirs.get(version, every)
        found[version] = _with_earlier({*here, *(revisions[one] for one in there if one in revisions)}, line)
    return found


def _with_earlier(texts: Collection[int], line: Mapping[int, tuple[int, int]]) -> set[int]:
    """Return revisions with all that came before them in their transcripts."""
    most: dict[int, int] = {}
    for one in texts:
        transcript, n = line[one]
        most[transcript] = max(n, most.get(transcript, 0))
    return {one for one, (transcript, n) in line.items() if n <= most.get(transcript, 0)}


def _reordered(connection: Connection, table: str, wanted: Sequence[int]) -> dict[int, int]:
    """Give rows ids that rise in the order that is wanted; return the ids by those that they had."""
    ids = {id: id for id in wanted}
    stays = next((n for n, (one, after) in enumerate(itertools.pairwise(wanted)) if after < one), None)
    if stays is None:
        return ids
    new = max(wanted)
    for id in wanted[stays:]:
        new += 1
        ids[id] = new
    _renumber(connection, table, {old: id for old, id in ids.items() if old != id})
    return ids


def _renumber(connection: Connection, table: str, ids: Mapping[int, int]) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    changed = [(new, old) for old, new in ids.items()]
    connection.exec_driver_sql(f'UPDATE "{table}" SET id = ? WHERE id = ?', changed)
    for child in metadata.tables.values():
        for key in child.foreign_keys:
            if key.column.table.name == table:
                column = key.parent.name
                connection.exec_driver_sql(f'UPDATE "{child.name}" SET {column} = ? WHERE {column} = ?', changed)
