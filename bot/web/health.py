"""Whether the bot can do its work, asked for by a supervisor. Only looks; mends nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import StoreUnavailable

DATABASE_PATIENCE = 5.0
"""Seconds in which the database must answer; supervisors mostly wait ten."""


class Database(Protocol):
    """The open database."""

    async def answers(self) -> None:
        """Come back if it can be read; raise StoreUnavailable if not."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """How the bot is: ``faults`` by part, each with its cause; none when all is well."""

    faults: dict[str, str]
    last_update: datetime | None


class Health:
    """Asks the database and every part that is watched.

    ``last_update`` says when an update was last handled: for people to judge, since nights are quiet.
    """

    def __init__(self, database: Database, *, last_update: Callable[[], datetime | None]) -> None:
        self._database = database
        self._last_update = last_update
        self._watched: dict[str, Callable[[], str | None]] = {}

    def watch(self, part: str, fault: Callable[[], str | None]) -> None:
        """From now on ask ``fault`` for the cause why ``part`` does not work, None when it does."""
        self._watched[part] = fault

    async def look(self) -> Condition:
        """Ask everything once."""
        found = {"database": await self._database_fault()}
        found |= {part: fault() for part, fault in self._watched.items()}
        faults = {part: cause for part, cause in found.items() if cause is not None}
        return Condition(faults, self._last_update())

    async def _database_fault(self) -> str | None:
        try:
            async with asyncio.timeout(DATABASE_PATIENCE):
                await self._database.answers()
        except StoreUnavailable as error:
            return str(error)
        except TimeoutError:
            return f"the database did not answer within {DATABASE_PATIENCE:g} s"
        return None
