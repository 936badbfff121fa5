"""A stop while Telegram takes requests and answers none: it ends in time, and the ledger says how it was."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app.run import run_bot
from bot.config import settings_for
from bot.core.publication import DeliveryState, PublicationKind
from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from bot.store.database import Database
from bot.store.publications import Publications
from tests.fakes.newsroom import TOKEN, world

SUPERVISORS_WAIT = 10.0


def _silence(telegram: Telegram, *methods: str) -> int:
    return telegram.fault(Fault(FaultKind.SILENCE, methods=frozenset(methods)))


async def _left(folder: Path) -> dict[DeliveryState, int]:
    database = await Database.open(f"sqlite:///{folder}/kabar.db")
    try:
        progress = await Publications(database).progress(1)
    finally:
        await database.close()
    return {state: number for state, number in progress.items() if number}


@pytest.mark.parametrize(
    ("kind", "left"),
    [(PublicationKind.REGULAR, DeliveryState.UNKNOWN), (PublicationKind.BREAKING, DeliveryState.PENDING)],
)
async def test_a_send_that_is_not_answered_is_settled_by_its_kind_at_a_stop(
    tmp_path: Path, telegram: Telegram, kind: PublicationKind, left: DeliveryState
) -> None:
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(world(tmp_path, telegram))
        house = running.bot.house
        silence = _silence(telegram, "sendMessage")
        stored = await running.takes(samples()[0], announce=False)
        await house.archive.publish(stored.archived.id, kind=kind, now=stored.archived.stored_at)
        running.bot.wake()
        async with asyncio.timeout(10):
            while not telegram.do(lambda: telegram.simulator.faults.fired(silence)):
                await asyncio.sleep(0.02)
        async with asyncio.timeout(SUPERVISORS_WAIT):
            await stack.aclose()
    assert await _left(tmp_path) == {left: 1}


async def test_a_reader_whose_answer_telegram_does_not_take_holds_up_no_stop(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(world(tmp_path, telegram))
        _silence(telegram, "sendMessage")
        await running.reader.send("/start")
        await telegram.until(lambda event: event.kind == "message", what="the reader's message")
        _silence(telegram, "getUpdates")
        async with asyncio.timeout(SUPERVISORS_WAIT):
            await stack.aclose()


async def test_a_start_that_telegram_does_not_answer_is_given_up_at_once(
    tmp_path: Path, telegram: Telegram
) -> None:
    _silence(telegram, "getMe")
    stop = asyncio.Event()
    settings = settings_for(
        {
            "bot_token": TOKEN,
            "telegram_api_url": telegram.address,
            "database_url": f"sqlite:///{tmp_path}/kabar.db",
            "articles_dir": tmp_path / "articles",
        }
    )
    running = asyncio.create_task(run_bot(settings, stop=stop))
    await asyncio.wait([running], timeout=1.0)
    stop.set()
    async with asyncio.timeout(SUPERVISORS_WAIT):
        await running
