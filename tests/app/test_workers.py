"""Several processes' worth of senders on one PostgreSQL, and the standby that takes a leader's place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.run import RunningBot, run_bot
from bot.app.worker import run_worker
from bot.config import Settings, settings_for
from bot.core.audience import ChatKind
from bot.core.publication import DeliveryState, PublicationState
from bot.delivery.push import SEE_THROUGH
from bot.errors import SettingsError
from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from bot.sources.page import Page
from tests.fakes.newsroom import TOKEN, world
from tests.store.servers import Server

READERS = 60
SUPERVISORS_WAIT = 10.0

_END_THE_LEAD = "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"


@asynccontextmanager
async def _worker(settings: Settings) -> AsyncIterator[None]:
    stop, begun = asyncio.Event(), asyncio.Event()
    working = asyncio.create_task(run_worker(settings, stop=stop, ready=begun.set))
    try:
        await begun.wait()
        yield
    finally:
        stop.set()
        await working


def _settings(folder: Path, telegram: Telegram, url: str) -> Settings:
    return settings_for(
        {
            "bot_token": TOKEN,
            "telegram_api_url": telegram.address,
            "database_url": url,
            "articles_dir": folder / "articles",
        }
    )


async def test_workers_share_the_sending_and_everybody_gets_it_once(
    tmp_path: Path, telegram: Telegram, postgresql: Server
) -> None:
    readers = [telegram.user(f"Pembaca {number}", started=True) for number in range(READERS)]
    with postgresql.new_database() as url:
        async with world(tmp_path, telegram, database_url=url, channels="") as leader:
            house = leader.bot.house
            settings = _settings(tmp_path, telegram, url)
            async with _worker(settings), _worker(settings):
                for reader in readers:
                    await house.subscribers.join(
                        reader.chat_id, kind=ChatKind.PRIVATE, language="id", now=datetime.now(UTC)
                    )
                await leader.takes(samples()[0])
                async with asyncio.timeout(30):
                    while (found := await house.publications.one(1)) is None or (
                        found.state is not PublicationState.DONE
                    ):
                        await asyncio.sleep(0.05)
            assert [len(reader.received()) for reader in readers] == [1] * READERS


async def test_a_worker_on_sqlite_says_what_it_needs(tmp_path: Path, telegram: Telegram) -> None:
    settings = _settings(tmp_path, telegram, f"sqlite:///{tmp_path}/kabar.db")
    with pytest.raises(SettingsError, match="PostgreSQL"):
        await run_worker(settings, stop=asyncio.Event())


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_a_second_process_takes_over_when_the_first_one_ends(
    tmp_path: Path, telegram: Telegram, postgresql: Server, database: str
) -> None:
    with postgresql.new_database() as server_url:
        url = server_url if database == "postgresql" else f"sqlite:///{tmp_path}/kabar.db"
        stop, leads = asyncio.Event(), asyncio.Event()

        async def ready(_: RunningBot) -> None:
            leads.set()

        async with world(tmp_path, telegram, database_url=url, channels=""):
            standby = asyncio.create_task(run_bot(_settings(tmp_path, telegram, url), stop=stop, ready=ready))
            done, _ = await asyncio.wait({standby, asyncio.create_task(leads.wait())}, timeout=1.5)
            assert not done, "two would take each other's updates away"
        try:
            async with asyncio.timeout(15):
                await leads.wait()
            reader = telegram.user("Sari")
            await reader.send("/start")
            await reader.expect("Selamat datang")
        finally:
            stop.set()
            await standby


@asynccontextmanager
async def _sending(
    folder: Path, telegram: Telegram, server: Server, fault: Fault
) -> AsyncIterator[tuple[RunningBot, asyncio.Queue[RunningBot], asyncio.Event]]:
    """A leader one of whose sends is under way and meets ``fault``; whoever leads next, and its stop."""
    reader = telegram.user("Sari", started=True)
    standing = telegram.fault(fault)
    stop, led = asyncio.Event(), asyncio.Queue[RunningBot]()
    with server.new_database() as url:
        leading = asyncio.create_task(
            run_bot(_settings(folder, telegram, url), stop=stop, ready=led.put), name="leading"
        )
        try:
            bot = await led.get()
            await bot.house.subscribers.join(
                reader.chat_id, kind=ChatKind.PRIVATE, language="id", now=datetime.now(UTC)
            )
            sample = samples()[0]
            await bot.house.intake.take(Page(sample.name, sample.text.encode(), sample.url))
            bot.wake()
            while not telegram.do(lambda: telegram.simulator.faults.fired(standing)):
                await asyncio.sleep(0.02)
            yield bot, led, stop
        finally:
            stop.set()
            async with asyncio.timeout(SUPERVISORS_WAIT):
                await leading


async def test_a_leader_that_loses_its_lead_still_writes_down_what_telegram_answers(
    tmp_path: Path, telegram: Telegram, postgresql: Server
) -> None:
    # Longer than a process that is to end would wait.
    late = {"name": "constant", "seconds": SEE_THROUGH + 2}
    fault = Fault(FaultKind.DELAY, distribution=late, accepted=True)
    async with asyncio.timeout(40), _sending(tmp_path, telegram, postgresql, fault) as (bot, led, _):
        postgresql.run(_END_THE_LEAD)
        await led.get()
        progress = await bot.house.publications.progress(1)
        assert progress[DeliveryState.SENT] == 1


async def test_a_leader_that_lost_its_lead_and_waits_for_an_answer_ends_when_it_is_told_to(
    tmp_path: Path, telegram: Telegram, postgresql: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = Fault(FaultKind.SILENCE)
    async with asyncio.timeout(40), _sending(tmp_path, telegram, postgresql, fault) as (_, _, stop):
        postgresql.run(_END_THE_LEAD)
        while "the lead is lost" not in capsys.readouterr().out:
            await asyncio.sleep(0.05)
        # It is given the time that supervisors give.
        stop.set()


async def test_a_standby_that_is_stopped_ends_at_once(tmp_path: Path, telegram: Telegram) -> None:
    stop = asyncio.Event()
    async with world(tmp_path, telegram, channels=""):
        url = f"sqlite:///{tmp_path}/kabar.db"
        standby = asyncio.create_task(run_bot(_settings(tmp_path, telegram, url), stop=stop))
        stop.set()
        async with asyncio.timeout(5):
            await standby
