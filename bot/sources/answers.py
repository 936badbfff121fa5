"""What a server's answer says about itself, and what a failure to get one means."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp
from yarl import URL

from bot.core.checking import LONGEST_OBEYED
from bot.sources.guard import Refused


def fresh_until(answer: aiohttp.ClientResponse, now: datetime) -> datetime | None:
    """Until when the server says that there is nothing else (RFC 9111, 5.2.2.1); None when it does not."""
    directives = answer.headers.get("Cache-Control", "").lower()
    age = re.search(r"\bmax-age=\"?(\d{1,9})", directives)
    if age is None or "no-cache" in directives or "no-store" in directives:
        return None
    spent = answer.headers.get("Age", "")
    left = int(age[1]) - (int(spent) if re.fullmatch(r"\d{1,9}", spent, re.ASCII) else 0)
    return now + timedelta(seconds=left) if left > 0 else None


def retry_at(answer: aiohttp.ClientResponse, now: datetime) -> datetime | None:
    """When the server wants to be asked again (RFC 9110, 10.2.3), aware; None when it does not say.

    Nobody is obeyed for longer than LONGEST_OBEYED.
    """
    asked = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", asked, re.ASCII):
        return now + min(timedelta(seconds=int(asked)), LONGEST_OBEYED)
    try:
        moment = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return None
    return min(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now + LONGEST_OBEYED)


def phrase(answer: aiohttp.ClientResponse) -> str:
    """What the answer's status means, in the words of the standard; empty for an unknown one."""
    try:
        return HTTPStatus(answer.status).phrase
    except ValueError:
        return ""


def told(error: Exception, url: URL) -> str:
    """Why asking ``url`` failed, in plain words."""
    if isinstance(error, aiohttp.InvalidURL):
        return f"{str(url)!r} is not an address: {error.description or 'its host'}"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the host {url.host} is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return f"{url.host} has no certificate that can be trusted"
    if isinstance(error, aiohttp.ClientConnectorError):
        refused = error.os_error
        if isinstance(refused, Refused) or "public network" in str(refused):
            return f"refused: {refused}"
        return f"{url.host} cannot be reached: {refused.strerror or refused}"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the server closed the connection without an answer"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the answer broke off"
    if isinstance(error, aiohttp.ClientResponseError):
        return "the server does not speak HTTP as it should"
    return f"the connection broke off: {str(error) or type(error).__name__}"
