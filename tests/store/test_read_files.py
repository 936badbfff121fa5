from pathlib import Path

from bot.store.database import Database
from bot.store.read_files import ReadFiles

FOLDER = Path("/berita/masuk")


async def test_a_file_is_remembered_as_it_was_read_last(database: Database) -> None:
    files = ReadFiles(database)
    one, other = FOLDER / "satu.txt", Path("/berita/lain/dua.txt")
    await files.remember(one, 10, 1_770_000_000_000_000_001)
    await files.remember(one, 11, 1_770_000_000_000_000_002)
    await files.remember(other, 12, 3)
    assert await files.under(FOLDER) == {one: (11, 1_770_000_000_000_000_002)}


async def test_a_file_that_is_gone_is_forgotten(database: Database) -> None:
    files = ReadFiles(database)
    paths = [FOLDER / f"{number}.txt" for number in range(3)]
    for path in paths:
        await files.remember(path, 1, 1)
    await files.forget(paths[:2])
    assert list(await files.under(FOLDER)) == paths[2:]
