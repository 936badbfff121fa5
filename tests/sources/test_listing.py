import gzip

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import UnreadableSource
from bot.sources.listing import LARGEST, ListingKind, read_listing
from tests.sources.pages import document, rss
from tests.sources.test_sitemap import NEWS

RSS = rss("<item><title>Satu</title><link>/a</link></item>")
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>'
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}]}'
PAGE = '<!DOCTYPE html><!-- x --><html><a href="/satu-dua-tiga-empat">Satu</a></html>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, ListingKind.FEED),
        ("\ufeff  <!-- pembuka --><?xml-stylesheet href='x'?>" + ATOM, ListingKind.FEED),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:link href='/a'/></a:entry></a:feed>",
            "feed",
        ),
        (JSON, ListingKind.JSON_FEED),
        (NEWS, ListingKind.SITEMAP),
        ("<sitemapindex><sitemap><loc>/a</loc></sitemap></sitemapindex>", ListingKind.SITEMAP_INDEX),
        (PAGE, ListingKind.INDEX),
        ("<DIV><a href='/satu-dua-tiga-empat'>Satu</a></DIV>", ListingKind.INDEX),
    ],
)
@pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream", "image/png", None])
def test_the_bytes_say_what_a_listing_is(content: str, kind: ListingKind, content_type: str | None) -> None:
    listing = read_listing(document(content, "https://harian.example/x", content_type))
    assert (listing.kind, len(listing.found)) == (kind, 1)


def test_a_listing_that_is_not_what_was_asked_for_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="no sitemap"):
        read_listing(document(RSS), kind=ListingKind.SITEMAP)
    with pytest.raises(UnreadableSource, match="neither RSS nor Atom"):
        read_listing(document(PAGE), kind=ListingKind.FEED)
    with pytest.raises(UnreadableSource, match="no JSON"):
        read_listing(document(PAGE), kind=ListingKind.JSON_FEED)


def test_an_opml_file_is_told_from_a_listing() -> None:
    with pytest.raises(UnreadableSource, match="OPML"):
        read_listing(document("<opml version='2.0'><body/></opml>"))


def test_a_packed_sitemap_is_unpacked_as_far_as_is_safe() -> None:
    assert len(read_listing(document(gzip.compress(NEWS.encode()))).found) == 1
    with pytest.raises(UnreadableSource, match="larger than 10 MB"):
        read_listing(document(gzip.compress(b"<urlset>" + b" " * (LARGEST + 1))))
    with pytest.raises(UnreadableSource, match="gzip is broken"):
        read_listing(document(b"\x1f\x8b" + b"x" * 50))


pieces = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<link>",
            "/a",
            "<guid>",
            "<pubDate>",
        ),
        *(
            "<feed>",
            "<entry xml:base='['>",
            "<link href='//['/>",
            "<urlset>",
            "<url>",
            "<loc>",
            "https://[",
            "<html>",
        ),
        *(
            "<rdf:RDF>",
            "<a href='/satu-dua-tiga-empat'>",
            "<base href='::'>",
            "<!DOCTYPE x [",
            "<![CDATA[",
            "]]>",
        ),
        *(
            "<?xml version='1.0' encoding='cp037'?>",
            "&nbsp;",
            "&#0;",
            "&#xD800;",
            "&",
            "<",
            ">",
            "\0",
            "\ufffe",
        ),
        *('{"items":[', '{"url":', '"\\ud800"', "NaN", "]}", "2026-07-01", "99999999999999999999"),
    ]
)
hostile = st.binary(max_size=200) | st.lists(pieces, max_size=25).map(lambda parts: "".join(parts).encode())


@given(hostile, st.none() | st.sampled_from(ListingKind))
@example(b"<urlset><_><_>&#xD800;", None)
def test_any_bytes_give_a_listing_or_say_why_not(content: bytes, kind: ListingKind | None) -> None:
    try:
        listing = read_listing(document(content), kind=kind)
    except UnreadableSource:
        return
    assert all(found.address.startswith(("http://", "https://")) for found in listing.found)
