"""Calls that come at the same time, answered by one transaction, so that they share what a commit costs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Gathers the calls that arrive while ``run`` is busy and gives them to it all at once the next time.

    ``run`` takes what was asked and returns the answers in the same order. It begins at most once in
    ``pause`` seconds: a call that comes after a rest is run at once, and of many none waits longer than that.
    What ``run`` raises, every call of that batch raises.
    """

    def __init__(
        self, run: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]], *, pause: float = 0.0
    ) -> None:
        self._run = run
        self._pause = pause
        self._rested_at = 0.0
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, asked: Asked) -> Answer:
        """The answer to ``asked``, once its batch is done.

        A caller that is cancelled before its batch began has asked nothing; after that, the batch goes on.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._answer_all(), name="together")
        return await answer

    async def _answer_all(self) -> None:
        """Answer until nobody waits."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            if (rest := self._rested_at - loop.time()) > 0:
                await asyncio.sleep(rest)
            self._rested_at = loop.time() + self._pause
            # Who was cancelled meanwhile has a future that is done.
            batch = [(asked, answer) for asked, answer in self._waiting if not answer.done()]
            self._waiting = []
            await self._answer(batch)

    async def _answer(self, batch: Sequence[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        if not batch:
            return
        try:
            answers = await self._run([asked for asked, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised again in every caller
            for _, waiting in batch:
                if not waiting.done():
                    waiting.set_exception(error)
            return
        except asyncio.CancelledError:
            # Only where the loop itself ends: nobody is to wait for what will not come.
            for _, waiting in batch:
                waiting.cancel()
            raise
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
