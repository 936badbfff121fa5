"""The digest, from the clock to the reader's chat, through the local Telegram over HTTP."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app.voice import messages_for
from bot.config import settings_for
from bot.core.audience import ChatKind
from bot.core.digest_time import SLOT, edition_of
from bot.core.preferences import Preferences, newcomer
from bot.core.publication import DeliveryState, PublicationKind, PublicationState
from bot.delivery.digest_writer import DigestWriter
from bot.delivery.digests import DigestClock
from bot.delivery.outbox import Notice
from bot.errors import StoreUnavailable
from bot.render.languages import Languages
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram
from bot.store.database import Database
from bot.store.digests import Digests
from tests.fakes.newsroom import TOKEN, World, world
from tests.store.ledger import Ledger
from tests.store.samples import NOTHING_FOUND, article

EVENING = datetime(2026, 11, 22, 13, tzinfo=UTC)
SEVEN = datetime(2026, 11, 23, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that stands where it is put."""

    at: datetime = EVENING

    def __call__(self) -> datetime:
        return self.at


async def _subscribe(running: World, reader: Actor, wants: Preferences) -> None:
    await reader.send("/start")
    await reader.expect("")
    await running.bot.house.subscribers.prefer(reader.chat_id, lambda _: wants)


async def _printed(running: World, count: int) -> list[str]:
    titles = []
    for sample in samples()[:count]:
        title = (await running.takes(sample)).archived.article.title
        await running.channel.expect(title)
        titles.append(title)
    return titles


async def test_the_digest_comes_at_the_readers_hour_with_what_was_not_pushed(
    tmp_path: Path, telegram: Telegram
) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        early, late = running.reader, telegram.user("Rara", language="en")
        await _subscribe(running, early, newcomer("Asia/Jakarta"))
        await _subscribe(running, late, newcomer("Europe/London"))
        hands.at += timedelta(minutes=5)
        titles = await _printed(running, 3)
        assert len(early.received()) == 1, "a newcomer is not sent every article"
        hands.at = SEVEN + timedelta(minutes=1)
        digest = await early.expect("Berita pilihan")
        assert "Senin, 23 November 2026" in digest.text
        assert all(title in digest.text for title in titles)
        assert "“" in digest.text, "one quotation of the day"
        assert [button["text"] for button in digest.buttons] == ["1", "2", "3", "Pengaturan"]
        assert len(late.received()) == 1, "it is midnight in London"
        hands.at = SEVEN + timedelta(hours=7)
        there = await late.expect("Selected stories")
        assert "Monday, 23 November 2026" in there.text or "Monday, November 23" in there.text
        hands.at += timedelta(hours=1)
        await digest.click("1")
        await early.expect(titles[-1])
        assert sum("Berita pilihan" in message["text"] for message in early.received()) == 1


async def test_what_was_pushed_is_not_in_the_digest_and_an_empty_one_is_not_sent(
    tmp_path: Path, telegram: Telegram
) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        house, reader = running.bot.house, running.reader
        wants = replace(newcomer("Asia/Jakarta"), every_article=True)
        await _subscribe(running, reader, wants)
        hands.at += timedelta(minutes=5)
        (title,) = await _printed(running, 1)
        await reader.expect(title)
        hands.at = SEVEN
        while not (published := await _digest_of(running)):
            await running.telegram.perform(_moment())
        while (await house.publications.progress(published))[DeliveryState.NOTHING] != 1:
            await running.telegram.perform(_moment())
        assert not any("Berita pilihan" in message["text"] for message in reader.received())


async def _moment() -> None:
    """One turn of the local Telegram's loop."""


async def _digest_of(running: World) -> int | None:
    newest = await running.bot.house.publications.newest(limit=5)
    return next((one.id for one in newest if one.kind is PublicationKind.DIGEST), None)


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


class NotedDesk:
    """An administrator with a note pad."""

    def __init__(self) -> None:
        self.missed: list[tuple[datetime, int]] = []
        self._notices: list[Notice] = []

    def post(self, notice: Notice) -> None:
        self._notices.append(notice)

    async def read(self) -> list[tuple[datetime, int]]:
        """Everything told so far."""
        while self._notices:
            await self._notices.pop(0)()
        return self.missed

    async def digest_missed(self, slot: datetime, readers: int) -> None:
        self.missed.append((slot, readers))


def _clock(ledger: Ledger, desk: NotedDesk, hands: Hands) -> DigestClock:
    return _clock_over(Digests(ledger.database), desk, hands)


def _clock_over(digests: Digests, desk: NotedDesk, hands: Hands) -> DigestClock:
    return DigestClock(digests, desk=desk, post=desk.post, wake_planner=lambda: None, now=hands)


async def _editions(ledger: Ledger) -> list[tuple[str, int]]:
    """Each digest with how many readers it is for."""
    found = []
    for number in await ledger.publications.planned():
        readers = await ledger.fill(number)
        found.append((str((await ledger.publications.one(number)).kind), readers))  # type: ignore[union-attr]
    return found


async def _join(ledger: Ledger, *wants: Preferences) -> None:
    for number, preferences in enumerate(wants, 1):
        await ledger.subscribers.join(
            number, kind=ChatKind.PRIVATE, language="id", now=EVENING, preferences=preferences
        )


async def test_a_slot_is_announced_once_and_for_those_whose_hour_it_is(ledger: Ledger) -> None:
    jakarta = newcomer("Asia/Jakarta")
    await _join(
        ledger,
        jakarta,
        replace(jakarta, digest_at=450),
        replace(jakarta, digest=False),
        replace(jakarta, paused_until=SEVEN + timedelta(hours=1)),
        replace(jakarta, zone="Asia/Kathmandu", digest_at=330),
    )
    hands, desk = Hands(SEVEN - timedelta(minutes=20)), NotedDesk()
    clock = _clock(ledger, desk, hands)
    await clock.look()
    for minutes in (0, 0, 10, 15, 30, 30):
        hands.at = SEVEN + timedelta(minutes=minutes)
        await clock.look()
        await _clock(ledger, desk, hands).look()
    assert await _editions(ledger) == [("digest", 1)] * 3, "in Kathmandu, at seven, at half past"
    assert await desk.read() == []


async def test_after_an_outage_a_digest_is_up_to_two_hours_late_and_then_left_out(ledger: Ledger) -> None:
    await _join(ledger, newcomer("Asia/Jakarta"), replace(newcomer("Asia/Jakarta"), digest_at=480))
    hands, desk = Hands(SEVEN - timedelta(hours=1)), NotedDesk()
    await _clock(ledger, desk, hands).look()
    hands.at = SEVEN + timedelta(hours=2, minutes=20)
    await _clock(ledger, desk, hands).look()
    assert await desk.read() == [(SEVEN, 1)]
    assert await _editions(ledger) == [("digest", 1)]
    await _clock(ledger, desk, hands).look()
    assert await desk.read() == [(SEVEN, 1)], "said once"


async def test_a_first_start_looks_back_at_nothing(ledger: Ledger) -> None:
    await _join(ledger, newcomer("Asia/Jakarta"))
    desk = NotedDesk()
    await _clock(ledger, desk, Hands(SEVEN + timedelta(minutes=5))).look()
    assert await _editions(ledger) == []
    assert await desk.read() == []


async def test_on_a_weekend_nothing_comes_to_who_reads_on_weekdays(ledger: Ledger) -> None:
    await _join(ledger, replace(newcomer("Asia/Jakarta"), weekdays=True))
    hands = Hands(SEVEN - timedelta(days=1, minutes=20))
    clock = _clock(ledger, NotedDesk(), hands)
    await clock.look()
    hands.at = SEVEN - timedelta(days=1)
    await clock.look()
    assert await _editions(ledger) == []
    hands.at = SEVEN
    await clock.look()
    assert await _editions(ledger) == [("digest", 1)]


async def test_a_database_that_fails_is_met_again_and_not_taken_for_looked_after(ledger: Ledger) -> None:
    class Failing(Digests):
        fails = True

        async def announce(self, slot: datetime, *, now: datetime) -> int | None:
            if self.fails:
                raise StoreUnavailable("gone for a while")
            return await super().announce(slot, now=now)

    await _join(ledger, newcomer("Asia/Jakarta"))
    hands, digests = Hands(SEVEN - timedelta(minutes=20)), Failing(ledger.database)
    clock = _clock_over(digests, NotedDesk(), hands)
    await clock.look()
    hands.at = SEVEN
    with pytest.raises(StoreUnavailable):
        await clock.look()
    digests.fails = False
    await clock.look()
    assert await _editions(ledger) == [("digest", 1)]


@pytest.mark.parametrize("planned", [False, True])
async def test_what_is_not_sent_two_hours_after_its_time_is_ended_and_said(
    ledger: Ledger, planned: bool
) -> None:
    await _join(ledger, newcomer("Asia/Jakarta"), newcomer("Asia/Jakarta"))
    hands, desk = Hands(SEVEN - timedelta(minutes=20)), NotedDesk()
    clock = _clock(ledger, desk, hands)
    await clock.look()
    hands.at = SEVEN
    await clock.look()
    (number,) = await ledger.publications.planned()
    if planned:
        await ledger.fill(number)
    hands.at = SEVEN + timedelta(hours=2)
    await clock.look()
    assert await desk.read() == []
    hands.at += timedelta(minutes=1)
    await clock.look()
    await clock.look()
    assert await desk.read() == [(SEVEN, 2)], "said once"
    ended = await ledger.publications.one(number)
    assert ended is not None
    assert (ended.state, ended.cause) == (PublicationState.CANCELLED, "too late")
    assert await ledger.claim() == ()


async def test_a_digest_that_is_written_too_late_is_none(ledger: Ledger) -> None:
    await _join(ledger, newcomer("Asia/Jakarta"))
    await ledger.archive.store(article(), NOTHING_FOUND, now=EVENING, announce=PublicationKind.REGULAR)
    hands = Hands(SEVEN + timedelta(hours=2))
    languages = Languages()
    wording = messages_for(settings_for({"bot_token": TOKEN}), "kabar_demo_bot").choices
    writer = DigestWriter(Digests(ledger.database), wording, now=hands)
    edition = edition_of(SEVEN)
    assert [await writer.written(edition, 1, code) is None for code in languages.codes] == [False, False]
    hands.at += timedelta(seconds=1)
    assert await writer.written(edition, 1, "id") is None


async def test_a_reader_who_moves_the_hour_is_told_nothing_twice(tmp_path: Path, telegram: Telegram) -> None:
    hands = Hands()
    async with world(tmp_path, telegram, hands) as running:
        wants = newcomer("Asia/Jakarta")
        await _subscribe(running, running.reader, wants)
        hands.at += timedelta(minutes=5)
        titles = await _printed(running, 2)
        hands.at = SEVEN
        first = await running.reader.expect("Berita pilihan")
        assert all(title in first.text for title in titles)
        await running.bot.house.subscribers.prefer(
            running.reader.chat_id, lambda wants: replace(wants, digest_at=600)
        )
        hands.at += timedelta(hours=1)
        stored = await running.takes(samples()[2])
        await running.channel.expect(stored.archived.article.title)
        hands.at = SEVEN + timedelta(hours=3)
        second = await running.reader.expect(stored.archived.article.title)
        assert not any(title in second.text for title in titles)


@pytest.mark.parametrize(
    ("zone", "eve"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, tzinfo=UTC)),
        ("America/St_Johns", datetime(2026, 11, 1, tzinfo=UTC)),
        ("Africa/Casablanca", datetime(2026, 2, 14, tzinfo=UTC)),
    ],
)
async def test_where_clocks_are_changed_each_reader_has_one_digest_a_day(
    ledger: Ledger, zone: str, eve: datetime
) -> None:
    minutes = (0, 30, 90, 120, 150, 180, 420, 1410)
    await _join(ledger, *(replace(newcomer(zone), digest_at=minute) for minute in minutes))
    hands = Hands(eve)
    clock = _clock(ledger, NotedDesk(), hands)
    await clock.look()
    got: dict[tuple[int, date], int] = {}
    while hands.at < eve + timedelta(days=3):
        hands.at += SLOT
        await clock.look()
        for number in await ledger.publications.planned():
            await ledger.fill(number)
            for chat_id in await ledger.recipients(number):
                day = (chat_id, hands.at.astimezone(ZoneInfo(zone)).date())
                got[day] = got.get(day, 0) + 1
    first = (eve + timedelta(days=1)).astimezone(ZoneInfo(zone)).date()
    assert {got.get((number, first)) for number in range(1, len(minutes) + 1)} == {1}
    assert set(got.values()) == {1}
