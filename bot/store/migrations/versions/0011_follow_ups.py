"""Whether more breaking news of a story comes on the day on which something of it came already."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the column; whoever is a reader by now goes on getting all of it."""
    op.add_column(
        "subscribers", sa.Column("follow_ups", sa.Boolean, nullable=False, server_default=sa.true())
    )
