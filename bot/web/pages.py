"""What supervisors and Prometheus ask for: /healthz, /livez and /metrics."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from aiohttp import hdrs, web

from bot.core.listed import Remembered, Tally
from bot.errors import StoreUnavailable
from bot.web.health import Health
from bot.web.metrics import Metrics


class Backlog(Protocol):
    """The part of the ledger that knows how much is left to do."""

    async def open_by_kind(self) -> Mapping[str, int]:
        """How many deliveries are not closed yet, by kind of publication."""
        ...


class SourceRecords(Protocol):
    """Where it is kept how the looks at sources went."""

    async def remembered(self) -> Mapping[str, Remembered]:
        """Every source that was looked at, by address."""
        ...

    async def tally(self, *, since: datetime) -> Mapping[str, Tally]:
        """What each source brought after ``since``."""
        ...


class Pages:
    """Handlers for the three paths."""

    def __init__(
        self,
        health: Health,
        metrics: Metrics,
        backlog: Backlog,
        *,
        sources: SourceRecords,
        version: str,
    ) -> None:
        self._health = health
        self._metrics = metrics
        self._backlog = backlog
        self._sources = sources
        self._version = version

    async def healthz(self, _: web.Request) -> web.Response:
        """200 when everything works, 503 with each cause otherwise."""
        found = await self._health.look()
        shown = {
            "works": not found.faults,
            "faults": found.faults,
            "last_update": found.last_update.isoformat() if found.last_update is not None else None,
            "version": self._version,
        }
        return web.json_response(shown, status=503 if found.faults else 200)

    async def livez(self, _: web.Request) -> web.Response:
        """200 while the process answers at all, whatever its database and Telegram do."""
        return web.json_response({"alive": True})

    async def metrics(self, request: web.Request) -> web.Response:
        """Every metric; what the ledger says is asked for anew."""
        try:
            self._metrics.open_deliveries(await self._backlog.open_by_kind())
            since = datetime.now(UTC) - timedelta(days=1)
            self._metrics.sources(await self._sources.remembered(), await self._sources.tally(since=since))
        except StoreUnavailable:
            self._metrics.open_deliveries(None)
            self._metrics.sources({}, {})
        body, content_type = self._metrics.shown(request.headers.get(hdrs.ACCEPT, ""))
        return web.Response(body=body, headers={hdrs.CONTENT_TYPE: content_type})
