"""INSERT ... ON CONFLICT, which SQLAlchemy words for each database apart."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into ``table`` that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``.

    ``dialect`` is the name of the database: ``sqlite`` or ``postgresql``.
    """
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
