"""The rows of subscribers: written and read as subscribers again, on a connection that is given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audience import Subscriber
from bot.core.preferences import Preferences, Quiet
from bot.store.reader_tables import subscriber_sections, subscribers
from bot.store.upsert import upsert


def unreachable(cause: str | None, now: datetime) -> dict[str, Any]:
    """The values of a chat that takes no more messages since ``now``."""
    return {"reachable": False, "unreachable_since": now, "unreachable_cause": cause}


def new_row(subscriber: Subscriber) -> dict[str, Any]:
    """The row of a subscriber, whose sections are rows of their own."""
    return {
        "chat_id": subscriber.chat_id,
        "kind": subscriber.kind,
        "language": subscriber.language,
        "subscribed": subscriber.subscribed,
        "reachable": subscriber.reachable,
        "silent": subscriber.silent,
        "joined_at": subscriber.joined_at,
        **preference_row(subscriber.preferences),
    }


def preference_row(preferences: Preferences) -> dict[str, Any]:
    """The columns that keep ``preferences``."""
    quiet = preferences.quiet
    return {
        "every_article": preferences.every_article,
        "breaking": preferences.breaking,
        "breaking_cap": preferences.cap,
        "follow_ups": preferences.follow_ups,
        "breaking_passes": preferences.breaking_passes,
        "digest": preferences.digest,
        "digest_at": preferences.digest_at,
        "digest_weekdays": preferences.weekdays,
        "quiet_from": quiet.begin if quiet else None,
        "quiet_to": quiet.end if quiet else None,
        "zone": preferences.zone,
        "paused_until": preferences.paused_until,
    }


def preferences_of(row: Row[*tuple[Any, ...]]) -> Preferences:
    """The preferences in a whole row of the subscribers."""
    return Preferences(
        every_article=row.every_article,
        breaking=row.breaking,
        cap=row.breaking_cap,
        follow_ups=row.follow_ups,
        digest=row.digest,
        digest_at=row.digest_at,
        weekdays=row.digest_weekdays,
        quiet=Quiet(row.quiet_from, row.quiet_to) if row.quiet_from is not None else None,
        breaking_passes=row.breaking_passes,
        zone=row.zone,
        paused_until=row.paused_until,
    )


async def add_new(connection: AsyncConnection, chunk: Sequence[Subscriber]) -> int:
    """Writes those of ``chunk`` who are not there yet, with their sections; how many."""
    new = await connection.execute(
        upsert(connection.dialect.name, subscribers)
        .on_conflict_do_nothing(index_elements=["chat_id"])
        .returning(subscribers.c.chat_id),
        [new_row(subscriber) for subscriber in chunk],
    )
    added = set(new.scalars())
    # Reversed, so that of a chat named twice the first stands, as it does in the table above.
    chosen = {subscriber.chat_id: subscriber.sections for subscriber in reversed(chunk)}
    sections = [
        {"chat_id": chat_id, "section": section} for chat_id in added for section in sorted(chosen[chat_id])
    ]
    if sections:
        await connection.execute(insert(subscriber_sections), sections)
    return len(added)


async def read_one(connection: AsyncConnection, chat_id: int) -> Subscriber | None:
    """The subscriber, None when nobody has this chat id."""
    rows = (await connection.execute(select(subscribers).where(subscribers.c.chat_id == chat_id))).all()
    return next(iter(await read_rows(connection, rows)), None)


async def read_rows(connection: AsyncConnection, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Subscriber]:
    """The subscribers of ``rows``, which are in the order of chat ids, without a gap in the table."""
    if not rows:
        return []
    between = subscriber_sections.c.chat_id.between(rows[0].chat_id, rows[-1].chat_id)
    sections: dict[int, set[str]] = {}
    for chat_id, section in await connection.execute(select(subscriber_sections).where(between)):
        sections.setdefault(chat_id, set()).add(section)
    return [
        Subscriber(
            chat_id=row.chat_id,
            kind=row.kind,
            language=row.language,
            subscribed=row.subscribed,
            reachable=row.reachable,
            silent=row.silent,
            sections=frozenset(sections.get(row.chat_id, ())),
            joined_at=row.joined_at,
            preferences=preferences_of(row),
        )
        for row in rows
    ]
