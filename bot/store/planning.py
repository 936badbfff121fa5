"""Writing down that something is published, and to whom. Nothing is sent here."""

from datetime import datetime

from sqlalchemy import BigInteger, Select, and_, bindparam, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import CHANGES, DeliveryState, PublicationKind, PublicationState, priority_of
from bot.store.tables import (
    ACTIVE,
    OPEN,
    Printed,
    deliveries,
    publications,
    subscriber_sections,
    subscribers,
)
from bot.store.upsert import upsert

BEFORE_ALL = -(2**63)
"""Below every chat id. Channels come first: theirs are the lowest (Bot API: -100 and ten digits or more)."""

AFTER_ALL = 2**63 - 1


async def write_publication(
    connection: AsyncConnection,
    article_id: int,
    revision: int,
    *,
    kind: PublicationKind,
    now: datetime,
    held: str | None = None,
) -> int | None:
    """Announces this revision in this kind; its id, or None when that was done before.

    With ``held``, the reason, it waits for the newsroom's word. What the new publication makes needless ends:
    an urgent one replaces the regular one, a correction earlier ones, a retraction all; what is sent again is
    no longer taken back.
    """
    added: int | None = await connection.scalar(
        upsert(connection.dialect.name, publications)
        .values(
            article_id=article_id,
            revision=revision,
            kind=kind,
            priority=priority_of(kind),
            state=PublicationState.PLANNED if held else PublicationState.APPROVED,
            cause=held,
            announced_at=now,
        )
        .on_conflict_do_nothing(index_elements=["article_id", "revision", "kind"])
        .returning(publications.c.id)
    )
    if added is not None:
        await _end_replaced(connection, article_id, added, kind, now)
    return added


async def announce_again(
    connection: AsyncConnection, article_id: int, revision: int, *, kind: PublicationKind, now: datetime
) -> int | None:
    """Opens this revision's publication in this kind anew if it is over or waits for a word; its id.

    None when there is none, or it is under way. Its rows stay: whom it reached, it does not reach twice.
    """
    opened: int | None = await connection.scalar(
        update(publications)
        .where(
            publications.c.article_id == article_id,
            publications.c.revision == revision,
            publications.c.kind == kind,
            publications.c.state.in_(
                [PublicationState.PLANNED, PublicationState.DONE, PublicationState.CANCELLED]
            ),
        )
        .values(
            state=PublicationState.APPROVED,
            cause=None,
            planned_to=None,
            planned_at=None,
            finished_at=None,
            announced_at=now,
        )
        .returning(publications.c.id)
    )
    if opened is not None:
        await _end_replaced(connection, article_id, opened, kind, now)
    return opened


async def _end_replaced(
    connection: AsyncConnection, article_id: int, by: int, kind: PublicationKind, now: datetime
) -> None:
    if not (ended := _REPLACED[kind]):
        return
    await connection.execute(
        update(publications)
        .where(
            publications.c.article_id == article_id,
            publications.c.id != by,
            publications.c.kind.in_(ended),
            publications.c.state.not_in([PublicationState.DONE, PublicationState.CANCELLED]),
        )
        .values(state=PublicationState.CANCELLED, cause=f"replaced by publication {by}", finished_at=now)
    )


_REPLACED: dict[PublicationKind, tuple[PublicationKind, ...]] = {
    PublicationKind.REGULAR: (PublicationKind.RETRACTION,),
    PublicationKind.DIGEST: (),
    PublicationKind.BREAKING: (PublicationKind.REGULAR, PublicationKind.RETRACTION),
    PublicationKind.CORRECTION: (PublicationKind.CORRECTION,),
    PublicationKind.RETRACTION: (
        PublicationKind.REGULAR,
        PublicationKind.BREAKING,
        PublicationKind.CORRECTION,
    ),
}


async def was_delivered(connection: AsyncConnection, article_id: int) -> bool:
    """Whether the article was announced to anybody, so that a correction may have somebody to reach."""
    known = select(publications.c.id).where(
        publications.c.article_id == article_id, publications.c.kind.not_in(CHANGES)
    )
    return await connection.scalar(known.limit(1)) is not None


async def write_deliveries(
    connection: AsyncConnection,
    publication_id: int,
    kind: PublicationKind,
    *,
    article_id: int,
    section: str | None,
    after: int,
    upto: int,
) -> int:
    """Writes the deliveries of the chats with ``after < chat_id <= upto``; how many.

    News goes to every active subscriber who wants ``section`` and was not sent this article before; without a
    section to those alone who chose none. A correction goes to whom an older revision was sent, a retraction
    to whom any was. Whoever has a delivery of this publication keeps it.
    """
    asked = {
        "publication_id": publication_id,
        "article_id": article_id,
        "section": section,
        "after": after,
        "upto": upto,
    }
    changes = kind in CHANGES
    again = not changes and await connection.scalar(_OTHERS, asked) is not None
    statement = _CHANGE if changes else _SEND_TO_REST if again else _SEND
    written = await connection.execute(statement[connection.dialect.name], asked)
    return written.rowcount


def _sent_before() -> Select[int]:
    """The publications by which this article was sent."""
    return select(publications.c.id).where(
        publications.c.article_id == bindparam("article_id"),
        publications.c.id != bindparam("publication_id"),
        publications.c.kind.not_in(CHANGES),
    )


_OTHERS = _sent_before().limit(1)


def _recipients() -> Select[int, int, DeliveryState, int]:
    after, upto = bindparam("after", type_=BigInteger), bindparam("upto", type_=BigInteger)
    # The bounds stand in the inner query too: PostgreSQL hashes it, else for all chats.
    chosen = select(subscriber_sections.c.chat_id).where(
        subscriber_sections.c.chat_id == subscribers.c.chat_id,
        subscriber_sections.c.chat_id > after,
        subscriber_sections.c.chat_id <= upto,
    )
    this = chosen.where(subscriber_sections.c.section == bindparam("section", type_=Printed))
    return (
        select(
            bindparam("publication_id", type_=BigInteger),
            subscribers.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
        )
        .where(
            ACTIVE,
            subscribers.c.chat_id > after,
            subscribers.c.chat_id <= upto,
            or_(~chosen.exists(), this.exists()),
        )
        .order_by(subscribers.c.chat_id)
    )


def _who_lack_it() -> Select[int, int, DeliveryState, int]:
    earlier = deliveries.alias()
    has_it = select(earlier.c.id).where(
        earlier.c.publication_id.in_(_sent_before()),
        earlier.c.chat_id == subscribers.c.chat_id,
        # What may still be sent by the other publication counts too: nobody is to get both.
        or_(
            earlier.c.state.in_([DeliveryState.SENT, DeliveryState.UNKNOWN]),
            and_(
                earlier.c.state.in_([DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING]),
                earlier.c.publication_id.in_(select(publications.c.id).where(OPEN)),
            ),
        ),
    )
    return _recipients().where(~has_it.exists())


def _who_have_it() -> Select[int, int, DeliveryState, int, int]:
    earlier = deliveries.alias()
    kind = select(publications.c.kind).where(publications.c.id == bindparam("publication_id"))
    revision = select(publications.c.revision).where(publications.c.id == bindparam("publication_id"))
    return (
        select(
            bindparam("publication_id", type_=BigInteger),
            earlier.c.chat_id,
            literal(DeliveryState.PENDING, deliveries.c.state.type),
            literal(0),
            earlier.c.message_id,
        )
        .where(
            earlier.c.publication_id.in_(_sent_before()),
            earlier.c.chat_id > bindparam("after", type_=BigInteger),
            earlier.c.chat_id <= bindparam("upto", type_=BigInteger),
            earlier.c.state == DeliveryState.SENT,
            earlier.c.message_id.is_not(None),
            or_(
                kind.scalar_subquery() == PublicationKind.RETRACTION,
                func.coalesce(earlier.c.revision, 1) < revision.scalar_subquery(),
            ),
        )
        .order_by(earlier.c.chat_id)
    )


_COLUMNS = ["publication_id", "chat_id", "state", "attempts"]

# Built once: to put a statement together costs as much as to write some hundred rows.
_SEND, _SEND_TO_REST, _CHANGE = (
    {
        dialect: upsert(dialect, deliveries)
        .from_select(columns, chosen)
        .on_conflict_do_nothing(index_elements=["publication_id", "chat_id"])
        for dialect in ("sqlite", "postgresql")
    }
    for columns, chosen in (
        (_COLUMNS, _recipients()),
        (_COLUMNS, _who_lack_it()),
        ([*_COLUMNS, "edits"], _who_have_it()),
    )
)
