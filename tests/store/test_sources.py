from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.checking import Course
from bot.core.listed import ItemState, Listed, Remembered, Sending, Tally
from bot.core.newness import Known, marks_of
from bot.store.archive import Archive
from bot.store.sources import Sources
from tests.store.samples import NOTHING_FOUND, NOW, article, minutes_later

FEED = "https://koran.example/rss"
OTHER = "https://lain.example/rss"


def item(number: int, *, state: ItemState = ItemState.WAITING, guid: str | None = None) -> Listed:
    address, title = f"https://koran.example/a-{number}", f"Judul {number}"
    published_at = minutes_later(number)
    return Listed(
        address=address,
        marks=marks_of(address, guid or f"koran-{number}", title, published_at),
        state=state,
        sending=Sending.IF_FRESH,
        title=title,
        published_at=published_at,
        section="nasional",
        due_at=NOW if state is ItemState.WAITING else None,
    )


async def waiting_titles(sources: Sources, address: str = FEED) -> list[str | None]:
    return [one.title for one in await sources.waiting(address, now=NOW, limit=100)]


async def test_what_is_remembered_of_a_source_comes_back(sources: Sources) -> None:
    course = Course(2.5, NOW, NOW, NOW, 3, "no answer", NOW)
    before = Remembered(course, '"etag"', "Wed, 04 Mar 2026 00:00:00 GMT", "f" * 64)
    await sources.remember(FEED, Remembered())
    await sources.remember(FEED, before)
    assert await sources.remembered() == {FEED: before}


async def test_what_waits_comes_in_the_order_in_which_it_was_printed(sources: Sources) -> None:
    listed = [item(3), item(1), item(2, state=ItemState.HELD), replace(item(4), published_at=None)]
    await sources.remember(FEED, Remembered(), listed)
    assert await waiting_titles(sources) == ["Judul 1", "Judul 3", "Judul 4"]
    (remembered,) = (await sources.remembered()).values()
    assert remembered.waiting_at == NOW
    (first, *_) = await sources.waiting(FEED, now=NOW, limit=1)
    assert (first.address, first.section, first.sending, first.attempts) == (
        "https://koran.example/a-1", "nasional", Sending.IF_FRESH, 0,
    )  # fmt: skip
    assert first.published_at == minutes_later(1)


async def test_what_is_listed_again_changes_nothing(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(1, state=ItemState.PASSED)])
    await sources.remember(FEED, Remembered(), [item(1), item(2)])
    assert await waiting_titles(sources) == ["Judul 2"]


async def test_two_sources_know_nothing_of_each_others_listings(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(1, state=ItemState.PASSED)])
    await sources.remember(OTHER, Remembered())
    assert await sources.known(OTHER, [item(1).marks]) == Known()
    await sources.remember(OTHER, Remembered(), [item(1)])
    assert await waiting_titles(sources, OTHER) == ["Judul 1"]


async def test_what_was_listed_is_known_by_each_of_its_marks(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(number) for number in range(1200)])
    asked = [
        marks_of("https://koran.example/a-7", None, None, None),
        marks_of("https://koran.example/x-1", "koran-8", None, None),
        marks_of("https://koran.example/x-2", None, "Judul 9", minutes_later(9)),
        marks_of("https://koran.example/x-3", "koran-x", "Judul x", minutes_later(9)),
    ]
    known = await sources.known(FEED, asked)
    assert known.addresses == {item(number).marks.address for number in (7, 8, 9)}
    assert known.guids[item(8).marks.guid or ""] == item(8).marks.address
    assert known.titles[item(9).marks.title or ""] == item(9).marks.address
    assert known.headings == {}
    assert len((await sources.known(FEED, [item(n).marks for n in range(1300)])).addresses) == 1200


async def test_a_settled_article_waits_no_longer_and_counts(sources: Sources, archive: Archive) -> None:
    stored = await archive.store(article(), NOTHING_FOUND, now=NOW)
    await sources.remember(FEED, Remembered(), [item(1), item(2), item(3, state=ItemState.HELD)])
    first, _ = await sources.waiting(FEED, now=NOW, limit=9)
    await sources.settle(
        first.id,
        ItemState.TAKEN,
        now=NOW,
        article_id=stored.archived.id,
        content_mark="c" * 32,
        origins={"title": "json-ld"},
    )
    assert await waiting_titles(sources) == ["Judul 2"]
    assert await sources.tally(since=NOW - timedelta(days=1)) == {FEED: Tally(taken=1, waiting=1, held=1)}
    assert await sources.tally(since=NOW) == {FEED: Tally(taken=0, waiting=1, held=1)}
    known = await sources.known(FEED, [item(1).marks])
    assert known.headings == {item(1).marks.address: "Judul 1"}


async def test_the_same_words_or_address_from_another_source_are_recognised(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(1)])
    await sources.remember(OTHER, Remembered(), [item(1)])
    (mine,) = await sources.waiting(FEED, now=NOW, limit=9)
    (theirs,) = await sources.waiting(OTHER, now=NOW, limit=9)
    assert not await sources.is_taken(theirs.address, but=theirs.id)
    await sources.settle(mine.id, ItemState.TAKEN, now=NOW, content_mark="c" * 32)
    assert await sources.is_taken(theirs.address.replace("https://", "http://m."), but=theirs.id)
    assert await sources.has_content("c" * 32, but=theirs.id)
    assert not await sources.is_taken(mine.address, but=mine.id)
    assert not await sources.has_content("c" * 32, but=mine.id)
    assert not await sources.has_content("d" * 32, but=theirs.id)


async def test_what_is_put_off_waits_for_its_time(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(1)])
    (one,) = await sources.waiting(FEED, now=NOW, limit=9)
    later = NOW + timedelta(minutes=5)
    await sources.put_off(one.id, due_at=later, attempts=1, cause="404")
    assert await waiting_titles(sources) == []
    assert (await sources.remembered())[FEED].waiting_at == later
    (again,) = await sources.waiting(FEED, now=later, limit=9)
    assert again.attempts == 1


async def test_an_article_with_a_new_title_is_read_again_and_not_sent(sources: Sources) -> None:
    await sources.remember(FEED, Remembered(), [item(1), item(2)])
    first, _ = await sources.waiting(FEED, now=NOW, limit=9)
    await sources.settle(first.id, ItemState.TAKEN, now=NOW)
    titles = {item(1).marks.address: "Judul 1 (Ralat)", item(2).marks.address: "Judul 2 (Ralat)"}
    await sources.read_again(FEED, titles, now=NOW)
    one, two = await sources.waiting(FEED, now=NOW, limit=9)
    assert (one.title, one.sending) == ("Judul 1 (Ralat)", Sending.QUIET)
    assert (two.title, two.sending) == ("Judul 2", Sending.IF_FRESH)


@pytest.mark.parametrize("sending", [Sending.ASKED, Sending.QUIET])
async def test_what_is_held_is_released_with_a_persons_word(sources: Sources, sending: Sending) -> None:
    await sources.remember(FEED, Remembered(), [item(n, state=ItemState.HELD) for n in range(3)])
    await sources.remember(OTHER, Remembered(), [item(9, state=ItemState.HELD)])
    assert await sources.release(FEED, sending=sending, now=NOW) == 3
    assert {one.sending for one in await sources.waiting(FEED, now=NOW, limit=9)} == {sending}
    assert await sources.release(FEED, sending=sending, now=NOW) == 0
    assert (await sources.tally(since=NOW))[OTHER] == Tally(held=1)


async def test_a_forgotten_source_is_a_new_one_and_its_articles_stay(
    sources: Sources, archive: Archive
) -> None:
    stored = await archive.store(article(), NOTHING_FOUND, now=NOW)
    await sources.remember(FEED, Remembered(), [item(1)])
    (one,) = await sources.waiting(FEED, now=NOW, limit=9)
    await sources.settle(one.id, ItemState.TAKEN, now=NOW, article_id=stored.archived.id)
    await sources.forget(FEED)
    assert await sources.remembered() == {}
    assert await sources.known(FEED, [item(1).marks]) == Known()
    assert await archive.by_id(stored.archived.id) is not None


async def test_text_that_a_database_refuses_is_kept_all_the_same(sources: Sources) -> None:
    odd = replace(item(1), title="a\0b\ud800", address="https://koran.example/\0")
    await sources.remember(FEED, replace(Remembered(), etag="\0"), [odd])
    assert len(await waiting_titles(sources)) == 1
