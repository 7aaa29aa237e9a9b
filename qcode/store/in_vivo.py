"""Rows of passages that are marked in vivo: with a code that the codebook's draft has and no version yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from qcode.errors import NotFound
from qcode.store.lookup import find, fold
from qcode.store.schema import codebook, coder, in_vivo, revision, transcript

__all__ = ["add_mark", "follow_keys", "mark_row", "marks", "remove_marks", "same_mark", "swap_keys"]


def add_mark(connection: Connection, values: Mapping[str, object]) -> None:
    """Write a mark, a mapping of the table's columns."""
    connection.execute(insert(in_vivo).values(**values))


def mark_row(connection: Connection, name: str) -> Row[Any] | None:
    """Return the row of the mark whose id begins with `name`, or None; raises Ambiguous."""
    with suppress(NotFound):
        return find(connection, in_vivo, name, "mark")
    return None


def marks(
    connection: Connection,
    *,
    codebook_id: int | None = None,
    transcript_id: int | None = None,
    coders: Collection[int] | None = None,
) -> list[Any]:
    """Return the rows of marks in order of transcript and place, names joined."""
    m = in_vivo.c
    rows = (
        select(
            *in_vivo.columns,
            codebook.c.key.label("book"),
            transcript.c.name.label("transcript"),
            transcript.c.id.label("transcript_id"),
            coder.c.name.label("coder"),
            coder.c.uuid.label("coder_uuid"),
            revision.c.uuid.label("revision"),
        )
        .join(codebook, codebook.c.id == m.codebook_id)
        .join(revision, revision.c.id == m.revision_id)
        .join(transcript, transcript.c.id == revision.c.transcript_id)
        .join(coder, coder.c.id == m.coder_id)
        .order_by(transcript.c.name_fold, m.start, m.end, m.id)
    )
    if codebook_id is not None:
        rows = rows.where(m.codebook_id == codebook_id)
    if transcript_id is not None:
        rows = rows.where(transcript.c.id == transcript_id)
    if coders is not None:
        rows = rows.where(m.coder_id.in_(coders))
    return list(connection.execute(rows).all())


def same_mark(connection: Connection, revision_id: int, start: int, end: int, coder_id: int) -> list[Any]:
    """Return the rows of the marks that a coder has at a place."""
    m = in_vivo.c
    here = (m.revision_id == revision_id, m.start == start, m.end == end, m.coder_id == coder_id)
    return list(connection.execute(select(in_vivo).where(*here)).all())


def remove_marks(connection: Connection, ids: Iterable[int]) -> None:
    """Remove marks by their row ids."""
    connection.execute(delete(in_vivo).where(in_vivo.c.id.in_(list(ids))))


def follow_keys(connection: Connection, codebook_id: int, keys: Mapping[str, str]) -> None:
    """Let the marks follow a change of the draft, which gave codes other keys (old to new, both as they are written).

    What the change before it gave is forgotten, as the draft forgets it.
    """
    m = in_vivo.c
    of_book = update(in_vivo).where(m.codebook_id == codebook_id)
    connection.execute(of_book.values(key_before=None))
    goes_to = {fold(old): new for old, new in keys.items()}
    rows = connection.execute(select(m.id, m.key).where(m.codebook_id == codebook_id)).all()
    for row_id, key in rows:
        if fold(key) in goes_to:
            changed = update(in_vivo).where(m.id == row_id)
            connection.execute(changed.values(key=goes_to[fold(key)], key_before=key))


def swap_keys(connection: Connection, codebook_id: int) -> None:
    """Let the marks follow the draft when its last change is taken back: each has the key again that it had before."""
    m = in_vivo.c
    changed = update(in_vivo).where(m.codebook_id == codebook_id, m.key_before.is_not(None))
    connection.execute(changed.values(key=m.key_before, key_before=m.key))
