from datetime import datetime

import pytest

from bot.errors import UnreadableSource
from bot.sources.found import Found, Listing, ListingKind
from bot.sources.profiles import load_profiles
from bot.sources.sitemap import read_sitemap
from tests.sources.pages import document

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://rm.id/baca-berita/nasional/1/pasar-senja </loc><lastmod>2026-07-02T00:00:00Z</lastmod>
<news:news><news:publication><news:name>RM.id</news:name><news:language>id</news:language></news:publication>
<news:publication_date>2026-07-01T08:00:00+07:00</news:publication_date>
<news:title>Tahu &amp; Tempe</news:title></news:news>
<image:image><image:loc>https://rm.id/images/x.jpg</image:loc></image:image></url></urlset>"""


def read(content: str) -> Listing:
    return read_sitemap(document(content, "https://rm.id/sitemap.xml", "application/xml"))


def test_a_news_sitemap_gives_title_date_and_the_section_of_a_known_site() -> None:
    (profile,) = load_profiles(None)
    listing = read_sitemap(document(NEWS), profile=profile)
    moment = datetime.fromisoformat("2026-07-01T08:00+07:00")
    address = "https://rm.id/baca-berita/nasional/1/pasar-senja"
    assert listing.kind is ListingKind.SITEMAP
    assert listing.found == (Found(address, None, "Tahu & Tempe", moment, "nasional"),)


def test_a_plain_sitemap_gives_the_last_change() -> None:
    listing = read(
        "<urlset><url><loc>/a</loc><lastmod>2026-07-01</lastmod></url><url><loc>/b</loc></url></urlset>"
    )
    first, second = listing.found
    assert first.published_at == datetime.fromisoformat("2026-07-01T00:00+07:00")
    assert second == Found("https://rm.id/b")


def test_an_index_gives_its_sitemaps_and_says_that_it_is_one() -> None:
    listing = read(
        "<sitemapindex><sitemap><loc>https://rm.id/sitemap-1.xml.gz</loc>"
        "<lastmod>2026-07-01</lastmod></sitemap></sitemapindex>"
    )
    assert listing.kind is ListingKind.SITEMAP_INDEX
    assert [found.address for found in listing.found] == ["https://rm.id/sitemap-1.xml.gz"]


def test_a_sitemap_with_an_undeclared_prefix_and_a_bare_ampersand_is_read() -> None:
    (found,) = read(
        "<urlset><url><loc>/a?b=1&c=2</loc><news:news><news:title>A</news:title></news:news></url>"
    ).found
    assert (found.address, found.title) == ("https://rm.id/a?b=1&c=2", "A")


def test_a_billion_laughs_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE urlset [<!ENTITY l0 "ha">{laughs}]><urlset><url><loc>&l9;</loc></url></urlset>'
    with pytest.raises(UnreadableSource, match="declares XML entities"):
        read(bomb)


def test_an_external_dtd_is_not_fetched() -> None:
    prolog = '<!DOCTYPE urlset SYSTEM "http://127.0.0.1:9/x.dtd">'
    assert len(read(f"{prolog}<urlset><url><loc>/a</loc></url></urlset>").found) == 1


@pytest.mark.parametrize("content", ["", "<rss/>", "<html><body>x", "halo"])
def test_what_is_no_sitemap_is_refused(content: str) -> None:
    with pytest.raises(UnreadableSource):
        read(content)
