import asyncio

import structlog

from bot.delivery.outage import Outage
from bot.errors import StoreUnavailable
from tests.fakes.virtual_time import run_in_virtual_time

FULL = StoreUnavailable("disk full")


def test_a_long_outage_is_told_at_once_each_minute_and_at_its_end() -> None:
    async def scene() -> None:
        outage = Outage("it rests")
        with structlog.testing.capture_logs() as lines:
            outage.not_met()
            for _ in range(75):
                outage.met(FULL, file="a.txt")
                await asyncio.sleep(2)
            await asyncio.sleep(10)
            outage.not_met()
            outage.not_met()
        assert [line["event"] for line in lines] == ["it rests"] * 3 + ["the database answers again"]
        assert [line.get("for_seconds") for line in lines[:3]] == [0, 60, 120]
        assert lines[0]["file"] == "a.txt"
        assert lines[0]["cause"] == "disk full"
        assert lines[3]["after_seconds"] == 148

    run_in_virtual_time(scene())


def test_what_succeeds_between_two_failures_ends_no_outage() -> None:
    async def scene() -> None:
        outage = Outage("it rests")
        with structlog.testing.capture_logs() as lines:
            for _ in range(10):
                outage.met(FULL)
                await asyncio.sleep(1)
                outage.not_met()
                await asyncio.sleep(1)
        assert len(lines) == 1

    run_in_virtual_time(scene())


def test_a_new_outage_is_told_at_once_again() -> None:
    async def scene() -> None:
        outage = Outage("it rests")
        with structlog.testing.capture_logs() as lines:
            for _ in range(2):
                outage.met(FULL)
                await asyncio.sleep(10)
                outage.not_met()
        assert [line["log_level"] for line in lines] == ["error", "info"] * 2

    run_in_virtual_time(scene())
