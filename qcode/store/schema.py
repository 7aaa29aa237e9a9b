"""The tables of a study: this file is their documentation.

Every thing has an integer `id` for joins inside the file and a `uuid` that stays the same in every copy.
Names are held once, with a folded twin (`*_fold`, casefolded) that makes them unique ignoring case.
Times are UTC, ISO 8601. Positions are Unicode code points from 0, half-open.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

__all__ = ["metadata"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> list[Column[int] | Column[str]]:
    return [Column("id", Integer, primary_key=True), Column("uuid", String(36), nullable=False, unique=True)]


def _to(target: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    column = f"{target}_id" if "." not in target else target.replace(".", "_")
    return Column(
        column,
        Integer,
        ForeignKey(f"{target}.id", ondelete="CASCADE" if primary_key else None),
        nullable=nullable,
        primary_key=primary_key,
    )


study = Table(
    "study",
    metadata,
    *_key(),
    Column("title", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("default_coder_id", Integer, ForeignKey("coder.id"), nullable=False),
)
"""One row: the study itself."""

coder = Table(
    "coder",
    metadata,
    *_key(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, unique=True),
    Column("kind", String(10), nullable=False),
)
"""A person, a rule or a model that codes."""

case = Table(
    "case",
    metadata,
    *_key(),
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
    _to("case", primary_key=True),
    _to("attribute", primary_key=True),
    Column("value", Text, nullable=False),
)

transcript = Table(
    "transcript",
    metadata,
    *_key(),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False, unique=True),
    Column("language", String(16)),
    _to("case", nullable=True),
    Column("created_at", String(32), nullable=False),
)
"""One interview."""

revision = Table(
    "revision",
    metadata,
    *_key(),
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
    _to("revision", primary_key=True),
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
    _to("revision", primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    sqlite_with_rowid=False,
)

time_mark = Table(
    "time_mark",
    metadata,
    _to("revision", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("seconds", Float, nullable=False),
    sqlite_with_rowid=False,
)

codebook = Table(
    "codebook",
    metadata,
    *_key(),
    Column("key", Text, nullable=False),
    Column("key_fold", Text, nullable=False, unique=True),
)

codebook_version = Table(
    "codebook_version",
    metadata,
    *_key(),
    _to("codebook"),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    _to("coder"),
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
    *_key(),
    _to("codebook"),
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
    _to("coder"),
    Column("changed_at", String(32), nullable=False),
)
"""The version that a codebook is to have next, as YAML, while it is being written; `before` is what its last change
changed."""

coding = Table(
    "coding",
    metadata,
    *_key(),
    _to("revision"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _to("code"),
    _to("coder"),
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
    *_key(),
    _to("codebook"),
    Column("key", Text, nullable=False),
    Column("key_before", Text),
    Column("made", Boolean, nullable=False),
    Column("revision_id", Integer, ForeignKey("revision.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    _to("coder"),
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

memo = Table(
    "memo",
    metadata,
    *_key(),
    Column("about", String(12), nullable=False),
    Column("target", String(36), nullable=False, index=True),
    _to("coder"),
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
