"""The transport under python-telegram-bot: aiohttp instead of its default, at a tenth of the CPU.

Knows HTTP and nothing of messages. The token is part of each address, so no exception that leaves here
carries an address.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import aiohttp
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.telegram.errors import Flood, NotSent, ServerFault, TimedOutAfterSending

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0

_JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """One pool of ``connections`` to Telegram.

    Raises NotSent when the request surely did not arrive, TimedOutAfterSending or ServerFault when it may
    have, Flood on 429; everything else becomes what python-telegram-bot makes of the answer's code.
    """

    def __init__(self, *, connections: int = 64, read_timeout: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; safe to call twice, as python-telegram-bot does."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close the pool and every connection in it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post_fields(self, url: str, fields: Mapping[str, str | int | bool]) -> Any:
        """The result of one request whose ``fields`` are ready for the wire. Raises as ``post`` does."""
        return await self.post(url, cast("RequestData", _Fields(fields)))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; the contract is BaseRequest's. Write and pool time-outs fold into the others."""
        del write_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("the transport is not initialised")
        timeout = aiohttp.ClientTimeout(
            connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        session = self._session

        async def exchange() -> tuple[int, bytes]:
            async with session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                return response.status, await response.read()

        status, payload = await _named_failures(exchange)
        if status == 429:
            raise Flood(_retry_after(payload))
        if status >= 500:
            raise ServerFault(f"telegram answered {status}")
        return status, payload


class _Fields:
    """Fields that are ready for the wire, in the place of RequestData, which wraps each value once more."""

    contains_files = False

    def __init__(self, fields: Mapping[str, str | int | bool]) -> None:
        self.json_payload = json.dumps(fields).encode()


async def _named_failures(exchange: Callable[[], Awaitable[tuple[int, bytes]]]) -> tuple[int, bytes]:
    """Turn aiohttp's failures into ones that say whether the request may have arrived.

    ``from None`` on purpose: aiohttp's exceptions carry the address, and the address carries the token.
    """
    try:
        return await exchange()
    except aiohttp.ConnectionTimeoutError:
        raise NotSent("no connection to telegram in time") from None
    except aiohttp.ClientConnectorError as error:
        raise NotSent(f"no connection to telegram: {error.os_error.strerror or error.os_error}") from None
    except (aiohttp.ServerTimeoutError, TimeoutError):
        raise TimedOutAfterSending("telegram did not answer in time") from None
    except aiohttp.ClientError as error:
        raise ServerFault(f"the connection to telegram broke: {type(error).__name__}") from None


def _seconds(value: ODVInput[float], default: float) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return float(value) if isinstance(value, int | float) else None


def _body(request_data: RequestData | None) -> dict[str, Any]:
    """What aiohttp is to send: JSON, written much faster than a form, unless there are files."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": request_data.json_payload, "headers": _JSON}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def _retry_after(payload: bytes) -> float:
    """The seconds of a 429's ``parameters.retry_after``; one second when the answer does not say."""
    try:
        return max(1.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0
