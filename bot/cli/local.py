"""`kabar demo` and `kabar simulator`: the local Telegram, with our bot or for any other."""

import asyncio
import contextlib
import errno
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import click

from bot.app.demo import run_demo
from bot.app.garbage import collect_rarely
from bot.cli.stopping import until_stopped
from bot.errors import SettingsError
from bot.logs import configure_logs
from bot.simulator import Simulator, start
from bot.simulator.errors import ControlRefusal

DEMO_PORT = 8484
PORT = click.IntRange(0, 65535)


@click.command()
@click.option("--port", type=PORT, help=f"{DEMO_PORT} if it is free, else any; 0 takes any free one.")
def demo(port: int | None) -> None:
    """Try it: the bot and a local Telegram in one process, on sample articles. Nothing is kept."""
    configure_logs("WARNING")

    def ready(address: str) -> None:
        click.echo(f"Kabar is running: open {address} in a browser (Ctrl-C stops it)")

    if port is None:
        port = DEMO_PORT if _is_free(DEMO_PORT) else 0
    collect_rarely()
    with _port_named(port):
        until_stopped(lambda stop: run_demo(port=port, stop=stop, ready=ready))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextlib.contextmanager
def _port_named(port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise SettingsError(
            f"port {port} cannot be used here: try --port 0, which takes any free one"
        ) from error


def _bot_username(_: click.Context, __: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"@?[A-Za-z][A-Za-z0-9_]{1,28}bot", value, re.IGNORECASE):
        raise click.BadParameter(f"{value!r}: a bot's username is letters, digits and _, and ends in bot")
    return value.removeprefix("@")


@click.command()
@click.option("--port", type=PORT, default=8081, show_default=True, help="0 takes any free one.")
@click.option(
    "--channel", "channels", multiple=True, metavar="NAME", help="A channel's username; may be given often."
)
@click.option("--reader", "readers", multiple=True, metavar="NAME", help="A reader's first name; likewise.")
@click.option(
    "--bot",
    "bot_username",
    default="kabar_demo_bot",
    show_default=True,
    metavar="NAME",
    callback=_bot_username,
    help="The username of the first bot that calls.",
)
@click.option(
    "--accepted-log",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Append every message accepted from a bot to FILE, one JSON object a line, before it is answered.",
)
def simulator(
    port: int,
    channels: tuple[str, ...],
    readers: tuple[str, ...],
    bot_username: str,
    accepted_log: Path | None,
) -> None:
    """A local Telegram alone, for any bot in any language: point its API address here. Any token will do.

    Without options it has one reader and the channel @local_channel, where the bot is an administrator. The
    same address shows the chats in a browser.
    """
    configure_logs("WARNING")
    try:
        telegram = Simulator(bot_username=bot_username, accepted_log=accepted_log)
    except OSError as error:
        raise SettingsError(f"--accepted-log {accepted_log} cannot be written: {error.strerror}") from error
    with _port_named(port):
        until_stopped(
            lambda stop: _simulate(
                telegram, port, channels or ("local_channel",), readers or ("Reader",), stop
            )
        )


async def _simulate(
    telegram: Simulator,
    port: int,
    channels: tuple[str, ...],
    readers: tuple[str, ...],
    stop: asyncio.Event,
) -> None:
    try:
        for name in readers:
            telegram.add_reader(name)
        for channel in channels:
            telegram.add_channel(channel.removeprefix("@"), channel.removeprefix("@"))
    except ControlRefusal as error:
        raise SettingsError(f"--reader and --channel: {error}") from error
    collect_rarely()
    running = await start(telegram, port=port)
    try:
        click.echo(
            f"The local Telegram answers at {running.address}: the Bot API and, in a browser, the chats"
        )
        await stop.wait()
    finally:
        await running.stop()
