"""The tables of what coders leave besides codings: their places, marks in vivo, and what they rejected."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from qcode.store.schema.base import key, metadata, to

__all__ = ["in_vivo", "place", "rejection"]

place = Table(
    "place",
    metadata,
    Column("coder_id", Integer, ForeignKey("coder.id"), primary_key=True),
    Column("transcript_id", Integer, ForeignKey("transcript.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Integer, nullable=False),
    Column("read", Integer, nullable=False),
    Column("opened_at", String(32), nullable=False),
    CheckConstraint('"at" >= 0 AND "read" >= 0', name="position"),
)
"""Where a coder left off in a transcript, how far this coder has read in it, and when that was last kept."""

in_vivo = Table(
    "in_vivo",
    metadata,
    *key(),
    to("codebook"),
    Column("key", Text, nullable=False),
    Column("key_before", Text),
    Column("made", Boolean, nullable=False),
    Column("revision_id", Integer, ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    to("coder"),
    Column("created_at", String(32), nullable=False),
    CheckConstraint('start >= 0 AND start < "end"', name="span"),
)
"""A passage that is marked with a code of its codebook's draft, until the draft is published: then it is a coding.
`made` tells whether the code came into the draft with a mark; `key_before` is the code's key before the draft's last
change, where that gave it another."""

rejection = Table(
    "rejection",
    metadata,
    Column("coder_id", Integer, ForeignKey("coder.id"), primary_key=True),
    Column("suggestion", String(12), primary_key=True),
    Column("revision_id", Integer, ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""Suggestions that a coder does not want to see again, by their ids; they hold no words."""
