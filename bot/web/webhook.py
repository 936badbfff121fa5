"""The webhook's HTTP side: who may bring updates, and what Telegram is answered."""

import asyncio
import hmac
import json
from collections.abc import Mapping
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.web.inbox import Inbox, Taken

log = structlog.get_logger(__name__)

MAX_BODY = 2**20
"""Bytes of an update at most; the largest that Telegram makes are a few dozen kilobytes."""

READ_SECONDS = 10.0
"""Seconds in which a body must have arrived."""

BRING_AGAIN = 2
"""Seconds after which Telegram is asked to bring again what cannot be accepted now."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header

_LARGEST_ID = 2**63 - 1


class WebhookReports(Protocol):
    """Hears of each request."""

    def webhook(self, status: int) -> None:
        """A request was answered with ``status``."""
        ...

    def repeated(self) -> None:
        """An update had been seen before."""
        ...


class Webhook:
    """Takes updates from whoever knows ``secret``.

    200: accepted, now or before; 503: not now, bring it again; 403, 408, 413, 415 and 400: refused for its
    secret, slowness, length, type or content. aiohttp itself answers other methods than POST with 405.
    """

    def __init__(self, inbox: Inbox, secret: str, reports: WebhookReports) -> None:
        self._inbox = inbox
        self._secret = secret.encode()
        self._reports = reports
        self._told_of_stranger = False

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request."""
        response = await self._answer(request)
        self._reports.webhook(response.status)
        return response

    async def _answer(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            self._tell_of_stranger(request)
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        update = _update_in(body)
        update_id = update.get("update_id")
        if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id <= _LARGEST_ID:
            return web.Response(status=400)
        match self._inbox.take(update_id, update):
            case Taken.NOT_NOW:
                return web.Response(status=503, headers={"Retry-After": str(BRING_AGAIN)})
            case Taken.SEEN_BEFORE:
                self._reports.repeated()
        return web.Response()

    def _tell_of_stranger(self, request: web.Request) -> None:
        # Once: an address on the internet is knocked at all day, which the metric counts.
        event = "the webhook was called without its secret"
        if self._told_of_stranger:
            log.debug(event, remote=request.remote)
            return
        self._told_of_stranger = True
        log.warning(event, remote=request.remote)


def _update_in(body: bytes) -> Mapping[str, Any]:
    """The JSON object in ``body``; an empty one if there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
