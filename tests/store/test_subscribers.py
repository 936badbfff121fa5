import asyncio
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core.audience import ChatKind, Subscriber
from bot.store.database import Database
from bot.store.reader_tables import subscribers as table
from bot.store.subscribers import Audience, Imported, Subscribers
from tests.store.ledger import Ledger
from tests.store.samples import NOW, reader, seconds_later


async def _join(subscribers: Subscribers, chat_id: int, language: str = "id") -> Subscriber:
    return await subscribers.join(chat_id, kind=ChatKind.PRIVATE, language=language, now=NOW)


async def test_whoever_joins_is_subscribed_with_the_defaults(subscribers: Subscribers) -> None:
    joined = await _join(subscribers, 7)
    assert joined == reader(7)
    assert joined.active
    assert await subscribers.get(7) == joined
    assert await subscribers.get(8) is None


async def test_whoever_comes_back_finds_language_and_settings_kept(subscribers: Subscribers) -> None:
    await _join(subscribers, 7)
    await subscribers.set_language(7, "en")
    await subscribers.set_silent(7, True)
    await subscribers.toggle_section(7, "parpol")
    await subscribers.leave(7)
    await subscribers.set_reachable(7, False, cause="bot was blocked by the user", now=NOW)
    back = await subscribers.join(7, kind=ChatKind.PRIVATE, language="id", now=seconds_later(60))
    assert back == replace(reader(7, sections=frozenset({"parpol"}), silent=True), language="en")
    assert await subscribers.get(7) == back


async def test_leaving_keeps_the_settings(subscribers: Subscribers) -> None:
    await _join(subscribers, 7)
    left = await subscribers.leave(7)
    assert left == replace(reader(7), subscribed=False)
    assert not left.active


async def test_a_blocked_chat_keeps_its_wish_and_the_cause_is_noted(
    subscribers: Subscribers, database: Database
) -> None:
    await _join(subscribers, 7)
    blocked = await subscribers.set_reachable(7, False, cause="diblokir \0", now=seconds_later(5))
    assert blocked == replace(reader(7), reachable=False)
    asked = select(table.c.unreachable_since, table.c.unreachable_cause)
    async with database.reading() as connection:
        assert (await connection.execute(asked)).one() == (seconds_later(5), "diblokir \ufffd")
    assert await subscribers.set_reachable(7, True, cause=None, now=NOW) == reader(7)
    async with database.reading() as connection:
        assert (await connection.execute(asked)).one() == (None, None)


async def test_a_section_is_added_taken_out_and_all_are_wanted_again(subscribers: Subscribers) -> None:
    await _join(subscribers, 7)
    await _join(subscribers, 8)
    wanted = [
        found.sections
        for section in ("parpol", "nasional", "parpol", None, None)
        if (found := await subscribers.toggle_section(7, section)) is not None
    ]
    assert wanted == [
        frozenset({"parpol"}),
        frozenset({"parpol", "nasional"}),
        frozenset({"nasional"}),
        frozenset(),
        frozenset(),
    ]
    assert await subscribers.get(8) == reader(8)


async def test_two_taps_at_once_on_one_section_are_two_toggles(subscribers: Subscribers) -> None:
    await _join(subscribers, 7)
    await asyncio.gather(*(subscribers.toggle_section(7, "parpol") for _ in range(6)))
    assert await subscribers.get(7) == reader(7)


async def test_nothing_is_made_up_for_a_chat_that_never_joined(subscribers: Subscribers) -> None:
    assert await subscribers.leave(7) is None
    assert await subscribers.set_language(7, "en") is None
    assert await subscribers.set_silent(7, True) is None
    assert await subscribers.toggle_section(7, "parpol") is None
    assert await subscribers.set_reachable(7, True, cause=None, now=NOW) is None
    await subscribers.move(7, -1007)
    await subscribers.forget(7)
    assert await subscribers.count() == Audience(active=0, total=0)


async def test_many_who_join_at_once_are_all_there_once(subscribers: Subscribers) -> None:
    await asyncio.gather(*(_join(subscribers, chat_id % 10) for chat_id in range(40)))
    assert await subscribers.count() == Audience(active=10, total=10)


async def test_only_who_wants_and_takes_messages_counts_as_active(subscribers: Subscribers) -> None:
    for chat_id in range(5):
        await _join(subscribers, chat_id)
    await subscribers.leave(0)
    await subscribers.set_reachable(0, False, cause="diblokir", now=NOW)
    await subscribers.set_reachable(1, False, cause="diblokir", now=NOW)
    assert await subscribers.count() == Audience(active=3, total=5)


async def test_exactly_the_set_channels_are_subscribed(subscribers: Subscribers) -> None:
    await _join(subscribers, 7)
    await subscribers.set_channels({-1001: "id", -1002: "en"}, now=NOW)
    await subscribers.set_reachable(-1002, False, cause="bukan admin", now=NOW)
    await subscribers.set_channels({-1002: "id", -1003: "id"}, now=seconds_later(60))
    channels = {found.chat_id: found async for found in subscribers.export()}
    assert {chat_id: found.active for chat_id, found in channels.items()} == {
        -1001: False,
        -1002: True,
        -1003: True,
        7: True,
    }
    assert {channels[chat_id].kind for chat_id in (-1001, -1002, -1003)} == {ChatKind.CHANNEL}
    assert channels[-1002].language == "id"
    assert channels[-1002].joined_at == NOW
    await subscribers.set_channels({}, now=NOW)
    assert await subscribers.count() == Audience(active=1, total=4)


async def test_forgetting_erases_the_chat_and_what_was_sent_to_it(ledger: Ledger) -> None:
    await ledger.join([7, 8])
    await ledger.subscribers.toggle_section(7, "nasional")
    await ledger.fill(await ledger.announce())
    await ledger.subscribers.forget(7)
    assert await ledger.subscribers.get(7) is None
    assert [row["chat_id"] for row in await ledger.rows()] == [8]
    assert await _join(ledger.subscribers, 7) == reader(7)


async def test_an_export_is_imported_elsewhere_as_it_was(subscribers: Subscribers) -> None:
    rows = [
        replace(
            reader(number, sections=frozenset({"parpol", "nasional"} if number % 3 else ())),
            reachable=number % 5 > 0,
            language="en" if number % 2 else "id",
        )
        for number in range(-1200, 1200)
    ]
    assert await subscribers.import_many(reversed(rows)) == Imported(added=2400, kept=0)
    assert [found async for found in subscribers.export()] == rows


async def test_an_import_keeps_who_is_known_and_takes_the_first_of_two(subscribers: Subscribers) -> None:
    await _join(subscribers, 7, language="en")
    await subscribers.leave(7)
    first = reader(8, sections=frozenset({"parpol"}))
    rows = [reader(7), first, reader(8, sections=frozenset({"nasional"})), reader(9)]
    assert await subscribers.import_many(iter(rows)) == Imported(added=2, kept=2)
    assert await subscribers.get(7) == replace(reader(7), language="en", subscribed=False)
    assert await subscribers.get(8) == first
    assert await subscribers.import_many(rows) == Imported(added=0, kept=4)
    assert await subscribers.import_many([]) == Imported(added=0, kept=0)


any_text = st.text(st.characters(codec=None), min_size=1, max_size=30)


@given(st.integers(-(2**52), 2**52), any_text, any_text)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_chat_with_any_words_is_kept(
    subscribers: Subscribers, chat_id: int, language: str, section: str
) -> None:
    await subscribers.forget(chat_id)
    await _join(subscribers, chat_id, language)
    kept = await subscribers.toggle_section(chat_id, section)
    assert kept is not None
    assert kept.chat_id == chat_id
    assert len(kept.sections) == 1
    assert (await subscribers.toggle_section(chat_id, section)) == replace(kept, sections=frozenset())
