"""Writing down that something is published. To whom, says planning; nothing is sent here."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.publication import CHANGES, PublicationKind, PublicationState, priority_of
from bot.store.doubt import leave_in_doubt
from bot.store.ledger_tables import publications
from bot.store.upsert import upsert


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
    no longer taken back. What may have arrived of these is unknown from then on.
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
    if not (kinds := _REPLACED[kind]):
        return
    ended = await connection.scalars(
        update(publications)
        .where(
            publications.c.article_id == article_id,
            publications.c.id != by,
            publications.c.kind.in_(kinds),
            publications.c.state.not_in([PublicationState.DONE, PublicationState.CANCELLED]),
        )
        .values(state=PublicationState.CANCELLED, cause=f"replaced by publication {by}", finished_at=now)
        .returning(publications.c.id)
    )
    await leave_in_doubt(connection, list(ended), now=now)


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
