"""Who may talk to the simulator from a browser: its own page alone."""

from urllib.parse import urlsplit

from aiohttp import web

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_foreign(request: web.Request) -> bool:
    """Whether a browser sent this for another site: a foreign Origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        return origin == "null" or urlsplit(origin).netloc != request.host
    except ValueError:
        return True


def is_misnamed(request: web.Request, host: str) -> bool:
    """Whether the request names a host that is not this one: a name of another site made to point here."""
    try:
        name = urlsplit(f"//{request.host}").hostname
    except ValueError:
        return True
    return name not in _LOOPBACK and name != host
