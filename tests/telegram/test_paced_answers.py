"""Answers to readers when Telegram asks to wait or cannot be reached, on a clock that jumps."""

import asyncio
from collections.abc import Sequence

import pytest
from telegram.error import TelegramError

from bot.telegram.errors import Flood, NotSent, ServerFault
from bot.telegram.paced_answers import GRANTED, LONGEST_WAIT, NOT_SENT_PAUSES, PacedAnswers
from bot.telegram.pacer import Pacer
from tests.fakes.virtual_time import run_in_virtual_time


class Heard:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    def flood(self, seconds: float) -> None:
        self.seconds.append(seconds)


class Line:
    """Telegram, which fails with each of ``failures`` in turn before it takes the message."""

    def __init__(self, failures: Sequence[TelegramError]) -> None:
        self._failures = list(failures)
        self.times: list[float] = []

    async def call(self) -> str:
        self.times.append(asyncio.get_running_loop().time())
        if self._failures:
            raise self._failures.pop(0)
        return "taken"


async def _answer(line: Line, heard: Heard, *, args: str | None = None) -> object:
    answers = PacedAnswers(Pacer(), heard)
    try:
        return await answers.process_request(line.call, (), {}, "sendMessage", {"chat_id": 7}, args)
    finally:
        await answers.shutdown()


def test_a_short_429_is_waited_out_and_the_reader_is_answered() -> None:
    async def scene() -> None:
        line, heard = Line([Flood(5.0)]), Heard()
        assert await _answer(line, heard) == "taken"
        assert line.times[1] - line.times[0] >= 5
        assert heard.seconds == [pytest.approx(5)]

    run_in_virtual_time(scene())


def test_a_429_of_hours_is_not_waited_out() -> None:
    async def scene() -> None:
        line = Line([Flood(LONGEST_WAIT + 1)])
        with pytest.raises(Flood):
            await _answer(line, Heard())
        assert len(line.times) == 1

    run_in_virtual_time(scene())


def test_what_surely_did_not_arrive_is_sent_again_a_few_times() -> None:
    async def scene() -> None:
        line = Line([NotSent("refused")] * len(NOT_SENT_PAUSES))
        assert await _answer(line, Heard()) == "taken"
        gone = Line([NotSent("refused")] * 10)
        with pytest.raises(NotSent):
            await _answer(gone, Heard())
        assert len(gone.times) == 1 + len(NOT_SENT_PAUSES)

    run_in_virtual_time(scene())


def test_what_may_have_arrived_is_not_sent_twice() -> None:
    async def scene() -> None:
        line = Line([ServerFault("telegram answered 502")])
        with pytest.raises(ServerFault):
            await _answer(line, Heard())
        assert len(line.times) == 1

    run_in_virtual_time(scene())


def test_whoever_had_a_turn_decides_alone_what_comes_after_a_failure() -> None:
    async def scene() -> None:
        for failure in (NotSent("refused"), Flood(1.0)):
            line = Line([failure])
            with pytest.raises(type(failure)):
                await _answer(line, Heard(), args=GRANTED)
            assert len(line.times) == 1

    run_in_virtual_time(scene())
