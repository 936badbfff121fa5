"""Corrections: what a page's server gave to ask later whether it changed, and which pages are due."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds two columns and the index of what is to be read."""
    op.add_column("source_items", sa.Column("etag", sa.Text))
    op.add_column("source_items", sa.Column("last_modified", sa.Text))
    due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "source_items_due", "source_items", ["source_id", "due_at"], sqlite_where=due, postgresql_where=due
    )
