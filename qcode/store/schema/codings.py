"""The tables of codings: where they stand, how they ended, where they came from, and which wait for a person."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, text

from qcode.store.schema.base import key, metadata, to

__all__ = ["branch_end", "coding", "coding_origin", "pending"]

coding = Table(
    "coding",
    metadata,
    *key(),
    to("revision"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    to("code"),
    to("coder"),
    Column("version_id", Integer, ForeignKey("codebook_version.id"), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("ended_version_id", Integer, ForeignKey("codebook_version.id")),
    Column("ended_how", String(12)),
    Column("ended_at", String(32)),
    Column("ended_by_id", Integer, ForeignKey("coder.id")),
    Column("quote", Text, nullable=False),
    Column("since_version_id", Integer, ForeignKey("codebook_version.id")),
    CheckConstraint('start >= 0 AND start < "end"', name="span"),
)
"""This coder put this code on this segment, then, under `version_id`. Only its end is ever added: under which version
it ended, how (withdrawn; moved by a merge of codes; allocated to other codes by a person; revised, where it went over
to the corrected text; placed there by a person), when and by whom.
`since_version_id` is set where a coding came into the study later than under the version it was made under."""

Index(
    "uq_coding_live",
    coding.c.revision_id,
    coding.c.start,
    coding.c.end,
    coding.c.code_id,
    coding.c.coder_id,
    unique=True,
    sqlite_where=text("ended_version_id IS NULL"),
)
"""No coder has the same code twice on the same segment. The matrix reads this index alone, in its order."""

coding_origin = Table(
    "coding_origin",
    metadata,
    Column("coding_id", Integer, ForeignKey("coding.id", ondelete="CASCADE"), primary_key=True),
    Column("origin_id", Integer, ForeignKey("coding.id", ondelete="CASCADE"), primary_key=True),
    Column("made", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Which codings a coding came from: those that a merge moved into it, the one that was allocated to its code, or those
that stood where it stands before the transcript was corrected.
`made` tells whether the coding was made for it, or was there already."""

Index("ix_coding_origin_origin", coding_origin.c.origin_id)

branch_end = Table(
    "branch_end",
    metadata,
    Column("coding_id", Integer, ForeignKey("coding.id", ondelete="CASCADE"), primary_key=True),
    Column("version_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Codings that a version beside the main line moved: they end under that version, and not yet on the main line."""

pending = Table(
    "pending",
    metadata,
    Column("coding_id", Integer, ForeignKey("coding.id", ondelete="CASCADE"), primary_key=True),
    Column("version_id", Integer, ForeignKey("codebook_version.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("ended_version_id", Integer, ForeignKey("codebook_version.id")),
    Column("ended_how", String(12)),
    Column("ended_at", String(32)),
    Column("ended_by_id", Integer, ForeignKey("coder.id")),
    Column("act", Integer),
    Column("why", Text),
    sqlite_with_rowid=False,
)
"""Codings that wait for a person since the n-th change of a version, until they are decided on: kept, allocated,
withdrawn, placed, or moved by a later merge. `act` is the number in the history of the act that decided. Where n is -1,
no change of the version is why, but a correction of the transcript while it was the newest: the words are gone."""

Index("ix_pending_open", pending.c.coding_id, sqlite_where=text("ended_version_id IS NULL"))
