from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from bot.core.article import Analysis, ArchivedArticle, Quotation
from bot.core.publication import PublicationKind, PublicationState
from bot.store.archive import Archive, Change, Neighbours
from bot.store.article_tables import article_keywords, article_revisions, articles, quotations
from bot.store.database import Database
from bot.store.publications import Publications
from tests.store.samples import NOTHING_FOUND, NOW, WIB, analysis, article, minutes_later, seconds_later

RMID = "https://rm.id/baca-berita/nasional/181907/kapal-feri-kembali-berlayar"


async def _rows(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (articles, article_revisions, quotations, article_keywords)
        }


async def test_an_article_comes_back_as_it_was_stored(archive: Archive) -> None:
    found = Analysis(
        summary=("Pelabuhan dibuka lagi.", "Kapal berlayar."),
        quotations=(
            Quotation("Kami siap berlayar", "Sari Laut", "Nakhoda", "kata", 0),
            Quotation("Ombak reda", None, None, None, 3),
        ),
        keywords=("pelabuhan", "Kapal Feri"),
        vox_pops=(Quotation("Lama sekali kami menunggu", "Laras", "penumpang", "keluh", 1),),
    )
    stored = await archive.store(article(), found, now=NOW)
    assert stored.change is Change.NEW
    assert stored.archived == ArchivedArticle(
        stored.archived.id, 1, article(), found, NOW, stored.archived.id
    )
    assert await archive.by_id(stored.archived.id) == stored.archived


async def test_the_printed_zone_survives_and_the_storing_time_is_utc(archive: Archive) -> None:
    stored = await archive.store(article(), NOTHING_FOUND, now=datetime(2026, 3, 4, 9, 0, tzinfo=WIB))
    kept = await archive.by_id(stored.archived.id)
    assert kept is not None
    assert kept.article.published_at.isoformat() == "2026-03-04T07:05:00+07:00"
    assert kept.stored_at.isoformat() == stored.archived.stored_at.isoformat() == "2026-03-04T02:00:00+00:00"


async def test_storing_the_same_content_again_changes_nothing(archive: Archive, database: Database) -> None:
    found = analysis(speakers=("Sari Laut",), keywords=("feri",))
    first = await archive.store(article(), found, now=NOW)
    before = await _rows(database)
    again = await archive.store(article(), NOTHING_FOUND, now=seconds_later(60))
    assert again.change is Change.UNCHANGED
    assert again.archived == first.archived
    assert await _rows(database) == before


async def test_changed_content_is_a_new_revision_and_the_old_one_stays(
    archive: Archive, database: Database
) -> None:
    first = await archive.store(
        article(url=RMID), analysis(speakers=("Sari Laut",), keywords=("feri", "laut")), now=NOW
    )
    corrected = article("Kapal Feri Batal Berlayar", "Ombak tinggi.", url=RMID, published_at=minutes_later(9))
    found = analysis(speakers=("Budi Karang", "Sari Laut"), keywords=("ombak",))
    second = await archive.store(corrected, found, now=seconds_later(60))
    assert second.change is Change.REVISED
    assert second.archived == ArchivedArticle(
        first.archived.id, 2, corrected, found, seconds_later(60), first.archived.id
    )
    assert await archive.by_id(first.archived.id) == second.archived
    assert await _rows(database) == {
        "articles": 1,
        "article_revisions": 2,
        "quotations": 3,
        "article_keywords": 1,
    }


async def test_a_correction_taken_back_is_a_revision_too(archive: Archive) -> None:
    other = article(text="Ombak tinggi.")
    changes = [
        (await archive.store(arriving, NOTHING_FOUND, now=NOW)).change
        for arriving in (article(), other, article(), article())
    ]
    assert changes == [Change.NEW, Change.REVISED, Change.REVISED, Change.UNCHANGED]


async def test_an_address_that_says_the_same_names_the_same_article(archive: Archive) -> None:
    first = await archive.store(article(url=RMID), NOTHING_FOUND, now=NOW)
    again = await archive.store(
        article(url=f"{RMID.replace('https', 'http')}/2?utm_source=x"), NOTHING_FOUND, now=NOW
    )
    assert again == replace(first, change=Change.UNCHANGED)


async def test_other_addresses_are_other_articles_whatever_their_titles(archive: Archive) -> None:
    first = await archive.store(article(url=RMID), NOTHING_FOUND, now=NOW)
    other = await archive.store(article(url=RMID.replace("181907", "181908")), NOTHING_FOUND, now=NOW)
    assert other.change is Change.NEW
    assert other.archived.id != first.archived.id


async def test_a_text_without_an_address_gets_it_when_the_feed_brings_it(archive: Archive) -> None:
    first = await archive.store(article(), NOTHING_FOUND, now=NOW)
    fed = await archive.store(article(url=RMID), NOTHING_FOUND, now=seconds_later(60))
    assert fed.change is Change.UNCHANGED
    assert fed.archived == replace(first.archived, article=article(url=RMID))
    assert await archive.by_id(first.archived.id) == fed.archived
    corrected = article("Judul Lain", url=RMID, published_at=minutes_later(9))
    assert (await archive.store(corrected, NOTHING_FOUND, now=NOW)).archived.id == first.archived.id


async def test_a_text_without_an_address_keeps_the_one_that_is_known(archive: Archive) -> None:
    first = await archive.store(article(url=RMID), NOTHING_FOUND, now=NOW)
    same = await archive.store(article(), NOTHING_FOUND, now=NOW)
    assert same == replace(first, change=Change.UNCHANGED)
    revised = await archive.store(article(text="Ombak tinggi."), NOTHING_FOUND, now=NOW)
    assert revised.change is Change.REVISED
    assert revised.archived.id == first.archived.id
    assert revised.archived.article.url == RMID


async def test_a_time_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        await archive.store(article(), NOTHING_FOUND, now=datetime(2026, 1, 2))  # noqa: DTZ001
    assert await archive.latest() is None


async def test_a_new_article_is_announced_with_its_storing_and_a_known_one_is_not(
    archive: Archive, publications: Publications
) -> None:
    for _ in range(2):
        await archive.store(article(), NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR)
    assert len(await publications.planned()) == 1


async def test_a_new_revision_of_what_was_announced_is_a_correction(
    archive: Archive, publications: Publications
) -> None:
    await archive.store(article(), NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR)
    for text in ("Ombak tinggi.", "Ombak sangat tinggi."):
        await archive.store(article(text=text), NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR)
    listed = await publications.newest(limit=9)
    states = [(found.kind, found.revision, found.state) for found in listed]
    assert states == [
        (PublicationKind.CORRECTION, 3, PublicationState.APPROVED),
        (PublicationKind.REGULAR, 1, PublicationState.APPROVED),
        (PublicationKind.CORRECTION, 2, PublicationState.CANCELLED),
    ]


async def test_a_new_revision_of_what_was_never_announced_is_sent_to_nobody(
    archive: Archive, publications: Publications
) -> None:
    await archive.store(article(), NOTHING_FOUND, now=NOW)
    await archive.store(article(text="Ombak tinggi."), NOTHING_FOUND, now=NOW)
    assert await publications.newest(limit=9) == ()


async def test_a_held_article_waits_for_the_newsroom(archive: Archive, publications: Publications) -> None:
    await archive.store(
        article(), NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR, held="too many at once"
    )
    (waiting,) = await publications.newest(limit=9)
    assert (waiting.state, waiting.cause) == (PublicationState.PLANNED, "too many at once")
    assert await publications.planned() == ()
    resumed = await publications.resume(waiting.id)
    assert resumed is not None
    assert (resumed.state, resumed.cause) == (PublicationState.APPROVED, None)


async def test_a_retracted_article_is_found_nowhere_until_it_is_published_again(
    archive: Archive, publications: Publications
) -> None:
    kept = (await archive.store(article("Lama"), NOTHING_FOUND, now=NOW)).archived
    stored = await archive.store(
        article("Ombak Tinggi"), NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR
    )
    article_id = stored.archived.id
    assert await archive.retract(article_id, now=NOW)
    assert not await archive.retract(article_id, now=NOW)
    assert await archive.by_id(article_id) is None
    assert await archive.latest() == kept
    assert (await archive.search("ombak", limit=9)).total == 0
    retraction, regular = await publications.newest(limit=9)
    assert (retraction.kind, retraction.state) == (PublicationKind.RETRACTION, PublicationState.APPROVED)
    assert regular.state is PublicationState.CANCELLED
    revised = article("Ombak Tinggi", text="Diralat.")
    await archive.store(revised, NOTHING_FOUND, now=NOW, announce=PublicationKind.REGULAR)
    assert (await archive.search("diralat", limit=9)).total == 0
    assert len(await publications.newest(limit=9)) == 2, "no correction of what is hidden"
    published = await archive.publish(article_id, kind=PublicationKind.BREAKING, now=NOW)
    assert published is not None
    shown = await archive.by_id(article_id)
    assert shown is not None
    assert shown.revision == 2
    assert (await archive.search("diralat", limit=9)).total == 1


async def test_what_is_not_there_is_neither_retracted_nor_published(archive: Archive) -> None:
    assert not await archive.retract(7, now=NOW)
    assert await archive.publish(7, kind=PublicationKind.BREAKING, now=NOW) is None


async def test_an_unknown_article_is_none(archive: Archive) -> None:
    assert await archive.by_id(1) is None
    assert await archive.latest() is None
    assert await archive.neighbours(1) == Neighbours(None, None)
    assert await archive.related(1, limit=5) == ()
    assert await archive.sections() == ()


async def test_the_latest_is_the_one_published_last_and_of_two_the_one_stored_last(archive: Archive) -> None:
    for title, minute in (("Satu", 5), ("Dua", 9), ("Tiga", 9), ("Empat", 1)):
        await archive.store(article(title, published_at=minutes_later(minute)), NOTHING_FOUND, now=NOW)
    latest = await archive.latest()
    assert latest is not None
    assert latest.article.title == "Tiga"


async def test_going_to_the_older_one_again_and_again_meets_every_article_once(archive: Archive) -> None:
    for title, minute in (("Satu", 5), ("Dua", 9), ("Tiga", 9), ("Empat", 1), ("Lima", 9)):
        await archive.store(article(title, published_at=minutes_later(minute)), NOTHING_FOUND, now=NOW)
    met = await archive.latest()
    titles = []
    while met is not None:
        titles.append(met.article.title)
        beside = await archive.neighbours(met.id)
        if beside.older is not None:
            assert (await archive.neighbours(beside.older)).newer == met.id
        met = None if beside.older is None else await archive.by_id(beside.older)
    assert titles == ["Lima", "Tiga", "Dua", "Satu", "Empat"]


async def test_the_order_of_neighbours_is_that_of_instants_not_of_printed_hours(archive: Archive) -> None:
    jakarta = article("Jakarta", published_at=datetime(2026, 3, 4, 7, 0, tzinfo=WIB))
    jayapura = article(
        "Jayapura", published_at=datetime(2026, 3, 4, 8, 30, tzinfo=UTC).astimezone(WIB) - timedelta(hours=9)
    )
    for arriving in (jakarta, jayapura):
        await archive.store(arriving, NOTHING_FOUND, now=NOW)
    latest = await archive.latest()
    assert latest is not None
    assert latest.article.title == "Jakarta"


async def test_the_sections_are_named_once_and_in_order(archive: Archive) -> None:
    for place, section in enumerate(("parpol", "nasional", None, "zona-sport", "nasional")):
        await archive.store(article(f"Judul {place}", section=section), NOTHING_FOUND, now=NOW)
    assert await archive.sections() == ("nasional", "parpol", "zona-sport")


any_text = st.text(st.characters(codec=None), min_size=1, max_size=30)


@given(title=any_text, text=any_text, speaker=any_text, keyword=any_text)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_article_of_any_text_is_kept_and_found_unchanged(
    archive: Archive, title: str, text: str, speaker: str, keyword: str
) -> None:
    # The same text is the same article in whatever section, so a text here has one section.
    arriving = article(title, text, section=title)
    stored = await archive.store(
        arriving, analysis(speakers=(speaker,), keywords=(keyword, text, "")), now=NOW
    )
    assert stored.archived.article == arriving
    again = await archive.store(arriving, NOTHING_FOUND, now=NOW)
    assert again.change is Change.UNCHANGED
    assert again.archived.article == arriving
    assert again.archived.analysis.keywords == stored.archived.analysis.keywords


async def test_the_same_text_with_and_without_its_address_is_one_revision_and_keeps_its_section(
    archive: Archive,
) -> None:
    bare = replace(article(), url=None, section=None)
    addressed = replace(bare, url=RMID, section="nasional")
    for text in (bare, addressed, bare, addressed):
        stored = await archive.store(text, NOTHING_FOUND, now=NOW)
        assert stored.archived.revision == 1
    held = await archive.latest()
    assert held is not None
    assert (held.article.url, held.article.section) == (RMID, "nasional")
    assert await archive.sections() == ("nasional",)
