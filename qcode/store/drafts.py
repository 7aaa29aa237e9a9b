"""Rows of drafts: the version that a codebook is to have next, while it is being written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from qcode.store.schema import draft

__all__ = ["DraftRow", "discard_draft", "forget_before", "keep_draft", "read_draft"]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as YAML, with the version (row id) that it follows, and what it was `before` its last change."""

    base_id: int
    content: str
    before: str | None
    coder_id: int
    changed_at: str


def read_draft(connection: Connection, codebook_id: int) -> DraftRow | None:
    """Return the draft of a codebook, or None."""
    d = draft.c
    rows = select(d.base_id, d.content, d.before, d.coder_id, d.changed_at).where(d.codebook_id == codebook_id)
    row = connection.execute(rows).first()
    return None if row is None else DraftRow(*row)


def keep_draft(connection: Connection, codebook_id: int, new: DraftRow) -> None:
    """Write the draft of a codebook in place of the one before."""
    discard_draft(connection, codebook_id)
    values = {name: getattr(new, name) for name in DraftRow.__slots__}
    connection.execute(insert(draft).values(codebook_id=codebook_id, **values))


def discard_draft(connection: Connection, codebook_id: int) -> bool:
    """Remove the draft of a codebook; tell whether there was one."""
    return connection.execute(delete(draft).where(draft.c.codebook_id == codebook_id)).rowcount > 0


def forget_before(connection: Connection) -> None:
    """Forget what the drafts with codes in vivo were before their last change: words of a transcript may be in it."""
    has_words = draft.c.before.contains("origin: data")
    connection.execute(update(draft).where(has_words).values(before=None))
