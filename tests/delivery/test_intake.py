"""Taking pages in, into a real archive: split articles in whatever order their pages come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from itertools import permutations
from pathlib import Path

import pytest

from bot.core.publication import PublicationKind
from bot.core.rmid import parse_page
from bot.delivery.intake import Intake
from bot.errors import NotAnArticle
from bot.sources.page import Page
from bot.store.archive import Archive, Change
from bot.store.database import Database
from bot.store.publications import Publications
from tests.core.pages import PAGE, SECOND_PAGE
from tests.databases import new_file
from tests.store.samples import NOW
from tests.store.servers import opened

FIRST_PAGE = PAGE[: PAGE.index("Biaya Pembangunan")] + " Selanjutnya \n"
MIDDLE_PAGE = SECOND_PAGE.replace(" ■", "\n Selanjutnya ")
THIRD_PAGE = SECOND_PAGE.replace("Warga Wanakarta menyambut gembira.", "Pedagang berjejer di kaki jembatan.")
ADDRESS = "https://rm.id/baca-berita/megapolitan/77001/jembatan-kertasari-dibuka"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(new_file(tmp_path)) as database:
        yield database


@pytest.fixture
def intake(database: Database) -> Intake:
    return Intake(Archive(database), now=lambda: NOW)


def page(text: str, *, number: int = 1) -> Page:
    return Page(f"halaman-{number}.txt", text.encode(), ADDRESS if number == 1 else f"{ADDRESS}/{number}")


PAGES = (page(FIRST_PAGE), page(MIDDLE_PAGE, number=2), page(THIRD_PAGE, number=3))
WHOLE = (
    *parse_page(FIRST_PAGE).paragraphs,
    *parse_page(MIDDLE_PAGE).paragraphs,
    *parse_page(THIRD_PAGE).paragraphs,
)


async def test_the_pages_of_an_article_are_joined_in_whatever_order_they_come(tmp_path: Path) -> None:
    for number, order in enumerate(permutations(PAGES)):
        async with opened(f"sqlite:///{tmp_path}/{number}.db") as database:
            intake = Intake(Archive(database), now=lambda: NOW)
            *_, last = [await intake.take(arrived) for arrived in order]
            assert last is not None
            assert last.archived.id == 1
            assert last.archived.article.paragraphs == WHOLE
            assert last.archived.article.url == ADDRESS
            assert await Archive(database).by_id(2) is None
            announced = [each.kind for each in await Publications(database).newest(limit=9)]
            assert announced.count(PublicationKind.REGULAR) == 1
            assert set(announced) <= {PublicationKind.REGULAR, PublicationKind.CORRECTION}


async def test_a_second_page_waits_for_the_first_and_is_not_lost(intake: Intake, database: Database) -> None:
    assert await intake.take(page(SECOND_PAGE, number=2)) is None
    assert await Archive(database).latest() is None
    stored = await intake.take(page(FIRST_PAGE))
    assert stored is not None
    assert (stored.change, stored.archived.revision) == (Change.NEW, 1)
    assert stored.archived.article.paragraphs[-1] == "Mereka kini tak perlu memutar."


async def test_a_first_page_is_published_at_once_and_the_second_makes_a_revision(intake: Intake) -> None:
    first = await intake.take(page(FIRST_PAGE))
    second = await intake.take(page(SECOND_PAGE, number=2))
    assert first is not None
    assert second is not None
    assert (first.change, second.change) == (Change.NEW, Change.REVISED)
    assert second.archived.article.has_next is False


async def test_taking_the_pages_again_changes_nothing(intake: Intake) -> None:
    for taken in PAGES:
        await intake.take(taken)
    for taken in PAGES:
        again = await intake.take(taken)
        assert again is not None
        assert (again.change, again.archived.revision) == (Change.UNCHANGED, 3)


async def test_a_corrected_first_page_keeps_the_second(intake: Intake) -> None:
    await intake.take(page(FIRST_PAGE))
    await intake.take(page(SECOND_PAGE, number=2))
    corrected = await intake.take(page(FIRST_PAGE.replace("300 meter", "320 meter")))
    assert corrected is not None
    assert "320 meter" in corrected.archived.article.paragraphs[1]
    assert corrected.archived.article.paragraphs[-1] == "Mereka kini tak perlu memutar."


async def test_pages_that_two_processes_take_at_once_are_joined(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        databases = [await stack.enter_async_context(opened(new_file(tmp_path))) for _ in PAGES]
        intakes = [Intake(Archive(database), now=lambda: NOW) for database in databases]
        await asyncio.gather(*(intake.take(taken) for intake, taken in zip(intakes, PAGES, strict=True)))
        kept = await Archive(databases[0]).by_id(1)
    assert kept is not None
    assert kept.article.paragraphs == WHOLE


async def test_what_is_no_article_is_refused_by_name(intake: Intake) -> None:
    with pytest.raises(NotAnArticle, match=r"halaman-1\.txt"):
        await intake.take(page("Bukan berita"))
