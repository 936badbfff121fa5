"""Pages and feeds in the shapes of real ones, written for the tests: everything in them is invented."""

from datetime import UTC, datetime

from bot.sources.document import Document

FETCHED = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
ADDRESS = "https://rm.id/baca-berita/megapolitan/81234/jembatan-kertasari-dibuka-warga-lega"
CAPTION = "Wali Kota Kertasari Damar Wibisana meresmikan jembatan, Rabu (7/7). (Foto: Ist)"


def document(
    content: str | bytes, address: str = ADDRESS, content_type: str | None = "text/html"
) -> Document:
    """``content`` as it would have been fetched from ``address``."""
    data = content.encode() if isinstance(content, str) else content
    return Document(address, data, content_type, FETCHED)


BODY = """
<p>RM.id&nbsp; Rakyat Merdeka - Jembatan Kertasari akhirnya dibuka untuk umum, Rabu pagi.</p>
<div class="ads-box"><p>Iklan sabun cuci Kertasari</p><script>tampil("iklan")</script></div>
<p>Jembatan sepanjang 300 meter itu menghubungkan Kertasari &amp; Wanakarta.</p>
<p><strong>Baca juga : <a href="/x">Wanakarta Bangun "Pasar Apung" Baru.</a></strong></p>
<p>"Hari ini kita buka. Silakan dipakai," kata Wali Kota Kertasari Damar Wibisana di lokasi.</p>
<p><strong>Biaya Pembangunan</strong></p>
<p>Biayanya Rp 40 miliar, lebih hemat dari rencana.<br>Sisanya disimpan.</p>
<p>Berita Terkait : <a href="/b">Damar: Jembatan Rampung Juli</a></p>
<p>"Sisanya untuk jalan desa," ujar Damar. [DIT]</p>
<div class="share-box">Bagikan: <a href="#">Facebook</a> <a href="#">X</a></div>
<p>Update berita dan artikel RM.ID menarik lainnya di Google News</p>
<p>Dapatkan juga update berita pilihan dari RM.id. Mari bergabung di https://t.me/contohkanal</p>
"""


def rmid_page(
    *,
    generation: str = "content-berita",
    body: str = BODY,
    title: str = "Jembatan Kertasari Dibuka, Warga Lega",
    over_title: str = "",
    under_title: str = f"<p>{CAPTION}</p><p>{CAPTION}</p>",
    head: str = "",
) -> str:
    """An article page in RM.id's shape; ``generation`` is the mark of its body."""
    container = {
        "content-berita": '<div class="content-berita">',
        "isi-berita": '<div class="isi-berita">',
        "itemprop": '<div itemprop="articleBody">',
    }[generation]
    return f"""<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{title} | RM.id</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="RM.id">
<meta property="og:image" content="/images/berita/med/jembatan_81234.jpg">
<meta name="author" content="Tirta Wardana">{head}
<style>p {{ color: black }}</style></head>
<body><nav><a href="/">Beranda</a> <a href="/nasional">Nasional</a></nav>
<div class="detail"><div class="atas">{over_title}<h1>{title}</h1>
<span>2021-07-08 05:25:13||megapolitan</span></div>
{under_title}
{container}{body}</div></div>
<div class="lain"><a href="/baca-berita/nasional/81200/berita-lain-yang-panjang">Berita lain</a></div>
<footer>Hak cipta RM.id</footer></body></html>"""


JSON_LD = """{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Pasar Senja Wanakarta Kembali Ramai", "datePublished": "2026-07-01T08:30:00+07:00",
"author": {"@type": "Person", "name": "Laksmi Tunjungsari"}, "articleSection": "Ekonomi Bisnis",
"image": {"@type": "ImageObject", "url": "/gambar/pasar.jpg", "caption": "Pedagang di Pasar Senja."},
"publisher": {"@type": "Organization", "name": "Harian Kertasari"}}"""

PARAGRAPHS = (
    "Pasar Senja di Wanakarta kembali ramai setelah tiga bulan sepi, kata para pedagang, Rabu sore.",
    "Pengunjung datang dari tiga kecamatan untuk membeli ikan asap, kopi, dan kain tenun buatan warga.",
    "“Dagangan saya habis sebelum magrib,” kata Painah, penjual kopi yang sudah sepuluh tahun di sana.",
    "Pengelola pasar menambah lampu dan tempat duduk supaya orang tua dapat beristirahat dengan nyaman.",
)
OTHER_ADDRESS = "https://harian.example/ekonomi/2026/07/01/pasar-senja-wanakarta-kembali-ramai"


def plain_page(*, head: str = "", body: str | None = None, json_ld: str | None = None) -> str:
    """An article page of a newspaper without a profile."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS) if body is None else body
    data = f'<script type="application/ld+json">{json_ld}</script>' if json_ld else ""
    return f"""<html><head><title>Pasar Senja Wanakarta Kembali Ramai - Harian Kertasari</title>
{head}{data}</head>
<body><header><a href="/">Harian Kertasari</a></header><main><article>
<h1>Pasar Senja Wanakarta Kembali Ramai</h1>{text}</article></main>
<footer>Hak cipta Harian Kertasari</footer></body></html>"""


def rss(items: str, *, attributes: str = "", prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """An RSS 2.0 feed of ``items``."""
    channel = f"<channel><title>Harian Kertasari</title>{items}</channel>"
    return f'{prolog}<rss version="2.0" {attributes}>{channel}</rss>'
