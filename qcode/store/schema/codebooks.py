"""The tables of codebooks: codes, versions, what changed between them, and drafts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from qcode.store.schema.base import key, metadata, to

__all__ = ["code", "code_change", "code_entry", "codebook", "codebook_version", "draft", "version_parent"]

codebook = Table(
    "codebook",
    metadata,
    *key(),
    Column("key", Text, nullable=False),
    Column("key_fold", Text, nullable=False, unique=True),
)

codebook_version = Table(
    "codebook_version",
    metadata,
    *key(),
    to("codebook"),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    to("coder"),
    Column("follows", Text),
    Column("transcripts_up_to", Integer),
    Column("revisions_up_to", Integer),
    UniqueConstraint("codebook_id", "version"),
)
"""One frozen state of a codebook; `changes` is a JSON list, as declared in the file. The newest has the highest id.
`follows` is a JSON list, as the file says it; `transcripts_up_to` the highest row id of a transcript when it came, and
`revisions_up_to` that of a revision, so that a version that it follows still counts over the texts that were there when
it was left."""

version_parent = Table(
    "version_parent",
    metadata,
    Column("version_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    Column("parent_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Which versions a version follows: none for the first, two after a merge."""

code = Table(
    "code",
    metadata,
    *key(),
    to("codebook"),
)
"""The identity of a code, which outlives every change of its key, name and place."""

code_entry = Table(
    "code_entry",
    metadata,
    Column("version_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    Column("code_id", Integer, ForeignKey("code.id"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("parent_id", Integer, ForeignKey("code.id")),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("codable", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""A code as one version has it; `content` is a JSON object of what is not a column (definition, terms ...)."""

code_change = Table(
    "code_change",
    metadata,
    Column("version_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("change", String(10), nullable=False),
    Column("codes", Text, nullable=False),
    Column("into", Text, nullable=False),
    Column("effect", String(10), nullable=False),
    Column("why", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""The n-th change that a version declares, by identity: `codes` and `into` are JSON lists of the codes' uuids."""

draft = Table(
    "draft",
    metadata,
    Column("codebook_id", Integer, ForeignKey("codebook.id"), primary_key=True),
    Column("base_id", Integer, ForeignKey("codebook_version.id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("before", Text),
    to("coder"),
    Column("changed_at", String(32), nullable=False),
)
"""The version that a codebook is to have next, as YAML, while it is being written; `before` is what its last change
changed."""
