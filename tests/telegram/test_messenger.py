"""What goes over the wire for a message."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.core.message import Button, Message
from bot.core.outcome import Gone, Retry, Sent
from bot.telegram.messenger import Messenger
from bot.telegram.news_bot import NewsBot
from bot.telegram.paced_answers import PacedAnswers
from bot.telegram.pacer import Pacer
from bot.telegram.transport import AiohttpRequest
from bot.web.metrics import Metrics

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

NEWS = Message(
    "<b>Panen “kakao” naik</b> 🍫", ((Button("Baca", url="https://rm.id/a"),),), preview="https://rm.id/a"
)


@dataclass
class Wire:
    """A Telegram that notes what it gets; it answers with ``refusal``, if there is one."""

    bot: NewsBot
    pacer: Pacer
    got: list[dict[str, Any]] = field(default_factory=list)
    refusal: dict[str, Any] | None = None

    async def take(self, request: web.Request) -> web.Response:
        assert request.path.endswith("/sendMessage")
        self.got.append(await request.json())
        if self.refusal is not None:
            return web.json_response(self.refusal, status=self.refusal["error_code"])
        chat = {"id": 5, "type": "private", "first_name": "Rara"}
        return web.json_response({"ok": True, "result": {"message_id": 77, "date": 0, "chat": chat}})


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    request, pacer, told = AiohttpRequest(), Pacer(), list[Wire]()

    async def take(got: web.Request) -> web.Response:
        return await told[0].take(got)

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    limiter = PacedAnswers(pacer, Metrics(version="test"))
    bot = NewsBot(TOKEN, base_url=f"http://{host}:{port}/bot", request=request, rate_limiter=limiter)
    told.append(Wire(bot, pacer))
    await request.initialize()
    try:
        yield told[0]
    finally:
        await request.shutdown()
        await pacer.close()
        await runner.cleanup()


async def test_a_message_goes_as_it_was_written_with_all_that_belongs_to_it(wire: Wire) -> None:
    sent = await Messenger(wire.bot, paid=True).send(-1005, NEWS, silent=True, answers=31, thread=8)
    assert sent == Sent(77)
    (got,) = wire.got
    assert json.loads(got.pop("reply_markup")) == {
        "inline_keyboard": [[{"text": "Baca", "url": "https://rm.id/a"}]]
    }
    assert json.loads(got.pop("reply_parameters")) == {
        "message_id": 31,
        "allow_sending_without_reply": True,
    }
    assert json.loads(got.pop("link_preview_options")) == {
        "url": "https://rm.id/a",
        "prefer_small_media": True,
    }
    assert got == {
        "chat_id": -1005,
        "text": NEWS.html,
        "parse_mode": "HTML",
        "disable_notification": True,
        "message_thread_id": 8,
        "allow_paid_broadcast": True,
    }


async def test_a_plain_message_has_nothing_that_was_not_asked_for(wire: Wire) -> None:
    assert await Messenger(wire.bot).send(5, Message("Halo"), silent=False) == Sent(77)
    (got,) = wire.got
    assert json.loads(got.pop("link_preview_options")) == {"is_disabled": True}
    assert got == {"chat_id": 5, "text": "Halo", "parse_mode": "HTML", "disable_notification": False}


async def test_a_429_to_a_push_holds_everybody_and_is_the_pushs_to_try_again(wire: Wire) -> None:
    wire.refusal = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    outcome = await Messenger(wire.bot).send(5, NEWS, silent=False)
    assert isinstance(outcome, Retry)
    assert (outcome.after, outcome.everywhere) == (7, True)
    assert 6 < wire.pacer.held() <= 7
    assert len(wire.got) == 1


async def test_who_blocked_the_bot_is_gone(wire: Wire) -> None:
    wire.refusal = {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot was blocked by the user",
    }
    assert await Messenger(wire.bot).send(5, NEWS, silent=False) == Gone(
        "Forbidden: bot was blocked by the user"
    )
