"""Pages that want to break, stop or deceive whoever reads them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.analysis import analyse
from bot.core.article import ArchivedArticle, Article
from bot.errors import NotAnArticle, UnreadableSource
from bot.sources.article_page import read_article
from bot.sources.found import Found
from bot.sources.profiles import Profile, load_profiles
from bot.store.documents import read_article as read_document
from bot.store.documents import write_article
from tests.render.telegram_html import parse
from tests.render.values import messages
from tests.sources.pages import ADDRESS, FETCHED, JSON_LD, PARAGRAPHS, document, plain_page, rmid_page

(RMID,) = load_profiles(None)
FOUND = Found(ADDRESS, None, "Pasar Senja", FETCHED, None)
SENTENCE = "Pasar Senja di Wanakarta kembali ramai setelah tiga bulan sepi, kata para pedagang. "
START = '<html><body><article class="content-berita"><h1>Pasar Senja</h1><div class="content-berita">'

ENDLESS = {
    "tags nested 100,000 deep": START + "<div>" * 100_000 + SENTENCE * 5,
    "bold nested 100,000 deep": START + "<b>" * 100_000 + SENTENCE * 5,
    "tables nested": START + "<table><tr><td>" * 50_000 + SENTENCE,
    "a huge attribute": START + f"<p class='{'ad ' * 2_000_000}'>{SENTENCE * 5}</p>",
    "200,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{SENTENCE}</p>",
    "attributes with brackets": "<p " + " ".join(f"a{n}='>'" for n in range(100_000)) + f">{SENTENCE}</p>",
    "attributes with tags": "<p " + '<b"' * 100_000 + "> =" * 100_000,
    "10 MB in one paragraph": START + "<p>" + SENTENCE * 120_000,
    "10 MB in paragraphs": START + f"<p>{SENTENCE * 5}</p>" * 24_000,
    "10 MB without a space": START + "<p>" + "x" * 10_000_000,
    "18,000 links in a paragraph": START + "<p>" + "<a href=x>a b</a> " * 18_000,
    "open brackets": START + "<p>" + "<" * 3_000_000,
    "ampersands": START + "<p>" + "&" * 3_000_000,
    "open comments": START + "<!--" * 1_000_000,
    "open scripts": START + "<script><!--" * 200_000,
    "headings": "<h1>a</h1>" * 200_000,
    "metas": "<meta name=a content=b>" * 200_000,
    "captions": START + "<figure><figcaption>a</figcaption></figure>" * 20_000,
    "nested JSON": plain_page(json_ld="[" * 1_000_000),
    "a great deal of JSON": plain_page(json_ld="[" + '{"@type":"NewsArticle"},' * 30_000 + "5]"),
    "many scripts of JSON": "<script type='application/ld+json'>{}</script>" * 50_000,
    "nulls": START + "\0" * 2_000_000,
    "share words": START + "<p>" + "facebook " * 100_000 + "!",
    "spaces": START + "<p>editor" + " \t" * 2_000_000 + "!",
}


def read(page: str | bytes, profile: Profile | None) -> Article | None:
    try:
        return read_article(document(page), profile=profile, found=FOUND).article
    except (NotAnArticle, UnreadableSource):
        return None


@pytest.mark.parametrize("profile", [None, RMID], ids=["unknown site", "RM.id"])
@pytest.mark.parametrize("page", ENDLESS.values(), ids=ENDLESS)
def test_a_page_that_never_ends_is_read_in_part_or_refused(page: str, profile: Profile | None) -> None:
    article = read(page, profile)
    assert article is None or sum(len(text) for text in article.paragraphs) <= 1_000_000


@pytest.mark.parametrize("profile", [None, RMID], ids=["unknown site", "RM.id"])
def test_unclosed_tags_lose_no_paragraph(profile: Profile | None) -> None:
    page = START + "".join(f"<p>{paragraph}" for paragraph in PARAGRAPHS)
    article = read(page, profile)
    assert article is not None
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("profile", [None, RMID], ids=["unknown site", "RM.id"])
def test_what_no_reader_sees_is_no_text(profile: Profile | None) -> None:
    unseen = (
        "<script>document.write('<p>Skrip yang panjang sekali di sini.</p>')</script>"
        "<style>p { content: 'Gaya yang panjang sekali di sini.' }</style>"
        "<template><p>Pola yang panjang sekali di sini.</p></template>"
        "<noscript><p>Tanpa skrip yang panjang sekali di sini.</p></noscript>"
        "<!-- <p>Komentar yang panjang sekali di sini.</p> -->"
        "<iframe>Bingkai yang panjang sekali di sini.</iframe>"
    )
    page = START + unseen + "".join(f"<p>{paragraph}</p>{unseen}" for paragraph in PARAGRAPHS)
    article = read(page, profile)
    assert article is not None
    assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("profile", [None, RMID], ids=["unknown site", "RM.id"])
def test_nulls_controls_and_invisible_characters_are_gone(profile: Profile | None) -> None:
    dirty = "".join(
        f"<p>{paragraph.replace(' ', chr(0x200B) + ' ' + chr(0) + '&#0;&#1;&#x1F;&#xFFFE;&#x202E;', 1)}</p>"
        for paragraph in PARAGRAPHS
    )
    article = read(START + dirty, profile)
    assert article is not None
    assert all(text.isprintable() for text in article.paragraphs)
    assert [text.replace("\ufffd", "") for text in article.paragraphs] == list(PARAGRAPHS)


BREAKING = "<b>tebal</b> & <script>alert(1)</script> </blockquote> <a href='tg://user?id=1'>x</a>"


def test_nothing_of_a_page_reaches_telegram_as_markup() -> None:
    escaped = BREAKING.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    body = "".join(f"<p>{paragraph} {escaped}</p>" for paragraph in PARAGRAPHS)
    page = rmid_page(
        body=body, title=escaped, over_title=f"<p>{escaped}</p>", under_title=f"<p>{escaped}</p>" * 2
    )
    article = read(page, RMID)
    assert article is not None
    assert "<script>alert(1)</script>" in article.paragraphs[0]
    archived = ArchivedArticle(
        1,
        1,
        replace(article, url=ADDRESS),
        analyse(article.paragraphs, title=article.title),
        datetime.now(UTC),
        1,
    )
    for language in messages().languages:
        for message in (messages().push(archived, language), messages().full_story(archived, language)):
            tags = parse(message.html)
            assert "tg://" not in "".join(tags.inside("a"))
            assert "<script" not in message.html
            assert "<b>tebal</b>" not in message.html


def test_markup_in_json_ld_is_no_part_of_a_title_or_name() -> None:
    fake = JSON_LD.replace(
        "Kembali Ramai", "Kembali <b onclick=x>Ramai</b><script>alert(1)<\\/script>"
    ).replace("Laksmi Tunjungsari", "Laksmi <i>Tunjungsari</i> &amp; Kawan")
    article = read(plain_page(json_ld=fake), None)
    assert article is not None
    assert article.title == "Pasar Senja Wanakarta Kembali Ramai"
    assert article.byline == "Laksmi Tunjungsari & Kawan"


def test_a_picture_or_link_that_leads_to_no_web_page_is_none() -> None:
    head = '<meta property="og:image" content="javascript:alert(1)"><link rel="next" href="data:text/html,2">'
    article = read(
        plain_page(head=head, json_ld=JSON_LD.replace("/gambar/pasar.jpg", "file:///etc/hostname")), None
    )
    assert article is not None
    assert (article.picture, article.has_next) == (None, False)


pieces = st.sampled_from(
    [
        *(
            "<html>",
            "<body>",
            "<article>",
            "<h1>",
            "</h1>",
            "<p>",
            "</p>",
            "<br>",
            "<div class=content-berita>",
        ),
        *(
            "<div class='ads share'>",
            "<a href='//['>",
            "<figure>",
            "<figcaption>",
            "<strong>",
            "<svg>",
            "<math>",
        ),
        *("<meta property='og:title' content='", "<meta property='og:image' content='//['>", "'>", "<title>"),
        *(
            "<script type='application/ld+json'>",
            "</script>",
            '{"@type":"NewsArticle","headline":',
            "[{}]",
            '"a"}',
        ),
        *(
            '"image":[{"url":5}],',
            '"author":{"@id":[]},',
            '"datePublished":"2026-07-01"}',
            '{"@id":"x"',
            "null",
        ),
        *(
            "<time datetime='9999-99-99'>",
            "<span>2021-07-08 05:25:13||x</span>",
            "Selanjutnya",
            "Baca juga :",
        ),
        *(
            "<link rel=canonical href='http://['>",
            "<link rel=next href='?page=2'>",
            "<base href='::'>",
            "[DIT]",
        ),
        *(
            "RM.id Rakyat Merdeka - ",
            SENTENCE,
            SENTENCE,
            "\0",
            "&#0;",
            "&#xD800;",
            "&nbsp;",
            "\ufeff",
            "\u2028",
        ),
        *(
            "<rss>",
            "<?xml version='1.0' encoding='x'?>",
            "<!DOCTYPE html [",
            "]]>",
            "<![CDATA[",
            "<frameset>",
        ),
        *(
            "<table>",
            "<tr>",
            "<li>",
            "<template>",
            "<textarea>",
            "<plaintext>",
            "<body hidden>",
            "</body>",
            "</html>",
        ),
    ]
)
hostile = st.binary(max_size=300) | st.lists(pieces, max_size=40).map(lambda parts: "".join(parts).encode())
addresses = st.sampled_from(
    [ADDRESS, f"{ADDRESS}/2", "https://harian.example/a?page=1", "http://[", "", "x:y"]
)


@given(hostile, st.sampled_from([None, RMID]), st.none() | st.just(FOUND), addresses)
def test_any_bytes_give_an_article_of_plain_text_or_say_why_not(
    content: bytes, profile: Profile | None, found: Found | None, address: str
) -> None:
    try:
        article = read_article(document(content, address), profile=profile, found=found).article
    except (NotAnArticle, UnreadableSource):
        return
    assert article.title.strip()
    assert article.paragraphs
    assert article.published_at.utcoffset() is not None
    texts = (article.title, *article.paragraphs, *article.captions, *article.related)
    assert all("\n" not in text and "\0" not in text for text in texts)
    assert read_document(write_article(article)) == article
    "".join(texts).encode()
