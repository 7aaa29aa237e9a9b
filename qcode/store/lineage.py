"""Rows of what links codebook versions: which follows which, and what each declares of the codes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Column, Connection, func, insert, select, update

from qcode.domain.diff import Declared
from qcode.store.lookup import fold
from qcode.store.schema import code, code_change, code_entry, codebook_version, revision, transcript, version_parent

__all__ = [
    "add_changes",
    "add_parents",
    "changes_of",
    "ids_by_key",
    "keys_in",
    "main_line",
    "parents_of",
    "revisions_up_to",
    "transcripts_up_to",
]


def add_parents(connection: Connection, version_id: int, parents: Sequence[int], follows: Sequence[str]) -> None:
    """Write which versions a version follows, the main line first, and where the transcripts stood then."""
    connection.execute(
        insert(version_parent), [{"version_id": version_id, "parent_id": one} for one in dict.fromkeys(parents)]
    )
    newest, text = (
        connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        for table in (transcript, revision)
    )
    row = update(codebook_version).where(codebook_version.c.id == version_id)
    names = json.dumps(list(follows), ensure_ascii=False)
    connection.execute(row.values(transcripts_up_to=newest, revisions_up_to=text, follows=names))


def parents_of(connection: Connection, version_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return the row ids of the versions that each of `version_ids` follows, the main line first."""
    v = codebook_version.c
    rows = connection.execute(select(v.id, v.codebook_id, v.version, v.follows)).all()
    book = {row.id: row.codebook_id for row in rows}
    by_name = {(row.codebook_id, row.version): row.id for row in rows}
    follows = {row.id: json.loads(row.follows or "[]") for row in rows}
    found: dict[int, list[int]] = {one: [] for one in version_ids}
    links = select(version_parent.c.version_id, version_parent.c.parent_id).order_by(version_parent.c.parent_id)
    for child, parent in connection.execute(links):
        if child in found:
            found[child].append(parent)
    order = {one: [by_name.get((book[one], name)) for name in follows[one]] for one in found}
    return {
        one: tuple(sorted(above, key=lambda p, one=one: order[one].index(p) if p in order[one] else len(above)))  # type: ignore[misc]
        for one, above in found.items()
    }


def main_line(connection: Connection, version_id: int) -> list[int]:
    """Return the row ids of a version and of those on its main line, newest first: no version beside it."""
    above = parents_of(connection, connection.execute(select(codebook_version.c.id)).scalars().all())
    found = [version_id]
    while parents := above[found[-1]]:
        found.append(parents[0])
    return found


def transcripts_up_to(connection: Connection, version_id: int) -> int | None:
    """Return the highest row id of the transcripts that were there when a version was left; None if it is not left.

    A version beside the main line was never the newest here: it is seen over those that were there where it parted.
    """
    return _when_left(connection, version_id, codebook_version.c.transcripts_up_to)


def revisions_up_to(connection: Connection, version_id: int) -> int | None:
    """Return the highest row id of the revisions that were there when a version was left; None if it is not left."""
    return _when_left(connection, version_id, codebook_version.c.revisions_up_to)


def _when_left(connection: Connection, version_id: int, column: Column[int]) -> int | None:
    children = select(version_parent.c.version_id).where(version_parent.c.parent_id == version_id)
    parents = parents_of(connection, list(connection.execute(children).scalars()))
    beside = bool(parents) and all(above[0] != version_id for above in parents.values())
    if beside:
        return _when_left(connection, parents_of(connection, [version_id])[version_id][0], column)
    lowest = select(func.min(column)).where(codebook_version.c.id.in_(children))
    found = connection.execute(lowest).scalar()
    return None if found is None else int(found)


def add_changes(connection: Connection, version_id: int, declared: Iterable[Declared]) -> None:
    """Write what a version declares, in order."""
    rows = [
        {
            "version_id": version_id,
            "n": n,
            "change": one.kind,
            "codes": json.dumps(one.codes),
            "into": json.dumps(one.into),
            "effect": one.effect,
            "why": one.why,
        }
        for n, one in enumerate(declared)
    ]
    if rows:
        connection.execute(insert(code_change), rows)


def changes_of(connection: Connection, version_ids: Collection[int]) -> dict[int, list[Declared]]:
    """Return what each of these versions declares, in order of the versions."""
    found: dict[int, list[Declared]] = {one: [] for one in sorted(version_ids)}
    rows = select(code_change).where(code_change.c.version_id.in_(version_ids)).order_by(code_change.c.n)
    for row in connection.execute(rows):
        codes, into = (tuple(json.loads(ids)) for ids in (row.codes, row.into))
        found[row.version_id].append(Declared(row.change, codes, into, row.effect, row.why))
    return found


def keys_in(connection: Connection, version_ids: Collection[int]) -> Mapping[str, tuple[str, int]]:
    """Return the key of each code (uuid) as the newest of these versions has it, and which that is."""
    entry = code_entry.c
    rows = (
        select(code.c.uuid, entry.key, entry.version_id)
        .join(code, code.c.id == entry.code_id)
        .where(entry.version_id.in_(version_ids))
        .order_by(entry.version_id)
    )
    return {uuid: (key, version_id) for uuid, key, version_id in connection.execute(rows)}


def ids_by_key(connection: Connection, version_ids: Collection[int], key: str) -> list[str]:
    """Return the codes (uuid) that have this key, ignoring case, in one of these versions."""
    entry = code_entry.c
    rows = (
        select(code.c.uuid, entry.key).join(code, code.c.id == entry.code_id).where(entry.version_id.in_(version_ids))
    )
    return list(dict.fromkeys(uuid for uuid, found in connection.execute(rows) if fold(found) == fold(key)))
