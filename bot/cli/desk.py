"""`kabar publish`, `retract`, `pause`, `resume`, `cancel`: what the newsroom decides about an article."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.app.house import House, open_house, wall_clock
from bot.config import Settings, load_settings
from bot.core.publication import Publication, PublicationKind, PublicationState
from bot.errors import NoSuchThing
from bot.logs import configure_logs

Answer = TypeVar("Answer")

ASKED = "the newsroom asked for it"


def in_house(act: Callable[[House], Awaitable[Answer]], settings: Settings | None = None) -> Answer:
    """What ``act`` gives, with the house of the settings open; those of this run unless they are given."""
    settings = settings or load_settings()
    configure_logs("WARNING", secrets=settings.secrets)

    async def with_house() -> Answer:
        async with open_house(settings) as house:
            return await act(house)

    return asyncio.run(with_house())


@click.command()
@click.option("--breaking", is_flag=True, help="Before everything else, and sent again if an answer is lost.")
@click.argument("article", type=int)
def publish(article: int, breaking: bool) -> None:
    """Send ARTICLE, by its number, to all subscribers who were not sent it yet.

    With --breaking, what is under way of it becomes urgent. One that was retracted is shown again.
    """
    kind = PublicationKind.BREAKING if breaking else PublicationKind.REGULAR
    found = in_house(lambda house: _publish(house, article, kind))
    if found is None:
        raise NoSuchThing(f"there is no article {article}: `kabar import` prints the numbers of articles")
    click.echo(f"publication {found.id}: article {article}, {kind.value}, {found.state.value}")


async def _publish(house: House, article: int, kind: PublicationKind) -> Publication | None:
    number = await house.archive.publish(article, kind=kind, now=wall_clock())
    return None if number is None else await house.publications.one(number)


@click.command()
@click.argument("article", type=int)
def retract(article: int) -> None:
    """Take ARTICLE back: nobody finds it any more, and what was sent is deleted.

    Where Telegram no longer lets a message be deleted, after 48 hours, it is edited to a notice. What readers
    asked the bot for themselves, such as the latest article, stays in their chats.
    """
    if not in_house(lambda house: house.archive.retract(article, now=wall_clock())):
        raise NoSuchThing(f"there is no article {article} to be seen: `kabar ledger {article}` says more")
    click.echo(f"article {article} is retracted; `kabar status` shows how far it is")


@click.command()
@click.argument("publication", type=int)
def pause(publication: int) -> None:
    """Send no more of PUBLICATION until it is resumed. `kabar status` lists the numbers."""
    _tell(publication, lambda house: house.publications.pause(publication, cause=ASKED), _PAUSED)


@click.command()
@click.argument("publication", type=int)
def resume(publication: int) -> None:
    """Go on with PUBLICATION where it was paused, or approve one that waits."""
    _tell(publication, lambda house: house.publications.resume(publication), _UNDER_WAY)


@click.command()
@click.argument("publication", type=int)
def cancel(publication: int) -> None:
    """End PUBLICATION: what is not sent yet stays unsent. What was sent stays: see `kabar retract`."""
    _tell(
        publication,
        lambda house: house.publications.cancel(publication, cause=ASKED, now=wall_clock()),
        _CANCELLED,
    )


_PAUSED = frozenset({PublicationState.PAUSED})
_UNDER_WAY = frozenset({PublicationState.APPROVED, PublicationState.RUNNING})
_CANCELLED = frozenset({PublicationState.CANCELLED})


def _tell(
    number: int, act: Callable[[House], Awaitable[Publication | None]], wanted: frozenset[PublicationState]
) -> None:
    """Say what became of the publication; the command failed where that is not one of ``wanted``."""
    found = in_house(act)
    if found is None:
        raise NoSuchThing(f"there is no publication {number}: `kabar status` lists them")
    told = f"publication {found.id} is {found.state.value}: {found.title or found.kind.value}"
    if found.state not in wanted:
        over = found.state is PublicationState.CANCELLED and found.article_id is not None
        again = f"; `kabar publish {found.article_id}` sends the article" if over else ""
        raise click.ClickException(told + again)
    click.echo(told)
