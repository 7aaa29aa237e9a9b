"""Which revision of each transcript is the newest: now, or as a codebook version was left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from qcode.store.schema import revision, transcript

__all__ = ["named_sources", "newest_n", "newest_revisions", "revision_row", "transcripts_by_revision"]


def newest_revisions(up_to: int | None = None) -> str:
    """Return a query for the row id (`id`) of each transcript's newest revision, now or `up_to` a row id."""
    limit = "" if up_to is None else f" WHERE id <= {int(up_to)}"
    return f"SELECT max(id) AS id FROM revision{limit} GROUP BY transcript_id"


def newest_n(connection: Connection, transcript_id: int, up_to: int | None = None) -> int:
    """Return the number of a transcript's newest revision, now or of those with a row id `up_to` this one."""
    rows = select(func.max(revision.c.n)).where(revision.c.transcript_id == transcript_id)
    if up_to is not None:
        rows = rows.where(revision.c.id <= up_to)
    return int(connection.execute(rows).scalar_one() or 1)


def named_sources(connection: Connection, sha256: str) -> list[str]:
    """Return the transcripts that were read from bytes with this SHA-256, in words: which revision, where it is old."""
    other = revision.alias()
    newest = (
        select(func.max(other.c.n))
        .where(other.c.transcript_id == transcript.c.id)
        .correlate(transcript)
        .scalar_subquery()
    )
    rows = (
        select(transcript.c.name, func.max(revision.c.n), newest)
        .join(revision, revision.c.transcript_id == transcript.c.id)
        .where(revision.c.source_sha256 == sha256)
        .group_by(transcript.c.id)
        .order_by(transcript.c.id)
    )
    return [
        name if n == last else f"{name}, revision {n} of {last}: it was corrected since"
        for name, n, last in connection.execute(rows)
    ]


def revision_row(connection: Connection, revision_id: int) -> Any:
    """Return (uuid, n) of a revision."""
    return connection.execute(select(revision.c.uuid, revision.c.n).where(revision.c.id == revision_id)).one()


def transcripts_by_revision(connection: Connection) -> dict[int, int]:
    """Return the transcript (row id) of every revision (row id)."""
    return {row[0]: row[1] for row in connection.execute(select(revision.c.id, revision.c.transcript_id))}
