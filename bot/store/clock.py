"""The database's own clock, which all processes on it share; those of their machines differ."""

from sqlalchemy import Double, TextClause, bindparam, text

SECONDS = {
    "sqlite": "(julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) AS double precision)",
}
"""Seconds since 1970 as an expression of each database; it moves on within a transaction."""


def timed(dialect: str, statement: str, *seconds: str) -> TextClause:
    """``statement`` with ``{now}`` in it read as that expression, and ``seconds`` as its bound numbers."""
    filled = text(statement.format(now=SECONDS[dialect]))
    return filled.bindparams(*(bindparam(name, type_=Double) for name in seconds))
