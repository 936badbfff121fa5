"""The whole bot with a source of the web: from a newspaper's feed to a reader's chat."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.sources.register import Source, SourceKind, add_sources, remove_source
from tests.fakes.newsroom import world
from tests.fakes.press import Printed, prints
from tests.fakes.site import Answer, serving


async def test_what_a_newspapers_feed_lists_reaches_its_channel(tmp_path: Path, telegram: Telegram) -> None:
    async with serving() as site:
        printed = Printed(1, datetime.now(UTC) - timedelta(hours=1))
        prints(site, "127.0.0.1", printed)
        file = tmp_path / "sources.toml"
        add_sources(file, (Source(f"{site.address}/rss", backfill=1),))
        allow = f"127.0.0.1:{site.port}"
        async with world(tmp_path, telegram, sources_file=file, sources_allow=allow) as running:
            await running.channel.expect(printed.headline)


async def test_a_source_that_is_added_while_it_runs_is_read_and_its_fault_told(
    tmp_path: Path, telegram: Telegram
) -> None:
    admin = telegram.user("Redaksi")
    async with serving() as site:
        site.pages["/rss"] = Answer(status=410)
        file, allow = tmp_path / "sources.toml", f"127.0.0.1:{site.port}"
        async with world(
            tmp_path, telegram, sources_file=file, sources_allow=allow, admin_ids=str(admin.chat_id)
        ) as running:
            await admin.send("/help")
            await admin.expect("/terbaru")
            add_sources(file, (Source(f"{site.address}/rss", name="Koran Contoh"),))
            await admin.expect("410 Gone", within=20)
            (running.folder / "articles" / "a.txt").write_bytes(b"\x00")
            await admin.expect("a.txt")


async def test_a_folder_that_is_added_while_it_runs_is_watched(tmp_path: Path, telegram: Telegram) -> None:
    file, folder = tmp_path / "sources.toml", tmp_path / "ruang-redaksi"
    first, second = samples()[:2]
    async with world(tmp_path, telegram, sources_file=file) as running:
        add_sources(file, (Source(str(folder), kind=SourceKind.FOLDER),))
        folder.mkdir()
        (folder / "satu.txt").write_text(first.text, encoding="utf-8")
        await running.channel.expect(first.text.split("\n")[2], within=20)
        remove_source(file, str(folder))
        (running.folder / "articles" / "dua.txt").write_text(second.text, encoding="utf-8")
        await running.channel.expect(second.text.split("\n")[2], within=20)
