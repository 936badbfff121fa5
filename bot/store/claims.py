"""Taking due deliveries in hand: which are open, and claiming the next ones for a worker."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import CHANGES, DeliveryState, DueDelivery, OpenPublication
from bot.store.article_tables import article_stories, articles
from bot.store.database import Database
from bot.store.doubt import DUE_IF_IN_DOUBT, leave_in_doubt
from bot.store.ledger_tables import FRESH, IN_HAND, OPEN, PUT_OFF, deliveries, publications, workers
from bot.store.reader_tables import subscribers

_LEFT_BEFORE = "no longer a subscriber, or at rest for some days, when it was due"


class Claims:
    """What is due, for workers of any process. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self) -> tuple[OpenPublication, ...]:
        """The publications that may have something due, in the order in which to send them."""
        async with self._database.reading() as connection:
            return tuple(OpenPublication(*row) for row in await connection.execute(_OPEN))

    async def claim(
        self, publication: OpenPublication, *, worker_id: int, limit: int, now: datetime
    ) -> tuple[DueDelivery, ...]:
        """At most ``limit`` deliveries of ``publication`` that are due, by id, now in this worker's hands.

        What was put off comes before what was never tried. Whoever stopped or blocked the bot since planning
        is left out and closed as gone. Nothing is claimed for a worker whose lease was taken.
        """
        while True:
            async with self._database.writing() as connection:
                rows, claimed = await _claim(connection, publication, worker_id, limit, now)
            # When all that was met has left, somebody behind them may be waiting.
            if claimed or len(rows) < limit:
                return claimed

    async def give_back(self, worker_id: int, *, but: Collection[int], now: datetime) -> None:
        """Makes due again what the worker has by the ledger and not by itself, but for these deliveries.

        An outage may lose the answer to what was written: nothing of it was sent.
        """
        async with self._database.writing() as connection:
            given = await connection.scalars(_GIVE_BACK, {"worker": worker_id, "but": list(but)})
            await leave_in_doubt(connection, set(given), now=now)


async def _claim(
    connection: AsyncConnection, publication: OpenPublication, worker_id: int, limit: int, now: datetime
) -> tuple[Sequence[Row[*tuple[Any, ...]]], tuple[DueDelivery, ...]]:
    """The rows taken, and those of them that are to be sent to."""
    revision = await _revision(connection, publication)
    asked = {
        "publication": publication.id,
        "worker": worker_id,
        "revision_now": revision,
        "now": now,
    }
    rows = list(await connection.execute(_CLAIM_PUT_OFF, {**asked, "most": limit}))
    if len(rows) < limit:
        rows += await connection.execute(_CLAIM_FRESH, {**asked, "most": limit - len(rows)})
    if not rows:
        return (), ()
    asked_for = [row.chat_id for row in rows]
    found = await connection.execute(_CHATS, {"chats": asked_for})
    chats = {chat.chat_id: chat for chat in found}
    wanted = [row for row in rows if _is_wanted(publication, chats.get(row.chat_id), now)]
    if len(wanted) < len(rows):
        left = {row.id for row in rows} - {row.id for row in wanted}
        # Closed rather than passed over: left open they would be met again by every look for work.
        await connection.execute(_LEAVE, {"left": sorted(left), "now": now})
    before = await _told_before(connection, publication, asked_for)
    return rows, tuple(
        _due(publication, row, chats[row.chat_id], revision, before.get(row.chat_id))
        for row in sorted(wanted, key=lambda row: row.id)
    )


async def _told_before(
    connection: AsyncConnection, publication: OpenPublication, chats: Sequence[int]
) -> Mapping[int, int]:
    """By chat, its first message of the story that the article belongs to."""
    if publication.kind in CHANGES or publication.article_id is None:
        return {}
    earlier = list(await connection.scalars(_STORY_BEFORE, {"article_id": publication.article_id}))
    if not earlier:
        return {}
    rows = await connection.execute(_TOLD_BEFORE, {"earlier": earlier, "chats": chats})
    # The oldest publication comes last, so that it is the one that stays.
    return {row.chat_id: row.message_id for row in rows}


async def _revision(connection: AsyncConnection, publication: OpenPublication) -> int | None:
    """The article's revision, which stays the newest until this transaction ends.

    So whoever sees a correction arrive sees in the ledger every delivery that was claimed before it.
    """
    if publication.article_id is None:
        return None
    return await connection.scalar(_REVISION, {"article_id": publication.article_id})


def _is_wanted(publication: OpenPublication, chat: Row[*tuple[Any, ...]] | None, now: datetime) -> bool:
    if chat is None or not chat.reachable:
        return False
    # A message that is in the chat is put right even for who has stopped since.
    if publication.kind in CHANGES:
        return True
    return chat.subscribed and (chat.paused_until is None or chat.paused_until <= now)


def _due(
    publication: OpenPublication,
    row: Row[*tuple[Any, ...]],
    chat: Row[*tuple[Any, ...]],
    revision: int | None,
    answers: int | None,
) -> DueDelivery:
    return DueDelivery(
        id=row.id,
        publication_id=publication.id,
        kind=publication.kind,
        priority=publication.priority,
        article_id=publication.article_id,
        title=publication.title,
        revision=revision,
        chat_id=row.chat_id,
        chat_kind=chat.kind,
        language=chat.language,
        silent=chat.silent,
        attempts=row.attempts,
        unknowns=row.unknowns,
        edits=row.edits,
        answers=answers,
        edition=publication.edition,
    )


_OPEN = (
    select(
        publications.c.id,
        publications.c.kind,
        publications.c.priority,
        publications.c.article_id,
        articles.c.title,
        publications.c.edition,
    )
    .outerjoin(articles, articles.c.id == publications.c.article_id)
    .where(OPEN)
    .order_by(publications.c.priority.desc(), publications.c.id)
)

_REVISION = (
    select(articles.c.revision).where(articles.c.id == bindparam("article_id")).with_for_update(read=True)
)

_same_story = article_stories.alias()

# A story has a handful of publications; the limit is for one that goes on for weeks.
_STORY_BEFORE = (
    select(publications.c.id)
    .join(article_stories, article_stories.c.article_id == publications.c.article_id)
    .join(_same_story, _same_story.c.story_id == article_stories.c.story_id)
    .where(
        _same_story.c.article_id == bindparam("article_id"),
        publications.c.article_id != bindparam("article_id"),
        publications.c.kind.not_in(CHANGES),
    )
    .order_by(publications.c.id)
    .limit(20)
)

_TOLD_BEFORE = (
    select(deliveries.c.chat_id, deliveries.c.message_id)
    .where(
        deliveries.c.publication_id.in_(bindparam("earlier", expanding=True)),
        deliveries.c.chat_id.in_(bindparam("chats", expanding=True)),
        deliveries.c.state == DeliveryState.SENT,
        deliveries.c.message_id.is_not(None),
    )
    .order_by(deliveries.c.publication_id.desc())
)

_CHATS = select(
    subscribers.c.chat_id,
    subscribers.c.kind,
    subscribers.c.language,
    subscribers.c.silent,
    subscribers.c.subscribed,
    subscribers.c.reachable,
    subscribers.c.paused_until,
).where(subscribers.c.chat_id.in_(bindparam("chats", expanding=True)))

_LEAVE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("left", expanding=True)))
    .values(
        state=DeliveryState.GONE,
        cause=_LEFT_BEFORE,
        worker_id=None,
        finished_at=bindparam("now", type_=deliveries.c.finished_at.type),
    )
)

_GIVE_BACK = (
    update(deliveries)
    .where(
        IN_HAND,
        deliveries.c.worker_id == bindparam("worker"),
        deliveries.c.id.not_in(bindparam("but", expanding=True)),
    )
    .values(state=DeliveryState.PENDING, worker_id=None, due_at=DUE_IF_IN_DOUBT)
    .returning(deliveries.c.publication_id)
)


def _claiming(*conditions: ColumnElement[bool], order: tuple[ColumnElement[Any], ...]) -> Update:
    # Locked in one order and passed over where another worker holds them: two workers that want the same rows
    # neither wait for each other nor meet in a deadlock. Each condition reads its own partial index from the
    # start and stops at the limit.
    picked = (
        select(deliveries.c.id)
        .where(deliveries.c.publication_id == bindparam("publication"), *conditions)
        .order_by(*order)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return (
        update(deliveries)
        .where(
            deliveries.c.id.in_(select(picked.c.id)),
            exists().where(workers.c.id == bindparam("worker")),
            # Paused or ended since it was listed: nothing more of it is taken.
            exists().where(publications.c.id == deliveries.c.publication_id, OPEN),
        )
        .values(
            state=DeliveryState.CLAIMED,
            worker_id=bindparam("worker"),
            revision=bindparam("revision_now"),
            due_at=None,
        )
        .returning(
            deliveries.c.id,
            deliveries.c.chat_id,
            deliveries.c.attempts,
            deliveries.c.unknowns,
            deliveries.c.edits,
        )
    )


_CLAIM_FRESH = _claiming(FRESH, order=(deliveries.c.id,))
_CLAIM_PUT_OFF = _claiming(
    PUT_OFF,
    deliveries.c.due_at <= bindparam("now", type_=deliveries.c.due_at.type),
    order=(deliveries.c.due_at, deliveries.c.id),
)
