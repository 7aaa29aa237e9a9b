"""Where coders left off, passages marked in vivo, and suggestions that were rejected"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place",
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint('"at" >= 0 AND "read" >= 0', name=op.f("ck_place_position")),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_place_coder_id")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_place_transcript_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coder_id", "transcript_id", name=op.f("pk_place")),
    )
    _in_vivo()
    op.create_table(
        "rejection",
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("suggestion", sa.String(length=12), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_rejection_coder_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_rejection_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coder_id", "suggestion", name=op.f("pk_rejection")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rejection_revision_id"), "rejection", ["revision_id"])


def _in_vivo() -> None:
    op.create_table(
        "in_vivo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("key_before", sa.Text(), nullable=True),
        sa.Column("made", sa.Boolean(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_in_vivo_span")),
        sa.ForeignKeyConstraint(["codebook_id"], ["codebook.id"], name=op.f("fk_in_vivo_codebook_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_in_vivo_coder_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_in_vivo_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_vivo")),
        sa.UniqueConstraint("uuid", name=op.f("uq_in_vivo_uuid")),
    )
    op.create_index(op.f("ix_in_vivo_revision_id"), "in_vivo", ["revision_id"])
