"""`kabar sources` and `kabar import` as an operator types them, against a site on this machine."""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import kabar as command_line
from bot.app.house import open_house
from bot.config import settings_for
from bot.core.checking import DEAD_AFTER, Course, after_failure
from bot.core.listed import ItemState, Listed, Remembered, Sending
from bot.core.newness import marks_of
from bot.errors import KabarError
from bot.samples import samples
from bot.sources.register import Source, SourceKind, read_sources
from tests.databases import new_file
from tests.fakes.press import Printed, prints
from tests.fakes.site import Answer, Site, serving

FEED = "https://koran.example/rss"
NOW = datetime.now(UTC)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


async def kabar(
    folder: Path, *arguments: str, stdin: bytes | None = None, allow: str = ""
) -> tuple[int, str]:
    """Exit code and everything printed; settings and files are in ``folder``."""
    environment = {"DATABASE_URL": f"sqlite:///{folder}/kabar.db", "SOURCES_ALLOW": allow}

    def invoke() -> tuple[int, str]:
        with contextlib.chdir(folder):
            result = CliRunner().invoke(command_line, arguments, input=stdin, env=environment)
        if isinstance(result.exception, KabarError):
            return 1, f"{result.output}{result.exception}\n"
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    # The site goes on answering meanwhile.
    return await asyncio.to_thread(invoke)


async def test_sources_are_added_listed_and_removed(tmp_path: Path) -> None:
    code, output = await kabar(tmp_path, "sources")
    assert code == 0
    assert "kabar sources add" in output
    code, output = await kabar(tmp_path, "sources", "add", FEED, "--name", "Koran", "--backfill", "3")
    assert code == 0
    assert "added to sources.toml" in output
    assert read_sources(tmp_path / "sources.toml") == (Source(FEED, name="Koran", backfill=3),)
    assert "already" in (await kabar(tmp_path, "sources", "add", FEED))[1]
    code, output = await kabar(tmp_path, "sources", "add", FEED, "--section", "nasional")
    assert code == 2
    assert "already: change it there" in output
    code, output = await kabar(tmp_path, "sources", "list")
    assert code == 0
    assert [line.split() for line in output.splitlines()] == [
        ["SOURCE", "LAST", "SUCCESS", "NEXT", "LOOK", "24", "H"],
        ["Koran", "never", "now", "0"],
    ]
    assert "no longer read" in (await kabar(tmp_path, "sources", "remove", "Koran"))[1]
    assert read_sources(tmp_path / "sources.toml") == ()


@pytest.mark.parametrize("kind", SourceKind)
async def test_a_kind_is_named_on_the_command_line_as_it_is_in_the_file(
    tmp_path: Path, kind: SourceKind
) -> None:
    address = "berita" if kind is SourceKind.FOLDER else FEED
    file = tmp_path / "sources.toml"
    file.write_text(f'[[source]]\naddress = "{address}"\nkind = "{kind.value}"\n', encoding="utf-8")
    (written,) = read_sources(file)
    file.unlink()
    code, output = await kabar(tmp_path, "sources", "add", address, "--kind", kind.value)
    assert code == 0, output
    assert read_sources(file) == (written,)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", FEED, "--kind", "koran"), "json-feed"),
        (("add", "gopher://x"), "neither https"),
        (("remove", "x"), "no source 'x'"),
        (("release", "x"), "no source 'x'"),
        (("test", "http://127.0.0.1/"), "not an address of the public network"),
        (("test", "http://127.0.0.1/"), "SOURCES_ALLOW=127.0.0.1:80"),
        (("test", "http://localhost:22/"), "port 22"),
        (("test", "rm.id"), "begins with https://"),
        (("import", "hilang.opml"), "hilang.opml"),
    ],
)
async def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    code, output = await kabar(tmp_path, "sources", *arguments)
    assert code in (1, 2)
    assert told in output
    assert "Traceback" not in output


async def test_the_table_tells_what_fails_since_when_and_what_is_held(tmp_path: Path) -> None:
    course = Course(succeeded_at=NOW)
    for _ in range(DEAD_AFTER):
        course = after_failure(course, now=NOW, cause="no whole answer within 20 s", jitter=0)
    held = [
        Listed(f"{FEED}/{n}", marks_of(f"{FEED}/{n}", None, None, None), ItemState.HELD, Sending.IF_FRESH)
        for n in range(12)
    ]
    settings = settings_for({"database_url": new_file(tmp_path)})
    async with open_house(settings) as house:
        await house.sources.remember(FEED, Remembered(course), held)
    await kabar(tmp_path, "sources", "add", FEED)
    _, output = await kabar(tmp_path, "sources")
    _, row, failed, waiting = output.splitlines()
    assert row.startswith("koran.example/rss")
    assert f"{NOW.astimezone(settings.time_zone):%m-%d %H:%M}" in row
    assert failed == f"    failed {DEAD_AFTER} times, dead: no whole answer within 20 s"
    assert waiting == f"    12 articles held; to send them: kabar sources release '{FEED}'"
    _, output = await kabar(tmp_path, "sources", "release", FEED)
    assert "12 articles" in output


async def test_the_table_fits_into_eighty_columns_however_long_the_addresses(tmp_path: Path) -> None:
    long = f"https://koran.example/{'bagian-yang-panjang/' * 5}rss"
    await kabar(tmp_path, "sources", "add", long)
    _, output = await kabar(tmp_path, "sources")
    assert max(map(len, output.splitlines())) <= 80
    row = output.splitlines()[1]
    assert row.startswith("koran.example/")
    assert row.split()[0].endswith("panjang/rss")


async def test_testing_an_address_shows_what_would_be_read_and_stores_nothing(
    tmp_path: Path, site: Site
) -> None:
    printed = [Printed(number, NOW - timedelta(hours=number)) for number in range(1, 13)]
    prints(site, "127.0.0.1", *printed)
    code, output = await kabar(
        tmp_path, "sources", "test", f"{site.address}/rss", allow=f"127.0.0.1:{site.port}"
    )
    assert code == 0, output
    assert "feed “Koran Contoh”, articles: 12" in output
    assert printed[9].headline in output
    assert printed[10].headline not in output
    assert "and 2 more" in output
    title = next(line.split() for line in output.splitlines() if line.startswith("  title"))
    assert title[1] == "json-ld"
    assert "2 paragraphs" in output
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - nothing else is running here


async def test_testing_an_address_with_no_article_in_it_says_so(tmp_path: Path, site: Site) -> None:
    prints(site, "127.0.0.1")
    address = f"{site.address}/rss"
    code, output = await kabar(tmp_path, "sources", "test", address, allow=f"127.0.0.1:{site.port}")
    assert code == 1
    assert f"kabar: {address}: there is no article in it" in output


async def test_testing_a_folder_shows_its_texts_and_its_lines_and_what_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "berita"
    folder.mkdir()
    code, output = await kabar(tmp_path, "sources", "test", "berita")
    assert (code, output) == (0, "folder, articles: 0\n")
    first, second = samples()[:2]
    (folder / "satu.txt").write_text(first.text, encoding="utf-8")
    (tmp_path / "dua.txt").write_text(second.text, encoding="utf-8")
    _, line = await kabar(tmp_path, "parse", "dua.txt")
    (folder / "dua.jsonl").write_text(line + "{}\n", encoding="utf-8")
    (folder / "luar.txt").symlink_to(tmp_path / "dua.txt")
    code, output = await kabar(tmp_path, "sources", "test", "berita")
    assert code == 1
    assert f"{first.text.splitlines()[2]}  (satu.txt)" in output
    assert f"{second.text.splitlines()[2]}  (dua.jsonl)" in output
    assert "dua.jsonl, line 2" in output
    assert "leads out of its folder" in output
    assert "folder, articles: 2" in output


async def test_testing_a_page_names_the_feeds_that_it_names(tmp_path: Path, site: Site) -> None:
    printed = Printed(2000, NOW - timedelta(hours=1))
    prints(site, "127.0.0.1", printed)
    head = "<link rel='alternate' type='application/rss+xml' title='Koran Contoh' href='/rss'>"
    article = f"<a href='{printed.path}'>Sebuah judul yang cukup panjang</a>"
    site.pages["/"] = Answer(f"<html><head>{head}</head><body>{article}</body></html>")
    site.pages["/kosong"] = Answer(f"<html><head>{head}</head><body>kosong</body></html>")
    allow = f"127.0.0.1:{site.port}"
    code, output = await kabar(tmp_path, "sources", "test", f"{site.address}/", allow=allow)
    assert code == 0, output
    assert "index, articles: 1" in output
    assert f"  {site.address}/rss  Koran Contoh" in output
    assert printed.headline in output
    code, output = await kabar(tmp_path, "sources", "test", f"{site.address}/kosong", allow=allow)
    assert code == 1
    assert output.strip().endswith(f"feeds that it names: {site.address}/rss")


async def test_testing_an_address_that_is_no_source_says_why(tmp_path: Path, site: Site) -> None:
    site.pages["/rss"] = Answer(status=503)
    code, output = await kabar(
        tmp_path, "sources", "test", f"{site.address}/rss", allow=f"127.0.0.1:{site.port}"
    )
    assert code == 1
    assert output.strip().endswith("the server answers 503 Service Unavailable")


async def test_feeds_come_from_another_reader_and_go_to_one(tmp_path: Path) -> None:
    opml = (
        '<opml version="2.0"><head/><body><outline text="Berita">'
        f'<outline type="rss" text="Koran" xmlUrl="{FEED}"/>'
        '<outline type="rss" text="Lain" xmlUrl="https://lain.example/rss"/></outline></body></opml>'
    )
    code, output = await kabar(tmp_path, "sources", "import", "-", stdin=opml.encode())
    assert (code, output.strip()) == (0, "added 2, already there 0")
    assert [source.name for source in read_sources(tmp_path / "sources.toml")] == ["Koran", "Lain"]
    _, exported = await kabar(tmp_path, "sources", "export")
    _, output = await kabar(tmp_path, "sources", "import", "-", stdin=exported.encode())
    assert output.strip() == "added 0, already there 2"


async def test_check_finds_a_fault_in_the_register(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\naddress = 'https://koran.example'\nkind = 'rss'\n")
    _, output = await kabar(tmp_path, "check")
    assert "FAULT sources: sources.toml, source 1: kind 'rss' is not known" in output
    (tmp_path / "sources.toml").write_text("[[source]]\naddress = 'https://koran.example:8080/rss'\n")
    _, output = await kabar(tmp_path, "check")
    assert "port 8080 is refused" in output
    (tmp_path / "sources.toml").write_text(f"[[source]]\naddress = '{FEED}'\n")
    _, output = await kabar(tmp_path, "check")
    assert "ok    sources: 1 in sources.toml" in output
    assert "SOURCES_CONTACT is empty" in output


async def test_lines_from_parse_are_imported_from_standard_input_and_are_the_same_articles(
    tmp_path: Path,
) -> None:
    for sample in samples()[:3]:
        (tmp_path / f"{sample.name}.txt").write_text(f"{sample.url}\n{sample.text}", encoding="utf-8")
    code, lines = await kabar(tmp_path, "parse", ".")
    assert code == 0
    assert len([json.loads(line) for line in lines.splitlines()]) == 3
    _, output = await kabar(tmp_path, "import", "--no-push", "-", stdin=lines.encode())
    assert [line.partition(":")[0] for line in output.splitlines()] == ["new"] * 3
    _, output = await kabar(tmp_path, "import", "--no-push", ".")
    assert [line.partition(":")[0] for line in output.splitlines()] == ["unchanged"] * 3


async def test_a_faulty_line_on_standard_input_is_named_and_the_rest_imported(tmp_path: Path) -> None:
    good = {"title": "Feri", "published_at": "2026-03-04T07:00:00+07:00", "paragraphs": ["Isi."]}
    lines = f"{{rusak\n{json.dumps(good)}\n"
    code, output = await kabar(tmp_path, "import", "--no-push", "-", stdin=lines.encode())
    assert code == 1
    assert "-, line 1: no article here: this is not JSON" in output
    assert "new: article 1, Feri" in output
