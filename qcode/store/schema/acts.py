"""The tables of memos and of the history."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from qcode.store.schema.base import key, metadata, to

__all__ = ["history", "memo", "merged_act"]

memo = Table(
    "memo",
    metadata,
    *key(),
    Column("about", String(12), nullable=False),
    Column("target", String(36), nullable=False, index=True),
    to("coder"),
    Column("created_at", String(32), nullable=False),
    Column("text", Text, nullable=False),
)
"""A note on the thing whose uuid is `target`; `about` says what kind of thing."""

history = Table(
    "history",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("coder", String(36), nullable=False),
    Column("act", String(40), nullable=False),
    Column("version", Text),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""Every act, in order: who (uuid), when, what, under which codebook version, with ids and counts as JSON and no
transcript text. `hash` is the SHA-256 over `previous` and the rest: a changed or missing row breaks the chain."""

merged_act = Table(
    "merged_act",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("coder", String(36), nullable=False),
    Column("act", String(40), nullable=False),
    Column("version", Text),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    sqlite_with_rowid=False,
)
"""The acts of other studies that became one with this, as they stood in their histories: this one never had them."""
