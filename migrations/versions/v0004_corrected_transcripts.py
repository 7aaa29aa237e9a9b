"""A transcript that is corrected has several revisions, and a codebook version is left with one of each"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("codebook_version", sa.Column("revisions_up_to", sa.Integer(), nullable=True))
    # (So far every transcript has one revision: those that a version was left with are all that there are.)
    op.execute(
        "UPDATE codebook_version SET revisions_up_to = (SELECT coalesce(max(id), 0) FROM revision)"
        " WHERE transcripts_up_to IS NOT NULL"
    )
