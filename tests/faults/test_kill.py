"""A bot in a process of its own, killed without warning in the middle of a push."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.audience import ChatKind, Subscriber
from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.delivery.intake import Intake
from bot.samples import samples
from bot.simulator.actors import Telegram
from bot.sources.page import Page
from bot.store.archive import Archive
from bot.store.database import Database
from bot.store.ledger import Ledger
from bot.store.publications import Publications
from bot.store.subscribers import Subscribers

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
READERS = 90
KILLED_AFTER = (20, 50)


@pytest.mark.parametrize("kind", [PublicationKind.BREAKING, PublicationKind.REGULAR])
async def test_a_kill_in_the_middle_of_a_push_skips_nobody(
    tmp_path: Path, telegram: Telegram, kind: PublicationKind
) -> None:
    readers = [telegram.user(f"Pembaca {number}", started=True) for number in range(READERS)]
    database = await Database.open(f"sqlite:///{tmp_path}/kabar.db")
    await Subscribers(database).import_many(_subscriber(reader.chat_id) for reader in readers)
    sample = samples()[0]
    archive = Archive(database)
    intake = Intake(archive, now=lambda: datetime.now(UTC))
    stored = await intake.take(Page(sample.name, sample.text.encode(), sample.url), announce=False)
    assert stored is not None
    await archive.publish(stored.archived.id, kind=kind, now=datetime.now(UTC))
    process = None
    try:
        for messages in KILLED_AFTER:
            process = await _started(telegram.address, tmp_path)
            await _until_received(telegram, messages)
            process.kill()
            await process.wait()
        process = await _started(telegram.address, tmp_path)
        async with asyncio.timeout(20):
            while not await _is_done(database):
                await asyncio.sleep(0.05)
        process.terminate()
        assert await process.wait() == 0
        rows = [row async for row in Ledger(database).entries(1)]
    finally:
        if process is not None and process.returncode is None:
            process.kill()
        await database.close()
    assert [row.chat_id for row in rows] == [reader.chat_id for reader in readers], "a row for each"
    unknown = {row.chat_id for row in rows if row.state is DeliveryState.UNKNOWN}
    copies = [len(reader.received()) for reader in readers]
    if kind is PublicationKind.REGULAR:
        assert max(copies) == 1, "at most once"
        lacking = {reader.chat_id for reader, got in zip(readers, copies, strict=True) if not got}
        assert lacking <= unknown, "whoever lacks it stands in the ledger"
        assert len(unknown) <= 2 * 5
        return
    assert min(copies) == 1, "nobody is skipped"
    # What was in flight at a kill may come twice: a handful for each of two kills, never three of one.
    assert max(copies) <= 2
    assert sum(copies) - READERS <= 2 * 5


def _subscriber(chat_id: int) -> Subscriber:
    return Subscriber(
        chat_id, ChatKind.PRIVATE, "id", subscribed=True, reachable=True, silent=False,
        sections=frozenset(), joined_at=datetime.now(UTC),
    )  # fmt: skip


async def _started(address: str, folder: Path) -> asyncio.subprocess.Process:
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": address,
        "DATABASE_URL": f"sqlite:///{folder}/kabar.db",
        "ARTICLES_DIR": str(folder / "articles"),
        "LOG_LEVEL": "ERROR",
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=os.environ | settings)


async def _until_received(telegram: Telegram, number: int) -> None:
    def enough(_: object) -> bool:
        return sum(event.kind == "message" for event in telegram.timeline.events) >= number

    # A process has to start first, on whatever machine this is.
    await telegram.until(enough, what=f"{number} messages", within=30)


async def _is_done(database: Database) -> bool:
    publication = await Publications(database).one(1)
    return publication is not None and publication.state is PublicationState.DONE
