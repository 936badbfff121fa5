"""Whether the program was killed in the middle of a delivery's last try, which only its cause told before."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Adds the column; of what was tried again after a kill, or is to be, it says when its last try began."""
    op.add_column("deliveries", sa.Column("killed_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE deliveries SET killed_at = attempted_at"
        " WHERE state IN ('pending', 'claimed', 'attempting')"
        " AND cause = 'its worker ended before the answer came'"
    )
