"""The size of the chunks that the planner asks for."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.core.chunks import FIRST
from bot.core.publication import DeliveryState, Publication
from bot.delivery.planner import Planner
from bot.errors import StoreUnavailable
from bot.store.publications import Filling
from tests.fakes.virtual_time import run_in_virtual_time


class Publications:
    """One publication, which is filled in so many seconds and as it is told; then there is none."""

    def __init__(self, takes: float, *tell: Filling | StoreUnavailable) -> None:
        self._takes = takes
        self._tell = list(tell)
        self.asked: list[int] = []
        self.over = asyncio.Event()

    async def planned(self) -> tuple[int, ...]:
        if not self._tell:
            self.over.set()
        return (1,) if self._tell else ()

    async def fill(self, publication_id: int, *, chunk: int, now: datetime) -> Filling:  # noqa: ARG002
        self.asked.append(chunk)
        await asyncio.sleep(self._takes)
        told = self._tell.pop(0)
        if isinstance(told, StoreUnavailable):
            raise told
        return told

    async def finish(self, *, now: datetime) -> tuple[int, ...]:  # noqa: ARG002
        return ()

    async def one(self, publication_id: int) -> Publication | None:
        raise NotImplementedError

    async def progress(self, publication_id: int) -> Mapping[DeliveryState, int]:
        raise NotImplementedError


class Quiet:
    """Neither old rows nor anybody to tell."""

    async def clear(self, *, before: datetime) -> int:  # noqa: ARG002
        return 0

    async def unsure(self, title: str, article_id: int, recipients: int) -> None:
        raise NotImplementedError


AWAY = StoreUnavailable("the disk is full")


@pytest.mark.parametrize(
    ("takes", "told", "asked"),
    [
        (0.01, (Filling.MORE, Filling.MORE, Filling.MORE), [FIRST, 2 * FIRST, 4 * FIRST]),
        (0.3, (Filling.MORE, Filling.MORE, Filling.COMPLETE), [FIRST, FIRST // 2, FIRST // 4]),
        (0.001, (Filling.COMPLETE, Filling.WAITS, Filling.MORE), [FIRST, FIRST, FIRST]),
        (0.001, (AWAY, AWAY, Filling.MORE), [FIRST, FIRST // 2, FIRST // 4]),
    ],
    ids=["quick", "slow", "not full", "refused"],
)
def test_chunks_follow_what_full_ones_took_and_shrink_when_they_are_refused(
    takes: float, told: tuple[Filling | StoreUnavailable, ...], asked: list[int]
) -> None:
    async def scene() -> None:
        publications, quiet = Publications(takes, *told), Quiet()
        planner = Planner(
            publications=publications,
            old_rows=quiet,
            desk=quiet,
            post=lambda _: None,
            wake_senders=lambda: None,
            keep_days=30,
            now=lambda: datetime.now(UTC),
        )
        running = asyncio.create_task(planner.run())
        await publications.over.wait()
        running.cancel()
        await asyncio.wait([running])
        assert publications.asked == asked

    run_in_virtual_time(scene())
