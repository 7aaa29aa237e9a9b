"""Codebook versions that follow others carry the codings with them"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("codebook_version", sa.Column("follows", sa.Text(), nullable=True))
    op.add_column("codebook_version", sa.Column("transcripts_up_to", sa.Integer(), nullable=True))
    # (Alembic cannot add a column with a foreign key to a SQLite table without building the table anew.)
    op.execute(
        "ALTER TABLE coding ADD COLUMN since_version_id INTEGER"
        " CONSTRAINT fk_coding_since_version_id REFERENCES codebook_version (id)"
    )
    op.create_table(
        "code_change",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["codebook_version.id"], name=op.f("fk_code_change_version_id")),
        sa.PrimaryKeyConstraint("version_id", "n", name=op.f("pk_code_change")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft",
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["codebook_version.id"], name=op.f("fk_draft_base_id")),
        sa.ForeignKeyConstraint(["codebook_id"], ["codebook.id"], name=op.f("fk_draft_codebook_id")),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_draft_coder_id")),
        sa.PrimaryKeyConstraint("codebook_id", name=op.f("pk_draft")),
    )
    _link("coding_origin", "origin_id", "coding", sa.Column("made", sa.Boolean(), nullable=False))
    op.create_index("ix_coding_origin_origin", "coding_origin", ["origin_id"])
    _link("branch_end", "version_id", "codebook_version")
    _pending()


def _link(name: str, other: str, table: str, *more: sa.Column) -> None:
    cascade = "CASCADE" if table == "coding" else None
    op.create_table(
        name,
        sa.Column("coding_id", sa.Integer(), nullable=False),
        sa.Column(other, sa.Integer(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f(f"fk_{name}_coding_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint([other], [f"{table}.id"], name=op.f(f"fk_{name}_{other}"), ondelete=cascade),
        sa.PrimaryKeyConstraint("coding_id", other, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _pending() -> None:
    op.create_table(
        "pending",
        sa.Column("coding_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("ended_version_id", sa.Integer(), nullable=True),
        sa.Column("ended_how", sa.String(length=12), nullable=True),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_pending_coding_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["coder.id"], name=op.f("fk_pending_ended_by_id")),
        sa.ForeignKeyConstraint(
            ["ended_version_id"], ["codebook_version.id"], name=op.f("fk_pending_ended_version_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["codebook_version.id"], name=op.f("fk_pending_version_id")),
        sa.PrimaryKeyConstraint("coding_id", "version_id", "n", name=op.f("pk_pending")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pending_open", "pending", ["coding_id"], sqlite_where=sa.text("ended_version_id IS NULL"))
