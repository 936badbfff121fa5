"""`kabar check`, `simulator` and `import` beside a running bot, each in a process of its own."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp

from bot.simulator import Simulator, start
from bot.simulator.actors import Telegram
from bot.store.archive import Archive
from tests.core.pages import PAGE, SECOND_PAGE
from tests.fakes.newsroom import TOKEN, world
from tests.store.servers import opened

FIRST_PAGE = PAGE[: PAGE.index("Biaya Pembangunan")] + " Selanjutnya \n"
LAST_PARAGRAPH = "Mereka kini tak perlu memutar."


async def _kabar(*arguments: str, **environment: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        env=os.environ | environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_an_imported_article_is_pushed_by_the_running_bot(
    tmp_path: Path, shared: Path, telegram: Telegram
) -> None:
    (file,) = sorted((shared / "articles").glob("*.txt"))
    async with world(tmp_path, telegram) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        code, output = await _kabar("import", str(file), DATABASE_URL=f"sqlite:///{tmp_path}/kabar.db")
        assert code == 0, output
        push = await running.reader.expect("Kim Jong Un Tiba Di Rusia")
        for speaker in ("Michael Madden", "Dmitry Peskov", "Jake Sullivan"):
            assert speaker in push.text
        quoted = [entity for entity in push.message["entities"] if "blockquote" in entity["type"]]
        assert len(quoted) == 4
        await running.channel.expect("Kim Jong Un Tiba Di Rusia")


async def test_a_split_article_becomes_one_in_whatever_order_its_pages_are_imported(tmp_path: Path) -> None:
    for order in ((FIRST_PAGE, SECOND_PAGE), (SECOND_PAGE, FIRST_PAGE)):
        folder = tmp_path / str(order.index(FIRST_PAGE))
        folder.mkdir()
        for number, text in enumerate(order, 1):
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        database = f"sqlite:///{folder}/kabar.db"
        code, output = await _kabar("import", str(folder), DATABASE_URL=database)
        assert code == 0, output
        async with opened(database) as read:
            articles = await Archive(read).many([1, 2])
        assert [archived.article.paragraphs[-1] for archived in articles] == [LAST_PARAGRAPH]


async def test_the_pages_of_a_split_article_dropped_last_page_first_are_sent_as_one(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with world(tmp_path, telegram) as running:
        for name, text in (("1-lanjutan.txt", SECOND_PAGE), ("2-awal.txt", FIRST_PAGE)):
            (running.folder / "articles" / name).write_text(text, encoding="utf-8")
        await running.channel.expect("Jembatan Kertasari Dibuka")
        async with opened(f"sqlite:///{tmp_path}/kabar.db") as read:
            archived = await Archive(read).by_id(1)
    assert archived is not None
    assert (archived.revision, archived.article.paragraphs[-1]) == (1, LAST_PARAGRAPH)


async def test_check_says_what_works(tmp_path: Path) -> None:
    simulator = Simulator()
    simulator.add_channel("Kabar Contoh", "kabar_contoh")
    telegram = await start(simulator, port=0)
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.address,
        "DATABASE_URL": f"sqlite:///{tmp_path}/kabar.db",
        "ARTICLES_DIR": str(tmp_path / "articles"),
    }
    try:
        code, output = await _kabar("check", CHANNELS="@kabar_contoh", **settings)
        assert code == 0, output
        assert "@kabar_demo_bot" in output
        assert "“Kabar Contoh” can be posted to" in output
        code, output = await _kabar("check", CHANNELS="@tidak_ada", **settings)
        assert code == 1
        assert "FAULT channel @tidak_ada" in output
        assert "ok    database" in output
        assert TOKEN not in output
    finally:
        await telegram.stop()


async def test_a_faulty_register_ends_the_start_with_one_plain_line(
    tmp_path: Path, telegram: Telegram
) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]\nadress = 'x'\n")
    code, output = await _kabar(
        "run",
        BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=telegram.address,
        DATABASE_URL=f"sqlite:///{tmp_path}/kabar.db",
        SOURCES_FILE=str(tmp_path / "sources.toml"),
    )
    assert code == 1
    assert "sources.toml, source 1: 'adress' is not known" in output
    assert "Traceback" not in output


def test_the_local_telegram_is_not_loaded_where_the_newspaper_runs() -> None:
    look = "import sys, bot.cli.service; print(sorted(name for name in sys.modules if 'simulator' in name))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


async def test_check_without_a_token_says_who_gives_one(tmp_path: Path) -> None:
    code, output = await _kabar("check", BOT_TOKEN="", DATABASE_URL=f"sqlite:///{tmp_path}/kabar.db")
    assert code == 1
    assert "BotFather" in output


async def test_a_wrong_setting_is_one_line_and_no_trace(tmp_path: Path) -> None:
    code, output = await _kabar("import", str(tmp_path), DATABASE_URL="mysql://x/y")
    assert code == 1
    assert "DATABASE_URL" in output
    assert "Traceback" not in output


async def test_the_simulator_alone_answers_any_bot_and_shows_its_chats(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "simulator", "--port", "0", "--channel", "@warta_contoh",
        "--bot", "@warta_bot", "--accepted-log", tmp_path / "accepted.jsonl",
        stdout=asyncio.subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    address = next(word.rstrip(":") for word in line.split() if word.startswith("http://"))
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{address}/bot1:abc/getMe") as response:
            assert (await response.json())["result"]["username"] == "warta_bot"
        message = {"chat_id": "@warta_contoh", "text": "halo"}
        async with session.post(f"{address}/bot1:abc/sendMessage", json=message) as response:
            assert (await response.json())["result"]["text"] == "halo"
        assert json.loads((tmp_path / "accepted.jsonl").read_text())["text"] == "halo"
        async with session.get(address) as response:
            assert response.status == 200
            assert "html" in response.headers["Content-Type"]
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_a_log_that_cannot_be_written_is_one_line_and_no_trace(tmp_path: Path) -> None:
    code, output = await _kabar("simulator", "--accepted-log", str(tmp_path / "missing" / "log"))
    assert code == 1
    assert "--accepted-log" in output
    assert "Traceback" not in output


async def test_a_name_that_no_bot_can_have_is_refused_with_the_rule() -> None:
    code, output = await _kabar("simulator", "--bot", "warta")
    assert code == 2
    assert "'warta': a bot's username is letters, digits and _, and ends in bot" in output


async def test_a_channel_that_cannot_be_is_refused_with_the_rule() -> None:
    code, output = await _kabar("simulator", "--port", "0", "--channel", "a/b")
    assert code == 1
    assert "username 'a/b' must be 3 to 32 of A-Z" in output
    assert "Traceback" not in output


async def test_a_taken_port_is_named_with_a_way_out() -> None:
    telegram = await start(Simulator(), port=0)
    port = telegram.address.rpartition(":")[2]
    try:
        for command in ("simulator", "demo"):
            code, output = await _kabar(command, "--port", port)
            assert code == 1
            assert port in output
            assert "--port 0" in output
            assert "Traceback" not in output
    finally:
        await telegram.stop()


async def test_check_writes_every_message_with_the_newspapers_own_templates(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "push.html").write_text("{{ view.titel }}", encoding="utf-8")
    code, output = await _kabar(
        "check", TEMPLATES_DIR=str(templates), DATABASE_URL=f"sqlite:///{tmp_path}/kabar.db"
    )
    assert code == 1
    assert "FAULT templates" in output
    assert "titel" in output
