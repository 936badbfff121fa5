"""The rate that all workers share, in one row: reserving turns of it, and a halt for everybody."""

from bot.core.pacing import Rate, Reserved
from bot.store.clock import timed
from bot.store.database import Database


class Pace:
    """The shared rate, on PostgreSQL. Both methods may raise StoreUnavailable.

    GCRA as in ``bot.core.pacing``, in one statement by the database's clock: first come, first served.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(self, count: int, rate: Rate) -> Reserved:
        """Takes the next ``count`` turns, one interval apart."""
        # Each statement is a transaction of its own here: one trip to the server, and no lock is kept.
        async with self._database.reading() as connection:
            found = await connection.execute(_RESERVE, {"spent": count * rate.interval})
            wait, held = found.one()
            return Reserved(max(0.0, float(wait)), max(0.0, float(held)))

    async def hold(self, seconds: float) -> None:
        """Gives nobody a turn within ``seconds``; a shorter halt ends no longer one."""
        async with self._database.reading() as connection:
            await connection.execute(_HOLD, {"seconds": seconds})


# Written anew where it is missing: the table is unlogged, so a crash of the server empties it.
_RESERVE = timed(
    "postgresql",
    """
    INSERT INTO pace (id, spent_until, held_until) VALUES (1, {now} + :spent, 0)
    ON CONFLICT (id) DO UPDATE
    SET spent_until = GREATEST(pace.spent_until, pace.held_until, {now}) + :spent
    RETURNING pace.spent_until - :spent - {now}, pace.held_until - {now}
    """,
    "spent",
)
_HOLD = timed(
    "postgresql",
    """
    INSERT INTO pace (id, spent_until, held_until) VALUES (1, {now}, {now} + :seconds)
    ON CONFLICT (id) DO UPDATE SET held_until = GREATEST(pace.held_until, {now} + :seconds)
    """,
    "seconds",
)
