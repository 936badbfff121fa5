from datetime import datetime

import pytest

from bot.errors import UnreadableSource
from bot.sources.feeds import read_feed
from bot.sources.found import Found, Listing
from bot.sources.profiles import load_profiles
from tests.sources.pages import document, rss

FEED = "https://harian.example/umpan/berita.xml"


def read(content: str | bytes, content_type: str | None = "application/rss+xml") -> Listing:
    return read_feed(document(content, FEED, content_type))


def only(content: str | bytes) -> Found:
    (found,) = read(content).found
    return found


def item(inside: str) -> str:
    return f"<item>{inside}</item>"


def test_an_rss_2_item_gives_all_that_it_says() -> None:
    listing = read(
        rss(
            item(
                "<title>Pasar Senja Ramai</title><link>https://harian.example/a</link><guid>n-1</guid>"
                "<pubDate>Thu, 08 Jul 2021 05:25:00 +0700</pubDate><category>Ekonomi Bisnis</category>"
            )
        )
    )
    moment = datetime.fromisoformat("2021-07-08T05:25+07:00")
    assert listing.kind == "feed"
    assert listing.title == "Harian Kertasari"
    assert listing.found == (
        Found("https://harian.example/a", "n-1", "Pasar Senja Ramai", moment, "ekonomi-bisnis"),
    )


def test_rss_1_is_read_with_its_dublin_core() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Harian</title></channel>
    <item rdf:about="https://harian.example/1"><title>Satu</title><link>https://harian.example/1</link>
    <dc:date>2021-07-08T05:25+07:00</dc:date><dc:subject>Nasional</dc:subject></item></rdf:RDF>"""
    found = only(feed)
    assert (found.address, found.title, found.section) == ("https://harian.example/1", "Satu", "nasional")
    assert found.published_at == datetime.fromisoformat("2021-07-08T05:25+07:00")


def test_rss_0_91_with_its_doctype_is_read() -> None:
    feed = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
    "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title>
    <item><title>Satu</title><link>/1</link></item></channel></rss>"""
    assert only(feed).address == "https://harian.example/1"


def test_an_atom_link_is_its_alternate_seen_from_its_xml_base() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lain.example/d/"><title>T</title>
    <entry><title>Satu</title><link rel="self" href="/no"/><link rel="enclosure" href="/no.mp3"/>
    <link href="satu"/><id>urn:1</id><updated>2021-07-08T05:25:00+07:00</updated></entry>
    <entry xml:base="/e/"><title>Dua</title><link rel="alternate" href="dua"/><id>urn:2</id></entry></feed>"""
    first, second = read(feed).found
    assert (first.address, first.guid) == ("https://lain.example/d/satu", "urn:1")
    assert first.published_at == datetime.fromisoformat("2021-07-08T05:25+07:00")
    assert (second.address, second.published_at) == ("https://lain.example/e/dua", None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Tahu &amp; Tempe", "Tahu & Tempe"),
        ("Tahu &amp;amp; Tempe", "Tahu & Tempe"),
        ("&amp;#8220;Ramai,&amp;#8221; katanya", "“Ramai,” katanya"),
        ("<![CDATA[Pasar <b>Senja</b> &quot;Ramai&quot;]]>", 'Pasar Senja "Ramai"'),
        ("&lt;em&gt;Pasar&lt;/em&gt; Senja", "Pasar Senja"),
        ("Harga &amp;lt; Rp 5.000", "Harga < Rp 5.000"),
        ("Pasar&nbsp;Senja & Kopi", "Pasar Senja & Kopi"),
        ("Pasar<br>Senja", "PasarSenja"),
        ("\n  Pasar\n  Senja  ", "Pasar Senja"),
        ("<![CDATA[<script>alert(1)</script>Pasar]]>", "Pasar"),
    ],
)
def test_a_title_is_what_readers_see_its_entities_read_once(title: str, text: str) -> None:
    assert only(rss(item(f"<title>{title}</title><link>/a</link>"))).title == text


def test_an_atom_title_is_read_as_its_type_says() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
    <entry><title type="text">Harga &amp;amp; Mutu</title><link href="/1"/></entry>
    <entry><title type="html">Harga &amp;amp; &lt;i&gt;Mutu&lt;/i&gt;</title><link href="/2"/></entry>
    <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Harga <b>Mutu</b></div></title>
    <link href="/3"/></entry></feed>"""
    assert [found.title for found in read(feed).found] == ["Harga &amp; Mutu", "Harga & Mutu", "Harga Mutu"]


def test_an_id_that_several_articles_share_is_no_id() -> None:
    items = "".join(item(f"<link>/{number}</link><guid>sama</guid>") for number in range(3))
    assert [found.guid for found in read(rss(items)).found] == [None] * 3


def test_an_address_that_comes_twice_is_one_article() -> None:
    twice = item("<title>Satu</title><link>/a</link>") + item("<title>Satu lagi</title><link>/a#x</link>")
    assert only(rss(twice)).title == "Satu"


def test_an_item_without_a_link_has_its_permanent_id_or_is_left_out() -> None:
    feed = rss(
        item("<guid>https://harian.example/a</guid>") + item("<title>Tanpa alamat</title><guid>n-2</guid>")
    )
    assert only(feed).address == "https://harian.example/a"


def test_a_link_in_cdata_keeps_its_ampersands() -> None:
    broken = rss(item("<title>Satu & dua</title><link><![CDATA[/a?id=1&b=2]]></link>"))
    assert only(broken).address == "https://harian.example/a?id=1&b=2"


def test_a_link_that_leads_to_no_web_page_is_left_out() -> None:
    assert read(rss(item("<link>javascript:alert(1)</link>"))).found == ()


@pytest.mark.parametrize("date", ["", "<pubDate/>", "<pubDate>kemarin</pubDate>", "<pubDate>0000</pubDate>"])
def test_a_missing_or_senseless_date_is_none(date: str) -> None:
    assert only(rss(item(f"<link>/a</link>{date}"))).published_at is None


def test_many_categories_are_keywords_and_no_section() -> None:
    found = only(rss(item("<link>/a</link><category>Pasar</category><category>Kopi</category>")))
    assert found.section is None


def test_a_known_site_s_section_comes_from_its_address() -> None:
    (profile,) = load_profiles(None)
    address = "https://rm.id/baca-berita/zona-sport/12/garuda-menang"
    feed = document(rss(item(f"<link>{address}</link><category>Olahraga</category>")), FEED)
    assert read_feed(feed, profile=profile).found[0].section == "zona-sport"


@pytest.mark.parametrize(
    "broken",
    [
        rss(item("<title>Satu</title><link>/a</link><media:thumbnail url='x'/>")),
        rss(item("<title>Satu</title><link>/a</link><p>tak tertutup")),
        rss(item("<title>Satu</title><link>/a</link>")).removesuffix("</channel></rss>"),
        "\n\n" + rss(item("<title>Satu</title><link>/a</link>")),
        rss(item("<title>Satu\x0b\x00</title><link>/a</link>")),
        rss(item("<title>Satu</title><link>/a</link>"), prolog='<?xml version="1.1" encoding="utf-16"?>'),
    ],
)
def test_a_feed_that_is_not_well_formed_is_read_all_the_same(broken: str) -> None:
    assert only(broken).title == "Satu"


def test_the_type_that_the_server_gives_is_not_believed() -> None:
    assert len(read(rss(item("<link>/a</link>")), "text/html; charset=utf-8").found) == 1
    assert len(read(rss(item("<link>/a</link>")), "application/octet-stream").found) == 1


def test_windows_1252_said_to_be_utf_8_is_read() -> None:
    feed = rss(item("<title>“Ramai,” katanya</title><link>/a</link>")).encode("cp1252")
    assert only(feed).title == "“Ramai,” katanya"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % a SYSTEM "https://lain.example/x.dtd"> %a;',
        "<!-- > --><!ENTITY a 'a'>",
    ],
)
def test_entities_of_the_feed_s_own_are_refused(declared: str) -> None:
    feed = rss(item("<title>&a;</title><link>/a</link>"), prolog=f"<!DOCTYPE rss [{declared}]>")
    with pytest.raises(UnreadableSource, match="declares XML entities"):
        read(feed)


@pytest.mark.parametrize("content", [b"", b"   ", b"halo", b"<html><p>x</html>", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_feed_is_refused_by_its_address(content: bytes) -> None:
    with pytest.raises(
        UnreadableSource, match=r"^https://harian\.example/umpan/berita\.xml: cannot be read: "
    ):
        read(content)


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 200_000,
        "<title>" + "<" * 1_000_000,
        "<title>" + "<a " * 300_000,
        '<title><a b="' * 100_000,
        "<title>" + "<![CDATA[" * 200_000,
        "<title>" + "&" * 1_000_000,
        "<x " + " ".join(f"a{number}='1'" for number in range(100_000)) + "/>",
        "<x " + " ".join(f"xmlns:a{number}='u'" for number in range(50_000)) + "/>",
    ],
    ids=[
        "nested",
        "brackets",
        "open tags",
        "open quotes",
        "open cdata",
        "ampersands",
        "attributes",
        "namespaces",
    ],
)
def test_a_feed_that_is_made_to_last_is_done_with_at_once(inside: str) -> None:
    feed = rss(item("<title>Satu</title><link>/a</link>") + item(inside))
    assert read(feed).found[0].title == "Satu"


def test_a_feed_without_end_is_read_to_its_thousandth_item() -> None:
    items = "".join(item(f"<link>/{number}</link>") for number in range(3_000))
    assert len(read(rss(items)).found) == 1_000
