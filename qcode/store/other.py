"""Lays another study beside this one: its rows in temporary tables, in memory, while an act is under way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, update

from qcode.errors import Conflict, Damaged, QcodeError, StudyBusy, StudyTooNew
from qcode.store.engine import connect_store
from qcode.store.integrity import findings
from qcode.store.lookup import fold
from qcode.store.migrate import STEPS
from qcode.store.schema import metadata

__all__ = [
    "MAPS",
    "called",
    "change",
    "columns_of",
    "laid_beside",
    "map_ids",
    "mapped",
    "our_rows",
    "put",
    "put_one",
    "rename",
    "rows",
]

AT_ONCE = 2_000
BACK = "go back to a copy of it"

MAPS = ("coder", "case", "transcript", "revision", "code", "codebook_version", "coding")
"""The tables whose rows of the other study are matched with ours, in temporary tables `same_*` (theirs, ours)."""


@contextmanager
def laid_beside(connection: Connection, ours: Path, path: Path) -> Iterator[None]:
    """Give the rows of the study at `path` in temporary tables `their_*` of a writing connection.

    They are one consistent state, also while others write it; the file itself is only read. Raises Conflict for the
    same study file and for one that an older qcode wrote, StudyTooNew for a newer one, Damaged for what is no study.
    """
    with suppress(OSError):  # what cannot be looked at is told of by who opens it
        if path.samefile(ours):
            raise Conflict(f"{path.name} is this study itself", mend="name the file of the other study")
    _load(connection, path)
    _make_maps(connection)
    yield  # what fails takes the tables back with it; to drop them while a row is being read would hide why
    for name in [f"their_{table}" for table in metadata.tables] + [f"same_{table}" for table in MAPS]:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")


def _load(connection: Connection, path: Path) -> None:
    store = connect_store(path)
    try:
        with store.read() as other:
            _must_be_of_this_time(other, path)
            _must_be_whole(other, path)
            for name in metadata.tables:
                _copy(other, connection, name, path)
    except StudyBusy as error:
        if os.access(path.parent, os.W_OK):
            raise
        raise Conflict(
            f"{path.name} is in a folder that cannot be written, as is needed to read what others write at the time",
            mend="copy the file into a folder of yours, and merge the copy",
        ) from error
    finally:
        store.close()


def _must_be_of_this_time(other: Connection, path: Path) -> None:
    try:
        step = str(other.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    except StudyBusy:
        raise
    except (QcodeError, ValueError) as error:
        raise Damaged(f"{path.name} is not a whole qcode study", mend=BACK) from error
    if step == STEPS[-1]:
        return
    if step in STEPS:
        raise Conflict(
            f"{path.name} was written by an older qcode",
            mend=f"open it once with this one, which upgrades it: qcode status --study {path.name}",
        )
    raise StudyTooNew(f"{path.name} was written by a newer qcode", mend="update qcode and try again")


def _must_be_whole(other: Connection, path: Path) -> None:
    """Raise Damaged where the other study fails its own check: nothing unproven comes in."""
    try:
        off = next(findings(other), None)
    except (ValueError, TypeError, LookupError, AssertionError):
        off = ("file", "a row cannot be read")
    if off is not None:
        raise Damaged(
            f"{path.name} is not as qcode wrote it ({off[0]}: {off[1]})",
            mend=f"go back to a copy of it; see: qcode check --study {path.name}",
        ) from None


def _copy(other: Connection, connection: Connection, name: str, path: Path) -> None:
    columns = ", ".join(f'"{column.name}"' for column in metadata.tables[name].columns)
    connection.exec_driver_sql(f'CREATE TEMP TABLE their_{name} AS SELECT {columns} FROM main."{name}" WHERE 0')
    reading: Any = other.connection.cursor()
    writing: Any = connection.connection.cursor()
    marks = ", ".join("?" * len(metadata.tables[name].columns))
    reading.execute(f'SELECT {columns} FROM "{name}"')
    while batch := reading.fetchmany(AT_ONCE):
        if any(isinstance(value, bytes) for row in batch for value in row):
            raise Damaged(f"{path.name} is not as qcode wrote it (a row of {name} is no text)", mend=BACK)
        writing.executemany(f"INSERT INTO their_{name} VALUES ({marks})", batch)
    for column in ("id", "uuid", "revision_id", "version_id", "target"):
        if column in metadata.tables[name].c:
            connection.exec_driver_sql(f"CREATE INDEX temp.ix_their_{name}_{column} ON their_{name} ({column})")


def _make_maps(connection: Connection) -> None:
    for name in MAPS:
        connection.exec_driver_sql(f"CREATE TEMP TABLE same_{name} (theirs INTEGER PRIMARY KEY, ours INTEGER)")


def map_ids(connection: Connection, table: str, pairs: Mapping[int, int]) -> None:
    """Write which row of ours is which of theirs."""
    if pairs:
        connection.exec_driver_sql(f"INSERT INTO same_{table} VALUES (?, ?)", list(pairs.items()))


def mapped(connection: Connection, table: str) -> dict[int, int]:
    """Return the row ids of ours by those of theirs."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT theirs, ours FROM same_{table}")}


def rows(connection: Connection, table: str, where: str = "1", parameters: tuple[Any, ...] = ()) -> list[Any]:
    """Return rows of the other study, in the order they were written."""
    return _rows(connection, f"temp.their_{table}", table, where, parameters)


def our_rows(connection: Connection, table: str, where: str = "1", parameters: tuple[Any, ...] = ()) -> list[Any]:
    """Return rows of this study, in the order they were written."""
    return _rows(connection, f'main."{table}"', table, where, parameters)


def _rows(connection: Connection, source: str, table: str, where: str, parameters: tuple[Any, ...]) -> list[Any]:
    columns = metadata.tables[table].c
    order = "id" if "id" in columns else "1, 2"
    names = ", ".join(f'"{column.name}"' for column in columns)
    ask = f"SELECT {names} FROM {source} WHERE {where} ORDER BY {order}"
    return list(connection.exec_driver_sql(ask, parameters))


def columns_of(table: str) -> list[str]:
    """Return the names of the columns of a table."""
    return [column.name for column in metadata.tables[table].c]


def put(connection: Connection, table: str, new: Iterable[Mapping[str, object]]) -> None:
    """Write rows."""
    if values := [dict(one) for one in new]:
        connection.execute(insert(metadata.tables[table]), values)


def put_one(connection: Connection, table: str, new: Mapping[str, object]) -> int:
    """Write a row; return its id."""
    made = connection.execute(insert(metadata.tables[table]).values(**new)).inserted_primary_key
    return int(made[0])  # type: ignore[index]


def change(connection: Connection, table: str, id: int, **values: object) -> None:
    """Change a row."""
    known = metadata.tables[table]
    connection.execute(update(known).where(known.c.id == id).values(**values))


def rename(connection: Connection, table: str, names: Mapping[int, str]) -> None:
    """Give rows other names, which may be names that others of them had."""
    for id in names:
        change(connection, table, id, name_fold=f"\0{id}")
    for id, name in names.items():
        change(connection, table, id, name=name, name_fold=fold(name))


def called(connection: Connection, table: str) -> dict[str, str]:
    """Return the identities of things here by those that they have in the other study."""
    rows = connection.exec_driver_sql(
        f'SELECT t.uuid, o.uuid FROM same_{table} s JOIN their_{table} t ON t.id = s.theirs JOIN main."{table}" o'
        " ON o.id = s.ours"
    )
    return {row[0]: row[1] for row in rows}
