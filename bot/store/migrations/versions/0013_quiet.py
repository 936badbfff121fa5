"""An index of the readers with quiet hours, whom planning asks for with each chunk of recipients."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Adds the index."""
    set_at_all = sa.text("quiet_from IS NOT NULL")
    op.create_index(
        "subscribers_quiet",
        "subscribers",
        ["chat_id", "zone", "quiet_from", "quiet_to", "breaking_passes"],
        sqlite_where=set_at_all,
        postgresql_where=set_at_all,
    )
