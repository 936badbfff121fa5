"""A bot whose updates Telegram brings: the local Telegram, a web server in front, the bot behind."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import structlog
from telegram import Bot
from telegram.error import Conflict
from telegram.ext import ApplicationBuilder

from bot.app.telegram_side import KabarApplication
from bot.app.updates import Ownership, WebhookWatch, into, same_address
from bot.simulator import Simulator
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from bot.web.metrics import Metrics
from handlers.dispatch import AT_ONCE, UPDATES
from tests.fakes.newsroom import TOKEN, World, world
from tests.web.front import HEADER, SECRET, Front, front


@pytest.fixture
async def door() -> AsyncIterator[Front]:
    async with front() as served:
        yield served


@asynccontextmanager
async def brought(folder: Path, telegram: Telegram, door: Front) -> AsyncIterator[World]:
    try:
        async with world(folder, telegram, **door.settings) as running:
            door.target = running.bot.web
            yield running
    finally:
        door.target = None


async def test_a_reader_is_answered_through_the_webhook(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    async with brought(tmp_path, telegram, door) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        asked = (await telegram.called("setWebhook"))["request"]
        assert asked["url"] == f"{door.address}/kabar"
        assert asked["secret_token"] == SECRET
        assert int(asked["max_connections"]) == 40
        allowed = asked["allowed_updates"]
        allowed = json.loads(allowed) if isinstance(allowed, str) else allowed
        assert sorted(allowed) == sorted(UPDATES)
    assert not [event for event in telegram.timeline.events if event.data.get("method") == "getUpdates"]
    assert telegram.simulator.bots[TOKEN].webhook is not None, "telegram keeps what comes for the next start"


async def test_what_was_written_while_the_bot_was_away_is_answered_after_the_start(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    async with brought(tmp_path, telegram, door) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
    await running.reader.send("/help")
    async with brought(tmp_path, telegram, door):
        await running.reader.expect("/terbaru")


async def test_an_update_whose_answer_was_lost_is_handled_once(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    async with brought(tmp_path, telegram, door) as running:
        door.lose = 2
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        await running.reader.send("/help")
        await running.reader.expect("/terbaru")
        first = json.loads(door.bodies[0])["update_id"]
        assert [json.loads(body)["update_id"] for body in door.bodies[:3]] == [first] * 3
        assert len(running.reader.received()) == 2
        assert "kabar_webhook_repeated_updates_total 2.0" in await _text(running, "/metrics")


async def test_an_update_seen_before_a_restart_is_not_handled_after_it(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    async with brought(tmp_path, telegram, door) as running:
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        reader = running.reader
    async with brought(tmp_path, telegram, door) as running:
        headers = {"Content-Type": "application/json", HEADER: SECRET}
        async with aiohttp.ClientSession() as session:
            url = f"{running.bot.web}/kabar"
            async with session.post(url, data=door.bodies[0], headers=headers) as answer:
                assert answer.status == 200
        await reader.send("/help")
        await reader.expect("/terbaru")
        greetings = [message for message in reader.received() if "Selamat datang" in message["text"]]
        assert len(greetings) == 1


async def test_an_update_under_way_at_the_stop_is_seen_through(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    late = {"name": "constant", "seconds": 1.0}
    async with brought(tmp_path, telegram, door) as running:
        telegram.fault(Fault(FaultKind.DELAY, methods=frozenset({"sendMessage"}), distribution=late, count=1))
        await running.reader.send("/start")
        await telegram.until(lambda _: bool(door.statuses), what="the update at the bot")
    assert door.statuses[0] == 200
    await running.reader.expect("Selamat datang")


async def test_restarts_in_a_row_lose_no_question_and_answer_none_twice(tmp_path: Path, door: Front) -> None:
    async def soon(_: float) -> None:
        await asyncio.sleep(0.02)

    with Telegram(Simulator(sleep=soon)) as telegram:
        readers = [telegram.user(f"Pembaca {number}", started=True) for number in range(60)]

        async def ask() -> None:
            for reader in readers:
                await reader.send("/help")
                await asyncio.sleep(0.05)

        def answered() -> int:
            return sum(bool(reader.received()) for reader in readers)

        asking = asyncio.create_task(ask())
        for enough in (10, 25, 40, 60):
            async with brought(tmp_path, telegram, door):
                async with asyncio.timeout(30):
                    while answered() < enough:
                        await asyncio.sleep(0.01)
        await asking
        assert [len(reader.received()) for reader in readers] == [1] * 60


async def test_polling_takes_a_webhook_away_and_says_so(
    tmp_path: Path, telegram: Telegram, door: Front
) -> None:
    async with brought(tmp_path, telegram, door):
        pass
    with structlog.testing.capture_logs() as lines:
        async with world(tmp_path, telegram) as running:
            await running.reader.send("/start")
            await running.reader.expect("Selamat datang")
            assert running.bot.web is None, "nothing is served unless it is asked for"
    (told,) = [line for line in lines if "another webhook" in line["event"]]
    assert told["webhook"] == f"{door.address}/kabar"


async def test_another_poller_is_named_and_makes_the_bot_unhealthy(
    tmp_path: Path, telegram: Telegram
) -> None:
    with structlog.testing.capture_logs() as lines:
        async with world(tmp_path, telegram, web_listen="127.0.0.1:0") as running:
            assert (await _health(running))[0] == 200
            async with Bot(TOKEN, base_url=f"{telegram.address}/bot") as other:
                # Each of two pollers ends the other's call; one of them is told at once.
                for _ in range(3):
                    try:
                        await other.get_updates(timeout=1)
                    except Conflict:
                        continue
                async with asyncio.timeout(20):
                    while (await _health(running))[0] != 503:
                        await asyncio.sleep(0.05)
            status, said = await _health(running)
            assert status == 503
            assert "only one bot instance" in said["faults"]["updates"]
    assert any("another process takes" in line["event"] for line in lines)


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        ("https://bot.example.com/kabar", True), ("https://Bot.Example.com:443/kabar", True),
        ("https://bot.example.com/Kabar", False), ("https://bot.example.com:8443/kabar", False),
        ("http://bot.example.com/kabar", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_that_telegram_wrote_in_another_way_is_the_same(theirs: str, same: bool) -> None:
    assert same_address(theirs, "https://bot.example.com/kabar") is same


async def test_a_webhook_that_points_elsewhere_is_told_and_is_unhealthy(telegram: Telegram) -> None:
    ownership, metrics = Ownership(), Metrics(version="0")
    async with Bot(TOKEN, base_url=f"{telegram.address}/bot") as bot:
        watch = WebhookWatch("http://127.0.0.1:9/ours", bot, metrics, ownership, lambda: datetime.now(UTC))
        await bot.set_webhook("http://127.0.0.1:9/ours")
        await watch.look()
        assert ownership.fault() is None
        await bot.set_webhook("http://127.0.0.1:9/theirs")
        with structlog.testing.capture_logs() as lines:
            await watch.look()
        assert lines[0]["webhook"] == "http://127.0.0.1:9/theirs"
        assert "theirs" in str(ownership.fault())
        await bot.delete_webhook()
        await watch.look()
        assert "nowhere" in str(ownership.fault())


async def test_a_webhook_that_telegram_cannot_reach_is_told_once_for_each_failure(telegram: Telegram) -> None:
    metrics = Metrics(version="0")
    reader = telegram.user("Sekar")
    async with Bot(TOKEN, base_url=f"{telegram.address}/bot") as bot:
        url = "http://127.0.0.1:9/kabar"
        before = datetime.now(UTC) - timedelta(seconds=5)
        watch = WebhookWatch(url, bot, metrics, Ownership(), lambda: before)
        await bot.set_webhook(url)
        await reader.send("/start")
        await telegram.until(lambda event: event.kind == "webhook", what="an attempt")
        with structlog.testing.capture_logs() as lines:
            await watch.look()
            await watch.look()
        (told,) = lines
        assert told["event"] == "telegram could not bring updates to the webhook"
        assert told["waiting"] == 1
        assert b"kabar_webhook_pending_updates 1.0" in metrics.shown("")[0]


async def _application(telegram: Telegram) -> KabarApplication:
    application = ApplicationBuilder().token(TOKEN).base_url(f"{telegram.address}/bot").build()
    await application.initialize()
    return application


async def test_an_application_with_its_hands_full_takes_no_more(telegram: Telegram) -> None:
    application = await _application(telegram)
    try:
        deliver = into(application)
        for number in range(AT_ONCE):
            assert deliver({"update_id": number})
        assert not deliver({"update_id": AT_ONCE})
        assert (await application.update_queue.get()).update_id == 0  # type: ignore[attr-defined]
        assert deliver({"update_id": AT_ONCE})
    finally:
        await application.shutdown()


async def test_an_update_that_nobody_understands_is_logged_and_holds_up_nothing(telegram: Telegram) -> None:
    application = await _application(telegram)
    try:
        with structlog.testing.capture_logs() as lines:
            assert into(application)({"update_id": 7, "message": {"message_id": {}}})
        assert lines[0]["event"] == "update cannot be read"
        assert lines[0]["update"] == 7
        assert application.update_queue.empty()
    finally:
        await application.shutdown()


async def test_a_stop_does_not_wait_out_a_long_429(tmp_path: Path, telegram: Telegram) -> None:
    flood = Fault(FaultKind.TOO_MANY_REQUESTS, methods=frozenset({"sendMessage"}), seconds=55, lasting=True)
    async with asyncio.timeout(40):
        async with world(tmp_path, telegram) as running:
            telegram.fault(flood)
            await running.reader.send("/start")
            await telegram.called("sendMessage")
    assert running.reader.received() == []


async def _text(running: World, path: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{running.bot.web}{path}") as answer:
        return await answer.text()


async def _health(running: World) -> tuple[int, dict[str, dict[str, str]]]:
    async with aiohttp.ClientSession() as session, session.get(f"{running.bot.web}/healthz") as answer:
        return answer.status, await answer.json()
