"""Rows of rejections: suggestions that a coder does not want to see again, by their ids and without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from qcode.store.schema import rejection

__all__ = ["add_rejections", "rejected", "remove_rejections"]


def add_rejections(connection: Connection, coder_id: int, suggestions: Mapping[str, int], *, at: str) -> int:
    """Write rejections, each with the revision (row id) that it is about; return how many are new."""
    known = rejected(connection, coder_id)
    new = [
        {"coder_id": coder_id, "suggestion": one, "revision_id": revision_id, "created_at": at}
        for one, revision_id in suggestions.items()
        if one not in known
    ]
    if new:
        connection.execute(insert(rejection), new)
    return len(new)


def rejected(connection: Connection, coder_id: int, revisions: Iterable[int] | None = None) -> dict[str, str]:
    """Return what a coder has rejected, and when, oldest first; of all revisions or of some (row ids)."""
    r = rejection.c
    rows = select(r.suggestion, r.created_at).where(r.coder_id == coder_id).order_by(r.created_at, r.suggestion)
    if revisions is not None:
        rows = rows.where(r.revision_id.in_(list(revisions)))
    return {row[0]: row[1] for row in connection.execute(rows)}


def remove_rejections(connection: Connection, coder_id: int, suggestions: Iterable[str]) -> int:
    """Take rejections back; return how many there were."""
    r = rejection.c
    gone = delete(rejection).where(r.coder_id == coder_id, r.suggestion.in_(list(suggestions)))
    return connection.execute(gone).rowcount
