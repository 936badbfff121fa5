"""The HTTP server under the webhook, health and metrics: one address, opened and closed in order."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import hdrs, web

from bot.errors import SettingsError
from bot.web.pages import Pages
from bot.web.webhook import MAX_BODY

CLOSE_SECONDS = 2.0
"""Seconds that requests under way get at the end."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CANNOT_LISTEN = {
    errno.EADDRINUSE: "another program listens there already",
    errno.EACCES: "this user may not listen there",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


@asynccontextmanager
async def serving(
    listen: tuple[str, int], pages: Pages, webhooks: Mapping[str, Handler]
) -> AsyncIterator[str]:
    """Serve ``pages``, and ``webhooks`` by path, at host and port; yields the address, http://host:port.

    Raises SettingsError that names WEB_LISTEN when nothing can be served there.
    """
    application = web.Application(client_max_size=MAX_BODY)
    application.router.add_get("/healthz", pages.healthz)
    application.router.add_get("/livez", pages.livez)
    application.router.add_get("/metrics", pages.metrics)
    for path, webhook in webhooks.items():
        resource = application.router.add_resource(path)
        resource.add_route(hdrs.METH_POST, webhook)
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=CLOSE_SECONDS)
    await runner.setup()
    try:
        yield await _opened(runner, *listen)
    finally:
        await runner.cleanup()


async def _opened(runner: web.AppRunner, host: str, port: int) -> str:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = _CANNOT_LISTEN.get(error.errno or 0, error.strerror or str(error))
        raise SettingsError(f"WEB_LISTEN: {host}:{port} cannot be served: {reason}") from error
    found_host, found_port = runner.addresses[0][:2]
    return f"http://[{found_host}]:{found_port}" if ":" in found_host else f"http://{found_host}:{found_port}"
