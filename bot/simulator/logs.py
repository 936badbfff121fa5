"""The HTTP server's log: without the bytes of broken requests, which may hold a token."""

import logging
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

if TYPE_CHECKING:
    Adapter = logging.LoggerAdapter[logging.Logger]
else:
    Adapter = logging.LoggerAdapter


class DiscreetLog(Adapter):
    """Names the kind of a fault in a request's bytes; faults of other kinds keep their traceback."""

    def process(self, msg: str, kwargs: MutableMapping[str, Any]) -> tuple[str, MutableMapping[str, Any]]:
        """The message and options to log with."""
        fault = kwargs.get("exc_info")
        if fault is True:
            fault = sys.exception()
        if isinstance(fault, HttpProcessingError | web.RequestPayloadError):
            kwargs = {name: value for name, value in kwargs.items() if name != "exc_info"}
            return f"{msg}: {type(fault).__name__}", kwargs
        return msg, kwargs


server_log = DiscreetLog(logging.getLogger(__name__), {})
