"""Which feeds a page is found to name."""

from bot.sources.discovery import MOST_FEEDS
from bot.sources.found import NamedFeed
from bot.sources.index import read_index
from bot.sources.profiles import load_profiles
from tests.sources.pages import document

HOME = "https://harian.example/"


def feeds(page: str, address: str = HOME) -> list[NamedFeed]:
    return list(read_index(document(page, address)).feeds)


def test_what_the_head_names_for_feed_readers_is_found() -> None:
    page = """<head>
    <link rel="alternate" type="application/rss+xml" title="Berita &amp; Opini" href="/feed">
    <link rel="Alternate nofollow" type="Application/Atom+XML; charset=utf-8" href="https://umpan.example/atom">
    <link rel="alternate" type="application/feed+json" href="umpan.json">
    <link rel="alternate" hreflang="en" href="/en">
    <link rel="stylesheet" type="application/rss+xml" href="/x">
    <link rel="alternate" type="application/rss+xml"><link rel="alternate" type="application/rss+xml"
    href="javascript:alert(1)"></head><body>isi</body>"""
    assert feeds(page) == [
        NamedFeed("https://harian.example/feed", "Berita & Opini"),
        NamedFeed("https://umpan.example/atom", None),
        NamedFeed("https://harian.example/umpan.json", None),
    ]


def test_a_link_in_the_text_that_ends_as_feeds_do_is_found_once_and_on_the_same_site_alone() -> None:
    page = """<a href="/ekonomi/rss/">RSS Ekonomi</a> <a href="/rss.xml"></a> <a href="/ekonomi/rss/">lagi</a>
    <a href="https://lain.example/rss">lain</a> <a href="/berita/satu-dua-tiga-empat">RSS</a>"""
    assert feeds(page) == [
        NamedFeed("https://harian.example/ekonomi/rss/", "RSS Ekonomi"),
        NamedFeed("https://harian.example/rss.xml", None),
    ]


def test_the_feeds_of_a_known_newspaper_are_those_of_its_profile() -> None:
    (rmid,) = load_profiles(None)
    found = read_index(document("<a href='/x'>x</a>", "https://rm.id/"), profile=rmid).feeds
    assert {feed.title: feed.address for feed in found} == dict(rmid.feeds)


def test_a_page_of_nothing_but_feeds_has_an_end() -> None:
    page = "".join(f"<link rel=alternate type=application/rss+xml href=/{n}>" for n in range(10_000))
    assert len(feeds(page)) == MOST_FEEDS
