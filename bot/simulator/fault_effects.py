"""What a fault does to a call on the wire: refusals, lost answers, broken connections, waiting."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus

from aiohttp import web

from bot.simulator.errors import Refusal
from bot.simulator.faults import FORBIDDEN, FaultKind, Incident
from bot.simulator.limits import too_many_requests

_LOOKED_AGAIN = 0.5
"""Seconds between looks whether a client that gets no answer is still there."""


class NoAnswer(Exception):
    """Nothing was answered; ``str()`` says how it ended."""


class ServerPage(Exception):
    """The answer is not the Bot API's but a page of the web server in front of it, with ``status``."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status} {HTTPStatus(status).phrase}")
        self.status = status

    @property
    def html(self) -> str:
        """The page."""
        return (
            f"<html>\r\n<head><title>{self}</title></head>\r\n<body>\r\n<center><h1>{self}</h1></center>\r\n"
            "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
        )


async def under(
    incidents: Iterable[Incident], request: web.Request | None, carry_out: Callable[[], Awaitable[bytes]]
) -> bytes:
    """The answer of ``carry_out``, unless the incidents come before or after it.

    Raises Refusal, ServerPage or NoAnswer. What was carried out stays so. Without a ``request`` nobody waits
    for the answer: there is no connection to break, and silence is over at once.
    """
    incidents = list(incidents)
    for incident in incidents:
        if not incident.fault.accepted:
            await _befall(incident, request)
    refused: Refusal | None = None
    body = b""
    try:
        body = await carry_out()
    except Refusal as error:
        refused = error
    for incident in incidents:
        if incident.fault.accepted:
            await _befall(incident, request)
    if refused is not None:
        raise refused
    return body


async def _befall(incident: Incident, request: web.Request | None) -> None:
    fault = incident.fault
    match fault.kind:
        case FaultKind.DELAY:
            await asyncio.sleep(incident.seconds)
        case FaultKind.TOO_MANY_REQUESTS:
            raise too_many_requests(incident.seconds)
        case FaultKind.FORBIDDEN:
            raise Refusal(403, f"Forbidden: {FORBIDDEN[fault.reason]}")
        case FaultKind.REFUSAL:
            raise Refusal(fault.code, fault.description)
        case FaultKind.SERVER_ERROR:
            if fault.page:
                raise ServerPage(fault.status)
            raise Refusal(fault.status, HTTPStatus(fault.status).phrase)
        case FaultKind.RESET:
            _reset(request)
            raise NoAnswer("the connection was reset")
        case FaultKind.SILENCE:
            await _until_given_up(request)
            raise NoAnswer("no answer came")


def _reset(request: web.Request | None) -> None:
    transport = request.transport if request is not None else None
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        with contextlib.suppress(OSError):  # It may be gone already.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _until_given_up(request: web.Request | None) -> None:
    """Until the client goes away. A server that stops cancels this."""
    while request is not None and request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110 - aiohttp tells nobody
        await asyncio.sleep(_LOOKED_AGAIN)
