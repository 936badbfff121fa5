"""The numbers of the updates that a webhook has accepted, kept beyond a restart."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.store.database import Database
from bot.store.ledger_tables import seen_updates
from bot.store.upsert import upsert


class SeenUpdates:
    """Update numbers with the time at which each was accepted. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, moment: datetime) -> tuple[int, ...]:
        """The numbers accepted at ``moment`` or later, oldest first; what is older is forgotten for good."""
        async with self._database.writing() as connection:
            await connection.execute(delete(seen_updates).where(seen_updates.c.seen_at < moment))
            order = (seen_updates.c.seen_at, seen_updates.c.update_id)
            return tuple(await connection.scalars(select(seen_updates.c.update_id).order_by(*order)))

    async def keep(self, accepted: Mapping[int, datetime], *, forget: Collection[int]) -> None:
        """Writes down ``accepted``, of which some may be there already, and takes out ``forget``."""
        async with self._database.writing() as connection:
            if accepted:
                new = upsert(connection.dialect.name, seen_updates).on_conflict_do_nothing()
                rows = [{"update_id": number, "seen_at": at} for number, at in accepted.items()]
                await connection.execute(new, rows)
            if forget:
                this = seen_updates.c.update_id == bindparam("forgotten")
                await connection.execute(
                    delete(seen_updates).where(this), [{"forgotten": number} for number in forget]
                )
