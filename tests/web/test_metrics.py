"""What is counted of sources; the rest is tested through the pages of a running bot."""

from datetime import UTC, datetime

from bot.core.checking import Course
from bot.core.listed import Remembered, Tally
from bot.web.metrics import Metrics

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
FEED = "https://koran.example/rss"


def _lines(metrics: Metrics) -> list[str]:
    return [line for line in metrics.shown("")[0].decode().splitlines() if line.startswith("kabar_source_")]


def test_each_source_has_what_the_table_of_sources_has() -> None:
    metrics = Metrics(version="0")
    course = Course(succeeded_at=NOW, next_at=NOW, failures=3, cause="no answer")
    metrics.sources({FEED: Remembered(course)}, {FEED: Tally(taken=7, held=12)})
    assert [line.partition(" ")[0] for line in _lines(metrics)] == [
        f'kabar_source_{name}{{source="{FEED}"}}'
        for name in (
            "last_success_timestamp_seconds",
            "next_look_timestamp_seconds",
            "articles_24h",
            "held_articles",
            "failures",
        )
    ]
    values = [float(line.rpartition(" ")[2]) for line in _lines(metrics)]
    assert values == [NOW.timestamp(), NOW.timestamp(), 7, 12, 3]


def test_a_source_that_is_gone_keeps_no_last_number() -> None:
    metrics = Metrics(version="0")
    metrics.sources({FEED: Remembered()}, {})
    metrics.sources({}, {})
    assert _lines(metrics) == []
