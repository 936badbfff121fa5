import json
import subprocess
import sys
from datetime import datetime

import pytest

from bot.core.article import Block, BlockKind
from bot.errors import NotAnArticle, UnreadableSource
from bot.sources.article_page import ReadArticle, read_article
from bot.sources.found import Found
from bot.sources.profiles import Profile, load_profiles
from tests.sources.pages import (
    ADDRESS,
    BODY,
    CAPTION,
    FETCHED,
    JSON_LD,
    OTHER_ADDRESS,
    PARAGRAPHS,
    document,
    plain_page,
    rmid_page,
    rss,
)

DATED = '<meta property="article:published_time" content="2026-07-01T08:30:00+07:00">'


@pytest.fixture(scope="module")
def rmid() -> Profile:
    (profile,) = load_profiles(None)
    return profile


def read(page: str, address: str = OTHER_ADDRESS, found: Found | None = None) -> ReadArticle:
    return read_article(document(page, address), profile=None, found=found)


@pytest.mark.parametrize("generation", ["content-berita", "isi-berita", "itemprop"])
def test_a_page_of_rm_id_is_read_whole_in_each_generation(generation: str, rmid: Profile) -> None:
    page = rmid_page(generation=generation, over_title="<p>Kuat Mana?</p>")
    read = read_article(document(page), profile=rmid, found=None)
    article = read.article
    assert article.title == "Jembatan Kertasari Dibuka, Warga Lega"
    assert article.published_at.isoformat() == "2021-07-08T05:25:13+07:00"
    assert (article.kicker, article.byline) == ("Kuat Mana?", "Tirta Wardana")
    assert (article.section, article.url, article.page) == ("megapolitan", ADDRESS, 1)
    assert article.captions == (CAPTION,)
    assert article.related == ('Wanakarta Bangun "Pasar Apung" Baru.', "Damar: Jembatan Rampung Juli")
    assert article.channel_link == "https://t.me/contohkanal"
    assert article.picture == read.picture == "https://rm.id/images/berita/med/jembatan_81234.jpg"
    assert article.blocks == (
        Block(BlockKind.PARAGRAPH, "Jembatan Kertasari akhirnya dibuka untuk umum, Rabu pagi."),
        Block(BlockKind.PARAGRAPH, "Jembatan sepanjang 300 meter itu menghubungkan Kertasari & Wanakarta."),
        Block(
            BlockKind.PARAGRAPH,
            '"Hari ini kita buka. Silakan dipakai," kata Wali Kota Kertasari Damar Wibisana di lokasi.',
        ),
        Block(BlockKind.SUBHEAD, "Biaya Pembangunan"),
        Block(BlockKind.PARAGRAPH, "Biayanya Rp 40 miliar, lebih hemat dari rencana."),
        Block(BlockKind.PARAGRAPH, "Sisanya disimpan."),
        Block(BlockKind.PARAGRAPH, '"Sisanya untuk jalan desa," ujar Damar.'),
    )
    assert read.next_page is None
    assert read.origins == {
        "title": "profile",
        "published_at": "profile",
        "kicker": "profile",
        "section": "address",
        "byline": "profile",
        "captions": "profile",
        "picture": "profile",
        "blocks": "profile",
        "related": "profile",
    }


def test_the_first_generation_that_fits_is_taken(rmid: Profile) -> None:
    both = rmid_page(body=BODY + '</div><div class="isi-berita"><p>Bukan ini yang dibaca orang.</p>')
    article = read_article(document(both), profile=rmid, found=None).article
    assert "Bukan ini yang dibaca orang." not in article.paragraphs


@pytest.mark.parametrize(
    "following",
    [
        "<p> Selanjutnya </p>",
        '<a href="/lain">1</a> <a href="{}/2">Selanjutnya</a>',
        "<div>Selanjutnya&nbsp;</div>",
    ],
)
def test_a_split_article_names_its_second_page(following: str, rmid: Profile) -> None:
    read = read_article(document(rmid_page(body=BODY + following.format(ADDRESS))), profile=rmid, found=None)
    assert read.next_page == f"{ADDRESS}/2"
    assert read.article.has_next
    assert not any("Selanjutnya" in text for text in read.article.paragraphs)


def test_a_second_page_is_one_and_begins_without_a_dateline(rmid: Profile) -> None:
    page = rmid_page(body="<p> Sebelumnya&nbsp;</p><p>Warga Wanakarta menyambut gembira.</p><p>■</p>")
    article = read_article(document(page, f"{ADDRESS}/2"), profile=rmid, found=None).article
    assert (article.page, article.has_next) == (2, False)
    assert article.paragraphs == ("Warga Wanakarta menyambut gembira.",)


def test_a_column_s_author_stands_where_captions_do(rmid: Profile) -> None:
    page = rmid_page(under_title="<p>TIRTA WARDANA</p><p>TIRTA WARDANA</p><p>Penjaga Kebun</p>")
    article = read_article(
        document(page, ADDRESS.replace("megapolitan", "kolom")), profile=rmid, found=None
    ).article
    assert (article.byline, article.captions) == ("TIRTA WARDANA", ())


def test_the_paper_s_own_name_is_no_byline(rmid: Profile) -> None:
    page = rmid_page().replace("Tirta Wardana", "RM.ID")
    assert read_article(document(page), profile=rmid, found=None).article.byline is None


def test_a_page_of_rm_id_that_no_generation_fits_is_read_like_any_other(rmid: Profile) -> None:
    read = read_article(document(plain_page(json_ld=JSON_LD)), profile=rmid, found=None)
    assert read.article.paragraphs == PARAGRAPHS
    assert (read.article.section, read.origins["section"]) == ("megapolitan", "address")
    assert (read.origins["title"], read.origins["blocks"]) == ("json-ld", "trafilatura")


def test_without_a_profile_json_ld_opengraph_and_trafilatura_decide() -> None:
    head = '<meta property="og:title" content="Pasar Senja"><meta property="og:image" content="/og.jpg">'
    read_ = read(plain_page(head=head, json_ld=JSON_LD))
    article = read_.article
    assert article.title == "Pasar Senja Wanakarta Kembali Ramai"
    assert article.published_at == datetime.fromisoformat("2026-07-01T08:30+07:00")
    assert article.byline == "Laksmi Tunjungsari"
    assert article.section == "ekonomi-bisnis"
    assert article.captions == ("Pedagang di Pasar Senja.",)
    assert article.picture == "https://harian.example/gambar/pasar.jpg"
    assert article.paragraphs == PARAGRAPHS
    assert set(read_.origins.items()) >= {
        ("title", "json-ld"),
        ("published_at", "json-ld"),
        ("byline", "json-ld"),
        ("blocks", "trafilatura"),
    }


ARTICLE_LD = json.loads(JSON_LD)


@pytest.mark.parametrize(
    "written",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE_LD]},
        [{"@type": "BreadcrumbList"}, ARTICLE_LD],
        [[ARTICLE_LD]],
        {"@type": "WebPage", "mainEntity": ARTICLE_LD},
        ARTICLE_LD | {"@type": ["Article", "NewsArticle"]},
        ARTICLE_LD | {"@type": "http://schema.org/ReportageNewsArticle"},
        ARTICLE_LD | {"author": "Laksmi Tunjungsari"},
        ARTICLE_LD | {"author": ["Laksmi Tunjungsari", "Laksmi Tunjungsari"]},
        ARTICLE_LD | {"author": [{"@type": "Person", "name": ["Laksmi Tunjungsari"]}, 5, None]},
        {
            "@graph": [
                ARTICLE_LD | {"author": {"@id": "#laksmi"}, "image": {"@id": "#gambar"}},
                {"@id": "#laksmi", "name": "Laksmi Tunjungsari"},
                {"@id": "#gambar", "url": "/gambar/pasar.jpg", "caption": "Pedagang di Pasar Senja."},
            ]
        },
        ARTICLE_LD | {"image": ["/gambar/pasar.jpg"]},
        ARTICLE_LD | {"image": "/gambar/pasar.jpg"},
    ],
)
def test_json_ld_is_read_in_all_its_shapes(written: object) -> None:
    read_ = read(plain_page(json_ld=json.dumps(written)))
    assert read_.origins["title"] == read_.origins["published_at"] == "json-ld"
    assert read_.article.byline == "Laksmi Tunjungsari"
    assert read_.picture == "https://harian.example/gambar/pasar.jpg"


@pytest.mark.parametrize(
    "written",
    [
        JSON_LD.replace('"datePublished"', '\n\t"datePublished"').replace("Ramai", "Ramai\n"),
        JSON_LD.replace('Kertasari"}}', 'Kertasari",},}'),
        f"<!-- {JSON_LD} -->",
        f"//<![CDATA[\n{JSON_LD}\n//]]>",
        f"{JSON_LD};",
    ],
)
def test_json_ld_with_the_usual_faults_is_read(written: str) -> None:
    assert read(plain_page(json_ld=written)).origins["published_at"] == "json-ld"


@pytest.mark.parametrize(
    "written",
    [
        JSON_LD.replace("Pasar Senja Wanakarta Kembali Ramai", "Menang Undian, Klik Di Sini"),
        JSON_LD.replace("NewsArticle", "Product"),
        '{"@type": "NewsArticle", "headline": 5, "datePublished": {"a": []}, "author": [[[]]]}',
        "{" * 50_000,
        "[" * 50_000,
        "null",
        '"NewsArticle"',
    ],
)
def test_json_ld_of_another_thing_or_of_nothing_is_passed_over(written: str) -> None:
    read_ = read(plain_page(head=DATED, json_ld=written))
    assert read_.article.title == "Pasar Senja Wanakarta Kembali Ramai"
    assert read_.origins["published_at"] == "opengraph"


def test_of_several_articles_in_json_ld_the_page_s_own_is_taken() -> None:
    others = [
        ARTICLE_LD | {"headline": f"Berita Lain {number}", "url": f"/lain/{number}", "author": "Orang Lain"}
        for number in range(3)
    ]
    listed = {"@type": "ItemList", "itemListElement": others}
    assert read(plain_page(json_ld=json.dumps([listed, ARTICLE_LD]))).article.byline == "Laksmi Tunjungsari"


def test_a_headline_cut_short_gives_way_to_the_whole_title() -> None:
    cut = JSON_LD.replace("Kembali Ramai", "...").replace(
        '"@type": "NewsArticle"', f'"@type": "Article", "url": "{OTHER_ADDRESS}"'
    )
    read_ = read(plain_page(json_ld=cut))
    assert (read_.article.title, read_.origins["title"]) == ("Pasar Senja Wanakarta Kembali Ramai", "page")
    assert read_.origins["published_at"] == "json-ld"


def test_a_text_that_only_json_ld_has_is_taken_from_there() -> None:
    page = plain_page(
        body="<div id=root></div>", json_ld=json.dumps(ARTICLE_LD | {"articleBody": "\n".join(PARAGRAPHS)})
    )
    read_ = read(page)
    assert (read_.article.paragraphs, read_.origins["blocks"]) == (PARAGRAPHS, "json-ld")


def test_opengraph_fills_in_and_the_site_s_name_is_no_part_of_a_title() -> None:
    head = f"""{DATED}<meta property="og:title" content="Pasar Senja &amp; Kopi - Harian Kertasari">
    <meta property="og:site_name" content="Harian Kertasari">
    <meta property="og:image" content="//cdn.example/a.jpg">
    <meta property="article:section" content="Zona Sport">
    <meta property="article:author" content="https://x.example">"""
    read_ = read(plain_page(head=head))
    assert (read_.article.title, read_.origins["title"]) == ("Pasar Senja & Kopi", "opengraph")
    assert (read_.article.section, read_.article.byline) == ("zona-sport", None)
    assert read_.picture == "https://cdn.example/a.jpg"


@pytest.mark.parametrize(
    "dated",
    [
        '<time datetime="2026-07-01T08:30:00+07:00">kemarin</time>',
        '<span itemprop="datePublished" content="2026-07-01 08:30:00"></span>',
        "<p>Rabu, 1 Juli 2026 | 08.30 WIB</p>",
    ],
)
def test_a_date_in_the_page_s_other_marks_or_in_print_is_found(dated: str) -> None:
    body = dated + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    read_ = read(plain_page(body=body))
    assert read_.article.published_at == datetime.fromisoformat("2026-07-01T08:30+07:00")
    assert read_.origins["published_at"] == "page"


def test_the_listing_fills_in_what_the_page_does_not_say() -> None:
    found = Found(OTHER_ADDRESS, None, "Judul Dari Umpan", FETCHED, "ekonomi")
    read_ = read(plain_page().replace("<h1>Pasar Senja Wanakarta Kembali Ramai</h1>", ""), found=found)
    assert read_.article.published_at == FETCHED
    assert (read_.origins["published_at"], read_.origins["section"]) == ("feed", "feed")


def test_page_furniture_is_no_part_of_the_text() -> None:
    first, *others = PARAGRAPHS
    body = f"""<figure><img src="a.jpg"><figcaption>Pedagang di Pasar Senja. (Foto: Ist)</figcaption></figure>
    <p>{first}</p><p>ADVERTISEMENT</p><p>Bagikan: Facebook | WhatsApp | X</p>
    <p>Baca Juga: <a href="/b">Harga Kopi Turun</a></p>
    <p><b>Lihat juga <a href="/c">Ikan Asap Laris</a></b></p>
    <h2>Lampu Baru</h2>{"".join(f"<p>{paragraph}</p>" for paragraph in others)}
    <p>Ikuti berita kami di Google News dan saluran WhatsApp</p><h3>Komentar Pembaca</h3>"""
    article = read(plain_page(head=DATED, body=body)).article
    assert article.paragraphs == PARAGRAPHS
    assert article.subheads == ("Lampu Baru",)
    assert article.related == ("Harga Kopi Turun", "Ikan Asap Laris")
    assert article.captions == ("Pedagang di Pasar Senja. (Foto: Ist)",)


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ('<link rel="next" href="{}?page=2">', f"{OTHER_ADDRESS}?page=2"),
        ('<a rel="next" href="{}/2">2</a>', f"{OTHER_ADDRESS}/2"),
        ('<link rel="next" href="{}/page/2">', f"{OTHER_ADDRESS}/page/2"),
        ('<link rel="next" href="/ekonomi/berita-lain-yang-berikut">', None),
        ('<link rel="next" href="{}?page=3">', None),
        ('<link rel="next" href="https://lain.example/2">', None),
    ],
)
def test_a_next_page_is_one_of_the_same_article(link: str, following: str | None) -> None:
    read_ = read(plain_page(head=DATED + link.format(OTHER_ADDRESS)))
    assert (read_.next_page, read_.article.has_next) == (following, following is not None)


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        (OTHER_ADDRESS, OTHER_ADDRESS),
        ("https://harian.example/", f"{OTHER_ADDRESS}?utm_source=x"),
        (
            "https://pencuri.example/ekonomi/2026/07/01/pasar-senja-wanakarta-kembali-ramai",
            f"{OTHER_ADDRESS}?utm_source=x",
        ),
        ("javascript:x", f"{OTHER_ADDRESS}?utm_source=x"),
    ],
)
def test_a_canonical_address_is_believed_when_it_is_the_same_article_s(canonical: str, address: str) -> None:
    page = plain_page(head=f'{DATED}<link rel="canonical" href="{canonical}">')
    assert read(page, f"{OTHER_ADDRESS}?utm_source=x").article.url == address


def test_entities_are_read_once() -> None:
    text = "Tanda &amp;lt;b&amp;gt; dan Q&amp;A &#8220;dikutip&#8221; oleh penulis."
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (text, *PARAGRAPHS))
    article = read(plain_page(head=DATED, body=body)).article
    assert article.paragraphs[0] == "Tanda &lt;b&gt; dan Q&A “dikutip” oleh penulis."


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        (plain_page(), "no date"),
        (plain_page(head=DATED, body=""), "no text"),
        ("<html><body></body></html>", "no text"),
    ],
)
def test_a_page_without_date_or_text_is_no_article(page: str, missing: str) -> None:
    with pytest.raises(NotAnArticle, match=missing):
        read(page)


@pytest.mark.parametrize("content", ["", "   ", "halo dunia", rss(""), "%PDF-1.7 ...", '{"a": 1}'])
def test_what_is_no_page_is_refused(content: str) -> None:
    with pytest.raises(UnreadableSource, match=r"^https://harian\.example/.*: cannot be read: "):
        read(content)


def test_reading_texts_from_a_folder_loads_none_of_the_libraries_for_pages() -> None:
    code = (
        "import sys, bot.cli.content; "
        "print({'lxml', 'feedparser', 'trafilatura', 'cssselect'} & set(sys.modules)); "
        "import bot.sources.article_page, bot.sources.listing; "
        "print({'feedparser', 'trafilatura'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["set()", "set()"]
