"""The ledger for several workers: leases, kinds that change a message, publications that wait or rest."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds what workers, corrections and digests need; what was being sent is sent again."""
    op.create_table(
        "workers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("lease_until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="workers_pkey"),
        # Never the number of one that is no more: a worker that wakes up must not find itself in another.
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pace",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("spent_until", sa.Double, nullable=False),
        sa.Column("held_until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pace_pkey"),
        # Without a log its commits wait for no disk; what a crash takes away is worth a second of pace.
        prefixes=["UNLOGGED"] if op.get_context().dialect.name == "postgresql" else [],
    )
    op.add_column("articles", sa.Column("retracted_at", MOMENT))
    op.add_column("subscribers", sa.Column("rests_until", sa.Double))
    _change_publications()
    _change_deliveries()


def _change_publications() -> None:
    op.drop_index("publications_open", table_name="publications")
    with op.batch_alter_table("publications") as table:
        table.alter_column("article_id", existing_type=KEY, nullable=True)
        table.alter_column("revision", existing_type=sa.Integer, nullable=True)
        table.add_column(sa.Column("edition", sa.String(40)))
        table.add_column(sa.Column("cause", sa.Text))
        table.create_unique_constraint("publications_edition_key", ["edition"])
    op.execute("UPDATE publications SET state = 'approved' WHERE state = 'planned'")
    _partial_index(
        "publications_open", "publications", ["priority", "id"], "state IN ('approved', 'running')"
    )


def _change_deliveries() -> None:
    op.drop_index("deliveries_attempting", table_name="deliveries")
    op.execute("UPDATE deliveries SET state = 'pending', due_at = attempted_at WHERE state = 'attempting'")
    op.add_column("deliveries", sa.Column("unknowns", sa.Integer, nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("revision", sa.Integer))
    op.add_column("deliveries", sa.Column("edits", sa.BigInteger))
    op.add_column("deliveries", sa.Column("worker_id", KEY))
    _partial_index(
        "deliveries_in_hand", "deliveries", ["publication_id", "id"], "state IN ('claimed', 'attempting')"
    )


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
