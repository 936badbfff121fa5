import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.core.outcome import Gone, Moved, Outcome, Refused, Retry, Unknown
from bot.telegram.answers import outcome_of
from bot.telegram.errors import Flood, NotSent, ServerFault, TimedOutAfterSending
from bot.telegram.transport import AiohttpRequest

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _error(code: int, description: str, **parameters: object) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        return web.json_response({key: value for key, value in body.items() if value != {}}, status=code)

    return answer


@asynccontextmanager
async def _bot_against(answer: Answer, *, read_timeout: float = 5.0) -> AsyncIterator[Bot]:
    """A bot whose Telegram answers every request with ``answer``."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    request = AiohttpRequest(read_timeout=read_timeout)
    await request.initialize()
    try:
        yield Bot(TOKEN, base_url=f"http://{host}:{port}/bot", request=request)
    finally:
        await request.shutdown()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (_error(429, "Too Many Requests: retry after 7", retry_after=7), Retry(7, "", everywhere=True)),
        (
            _error(403, "Forbidden: bot was blocked by the user"),
            Gone("Forbidden: bot was blocked by the user"),
        ),
        (_error(403, "Forbidden: user is deactivated"), Gone("Forbidden: user is deactivated")),
        (_error(400, "Bad Request: chat not found"), Gone("Chat not found")),
        (
            _error(400, "Bad Request: not enough rights to send text messages to the chat"),
            Gone("Not enough rights to send text messages to the chat"),
        ),
        (
            _error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001),
            Moved(-1001),
        ),
        (
            _error(400, "Bad Request: can't parse entities: Unsupported start tag"),
            Refused("Can't parse entities: unsupported start tag"),
        ),
        (_error(400, "Bad Request: message is too long"), Refused("Message is too long")),
        (_error(500, "Internal Server Error"), Unknown("telegram answered 500")),
        (_error(502, "Bad Gateway"), Unknown("telegram answered 502")),
    ],
)
async def test_each_answer_of_telegram_has_its_outcome(answer: Answer, outcome: Outcome) -> None:
    async with _bot_against(answer) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(1, "halo")
    found = outcome_of(caught.value)
    if isinstance(outcome, Retry):
        assert isinstance(found, Retry)
        assert (found.after, found.everywhere) == (outcome.after, outcome.everywhere)
    else:
        assert found == outcome


async def test_an_answer_that_never_comes_is_unknown() -> None:
    async def silence(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    async with _bot_against(silence, read_timeout=0.1) as bot:
        with pytest.raises(TimedOutAfterSending) as caught:
            await bot.send_message(1, "halo")
    assert isinstance(outcome_of(caught.value), Unknown)


async def test_a_connection_that_breaks_after_the_request_is_unknown() -> None:
    async def hang_up(request: web.Request) -> web.Response:
        await request.read()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with _bot_against(hang_up) as bot:
        with pytest.raises(ServerFault) as caught:
            await bot.send_message(1, "halo")
    assert isinstance(outcome_of(caught.value), Unknown)


async def test_a_refused_connection_is_surely_not_sent_and_shows_no_token() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    request = AiohttpRequest()
    await request.initialize()
    try:
        with pytest.raises(NotSent) as caught:
            await Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request).send_message(1, "halo")
    finally:
        await request.shutdown()
    outcome = outcome_of(caught.value)
    assert isinstance(outcome, Retry)
    assert (outcome.here, outcome.everywhere) == (True, False), "another machine may reach Telegram"
    chain: BaseException | None = caught.value
    while chain is not None:
        assert TOKEN not in repr(chain)
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)


async def test_a_429_carries_its_seconds_without_a_deprecation_warning() -> None:
    async with _bot_against(_error(429, "Too Many Requests: retry after 43838", retry_after=43838)) as bot:
        with pytest.raises(Flood) as caught:
            await bot.send_message(1, "halo")
    assert caught.value.seconds == 43838


async def test_a_wrong_token_is_told_apart_from_a_wrong_message() -> None:
    async with _bot_against(_error(401, "Unauthorized")) as bot:
        with pytest.raises(InvalidToken):
            await bot.get_me()
    async with _bot_against(_error(400, "Bad Request: message text is empty")) as bot:
        with pytest.raises(BadRequest):
            await bot.send_message(1, "halo")


async def test_fields_and_files_arrive_as_the_bot_api_takes_them() -> None:
    got = dict[str, object]()

    async def take(request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            got.update(await request.json())
        else:
            form = await request.post()
            for name, value in form.items():
                got[name] = value.file.read() if isinstance(value, web.FileField) else value
        message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    async with _bot_against(take) as bot:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Baca 📰", callback_data="b")]])
        await bot.send_message(
            -100123, "Rp 1,5 triliun & “kutipan”", disable_notification=True, reply_markup=markup
        )
        assert got["chat_id"] == "-100123"
        assert got["text"] == "Rp 1,5 triliun & “kutipan”"
        assert json.loads(str(got["disable_notification"])) is True
        assert json.loads(str(got["reply_markup"])) == markup.to_dict()
        await bot.send_document(1, b"isi berkas", filename="berita.txt")
    assert b"isi berkas" in got.values()
