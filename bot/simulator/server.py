"""The simulator over HTTP: the Bot API, the control API and the chat page at one address."""

import inspect
import logging
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.simulator.accepted import accepting
from bot.simulator.api.checks import check_call, check_unread
from bot.simulator.api.table import bot_api
from bot.simulator.control import PING_EVERY, add_control
from bot.simulator.control_chats import add_chat_control
from bot.simulator.control_clock import add_clock_control
from bot.simulator.control_faults import add_fault_control
from bot.simulator.control_inline import add_inline_control
from bot.simulator.control_invites import add_invite_control
from bot.simulator.downloads import add_downloads
from bot.simulator.errors import BadRequest, Refusal
from bot.simulator.fault_effects import NoAnswer, ServerPage, under
from bot.simulator.fields import Arguments
from bot.simulator.guard import is_foreign, is_misnamed
from bot.simulator.logs import server_log
from bot.simulator.methods import METHODS, Method
from bot.simulator.methods.query import Described, Query, asked_chat
from bot.simulator.sends import is_send
from bot.simulator.simulator import Simulator, is_token
from bot.simulator.state import Bot
from bot.simulator.uploads import Upload
from bot.simulator.wire import MAX_BODY, answer, read_arguments, refusal

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
"""The chat page's files."""

_SECURITY = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


def create_app(
    simulator: Simulator, *, host: str = "127.0.0.1", ping_every: float = PING_EVERY
) -> web.Application:
    """The application that serves ``simulator``.

    ``host`` is the name by which browsers may reach it beside the loopback's own; ``ping_every`` counts
    seconds.
    """
    app = web.Application(client_max_size=MAX_BODY)
    bots = _Bots(simulator)
    app.router.add_route("*", "/bot{token:[^/]*}/{method:.*}", bots.handle)
    add_downloads(app, simulator, host)
    add_chat_control(app, simulator, host)
    add_inline_control(app, simulator, host)
    add_invite_control(app, simulator, host)
    add_clock_control(app, simulator, host)
    add_fault_control(app, simulator, host)
    add_control(app, simulator, host, ping_every)
    page = _Page(host)
    app.router.add_get("/", page.handle)
    app.router.add_get(r"/{path:\w[\w.-]*(?:/\w[\w.-]*)*}", page.handle)

    async def close(_: web.Application) -> None:
        simulator.close()
        await simulator.webhooks.close()

    simulator.webhooks.perform = bots.perform
    app.on_shutdown.append(close)
    return app


class _Page:
    def __init__(self, host: str) -> None:
        self.host = host

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if is_misnamed(request, self.host):
            raise web.HTTPForbidden(text="this local Telegram answers its own page alone")
        path = request.match_info.get("path", "index.html")
        return web.FileResponse(PAGE / path, headers=_SECURITY)


class _Bots:
    """The Bot API: finds the bot and the method, runs it, writes the answer and remembers the call."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def handle(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        token = request.match_info["token"]
        method = request.match_info["method"]
        received: dict[str, str] = {}
        status, body, content_type = await _outcome(
            method, self.run(request, token, method.lower(), received)
        )
        if is_token(token) and body != _NOTHING_NEW:
            self.remember(token, method, status, time.perf_counter() - began, received, body)
        # What has no status goes out on a connection that is gone.
        return web.Response(body=body, status=status or 500, content_type=content_type)

    async def run(self, request: web.Request, token: str, method: str, received: dict[str, str]) -> bytes:
        if not is_token(token):
            raise Refusal(404, "Not Found")
        bot = self.simulator.bot_of(token)
        if bot is None:
            raise Refusal(401, "Unauthorized")
        if is_foreign(request):
            raise Refusal(403, "Forbidden: a page of another site may not call a bot's methods")
        files: dict[str, Upload] = {}
        try:
            values = await read_arguments(request, files)
            received.update(values)
            received.update(
                {name: f"(file {one.file_name}, {one.size} bytes)" for name, one in files.items()}
            )
            return await self.expose(request, Query(self.simulator, bot, Arguments(values, files)), method)
        finally:
            for file in files.values():
                file.close()

    async def expose(self, request: web.Request | None, query: Query, method: str) -> bytes:
        """Carries a call out under the faults that befall it; one in a webhook's answer has no request."""
        simulator = self.simulator
        if not simulator.faults:
            return await self.carry_out(query, method)
        incidents = simulator.faults.befalling(method, asked_chat(query), simulator.clock())
        return await under(incidents, request, lambda: self.carry_out(query, method))

    async def perform(self, bot: Bot, method: str, received: dict[str, str]) -> None:
        """Runs the call in a webhook's answer and remembers it; its result goes to nobody."""
        began = time.perf_counter()
        query = Query(self.simulator, bot, Arguments(received))
        status, body, _ = await _outcome(method, self.expose(None, query, method.lower()))
        self.remember(bot.token, method, status, time.perf_counter() - began, received, body)

    async def carry_out(self, query: Query, method: str) -> bytes:
        described = bot_api().methods.get(method)
        known = METHODS.get(method)
        if known is None:
            if described is None:
                raise Refusal(404, "Not Found: method not found")
            check_call(described, query.arguments)
            raise BadRequest(f"method {described.name} is not simulated")
        if described is not None:
            check_unread(described, query.arguments)
        result = self.send(known, query, described.name) if described and is_send(method) else known(query)
        if inspect.isawaitable(result):
            result = await result
        if isinstance(result, Described):
            return answer(result.result, result.description)
        return answer(result)

    async def send(self, run: Method, query: Query, method: str) -> object:
        """Runs a method that sends, within the rates; what it posts is on record before the answer leaves."""
        simulator, bot = self.simulator, query.bot
        chat = asked_chat(query)
        paid = query.arguments.boolean("allow_paid_broadcast")
        if chat is not None:
            simulator.limits.check(bot.user.id, chat, simulator.clock(), paid=paid)
        with accepting() as posted:
            try:
                result = run(query)
                return await result if inspect.isawaitable(result) else result
            finally:
                if chat is not None:
                    simulator.limits.count(bot.user.id, chat, simulator.clock(), len(posted), paid=paid)
                if simulator.accepted_log is not None:
                    simulator.accepted_log.write(bot, method, posted, simulator.clock())

    def remember(
        self, token: str, method: str, status: int, seconds: float, received: dict[str, str], body: bytes
    ) -> None:
        simulator = self.simulator
        call = simulator.calls.add(
            at=simulator.clock(),
            method=method,
            status=status,
            ms=seconds * 1000,
            request=received,
            response=body,
            token=token,
        )
        simulator.events.publish("call", call.as_json)


async def _outcome(method: str, call: Awaitable[bytes]) -> tuple[int, bytes, str]:
    """Status (NOT_ANSWERED if there is none), body and content type of what a call ends in."""
    try:
        return 200, await call, _JSON
    except Refusal as refused:
        return refused.code, refusal(refused), _JSON
    except ServerPage as page:
        return page.status, page.html.encode(), "text/html"
    except NoAnswer as lost:
        return NOT_ANSWERED, refusal(Refusal(NOT_ANSWERED, str(lost))), _JSON
    except Exception:
        log.exception("method %s failed", method)
        return 500, refusal(Refusal(500, "Internal Server Error")), _JSON


NOT_ANSWERED = 0
"""In place of a status: the connection broke or the client gave up before there was an answer."""

_JSON = "application/json"

_NOTHING_NEW = answer([])
"""What a poll without updates brings, which is not worth showing."""


@dataclass(frozen=True, slots=True)
class RunningSimulator:
    """A simulator that is being served at ``address`` (``http://127.0.0.1:PORT``) until it is stopped."""

    address: str
    simulator: Simulator
    _runner: web.AppRunner

    async def stop(self) -> None:
        """Ends long polls and event streams and closes the port."""
        await self._runner.cleanup()


async def start(simulator: Simulator, *, host: str = "127.0.0.1", port: int = 0) -> RunningSimulator:
    """Serves ``simulator``; port 0 takes a free one. OSError if the port is taken."""
    # Without an access log no address, and so no token, gets into a log. Handlers go on when a client
    # goes away (aiohttp's default): what was accepted is recorded.
    app = create_app(simulator, host=host)
    runner = web.AppRunner(app, access_log=None, logger=server_log, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    bound = runner.addresses[0][1]
    shown = f"[{host}]" if ":" in host else host
    return RunningSimulator(f"http://{shown}:{bound}", simulator, runner)


@asynccontextmanager
async def running(
    simulator: Simulator, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[RunningSimulator]:
    """Serves ``simulator`` while the block runs."""
    served = await start(simulator, host=host, port=port)
    try:
        yield served
    finally:
        await served.stop()
