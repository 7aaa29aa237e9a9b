"""The tables of transcripts: their texts in fixed revisions, and who says what where in them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from qcode.store.schema.base import key, metadata, to

__all__ = ["paragraph", "revision", "speaker", "time_mark", "transcript", "turn"]

transcript = Table(
    "transcript",
    metadata,
    *key(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, unique=True),
    Column("language", String(16)),
    to("case", nullable=True),
    Column("created_at", String(32), nullable=False),
)
"""One interview."""

revision = Table(
    "revision",
    metadata,
    *key(),
    Column("transcript_id", Integer, ForeignKey("transcript.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("format", String(16), nullable=False),
    Column("encoding", String(32)),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("characters", Integer, nullable=False),
    Column("labels", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("transcript_id", "n"),
)
"""One fixed state of a transcript's text. `source_sha256` is that of the bytes it was read from. A later one has the
higher row id, and no id is given twice. `text` stands last: what comes before it is read without touching it."""

speaker = Table(
    "speaker",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision_id", Integer, ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("labels", Integer, nullable=False),
    Column("aliases", Text, nullable=False),
)
"""Who speaks; `aliases` is a JSON list of the other labels that name the same person."""

turn = Table(
    "turn",
    metadata,
    to("revision", primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("speaker_id", Integer, ForeignKey("speaker.id", ondelete="CASCADE")),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("time", Float),
    CheckConstraint('start >= 0 AND start < "end"', name="span"),
    sqlite_with_rowid=False,
)

paragraph = Table(
    "paragraph",
    metadata,
    to("revision", primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

time_mark = Table(
    "time_mark",
    metadata,
    to("revision", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("seconds", Float, nullable=False),
    sqlite_with_rowid=False,
)
