"""How a command that runs until it is told to stop is told: SIGTERM and Ctrl-C."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import click


def until_stopped(main: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``main`` with an event that SIGTERM and Ctrl-C set, so that it can end in order.

    Whoever asks a second time does not want to wait: the process ends at once, as by a kill.
    """

    async def with_signals() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        def asked(number: signal.Signals) -> None:
            if not stop.is_set():
                stop.set()
                return
            click.echo("kabar: stopped at once; what was under way is taken up at the next start", err=True)
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

        for number in (signal.SIGTERM, signal.SIGINT):
            try:
                loop.add_signal_handler(number, asked, number)
            except NotImplementedError:  # Windows
                signal.signal(
                    number, lambda number, _: loop.call_soon_threadsafe(asked, signal.Signals(number))
                )
        await main(stop)

    asyncio.run(with_signals())
