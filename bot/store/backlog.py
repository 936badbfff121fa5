"""How much of the ledger is still to be done, for whoever watches over it."""

from collections.abc import Mapping

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.ledger_tables import FRESH, IN_HAND, OPEN, PUT_OFF, deliveries, publications


class Backlog:
    """Counts of what is open. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_by_kind(self) -> Mapping[str, int]:
        """How many deliveries of open publications are not closed yet, by the publication's kind.

        Recipients that are not written down yet are not counted.
        """
        mine = deliveries.c.publication_id == publications.c.id
        # One count for each state, so that each reads its own partial index and never a closed row.
        waiting = [
            select(func.count()).select_from(deliveries).where(state, mine).scalar_subquery()
            for state in (FRESH, PUT_OFF, IN_HAND)
        ]
        counted = select(publications.c.kind, waiting[0] + waiting[1] + waiting[2]).where(OPEN)
        found: dict[str, int] = {}
        async with self._database.reading() as connection:
            for kind, number in await connection.execute(counted):
                found[kind.value] = found.get(kind.value, 0) + number
        return found
