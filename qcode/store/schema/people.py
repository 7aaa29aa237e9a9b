"""The tables of a study itself, of who codes, and of whom the data is about."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from qcode.store.schema.base import key, metadata, to

__all__ = ["attribute", "attribute_value", "case", "coder", "study"]

study = Table(
    "study",
    metadata,
    *key(),
    Column("title", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("default_coder_id", Integer, ForeignKey("coder.id"), nullable=False),
)
"""One row: the study itself."""

coder = Table(
    "coder",
    metadata,
    *key(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, unique=True),
    Column("kind", String(10), nullable=False),
)
"""A person, a rule or a model that codes."""

case = Table(
    "case",
    metadata,
    *key(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, unique=True),
)
"""Whom the data is about."""

attribute = Table(
    "attribute",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("key_fold", Text, nullable=False, unique=True),
    Column("hidden", Boolean, nullable=False),
)
"""A kind of fact about cases (role, country); a hidden one is shown only when asked for by name."""

attribute_value = Table(
    "attribute_value",
    metadata,
    to("case", primary_key=True),
    to("attribute", primary_key=True),
    Column("value", Text, nullable=False),
)
