"""A group that became a supergroup: its settings and what is still to be sent follow it to the new id."""

from typing import Any

from sqlalchemy import Row, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import PublicationState
from bot.store.article_tables import article_revisions, articles
from bot.store.followed import wanted_keys
from bot.store.ledger_tables import FRESH, IN_HAND, OPEN, PUT_OFF, deliveries, publications
from bot.store.planning import write_deliveries
from bot.store.reader_tables import subscribers
from bot.store.wanting import Plan, Range


async def follow(connection: AsyncConnection, old: int, new: int) -> None:
    """Makes chat ``new`` what ``old`` was, inside a transaction; done again, it changes nothing.

    Where ``new`` has a row already, the settings of ``old`` stand and the wish to stop of either is kept.
    Closed deliveries keep the id they were sent to.
    """
    if old == new:
        return
    # Held until the end, so that no chunk is planned between the two ids meanwhile.
    planned = await connection.execute(
        select(
            publications.c.id,
            publications.c.kind,
            publications.c.article_id,
            publications.c.planned_to,
            publications.c.announced_at,
            articles.c.section,
            article_revisions.c.document,
        )
        .join(articles, articles.c.id == publications.c.article_id)
        .join(
            article_revisions,
            and_(
                article_revisions.c.article_id == articles.c.id,
                article_revisions.c.revision == articles.c.revision,
            ),
        )
        .where(OPEN, publications.c.state == PublicationState.APPROVED)
        .order_by(publications.c.id)
        .with_for_update(of=publications)
    )
    passed = [row for row in planned if _lies_between(new, row.planned_to, old)]
    await _move_subscriber(connection, old, new)
    await _move_deliveries(connection, old, new)
    for row in passed:
        plan = Plan(
            row.id, row.kind, row.article_id, row.section, await wanted_keys(connection, row.document)
        )
        await write_deliveries(connection, plan, Range(new - 1, new), now=row.announced_at)


def _lies_between(new: int, planned_to: int | None, old: int) -> bool:
    return planned_to is not None and new <= planned_to < old


async def _move_subscriber(connection: AsyncConnection, old: int, new: int) -> None:
    both = await connection.execute(
        select(subscribers).where(subscribers.c.chat_id.in_([old, new])).with_for_update()
    )
    rows: dict[int, Row[*tuple[Any, ...]]] = {row.chat_id: row for row in both}
    if old not in rows:
        return
    await connection.execute(delete(subscribers).where(subscribers.c.chat_id == new))
    await connection.execute(
        update(subscribers)
        .where(subscribers.c.chat_id == old)
        .values(
            chat_id=new,
            subscribed=all(row.subscribed for row in rows.values()),
            reachable=True,
            unreachable_since=None,
            unreachable_cause=None,
            joined_at=min(row.joined_at for row in rows.values()),
        )
    )


async def _move_deliveries(connection: AsyncConnection, old: int, new: int) -> None:
    there = deliveries.alias()
    mine = (
        deliveries.c.chat_id == old,
        deliveries.c.publication_id.in_(select(publications.c.id).where(OPEN)),
        or_(FRESH, PUT_OFF, IN_HAND),
    )
    # The new chat's own delivery of the same publication is enough.
    twice = exists().where(there.c.publication_id == deliveries.c.publication_id, there.c.chat_id == new)
    await connection.execute(delete(deliveries).where(*mine, twice))
    await connection.execute(update(deliveries).where(*mine).values(chat_id=new))
