"""Rows of cases and their attributes."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from qcode.domain.case import Case
from qcode.domain.natural import natural
from qcode.store.lookup import find, fold
from qcode.store.schema import attribute, attribute_value, case, memo, transcript

__all__ = [
    "add_case",
    "attribute_id",
    "attributes",
    "case_name",
    "case_names",
    "case_row",
    "case_uuid",
    "cases",
    "remove_case",
    "remove_value",
    "set_value",
]


def add_case(connection: Connection, *, uuid: str, name: str) -> int:
    """Write a case; return the row's id."""
    result = connection.execute(insert(case).values(uuid=uuid, name=name, name_fold=fold(name)))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def case_row(connection: Connection, name: str) -> tuple[int, str, str]:
    """Return (row id, uuid, name) of the case that `name` names, or raise NotFound."""
    row = find(connection, case, name, "case")
    return row.id, row.uuid, row.name


def case_name(connection: Connection, case_id: int) -> str | None:
    """Return the name of a case by its row id."""
    return connection.execute(select(case.c.name).where(case.c.id == case_id)).scalar()


def case_uuid(connection: Connection, case_id: int) -> str:
    """Return the identity of a case by its row id."""
    return str(connection.execute(select(case.c.uuid).where(case.c.id == case_id)).scalar_one())


def case_names(connection: Connection) -> dict[int, str]:
    """Return the names of the cases by row id."""
    return dict(connection.execute(select(case.c.id, case.c.name)).all())


def remove_case(connection: Connection, case_id: int, uuid: str) -> int:
    """Remove a case, its attributes and the memos on it; return how many transcripts were about it."""
    freed = connection.execute(update(transcript).where(transcript.c.case_id == case_id).values(case_id=None)).rowcount
    connection.execute(delete(memo).where(memo.c.about == "case", memo.c.target == uuid))
    connection.execute(delete(case).where(case.c.id == case_id))
    return freed


def attributes(connection: Connection) -> dict[str, tuple[int, str, bool]]:
    """Return (row id, key, hidden) of every attribute by its folded key."""
    return {row.key_fold: (row.id, row.key, row.hidden) for row in connection.execute(select(attribute))}


def attribute_id(connection: Connection, key: str, *, hidden: bool) -> int:
    """Return the row id of an attribute; it is made where the study does not know it yet."""
    known = connection.execute(select(attribute.c.id).where(attribute.c.key_fold == fold(key))).scalar()
    if known is not None:
        return int(known)
    result = connection.execute(insert(attribute).values(key=key, key_fold=fold(key), hidden=hidden))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def set_value(connection: Connection, *, case_id: int, attribute_id: int, value: str) -> None:
    """Write the value of an attribute of a case over what stood there."""
    row = upsert(attribute_value).values(case_id=case_id, attribute_id=attribute_id, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["case_id", "attribute_id"], set_={"value": value}))


def remove_value(connection: Connection, *, case_id: int, key: str) -> None:
    """Forget the value of an attribute of a case, where it has one."""
    c = attribute_value.c
    ids = select(attribute.c.id).where(attribute.c.key_fold == fold(key))
    connection.execute(delete(attribute_value).where(c.case_id == case_id, c.attribute_id.in_(ids)))


def cases(connection: Connection) -> list[Case]:
    """Return every case in order of name, with its attributes (hidden ones too) and transcripts."""
    facts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = select(attribute_value.c.case_id, attribute.c.key, attribute_value.c.value).join(attribute)
    for case_id, key, value in connection.execute(rows.order_by(attribute.c.id)):
        facts[case_id].append((key, value))
    texts: dict[int, list[str]] = defaultdict(list)
    named = select(transcript.c.case_id, transcript.c.name).where(transcript.c.case_id.is_not(None))
    for case_id, name in connection.execute(named):
        texts[case_id].append(name)
    found = connection.execute(select(case.c.id, case.c.uuid, case.c.name))
    every = [Case(uuid, name, tuple(facts[n]), tuple(sorted(texts[n], key=natural))) for n, uuid, name in found]
    return sorted(every, key=lambda one: natural(one.name))
