"""Rows of codebooks, their versions and codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from qcode.domain.codebook import Code, CodebookVersion
from qcode.store.lineage import add_parents, main_line
from qcode.store.lookup import find, fold
from qcode.store.schema import (
    code,
    code_entry,
    codebook,
    codebook_version,
    coding,
    draft,
    in_vivo,
    memo,
    version_parent,
)

__all__ = [
    "VersionRow",
    "add_codebook",
    "add_version",
    "ancestry",
    "authors",
    "code_ids",
    "code_keys",
    "code_names",
    "codebook_row",
    "codebooks",
    "is_used",
    "read_version",
    "remove_codebook",
    "versions",
]

_CONTENT = ("names", "brief", "definition", "when", "when_not", "examples", "color", "origin", "aliases", "terms")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version without its codes, as it is found in a list."""

    id: int
    codebook_id: int
    codebook: str
    version: str
    uuid: str
    title: str
    sha256: str
    created_at: str
    note: str


def add_codebook(connection: Connection, *, uuid: str, key: str) -> int:
    """Write a codebook; return the row's id."""
    result = connection.execute(insert(codebook).values(uuid=uuid, key=key, key_fold=fold(key)))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def codebook_row(connection: Connection, name: str) -> Row[Any]:
    """Return the row of the codebook that `name` names, or raise NotFound."""
    return find(connection, codebook, name, "codebook")


def codebooks(connection: Connection) -> list[tuple[int, str]]:
    """Return (row id, key) of every codebook in order of key."""
    rows = select(codebook.c.id, codebook.c.key).order_by(codebook.c.key_fold)
    return [(row_id, key) for row_id, key in connection.execute(rows)]


def versions(connection: Connection) -> list[VersionRow]:
    """Return every version of every codebook, oldest first within each."""
    v = codebook_version.c
    columns = (v.id, v.codebook_id, codebook.c.key, v.version, v.uuid, v.title, v.sha256, v.created_at, v.note)
    rows = select(*columns).join(codebook, codebook.c.id == v.codebook_id).order_by(codebook.c.key_fold, v.id)
    return [VersionRow(*row) for row in connection.execute(rows)]


def authors(connection: Connection) -> dict[int, int]:
    """Return who (row id) brought each version (row id) into the study."""
    v = codebook_version.c
    return {row.id: row.coder_id for row in connection.execute(select(v.id, v.coder_id))}


def ancestry(connection: Connection, version_id: int) -> set[int]:
    """Return the row ids of a version and of all that it follows."""
    above: dict[int, list[int]] = {}
    for child, parent in connection.execute(select(version_parent.c.version_id, version_parent.c.parent_id)):
        above.setdefault(child, []).append(parent)
    found, waiting = set[int](), [version_id]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += above.get(one, [])
    return found


def is_used(connection: Connection, codebook_id: int) -> bool:
    """Tell whether a coding was ever made with a code of this codebook, a memo written on one, or a passage marked."""
    coded = select(coding.c.id).join(code, code.c.id == coding.c.code_id).where(code.c.codebook_id == codebook_id)
    noted = select(memo.c.id).join(code, code.c.uuid == memo.c.target).where(code.c.codebook_id == codebook_id)
    marked = select(in_vivo.c.id).where(in_vivo.c.codebook_id == codebook_id)
    return any(connection.execute(rows.limit(1)).first() is not None for rows in (coded, noted, marked))


def remove_codebook(connection: Connection, codebook_id: int) -> None:
    """Remove a codebook that no coding uses, with its versions and codes."""
    ids = select(codebook_version.c.id).where(codebook_version.c.codebook_id == codebook_id)
    connection.execute(delete(code_entry).where(code_entry.c.version_id.in_(ids)))
    connection.execute(delete(draft).where(draft.c.codebook_id == codebook_id))
    connection.execute(delete(version_parent).where(version_parent.c.version_id.in_(ids)))
    connection.execute(delete(codebook_version).where(codebook_version.c.codebook_id == codebook_id))
    connection.execute(delete(code).where(code.c.codebook_id == codebook_id))
    connection.execute(delete(codebook).where(codebook.c.id == codebook_id))


def add_version(
    connection: Connection,
    codebook_id: int,
    new: CodebookVersion,
    *,
    uuid: str,
    created_at: str,
    coder_id: int,
    parents: tuple[int, ...] = (),
) -> int:
    """Write a version with its codes, which carry their ids, and the versions it follows; return the row's id."""
    row = insert(codebook_version).values(
        uuid=uuid,
        codebook_id=codebook_id,
        version=new.version,
        title=new.title,
        language=new.language,
        note=new.note,
        changes=json.dumps([list(change) for change in new.changes], ensure_ascii=False),
        sha256=new.sha256,
        created_at=created_at,
        coder_id=coder_id,
    )
    version_id = int(connection.execute(row).inserted_primary_key[0])  # type: ignore[index]
    if parents:
        add_parents(connection, version_id, parents, new.follows)
    ids = _code_rows(connection, codebook_id, new)
    if new.codes:
        connection.execute(
            insert(code_entry),
            [_entry(version_id, position, one, ids, new) for position, one in enumerate(new.codes)],
        )
    return version_id


def _code_rows(connection: Connection, codebook_id: int, version: CodebookVersion) -> dict[str, int]:
    ids = code_ids(connection, codebook_id)
    fresh = [c.id for c in version.codes if c.id not in ids]
    if fresh:
        connection.execute(insert(code), [{"uuid": uuid, "codebook_id": codebook_id} for uuid in fresh])
    return code_ids(connection, codebook_id)


def _entry(
    version_id: int, position: int, one: Code, ids: Mapping[str, int], version: CodebookVersion
) -> dict[str, object]:
    parent = version.by_key[one.parent.casefold()] if one.parent is not None else None
    content = {field: getattr(one, field) for field in _CONTENT if getattr(one, field)}
    return {
        "version_id": version_id,
        "code_id": ids[one.id],
        "position": position,
        "parent_id": ids[parent.id] if parent else None,
        "key": one.key,
        "name": one.name,
        "codable": one.codable,
        "content": json.dumps(content, ensure_ascii=False),
    }


def code_ids(connection: Connection, codebook_id: int) -> dict[str, int]:
    """Return the row ids of a codebook's codes by their uuid."""
    rows = select(code.c.uuid, code.c.id).where(code.c.codebook_id == codebook_id)
    return dict(connection.execute(rows).all())


def read_version(connection: Connection, version_id: int) -> CodebookVersion:
    """Return one version with its codes."""
    row = connection.execute(
        select(codebook_version, codebook.c.key.label("codebook"))
        .join(codebook)
        .where(codebook_version.c.id == version_id)
    ).one()
    entry = code_entry.c
    rows = connection.execute(
        select(entry.code_id, entry.parent_id, entry.key, entry.name, entry.codable, entry.content, code.c.uuid)
        .join(code, code.c.id == entry.code_id)
        .where(entry.version_id == version_id)
        .order_by(entry.position)
    ).all()
    keys = {r.code_id: r.key for r in rows}
    codes = (
        Code(key=r.key, name=r.name, parent=keys.get(r.parent_id), codable=r.codable, id=r.uuid, **_content(r.content))
        for r in rows
    )
    return CodebookVersion(
        codebook=row.codebook,
        version=row.version,
        codes=tuple(codes),
        title=row.title,
        language=row.language,
        note=row.note,
        changes=_tuples(json.loads(row.changes)),
        follows=tuple(json.loads(row.follows or "[]")),
    )


def _content(packed: str) -> dict[str, Any]:
    return {field: _tuples(value) for field, value in json.loads(packed).items()}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def code_keys(connection: Connection, version_id: int | None = None) -> dict[int, tuple[str, str]]:
    """Return (codebook key, code key) by the row id of each code: as the newest version that has it says.

    With a version, what it and those that it follows say goes before all others. A version beside the main line, which
    was joined with it later, does not bring back a key that the main line has left.
    """
    rows = connection.execute(
        select(code_entry.c.code_id, code_entry.c.version_id, codebook.c.key.label("codebook"), code_entry.c.key)
        .join(codebook_version, codebook_version.c.id == code_entry.c.version_id)
        .join(codebook, codebook.c.id == codebook_version.c.codebook_id)
        .order_by(code_entry.c.version_id)
    ).all()
    newest = {row.codebook_id: row.id for row in versions(connection)}
    main = {one for last in ([version_id] if version_id else newest.values()) for one in main_line(connection, last)}
    line = ancestry(connection, version_id) if version_id else set()
    ranked = sorted(rows, key=lambda row: (row.version_id in line, row.version_id in main))
    return {code_id: (book, key) for code_id, _, book, key in ranked}


def code_names(connection: Connection) -> dict[str, str]:
    """Return the newest key of every code by its uuid."""
    keys = code_keys(connection)
    rows = connection.execute(select(code.c.id, code.c.uuid))
    return {uuid: keys[row_id][1] for row_id, uuid in rows if row_id in keys}
