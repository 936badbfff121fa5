"""`kabar run`, `worker` and `check`: starting the bot and saying how it is. Loads no local Telegram."""

import asyncio
import sys

import click

from bot.app.check import check as look
from bot.app.garbage import collect_rarely
from bot.app.run import run_bot
from bot.app.worker import run_worker
from bot.cli.stopping import until_stopped
from bot.config import Settings, load_settings
from bot.logs import configure_logs


@click.command()
def run() -> None:
    """Run the bot with the settings of the environment and .env, until SIGTERM or Ctrl-C."""
    settings = load_settings()
    configure_logs(settings.log_level, secrets=settings.secrets)
    _ = settings.token  # said before anything is opened
    collect_rarely()
    until_stopped(lambda stop: run_bot(settings, stop=stop))


@click.command()
def worker() -> None:
    """Only send, beside a running `kabar run` and other workers; needs PostgreSQL."""
    settings = load_settings()
    configure_logs(settings.log_level, secrets=settings.secrets)
    _ = settings.token  # said before anything is opened
    collect_rarely()
    until_stopped(lambda stop: run_worker(settings, stop=stop))


@click.command()
def check() -> None:
    """Say what works and what does not: settings, database, templates, token, channels.

    The exit code is 0 when the bot can run and 1 otherwise.
    """
    settings = load_settings()
    configure_logs("ERROR", secrets=settings.secrets)
    click.echo("ok    settings: read from the environment and .env")
    sys.exit(0 if asyncio.run(_report(settings)) else 1)


async def _report(settings: Settings) -> bool:
    good = True
    async for finding in look(settings):
        good = good and finding.works
        click.echo(f"{'ok   ' if finding.works else 'FAULT'} {finding.subject}: {finding.text}")
    return good
