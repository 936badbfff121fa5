"""What is counted while the bot runs, in Prometheus' form. Nothing is decided here."""

import platform
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

from bot.core.listed import Remembered, Tally
from bot.core.outcome import Outcome

_SEND_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0)
_ANSWER_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Counts what others report, in a registry of its own; docs/operations.md explains each name."""

    def __init__(self, *, version: str) -> None:
        self._registry = registry = CollectorRegistry()
        self._looked: float | None = None
        self._failed: float | None = None
        self._last_update: datetime | None = None
        # Memory, CPU, open files and the time of the start, under the names that every dashboard knows.
        ProcessCollector(registry=registry)
        build = Gauge("kabar_build_info", "Always 1.", ("version", "python"), registry=registry)
        build.labels(version, platform.python_version()).set(1)
        self._deliveries = Counter(
            "kabar_deliveries", "Sends by what became of them.", ("kind", "outcome"), registry=registry
        )
        self._open = Gauge(
            "kabar_deliveries_open", "Deliveries not closed yet.", ("kind",), registry=registry
        )
        self._send = Histogram(
            "kabar_send_seconds",
            "From the call of Telegram to its answer, for one delivery.",
            buckets=_SEND_BUCKETS,
            registry=registry,
        )
        self._updates = Counter("kabar_updates", "Updates handled.", ("type",), registry=registry)
        self._answer = Histogram(
            "kabar_answer_seconds",
            "From an update's arrival to the end of its handling, answers included.",
            buckets=_ANSWER_BUCKETS,
            registry=registry,
        )
        self._last = Gauge(
            "kabar_last_update_timestamp_seconds", "When an update was last handled.", registry=registry
        )
        self._webhook = Counter(
            "kabar_webhook_requests", "Requests to the webhook by answer.", ("status",), registry=registry
        )
        self._repeated = Counter(
            "kabar_webhook_repeated_updates", "Updates seen before, not handled again.", registry=registry
        )
        self._waiting = Gauge(
            "kabar_webhook_pending_updates", "Updates that Telegram still holds.", registry=registry
        )
        self._floods = Counter("kabar_telegram_floods", "Answers 429.", registry=registry)
        self._held = Counter(
            "kabar_telegram_held_seconds", "Seconds for which a 429 forbade sending.", registry=registry
        )
        self._articles = Counter("kabar_articles", "Articles taken in.", ("change",), registry=registry)
        self._source_success = self._of_sources("last_success_timestamp_seconds", "When it was last read.")
        self._source_next = self._of_sources("next_look_timestamp_seconds", "When it is looked at next.")
        self._source_articles = self._of_sources("articles_24h", "Articles taken in during the last day.")
        self._source_held = self._of_sources("held_articles", "Articles that wait for a person's word.")
        self._source_failures = self._of_sources("failures", "Failures in a row.")
        self._outages = Counter(
            "kabar_database_outages", "Calls of the database that it could not serve.", registry=registry
        )

    def _of_sources(self, name: str, text: str) -> Gauge:
        return Gauge(f"kabar_source_{name}", text, ("source",), registry=self._registry)

    def looked(self) -> None:
        """The pusher has looked at the ledger."""
        self._looked = time.monotonic()

    def answered(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """Telegram has answered the send of a publication of ``kind``, or has not, after ``seconds``."""
        self._deliveries.labels(kind, type(outcome).__name__.lower()).inc()
        self._send.observe(seconds)

    def handled(self, kind: str, seconds: float) -> None:
        """An update of the type ``kind`` was handled ``seconds`` after its arrival."""
        self._updates.labels(kind).inc()
        self._answer.observe(seconds)
        self._last_update = datetime.now(UTC)
        self._last.set(self._last_update.timestamp())

    def flood(self, seconds: float) -> None:
        """Telegram answered 429, which forbids sending for ``seconds`` more than was known before."""
        self._floods.inc()
        self._held.inc(max(0.0, seconds))

    def article(self, change: str) -> None:
        """An article was taken in: new, revised or unchanged."""
        self._articles.labels(change).inc()

    def outage(self) -> None:
        """The database could not serve a call."""
        self._failed = time.monotonic()
        self._outages.inc()

    def webhook(self, status: int) -> None:
        """A request to the webhook was answered with ``status``."""
        self._webhook.labels(str(status)).inc()

    def repeated(self) -> None:
        """Telegram sent an update that had been seen before."""
        self._repeated.inc()

    def waiting_updates(self, number: int) -> None:
        """Telegram holds ``number`` updates for the webhook."""
        self._waiting.set(number)

    def open_deliveries(self, numbers: Mapping[str, int] | None) -> None:
        """Deliveries not closed yet, by kind of publication; None while the database does not answer."""
        # A kind that is done must not keep its last number, and a guess is no number.
        self._open.clear()
        for kind, number in (numbers or {}).items():
            self._open.labels(kind).set(number)

    def sources(self, remembered: Mapping[str, Remembered], tallies: Mapping[str, Tally]) -> None:
        """How the looks at each source went, by address, and what each brought in the last day."""
        gauges = (self._source_success, self._source_next, self._source_articles, self._source_held)
        for gauge in (*gauges, self._source_failures):
            gauge.clear()
        for address, source in remembered.items():
            course, tally = source.course, tallies.get(address, Tally())
            if course.succeeded_at is not None:
                self._source_success.labels(address).set(course.succeeded_at.timestamp())
            if course.next_at is not None:
                self._source_next.labels(address).set(course.next_at.timestamp())
            self._source_articles.labels(address).set(tally.taken)
            self._source_held.labels(address).set(tally.held)
            self._source_failures.labels(address).set(course.failures)

    @property
    def last_update(self) -> datetime | None:
        """When an update was last handled; None if none was."""
        return self._last_update

    @property
    def failed_ago(self) -> float | None:
        """Seconds since the database last could not serve a call; None if it always could."""
        return None if self._failed is None else time.monotonic() - self._failed

    @property
    def looked_ago(self) -> float | None:
        """Seconds since the pusher last looked at the ledger; None if it has not."""
        return None if self._looked is None else time.monotonic() - self._looked

    def shown(self, accept: str) -> tuple[bytes, str]:
        """Everything in the form that the ``Accept`` header asks for, with its content type."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type
