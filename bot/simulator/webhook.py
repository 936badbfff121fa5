"""A bot's webhook as a record, and the rules for the address that updates go to."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.simulator.errors import BadRequest, Refusal

DEFAULT_CONNECTIONS = 40
"""Requests to a webhook at the same time, unless the bot asks for another number."""

MAX_CONNECTIONS = 100
"""The most that a bot may ask for."""

MAX_SECRET = 256
"""Characters of a secret token."""

_PORTS = frozenset({443, 80, 88, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LOOPBACK_NAMES = frozenset({"localhost"})


@dataclass(slots=True)
class Webhook:
    """Where a bot's updates go, and the last fault on the way there.

    ``failed_at`` counts Unix seconds, 0 when nothing has failed; ``gone_since`` is when the address first
    answered 410, None when its last answer was another.
    """

    url: str
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    ip_address: str = ""
    failed_at: float = 0
    failure: str = ""
    gone_since: float | None = None

    @property
    def is_local(self) -> bool:
        """Whether the address is one of this machine's own."""
        return _is_loopback(urlsplit(with_scheme(self.url)).hostname or "")

    @property
    def shown_ip_address(self) -> str:
        """The IP address that getWebhookInfo shows, empty while a name has not been looked up."""
        if self.ip_address:
            return self.ip_address
        host = urlsplit(with_scheme(self.url)).hostname or ""
        if host in _LOOPBACK_NAMES:
            return "127.0.0.1"
        return host if _address(host) else ""


def with_scheme(url: str) -> str:
    """``url`` with the https that Telegram adds where no protocol is named."""
    return url if "://" in url else f"https://{url}"


def check_secret(secret: str) -> None:
    """Refuses a secret token that Telegram would refuse."""
    if len(secret) > MAX_SECRET:
        raise BadRequest("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise BadRequest("secret token contains unallowed characters")


def check_address(url: str, ip_address: str) -> None:
    """Refuses an address that Telegram would refuse.

    Unlike Telegram it takes http and any port for addresses of this machine's loopback, where tests and
    demonstrations run.
    """
    try:
        parts = urlsplit(with_scheme(url))
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadRequest("invalid webhook URL specified") from error
    if parts.scheme not in {"http", "https"} or not host or " " in url:
        raise BadRequest("invalid webhook URL specified")
    if ip_address and _address(ip_address) is None:
        raise _bad("Invalid IP address specified")
    if _is_loopback(host):
        return
    if parts.scheme == "http":
        raise _bad("An HTTPS URL must be provided for webhook")
    if (port or 443) not in _PORTS:
        raise _bad("Webhook can be set up only on ports 80, 88, 443 or 8443")
    address = _address(ip_address or host)
    if address is None:
        return
    if address.version == 6:
        raise _bad("IPv6-only addresses are not allowed")
    if not address.is_global and not address.is_loopback:
        raise _bad(f"IP address {address} is reserved")


def _bad(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: bad webhook: {reason}")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host in _LOOPBACK_NAMES or (address is not None and address.is_loopback)
