"""The `kabar` command line: which commands there are, and how their failures end."""

import importlib
import logging
import sys

import click

from bot.errors import KabarError
from bot.logs import configure_logs

_COMMANDS = {
    "analyse": "bot.cli.content:analyse_lines",
    "campaigns": "bot.cli.campaigns:campaigns",
    "cancel": "bot.cli.desk:cancel",
    "check": "bot.cli.service:check",
    "demo": "bot.cli.local:demo",
    "import": "bot.cli.archive:import_articles",
    "ledger": "bot.cli.ledger:ledger",
    "parse": "bot.cli.content:parse",
    "pause": "bot.cli.desk:pause",
    "publish": "bot.cli.desk:publish",
    "render": "bot.cli.content:render",
    "resume": "bot.cli.desk:resume",
    "retract": "bot.cli.desk:retract",
    "run": "bot.cli.service:run",
    "simulator": "bot.cli.local:simulator",
    "sources": "bot.cli.sources:sources",
    "status": "bot.cli.ledger:status",
    "subscribers": "bot.cli.readers:subscribers",
    "worker": "bot.cli.service:worker",
}


class LazyGroup(click.Group):
    """Imports a command only when it is asked for: `kabar parse` needs neither Telegram nor a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, or None."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kabar", message="%(prog)s %(version)s")
def kabar() -> None:
    """Kabar, a Telegram newsroom bot."""


def main() -> None:
    """Run the command line: 0 done, 1 something could not be done, 2 wrong use, 3 a fault of ours."""
    try:
        kabar(prog_name="kabar")
    except KabarError as error:
        click.echo(f"kabar: {error}", err=True)
        sys.exit(1)
    except Exception:
        # A fault of ours: the operator sees where, through the formatter that blots out tokens.
        configure_logs("WARNING")
        logging.getLogger("kabar").critical("unexpected fault", exc_info=True)
        sys.exit(3)


if __name__ == "__main__":
    main()
