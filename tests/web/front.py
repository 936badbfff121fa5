"""A web server in front of the bot, as nginx is in production: the address is known before the bot starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

SECRET = "s3cret-of-32-characters-or-more_"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Front:
    """Passes requests on to ``target``; while there is none it answers 502, and so it does ``lose`` times."""

    address: str = ""
    target: str | None = None
    lose: int = 0
    bodies: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        return {
            "webhook_url": f"{self.address}/kabar",
            "webhook_secret": SECRET,
            "web_listen": "127.0.0.1:0",
        }

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.target is None:
            return web.Response(status=502)
        headers = {
            name: request.headers[name] for name in ("Content-Type", HEADER) if name in request.headers
        }
        url = f"{self.target}{request.path}"
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(url, data=body, headers=headers) as answer,
            ):
                status = answer.status
        except aiohttp.ClientError:
            return web.Response(status=502)
        self.bodies.append(body)
        self.statuses.append(status)
        if self.lose:
            self.lose -= 1
            return web.Response(status=502)
        return web.Response(status=status)


@asynccontextmanager
async def front() -> AsyncIterator[Front]:
    served = Front()
    application = web.Application()
    application.router.add_post("/{path:.*}", served.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield served
    finally:
        await runner.cleanup()
