"""/healthz, /livez and /metrics of a whole running bot, and of one whose database is gone."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import StoreUnavailable
from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.simulator.faults import Fault, FaultKind
from bot.store.backlog import Backlog
from bot.store.database import Database
from bot.store.sources import Sources
from bot.web.health import Health
from bot.web.metrics import Metrics
from bot.web.pages import Pages
from bot.web.server import serving
from tests.conftest import ROOT
from tests.databases import new_file
from tests.fakes.newsroom import World, world

SERVED = {"web_listen": "127.0.0.1:0"}


async def _get(running: World, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"{running.bot.web}{path}") as answer:
        return answer.status, await answer.text()


async def _metric(running: World, name: str, **labels: str) -> float | None:
    _, text = await _get(running, "/metrics")
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return None


async def test_a_bot_that_works_is_healthy_and_says_when_it_last_heard(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with world(tmp_path, telegram, **SERVED) as running:
        status, said = await _get(running, "/healthz")
        assert status == 200
        assert '"last_update": null' in said
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        await _until_counted(running, "kabar_updates_total", 1.0, type="message")
        status, said = await _get(running, "/healthz")
        assert status == 200
        assert f'"last_update": "{datetime.now(UTC).year}' in said
        assert (await _get(running, "/livez"))[0] == 200


async def _until_counted(running: World, name: str, number: float, **labels: str) -> None:
    async with asyncio.timeout(20):
        while await _metric(running, name, **labels) != number:
            await asyncio.sleep(0.02)


async def test_a_database_that_is_gone_is_named_and_the_process_lives(tmp_path: Path) -> None:
    metrics = Metrics(version="0")
    database = await Database.open(new_file(tmp_path), on_outage=metrics.outage)
    health = Health(database, last_update=lambda: None)
    pages = Pages(health, metrics, Backlog(database), sources=Sources(database), version="0")
    try:
        async with serving(("127.0.0.1", 0), pages, {}) as address, aiohttp.ClientSession() as session:
            async with session.get(f"{address}/healthz") as answer:
                assert answer.status == 200
            await database.close()
            _replace(tmp_path)
            async with session.get(f"{address}/healthz") as answer:
                assert answer.status == 503
                assert "the database sqlite:///" in (await answer.json())["faults"]["database"]
            async with session.get(f"{address}/livez") as answer:
                assert answer.status == 200
            async with session.get(f"{address}/metrics") as answer:
                assert answer.status == 200
                assert "kabar_database_outages_total 2.0" in await answer.text()
    finally:
        await database.close()
    assert metrics.failed_ago is not None


def _replace(folder: Path) -> None:
    """From the next connection on there is something else where the database was."""
    for file in folder.glob("kabar.db*"):
        file.rename(folder / f"moved-{file.name}")
    (folder / "kabar.db").write_bytes(b"this is no database" * 1000)


async def test_a_database_that_never_answers_is_a_fault_after_a_while() -> None:
    class Hanging:
        async def answers(self) -> None:
            raise TimeoutError

    found = await Health(Hanging(), last_update=lambda: None).look()
    assert "did not answer within 5 s" in found.faults["database"]


async def test_every_part_that_is_watched_is_asked(tmp_path: Path) -> None:
    database = await Database.open(new_file(tmp_path))
    try:
        health = Health(database, last_update=lambda: None)
        health.watch("pusher", lambda: "has ended")
        health.watch("updates", lambda: None)
        assert (await health.look()).faults == {"pusher": "has ended"}
    finally:
        await database.close()


async def test_the_work_of_a_bot_is_counted(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram, **SERVED) as running:
        telegram.fault(
            Fault(FaultKind.TOO_MANY_REQUESTS, methods=frozenset({"sendMessage"}), seconds=1, count=1)
        )
        await running.reader.send("/start")
        await running.reader.expect("Selamat datang")
        await _until_counted(running, "kabar_updates_total", 1.0, type="message")
        await _until_counted(running, "kabar_answer_seconds_count", 1.0)
        assert await _metric(running, "kabar_telegram_floods_total") == 1
        held = await _metric(running, "kabar_telegram_held_seconds_total")
        assert held is not None
        assert 0 < held <= 1
        await running.takes(samples()[0])
        await running.takes(samples()[0])
        assert await _metric(running, "kabar_articles_total", change="new") == 1
        assert await _metric(running, "kabar_articles_total", change="unchanged") == 1
        assert await _metric(running, "kabar_build_info") == 1
        await running.channel.expect(samples()[0].text.split("\n")[2])


async def test_deliveries_that_are_not_closed_are_counted_by_kind(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram, **SERVED) as running:
        # Telegram cannot be reached, so the channel's delivery stays open.
        telegram.fault(Fault(FaultKind.SERVER_ERROR, methods=frozenset({"sendMessage"})))
        await running.takes(samples()[0])
        await _until_counted(running, "kabar_deliveries_open", 1.0, kind="regular")


def test_a_kind_that_is_done_does_not_keep_its_last_number() -> None:
    metrics = Metrics(version="0")
    metrics.open_deliveries({"regular": 3})
    assert b'kabar_deliveries_open{kind="regular"} 3.0' in metrics.shown("")[0]
    metrics.open_deliveries(None)
    assert b"kabar_deliveries_open{" not in metrics.shown("")[0]


def test_two_sets_of_metrics_know_nothing_of_each_other() -> None:
    one, other = Metrics(version="0"), Metrics(version="0")
    one.outage()
    assert b"kabar_database_outages_total 1.0" in one.shown("")[0]
    assert b"kabar_database_outages_total 0.0" in other.shown("")[0]


def test_the_operators_guide_explains_every_metric() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    families = text_string_to_metric_families(Metrics(version="0").shown("")[0].decode())
    names = {family.name for family in families if family.name.startswith("kabar_")}
    names = {name for name in names if not name.endswith("_created")}
    assert len(names) > 10
    assert [name for name in sorted(names) if f"`{name}" not in guide] == []


async def test_an_outage_is_heard_of_by_whoever_counts(tmp_path: Path) -> None:
    heard: list[None] = []
    database = await Database.open(new_file(tmp_path), on_outage=lambda: heard.append(None))
    try:
        await database.answers()
        assert heard == []
        await database.close()
        _replace(tmp_path)
        with pytest.raises(StoreUnavailable, match="not a database"):
            await database.answers()
        assert len(heard) == 1
    finally:
        await database.close()
