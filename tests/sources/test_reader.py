"""From an address to a whole article, over real HTTP: split articles, redirects, whose word an address is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.errors import FetchFailed, NotAnArticle
from bot.sources.fetch import Fetcher
from bot.sources.found import Found
from bot.sources.profiles import load_profiles
from bot.sources.reader import MOST_PAGES, Reader
from bot.sources.register import Source, SourceKind
from tests.fakes.site import Answer, Names, Site, serving
from tests.sources.pages import rmid_page

HOST = "rm.id"
PATH = "/baca-berita/megapolitan/81234/jembatan-kertasari-dibuka"
NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)


@asynccontextmanager
async def reading() -> AsyncIterator[tuple[Site, Reader]]:
    async with serving() as site:
        allowed = [("127.0.0.1", site.port), (HOST, site.port), ("m.rm.id", site.port)]
        async with Fetcher(
            contact="", now=lambda: NOW, allowed=allowed, delay=0, resolver=Names()
        ) as fetcher:
            yield site, Reader(fetcher, load_profiles(None), now=lambda: NOW)


def page(number: int, *, last: bool) -> Answer:
    start = "RM.id&nbsp; Rakyat Merdeka - " if number == 1 else "Sebelumnya</p><p>"
    end = "" if last else "<p>Selanjutnya</p>"
    body = (
        f"<p>{start}Halaman ke-{number} menceritakan jembatan Kertasari yang baru dibuka untuk umum.</p>{end}"
    )
    return Answer(rmid_page(body=body), headers={"Content-Type": "text/html"})


def path_of(number: int) -> str:
    return PATH if number == 1 else f"{PATH}/{number}"


def prints(site: Site, pages: int) -> None:
    for number in range(1, pages + 1):
        site.pages[path_of(number)] = page(number, last=number == pages)


async def test_a_split_article_is_read_as_one() -> None:
    async with reading() as (site, reader):
        prints(site, 3)
        article = (await reader.read(Found(site.at(HOST, PATH)))).article
        assert [text.split()[1] for text in article.paragraphs] == ["ke-1", "ke-2", "ke-3"]
        assert (article.page, article.has_next, article.url) == (1, False, site.at(HOST, PATH))


async def test_an_article_without_its_second_page_is_read_later_or_in_the_end_as_far_as_it_goes() -> None:
    async with reading() as (site, reader):
        prints(site, 2)
        site.pages[path_of(2)] = Answer(status=500)
        with pytest.raises(FetchFailed):
            await reader.read(Found(site.at(HOST, PATH)))
        article = (await reader.read(Found(site.at(HOST, PATH)), whole=False)).article
        assert len(article.paragraphs) == 1
        assert article.has_next


async def test_pages_without_end_are_read_so_far_and_no_further() -> None:
    async with reading() as (site, reader):
        prints(site, MOST_PAGES + 5)
        article = (await reader.read(Found(site.at(HOST, PATH)))).article
        assert len(article.paragraphs) == MOST_PAGES
        assert article.has_next


async def test_a_later_page_by_itself_is_no_article() -> None:
    async with reading() as (site, reader):
        prints(site, 2)
        with pytest.raises(NotAnArticle, match="page 2"):
            await reader.read(Found(site.at(HOST, path_of(2)), title="Judul", published_at=NOW))


async def test_an_article_has_the_address_that_its_redirects_lead_to() -> None:
    async with reading() as (site, reader):
        prints(site, 1)
        site.pages["/t/81234"] = Answer(status=301, headers={"Location": site.at(HOST, PATH)})
        article = (await reader.read(Found(site.at(HOST, "/t/81234")))).article
        assert (article.url, article.section) == (site.at(HOST, PATH), "megapolitan")


async def test_the_mobile_page_may_name_the_usual_one() -> None:
    async with reading() as (site, reader):
        link = f"<link rel='canonical' href='{site.at(HOST, PATH)}'>"
        site.pages[f"m.rm.id{PATH}"] = Answer(rmid_page(head=link))
        article = (await reader.read(Found(site.at("m.rm.id", PATH)))).article
        assert article.url == site.at(HOST, PATH)


async def test_an_articles_address_is_known_as_such_by_the_profile() -> None:
    async with reading() as (site, reader):
        prints(site, 1)
        looked = await reader.look(Source(site.at(HOST, PATH)))
        assert looked.kind is SourceKind.ARTICLE
        assert looked.found == (Found(site.at(HOST, PATH)),)
