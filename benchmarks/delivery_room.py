"""What the benchmarks of delivery stand on: a stub of Telegram, a database with readers, an article."""

import asyncio
import json
import multiprocessing
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from aiohttp import web
from sqlalchemy import text

from benchmarks.simulator import pin
from bot.app.house import House, open_house, wall_clock
from bot.config import Settings, settings_for
from bot.core.chunks import FIRST
from bot.core.publication import PublicationKind
from bot.samples import samples
from bot.sources.page import Page
from bot.store.database import Database
from bot.store.publications import Filling
from bot.web.metrics import Metrics

TOKEN = "123456:AAH-example_token-of-no-bot-at-all_x"  # noqa: S105 - of no bot
FIRST_READER = 700_000_001

_BOT = {"id": 123456, "is_bot": True, "first_name": "Kabar", "username": "kabar_demo_bot"}


def settings_of(folder: Path, address: str, **values: object) -> Settings:
    return settings_for(
        {
            "bot_token": TOKEN,
            "telegram_api_url": address,
            "database_url": f"sqlite:///{folder}/kabar.db",
            "articles_dir": folder / "articles",
            **values,
        }
    )


_ADD_READERS = text(
    """
    INSERT INTO subscribers (chat_id, kind, language, subscribed, reachable, silent, joined_at)
    WITH RECURSIVE series(number) AS (
        SELECT CAST(:first AS BIGINT) UNION ALL SELECT number + 1 FROM series WHERE number < :last
    )
    SELECT number, 'private', 'id', true, true, false, '2026-01-01 00:00:00' FROM series
    """
)


@asynccontextmanager
async def opened_room(settings: Settings, readers: int) -> AsyncIterator[House]:
    """The house over a database with so many readers."""
    async with open_house(settings, reports=Metrics(version="0")) as house:
        await add_readers(house.database, readers)
        yield house


async def add_readers(database: Database, readers: int) -> None:
    """As many as are asked for, written by the database itself."""
    async with database.writing() as connection:
        await connection.execute(_ADD_READERS, {"first": FIRST_READER, "last": FIRST_READER + readers - 1})


async def published(house: House, kind: PublicationKind, *, sample: int = 0, plan: bool = True) -> int:
    """The publication of a sample, with every recipient written down if ``plan``."""
    taken = samples()[sample]
    stored = await house.intake.take(Page(taken.name, taken.text.encode(), taken.url), announce=False)
    assert stored is not None
    publication = await house.archive.publish(stored.archived.id, kind=kind, now=wall_clock())
    assert publication is not None
    while plan and await house.publications.fill(publication, chunk=FIRST, now=wall_clock()) is Filling.MORE:
        pass
    return publication


@contextmanager
def stub() -> Iterator[str]:
    """The address of a Telegram that says yes to everything, in a process of its own on the first core."""
    told, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_serve_stub, args=(tells,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{told.recv()}"
    finally:
        process.kill()
        process.join()


def _serve_stub(told: Connection) -> None:
    pin({0})
    asyncio.run(_stub(told))


async def _stub(told: Connection) -> None:
    async def handle(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await request.read()
        if method == "getMe":
            return _answer(_BOT)
        if method == "getWebhookInfo":
            return _answer({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
        if method == "getUpdates":
            await asyncio.sleep(0.5)
            return _answer([])
        if method != "sendMessage":
            return _answer(True)
        chat_id = int(json.loads(body)["chat_id"])
        chat = {"id": chat_id, "type": "private", "first_name": "Pembaca"}
        return _answer(
            {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": _BOT, "text": "x" * 600}
        )

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.send(runner.addresses[0][1])
    await asyncio.Event().wait()


def _answer(result: object) -> web.Response:
    return web.Response(
        body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json"
    )
