"""Which files of the watched folders were read, so that a start does not read them all again."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.source_tables import read_files
from bot.store.upsert import upsert

_CHUNK = 500


class ReadFiles:
    """Files by path, each with the size and the time (in nanoseconds) that it had when it was read.

    Every method may raise StoreUnavailable.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def under(self, folder: Path) -> Mapping[Path, tuple[int, int]]:
        """Size and time of each file in ``folder`` or below that was read."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(read_files))
            return {
                Path(row.path): (row.size, row.modified_ns)
                for row in rows
                if Path(row.path).is_relative_to(folder)
            }

    async def remember(self, path: Path, size: int, modified_ns: int) -> None:
        """The file was read as it was then."""
        seen = {"size": size, "modified_ns": modified_ns}
        async with self._database.writing() as connection:
            await connection.execute(
                upsert(connection.dialect.name, read_files)
                .values(path=str(path), **seen)
                .on_conflict_do_update(index_elements=["path"], set_=seen)
            )

    async def forget(self, paths: list[Path]) -> None:
        """The files are there no longer."""
        names = [str(path) for path in paths]
        for start in range(0, len(names), _CHUNK):
            async with self._database.writing() as connection:
                some = names[start : start + _CHUNK]
                await connection.execute(delete(read_files).where(read_files.c.path.in_(some)))
