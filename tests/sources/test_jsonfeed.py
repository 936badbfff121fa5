import json
from datetime import datetime
from typing import Any

import pytest

from bot.errors import UnreadableSource
from bot.sources.found import Found, Listing
from bot.sources.jsonfeed import read_json_feed
from tests.sources.pages import document


def read(feed: Any) -> Listing:
    return read_json_feed(document(json.dumps(feed), "https://harian.example/umpan.json", "application/json"))


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_an_item_gives_all_that_it_says(version: str) -> None:
    listing = read(
        {
            "version": f"https://jsonfeed.org/version/{version}",
            "title": "Harian Kertasari",
            "items": [
                {
                    "id": 5,
                    "url": "/a",
                    "title": "Tahu & Tempe",
                    "date_published": "2026-07-01T08:00:00+07:00",
                    "tags": ["Ekonomi"],
                }
            ],
        }
    )
    moment = datetime.fromisoformat("2026-07-01T08:00+07:00")
    assert listing.title == "Harian Kertasari"
    assert listing.found == (Found("https://harian.example/a", "5", "Tahu & Tempe", moment, "ekonomi"),)


def test_items_without_an_address_and_things_that_are_no_items_are_left_out() -> None:
    items = [
        {"id": "x"},
        5,
        None,
        {"url": ["a"]},
        {"url": "mailto:a@b.example"},
        {"id": "https://a.example/x"},
    ]
    assert [found.address for found in read({"items": items}).found] == ["https://a.example/x"]


def test_half_a_character_in_a_title_goes() -> None:
    feed = b'{"items": [{"url": "/a", "title": "Pasar\\ud800 Senja"}]}'
    (found,) = read_json_feed(document(feed)).found
    assert found.title == "Pasar Senja"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"5", b'{"items": 5}', b"[" * 200_000, b'{"a":' * 100_000, b"9" * 10_000]
)
def test_what_is_no_json_feed_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource):
        read_json_feed(document(content))
