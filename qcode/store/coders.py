"""Rows of coders, and the one row of the study itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from qcode.domain.coding import Coder
from qcode.store.lookup import find, fold
from qcode.store.schema import coder, coding, study

__all__ = [
    "add_coder",
    "add_study",
    "coder_names",
    "coder_of_id",
    "coder_row",
    "coders",
    "counts",
    "make_default",
    "rename_coder",
    "study_row",
]


def add_study(connection: Connection, *, uuid: str, title: str, created_at: str, default_coder: int) -> None:
    """Write the row of the study."""
    values = {"uuid": uuid, "title": title, "created_at": created_at, "default_coder_id": default_coder}
    connection.execute(insert(study).values(**values))


def study_row(connection: Connection) -> Any:
    """Return (uuid, title, created_at, default_coder): the study's own facts."""
    return connection.execute(
        select(study.c.uuid, study.c.title, study.c.created_at, coder.c.name.label("default_coder")).join(coder)
    ).one()


def add_coder(connection: Connection, new: Coder) -> int:
    """Write a coder; return the row's id."""
    values = {"uuid": new.id, "name": new.name, "name_fold": fold(new.name), "kind": new.kind}
    result = connection.execute(insert(coder).values(**values))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def coder_row(connection: Connection, name: str) -> tuple[int, Coder]:
    """Return the row id and value of the coder that `name` names, or raise NotFound."""
    row = find(connection, coder, name, "coder")
    return row.id, Coder(row.uuid, row.name, row.kind)


def coder_of_id(connection: Connection, uuid: str) -> Row[Any] | None:
    """Return the row of the coder with this whole id, whatever the name is, or None."""
    return connection.execute(select(coder).where(coder.c.uuid == uuid)).first()


def coders(connection: Connection) -> list[Coder]:
    """Return all coders in order of name."""
    rows = connection.execute(select(coder.c.uuid, coder.c.name, coder.c.kind).order_by(coder.c.name_fold))
    return [Coder(*row) for row in rows]


def coder_names(connection: Connection) -> dict[int, str]:
    """Return the names by row id."""
    rows = select(coder.c.id, coder.c.name).order_by(coder.c.id)
    return dict(connection.execute(rows).all())


def counts(connection: Connection) -> dict[str, int]:
    """Return how many live codings each coder (by uuid) has."""
    rows = connection.execute(
        select(coder.c.uuid, func.count(coding.c.id))
        .join(coding, coding.c.coder_id == coder.c.id)
        .where(coding.c.ended_version_id.is_(None))
        .group_by(coder.c.uuid)
    )
    return dict(rows.all())


def rename_coder(connection: Connection, row_id: int, name: str) -> None:
    """Give a coder another name."""
    connection.execute(update(coder).where(coder.c.id == row_id).values(name=name, name_fold=fold(name)))


def make_default(connection: Connection, row_id: int) -> None:
    """Let a coder be the one who acts where nobody is named."""
    connection.execute(update(study).values(default_coder_id=row_id))
