"""`kabar campaigns`: how many readers came by which link, as counted without names."""

import click

from bot.app.house import House
from bot.cli.desk import in_house


@click.command()
def campaigns() -> None:
    """Show how many readers came by which link (t.me/BOT?start=c_NAME) on which day, newest first."""
    in_house(_show)


async def _show(house: House) -> None:
    for day, name, count in await house.readership.campaigns():
        click.echo(f"{day} {count:>8} {name}")
