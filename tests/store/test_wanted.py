"""Whom planning writes down, and for when: what the core decides, held against what the SQL does."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.core.audience import Keyword, Subscriber
from bot.core.matching import keyword_key
from bot.core.preferences import Preferences, Quiet, newcomer, zone_of
from bot.core.publication import PublicationKind
from bot.core.wanted import Facts, Later, Now, Today, decide
from bot.store.article_tables import article_stories, articles
from bot.store.ledger_tables import deliveries
from tests.store.ledger import Ledger
from tests.store.samples import NOTHING_FOUND, NOW, article, reader

ZONES = ("Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham")
READERS = 250


def _any_preferences(chance: random.Random) -> Preferences:
    begin, end = chance.sample(range(0, 1440, 30), 2)
    return Preferences(
        every_article=chance.random() < 0.4,
        breaking=chance.random() < 0.7,
        cap=chance.choice([None, 1, 2, 3]),
        follow_ups=chance.random() < 0.5,
        digest=chance.random() < 0.5,
        quiet=Quiet(begin, end) if chance.random() < 0.6 else None,
        breaking_passes=chance.random() < 0.5,
        zone=chance.choice(ZONES),
        paused_until=chance.choice([None, None, NOW - timedelta(days=1), NOW + timedelta(hours=1)]),
    )


def _any_reader(chance: random.Random, chat_id: int) -> Subscriber:
    sections = frozenset(chance.sample(["nasional", "kolom", "parpol"], chance.choice([0, 0, 1, 2])))
    return replace(reader(chat_id, sections=sections), preferences=_any_preferences(chance))


async def _planned(ledger: Ledger, publication_id: int) -> Mapping[int, datetime | None]:
    asked = select(deliveries.c.chat_id, deliveries.c.due_at).where(
        deliveries.c.publication_id == publication_id
    )
    async with ledger.database.reading() as connection:
        return {row.chat_id: row.due_at for row in await connection.execute(asked)}


async def _announce(ledger: Ledger, title: str, text: str, kind: PublicationKind, at: datetime) -> int:
    stored = await ledger.archive.store(article(title, text), NOTHING_FOUND, now=at)
    held = stored.archived
    number = await ledger.publications.announce(held.id, held.revision, kind=kind, now=at)
    while (await ledger.publications.fill(number, chunk=100, now=at)).name == "MORE":
        pass
    return number


@pytest.mark.parametrize("kind", [PublicationKind.REGULAR, PublicationKind.BREAKING])
async def test_planning_decides_as_the_core_does(ledger: Ledger, kind: PublicationKind) -> None:
    chance = random.Random(f"{kind}")  # noqa: S311 - nothing secret
    readers = [_any_reader(chance, chat_id) for chat_id in range(1, READERS + 1)]
    await ledger.subscribers.import_many(readers)
    words: dict[int, list[Keyword]] = {}
    for person in readers:
        for text, muted in (("harga beras", False), ("Pilkada", True), ("kereta", False), ("gempa", True)):
            if chance.random() < 0.2:
                word = Keyword(keyword_key(text), text, muted)
                await ledger.subscribers.add_keyword(person.chat_id, word, most=50)
                words.setdefault(person.chat_id, []).append(word)
    earlier = {}
    for hour in (20, 2):
        at = NOW - timedelta(hours=hour)
        title = f"Kabar {hour} Jam Lalu"
        number = await _announce(ledger, title, "Banjir surut.", PublicationKind.BREAKING, at)
        earlier[at] = await _planned(ledger, number)
    body = "Warga menanyakan harga-harga beras menjelang pilkada."
    planned = await _planned(ledger, await _announce(ledger, "Pasar Ramai", body, kind, NOW))
    kinds = set()
    for person in readers:
        zone = zone_of(person.preferences.zone)
        day = NOW.astimezone(zone).date()
        facts = Facts(
            kind,
            in_sections=not person.sections or "nasional" in person.sections,
            followed=any(word.text == "harga beras" for word in words.get(person.chat_id, ())),
            muted=any(word.text == "Pilkada" for word in words.get(person.chat_id, ())),
        )
        today = Today(
            sum(person.chat_id in got for at, got in earlier.items() if at.astimezone(zone).date() == day)
        )
        verdict = decide(person.preferences, facts, today, NOW)
        kinds.add(type(verdict).__name__)
        match verdict:
            case Now():
                assert planned.get(person.chat_id, "no") is None, person
            case Later(at):
                assert planned.get(person.chat_id) == at, person
            case _:
                assert person.chat_id not in planned, person
    assert kinds == {"Now", "Later", "InDigest", "Never"}


async def test_the_cap_counts_the_readers_own_day(ledger: Ledger) -> None:
    tokyo = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)  # 23:30 there
    await ledger.subscribers.import_many(
        [replace(reader(1), preferences=replace(newcomer("Asia/Tokyo"), cap=1))]
    )
    breaking = PublicationKind.BREAKING
    got = [
        list(await _planned(ledger, await _announce(ledger, title, "Teks.", breaking, at)))
        for title, at in (
            ("Satu", tokyo),
            ("Dua", tokyo + timedelta(minutes=20)),
            ("Tiga", tokyo + timedelta(minutes=31)),
        )
    ]
    assert got == [[1], [], [1]]
    assert (tokyo + timedelta(minutes=31)).astimezone(ZoneInfo("Asia/Tokyo")).day == 5


async def test_a_newcomer_is_not_sent_every_article(ledger: Ledger) -> None:
    await ledger.subscribers.import_many([replace(reader(1), preferences=newcomer("Asia/Jakarta"))])
    assert not await _planned(ledger, await _announce(ledger, "A", "Teks.", PublicationKind.REGULAR, NOW))
    assert list(
        await _planned(ledger, await _announce(ledger, "B", "Teks.", PublicationKind.BREAKING, NOW))
    ) == [1]


async def _of_one_story(ledger: Ledger, *titles: str) -> None:
    """Makes these articles tell of one event."""
    begun = select(articles.c.id).where(articles.c.title == titles[0]).scalar_subquery()
    told = select(articles.c.id).where(articles.c.title.in_(titles))
    async with ledger.database.writing() as connection:
        await connection.execute(
            update(article_stories).where(article_stories.c.article_id.in_(told)).values(story_id=begun)
        )


async def test_a_muted_story_comes_to_nobody_who_muted_it(ledger: Ledger) -> None:
    await ledger.subscribers.import_many([reader(1), reader(2)])
    await ledger.archive.store(article("Awal", "Teks."), NOTHING_FOUND, now=NOW)
    stored = await ledger.archive.store(article("Lanjutan", "Teks lain."), NOTHING_FOUND, now=NOW)
    await _of_one_story(ledger, "Awal", "Lanjutan")
    assert await ledger.subscribers.mute_story(1, 1)
    assert await ledger.subscribers.mute_story(1, stored.archived.id), "it is muted already"
    assert not await ledger.subscribers.mute_story(1, 99)
    assert not await ledger.subscribers.mute_story(99, 1)
    number = await ledger.publications.announce(stored.archived.id, 1, kind=PublicationKind.BREAKING, now=NOW)
    await ledger.fill(number)
    assert list(await _planned(ledger, number)) == [2]


async def test_breaking_news_of_a_story_comes_once_a_day_unless_its_follow_ups_are_wanted(
    ledger: Ledger,
) -> None:
    wants = newcomer("Asia/Jakarta")
    await ledger.subscribers.import_many(
        [
            replace(reader(1), preferences=wants),
            replace(reader(2), preferences=replace(wants, follow_ups=True)),
            replace(reader(3), preferences=Preferences()),
        ]
    )
    titles = ("Gempa", "Gempa Susulan", "Sehari Sesudah Gempa")
    for title in titles:
        await ledger.archive.store(article(title, f"{title}."), NOTHING_FOUND, now=NOW)
    await _of_one_story(ledger, *titles)
    got = []
    for title, at in zip(titles, (NOW, NOW, NOW + timedelta(days=1)), strict=True):
        number = await _announce(ledger, title, f"{title}.", PublicationKind.BREAKING, at)
        got.append(sorted(await _planned(ledger, number)))
    assert got == [[1, 2, 3], [2, 3], [1, 2, 3]]


async def test_one_message_a_day_for_a_story_that_only_a_followed_word_brings(ledger: Ledger) -> None:
    wants = newcomer("Asia/Jakarta")
    await ledger.subscribers.import_many(
        [replace(reader(1), preferences=wants), replace(reader(2), preferences=Preferences())]
    )
    await ledger.subscribers.add_keyword(1, Keyword(keyword_key("beras"), "beras", False), most=9)
    texts = [("Satu", "Harga beras naik."), ("Dua", "Harga beras turun."), ("Tiga", "Beras tetap.")]
    for title, text in texts:
        await ledger.archive.store(article(title, text), NOTHING_FOUND, now=NOW)
    await _of_one_story(ledger, "Satu", "Dua", "Tiga")
    got = []
    for (title, text), at in zip(texts, (NOW, NOW, NOW + timedelta(days=1)), strict=True):
        number = await _announce(ledger, title, text, PublicationKind.REGULAR, at)
        got.append(sorted(await _planned(ledger, number)))
    assert got == [[1, 2], [2], [1, 2]]
