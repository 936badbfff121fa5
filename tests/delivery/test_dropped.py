"""What is dropped into the folder, with a real folder, database and way in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.core.article import ArchivedArticle
from bot.delivery.dropped import DroppedArticles
from bot.delivery.intake import Intake
from bot.samples import samples
from bot.sources.folder import WatchedFolder
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.read_files import ReadFiles
from tests.databases import new_file

PATIENCE = 20.0
TITLES = [sample.text.split("\n")[2] for sample in samples()]


@dataclass
class Floor:
    folder: Path
    archive: Archive
    files: ReadFiles
    unreadable: list[tuple[str, str]] = field(default_factory=list)

    def drop(self, name: str, content: str | bytes) -> Path:
        beside = self.folder / f".{name}"
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        return beside.rename(self.folder / name)

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not done():
                await asyncio.sleep(0.05)

    async def article(self, number: int, *, revision: int = 1) -> ArchivedArticle:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.archive.by_id(number)
                if found is not None and found.revision >= revision:
                    return found
                await asyncio.sleep(0.05)

    async def remembered(self, name: str) -> None:
        """Wait until the file was read."""
        async with asyncio.timeout(PATIENCE):
            while self.folder / name not in await self.files.under(self.folder):
                await asyncio.sleep(0.05)


@asynccontextmanager
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    """The folder, watched until the end of the block; opened again, it is the next start."""
    database = await Database.open(new_file(tmp_path))
    archive, files = Archive(database), ReadFiles(database)
    watched = WatchedFolder(tmp_path / "masuk")
    watched.make()
    running = Floor(tmp_path / "masuk", archive, files)
    dropped = DroppedArticles(
        watched,
        files=files,
        intake=Intake(archive, now=lambda: datetime.now(UTC)),
        unreadable=lambda name, cause: running.unreadable.append((name, cause)),
        wake=lambda: None,
    )
    task = asyncio.create_task(dropped.run())
    try:
        yield running
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await database.close()


async def test_a_start_neither_reads_known_files_again_nor_tells_of_them_again(tmp_path: Path) -> None:
    async with floor(tmp_path) as first:
        first.drop("baik.txt", samples()[0].text)
        first.drop("rusak.txt", b"\x00\x01")
        await first.remembered("baik.txt")
        await first.remembered("rusak.txt")
        assert [name for name, _ in first.unreadable] == [str(first.folder / "rusak.txt")]
    async with floor(tmp_path) as second:
        second.drop("baru.txt", samples()[1].text)
        await second.remembered("baru.txt")
        assert second.unreadable == []
        assert (await second.article(1)).revision == 1


async def test_a_file_that_changed_while_nobody_watched_is_read_again(tmp_path: Path) -> None:
    async with floor(tmp_path) as first:
        first.drop("a.txt", samples()[0].text)
        await first.remembered("a.txt")
    (tmp_path / "masuk" / "a.txt").write_text(samples()[0].text.replace(" rekaan.", " rekaan semata."))
    async with floor(tmp_path) as second:
        assert (await second.article(1, revision=2)).revision == 2


async def test_files_that_are_gone_are_forgotten_at_the_start(tmp_path: Path) -> None:
    async with floor(tmp_path) as first:
        first.drop("a.txt", samples()[0].text)
        await first.remembered("a.txt")
    (tmp_path / "masuk" / "a.txt").unlink()
    async with floor(tmp_path) as second:
        second.drop("b.txt", samples()[1].text)
        await second.remembered("b.txt")
        assert list(await second.files.under(second.folder)) == [second.folder / "b.txt"]


async def test_a_writer_that_pauses_too_long_is_read_by_halves_and_the_whole_is_a_revision(
    tmp_path: Path,
) -> None:
    text = samples()[0].text
    half = text.index("\n\n", len(text) // 2)
    async with floor(tmp_path) as running:
        with (running.folder / "a.txt").open("w", encoding="utf-8") as file:
            file.write(text[:half])
            file.flush()
            first = await running.article(1)
            file.write(text[half:])
        whole = await running.article(1, revision=2)
    assert whole.article.paragraphs[: len(first.article.paragraphs)] == first.article.paragraphs
    assert len(whole.article.paragraphs) > len(first.article.paragraphs)


async def test_lines_of_json_are_taken_one_by_one_and_a_faulty_one_is_told(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                "title": f"Kapal Feri ke-{number}",
                "published_at": f"2026-03-04T07:0{number}:00+07:00",
                "paragraphs": ["Pelabuhan dibuka lagi."],
                "url": f"https://koran.example/nasional/feri-{number}",
                "section": "nasional",
            }
        )
        for number in range(3)
    ]
    lines.insert(1, "{rusak")
    async with floor(tmp_path) as running:
        running.drop("a.jsonl", "\n".join(lines))
        await running.remembered("a.jsonl")
        last = await running.article(3)
        assert (last.article.title, last.article.section) == ("Kapal Feri ke-2", "nasional")
        assert [name for name, _ in running.unreadable] == [f"{running.folder}/a.jsonl, line 2"]


async def test_a_link_out_of_the_folder_is_told_and_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "luar.txt"
    outside.write_text(samples()[0].text, encoding="utf-8")
    async with floor(tmp_path) as running:
        (running.folder / "a.txt").symlink_to(outside)
        running.drop("b.txt", samples()[1].text)
        await running.until(lambda: len(running.unreadable) == 1)
        assert "leads out of its folder" in running.unreadable[0][1]
        assert (await running.article(1)).article.title == TITLES[1]


async def test_a_first_line_with_the_address_gives_section_and_link(tmp_path: Path) -> None:
    async with floor(tmp_path) as running:
        running.drop("a.txt", f"{samples()[0].url}\n{samples()[0].text}")
        article = (await running.article(1)).article
        assert (article.url, article.section) == (samples()[0].url, "ekonomi-bisnis")
