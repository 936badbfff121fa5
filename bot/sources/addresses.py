"""Web addresses as pages and feeds write them, made whole. Which may be fetched is decided elsewhere."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

LONGEST = 2_000
"""Characters; browsers and servers refuse longer addresses."""

_SPACE_AND_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.)")


def absolute(base: str, written: object) -> str | None:
    """``written`` as an address seen from ``base``, without its fragment; None when it is none of the web."""
    if not isinstance(written, str) or not written.strip():
        return None
    try:
        address, _ = urldefrag(urljoin(base, written.strip()))
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not usable or len(address) > LONGEST or parts.username is not None:
        return None
    return _SPACE_AND_CONTROLS.sub(lambda found: f"%{ord(found[0]):02X}" if found[0] == " " else "", address)


def site(address: str) -> str:
    """The host of ``address`` without what only tells its mobile from its usual pages; "" for no address."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return _PREFIX.sub("", host.rstrip("."))


def query_of(address: str) -> str:
    """What ``address`` asks for after its question mark."""
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """The path of ``address`` without a last slash."""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""
