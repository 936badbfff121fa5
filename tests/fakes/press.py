"""Feeds and article pages of a newspaper that does not exist, for a site on this machine."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape

from tests.fakes.site import Answer, Site

WIB = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Printed:
    """One article of the newspaper."""

    number: int
    at: datetime
    title: str | None = None
    text: str | None = None
    guid: str | None = None

    @property
    def headline(self) -> str:
        return self.title or f"Kapal Feri ke-{self.number} Kembali Berlayar"

    @property
    def path(self) -> str:
        return f"/nasional/{self.number}/kapal-feri-{self.number}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        first = self.text or f"Pelabuhan Teluk Baruna melayani perjalanan ke-{self.number} sejak Rabu pagi."
        return (
            first,
            "“Antrean sudah cair,” kata Kepala Pelabuhan Sagara Wirawan kepada wartawan di dermaga.",
        )


def feed(site: Site, host: str, *printed: Printed) -> str:
    """An RSS 2.0 feed that lists ``printed``."""
    items = "".join(
        f"<item><title>{escape(one.headline)}</title><link>{site.at(host, one.path)}</link>"
        f"<guid isPermaLink='false'>{escape(one.guid or f'koran-{one.number}')}</guid>"
        f"<pubDate>{format_datetime(one.at)}</pubDate></item>"
        for one in printed
    )
    return f"<rss version='2.0'><channel><title>Koran Contoh</title>{items}</channel></rss>"


def page(one: Printed) -> str:
    """The article's page, which says in JSON-LD what it is."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.headline,
        "datePublished": one.at.isoformat(),
        "articleSection": "Nasional",
        "author": {"@type": "Person", "name": "Redaksi Contoh"},
        "articleBody": "\n\n".join(one.paragraphs),
    }
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in one.paragraphs)
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'><title>{escape(one.headline)}</title>"
        f"<script type='application/ld+json'>{json.dumps(said)}</script></head>"
        f"<body><article><h1>{escape(one.headline)}</h1>{paragraphs}</article></body></html>"
    )


def prints(site: Site, host: str, *printed: Printed) -> None:
    """The site has these articles' pages and lists them, and them alone, in its feed at /rss."""
    for one in printed:
        site.pages[host + one.path] = Answer(page(one), headers={"Content-Type": "text/html; charset=utf-8"})
    site.pages[f"{host}/rss"] = Answer(
        feed(site, host, *printed), headers={"Content-Type": "application/rss+xml"}
    )
