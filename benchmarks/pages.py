"""How long a page takes to become an Article: ``python -m benchmarks.pages``, beside others, in one run.

The pages are made here, of invented prose in the shape and size of real ones: navigation, scripts, adverts,
lists of other articles. trafilatura and newspaper4k read the same pages with their usual settings; both find
title, author and date too. Times are CPU time of one page, the best of several rounds. The last rows are the
whole way, from the page's bytes to the archive in a SQLite file: read, analysed, stored, announced.
"""

import argparse
import asyncio
import logging
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
import trafilatura

from bot.delivery.intake import Intake
from bot.sources.article_page import read_article
from bot.sources.document import Document
from bot.sources.profiles import Profile, load_profiles
from bot.store.archive import Archive
from bot.store.database import Database

TARGET = 25.0
"""Milliseconds of CPU for one page."""

WARMING = 5
"""Articles of a new database whose statements are compiled for all that follow; they do not count."""

SENTENCES = (
    "Pasar Senja di Wanakarta kembali ramai setelah tiga bulan sepi, kata para pedagang, Rabu sore.",
    "“Dagangan saya habis sebelum magrib,” kata Painah, penjual kopi yang sudah sepuluh tahun di sana.",
    "Pengunjung datang dari tiga kecamatan untuk membeli ikan asap, kopi, dan kain tenun buatan warga.",
    "Pengelola menambah lampu dan tempat duduk supaya orang tua dapat beristirahat dengan nyaman.",
)
JSON_LD = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "%s",
"datePublished": "2026-07-01T08:30:00+07:00", "author": {"@type": "Person", "name": "Laksmi Tunjungsari"},
"image": "https://rm.id/images/berita/med/x_1.jpg"}"""


def page(number: int, *, body: str, paragraphs: int) -> str:
    """One page of about 90 KB; ``body`` is the tag that holds its text."""
    title = f"Pasar Senja Nomor {number} Kembali Ramai"
    text = "".join(
        f"<p>{number}.{at} {' '.join(SENTENCES[at % 4 :] + SENTENCES[: at % 4])}</p>\n"
        + ('<p><strong>Baca juga : <a href="/b">Berita Lain</a></strong></p>' if at % 3 == 2 else "")
        for at in range(paragraphs)
    )
    menu = "".join(
        f'<li class="nav-item"><a href="/{n}" title="Rubrik {n}">Rubrik {n}</a></li>' for n in range(80)
    )
    cards = "".join(
        f'<div class="card"><a href="/baca-berita/nasional/{n}/berita-lain-{n}"><img src="/i/{n}.jpg" '
        f'alt=""><h5 class="judul">Judul berita lain yang ke-{n}</h5></a><span>1 Juli 2026</span></div>'
        for n in range(120)
    )
    script = (
        "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }\n" * 150
    )
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:image" content="/images/berita/med/x_1.jpg">
<meta name="author" content="Laksmi Tunjungsari"><script type="application/ld+json">{JSON_LD % title}</script>
<script>{script}</script><style>{".a { margin: 0 } " * 800}</style></head><body><nav><ul>{menu}</ul></nav>
<main><article><h1>{title}</h1><span>2026-07-01 08:30:00||nasional</span>
<p>Pedagang di Pasar Senja. (Foto: Ist)</p><p>Pedagang di Pasar Senja. (Foto: Ist)</p>
{body}{text}</div></article><aside>{cards}</aside></main><footer><ul>{menu}</ul></footer></body></html>"""


def best_of(rounds: int, read: Callable[[Document], object], documents: list[Document]) -> float:
    """Milliseconds of CPU for one page in the quickest of ``rounds``, after one that does not count."""
    for document in documents:
        if read(document) is None:
            raise SystemExit(f"{document.address}: nothing was read")
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for document in documents:
            read(document)
        times.append((time.process_time() - start) / len(documents) * 1000)
    return min(times)


def stored(rounds: int, documents: list[Document], profile: Profile | None) -> float:
    """Milliseconds of CPU for one page until it is stored, in the quickest round."""
    return min(asyncio.run(_store(documents, profile)) for _ in range(rounds))


async def _store(documents: list[Document], profile: Profile | None) -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{Path(folder)}/kabar.db")
        intake = Intake(Archive(database), now=lambda: datetime.now(UTC))
        start = 0.0
        for number, document in enumerate(documents):
            if number == WARMING:
                start = time.process_time()
            read = await asyncio.to_thread(read_article, document, profile=profile, found=None)
            await intake.take_read(read.article, name=document.address)
        spent = time.process_time() - start
        await database.close()
    return spent / (len(documents) - WARMING) * 1000


def newspaper4k() -> Callable[[Document], object]:
    """newspaper4k reading HTML that is there; imported here, as that takes seconds."""
    import newspaper  # noqa: PLC0415

    def read(document: Document) -> object:
        article = newspaper.Article(document.address, language="id", fetch_images=False)
        article.download(input_html=document.text())
        article.parse()
        return article.text or None

    return read


def _silent(*_: object) -> str:
    raise structlog.DropEvent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    structlog.configure(processors=[_silent])
    (rmid,) = load_profiles(None)
    shapes = ('<div class="content-berita">', '<div class="isi-berita">')
    documents = [
        Document(
            f"https://rm.id/baca-berita/nasional/{number}/pasar-senja-nomor-{number}-kembali-ramai",
            page(number, body=shapes[number % 2], paragraphs=8 + number % 13).encode(),
            "text/html; charset=utf-8",
            datetime.now(UTC),
        )
        for number in range(arguments.pages)
    ]
    size = sum(len(document.content) for document in documents) / len(documents) / 1000
    print(f"{len(documents)} pages of {size:.0f} KB on average, best of {arguments.rounds} rounds\n")
    # First, while the heap is a running bot's: newspaper4k's word lists make the collector slow.
    whole = {
        "with the profile": stored(arguments.rounds, documents, rmid),
        "without": stored(arguments.rounds, documents, None),
    }
    readers: dict[str, Callable[[Document], object]] = {
        "Kabar, with the profile": lambda one: read_article(one, profile=rmid, found=None),
        "Kabar, without a profile": lambda one: read_article(one, profile=None, found=None),
        "trafilatura": lambda one: trafilatura.bare_extraction(one.content, with_metadata=True),
        "newspaper4k": newspaper4k(),
    }
    times = {name: best_of(arguments.rounds, read, documents) for name, read in readers.items()}
    yardstick = times["trafilatura"]
    print(f"{'':26}{'ms of CPU a page':>18}{'of trafilatura’s':>18}")
    for name, milliseconds in times.items():
        print(f"{name:26}{milliseconds:18.1f}{milliseconds / yardstick:18.2f}")
    for name, milliseconds in whole.items():
        print(f"{f'stored, {name}':26}{milliseconds:18.1f}{milliseconds / yardstick:18.2f}")
    held = "held" if whole["with the profile"] < TARGET else "missed"
    print(f"\ntarget {TARGET:.0f} ms, with the profile: {held}")


if __name__ == "__main__":
    main()
