"""Vox pops are told from other quotations; those that the archive held before count as quotations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds the mark."""
    op.add_column("quotations", sa.Column("vox_pop", sa.Boolean, nullable=False, server_default=sa.false()))
