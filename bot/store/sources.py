"""What is remembered of each source and of each article that it listed. Nothing is fetched here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update

from bot.core.checking import Course
from bot.core.listed import ItemState, Listed, Remembered, Sending, Taken, Tally, Waiting
from bot.core.newness import Known, Marks, marks_of
from bot.store.database import Database
from bot.store.source_tables import source_items, sources
from bot.store.upsert import upsert

_CHUNK = 500
"""Rows in one statement; SQLite takes 32,766 values in one."""

_COURSE = tuple(field.name for field in fields(Course))
_VALIDATORS = ("etag", "last_modified", "digest")


class Sources:
    """Sources by address, as the newsroom wrote it. Every method may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remembered(self) -> Mapping[str, Remembered]:
        """Every source that was looked at."""
        waits = (
            select(source_items.c.source_id, func.min(source_items.c.due_at).label("waiting_at"))
            .where(source_items.c.due_at.is_not(None))
            .group_by(source_items.c.source_id)
            .subquery()
        )
        whole = select(sources, waits.c.waiting_at).outerjoin(waits, waits.c.source_id == sources.c.id)
        async with self._database.reading() as connection:
            return {row.address: _remembered(row) for row in await connection.execute(whole)}

    async def remember(self, address: str, remembered: Remembered, listed: Sequence[Listed] = ()) -> None:
        """Keeps how the last look went and, in the same transaction, what it listed for the first time."""
        values = {name: getattr(remembered.course, name) for name in _COURSE}
        values |= {name: getattr(remembered, name) for name in _VALIDATORS}
        async with self._database.writing() as connection:
            source_id = await connection.scalar(
                upsert(connection.dialect.name, sources)
                .values(address=address, **values)
                .on_conflict_do_update(index_elements=["address"], set_=values)
                .returning(sources.c.id)
            )
            rows = [_row(source_id, item) for item in listed]
            adding = upsert(connection.dialect.name, source_items).on_conflict_do_nothing(
                index_elements=["source_id", "address_mark"]
            )
            for start in range(0, len(rows), _CHUNK):
                await connection.execute(adding, rows[start : start + _CHUNK])

    async def known(self, address: str, marks: Sequence[Marks]) -> Known:
        """What the source listed before, as far as ``marks`` ask for it."""
        addresses = dict[str, str | None]()
        guids, titles = dict[str, str](), dict[str, str]()
        async with self._database.reading() as connection:
            for some in _chunks(marks):
                asked = select(
                    source_items.c.address_mark,
                    source_items.c.guid_mark,
                    source_items.c.title_mark,
                    source_items.c.state,
                    source_items.c.title,
                ).where(
                    source_items.c.source_id == _id_of(address),
                    or_(
                        source_items.c.address_mark.in_([mark.address for mark in some]),
                        source_items.c.guid_mark.in_([mark.guid for mark in some if mark.guid]),
                        source_items.c.title_mark.in_([mark.title for mark in some if mark.title]),
                    ),
                )
                for row in await connection.execute(asked):
                    taken = row.state is ItemState.TAKEN
                    addresses[row.address_mark] = row.title if taken else None
                    if row.guid_mark:
                        guids[row.guid_mark] = row.address_mark
                    if row.title_mark:
                        titles[row.title_mark] = row.address_mark
        headings = {mark: title for mark, title in addresses.items() if title}
        return Known(frozenset(addresses), guids, titles, headings)

    async def waiting(self, address: str, *, now: datetime, limit: int) -> tuple[Waiting, ...]:
        """The articles of the source that are to be read now, in the order in which they were printed."""
        due = (
            select(*(source_items.c[field.name] for field in fields(Waiting)))
            .where(
                source_items.c.source_id == _id_of(address),
                source_items.c.state == ItemState.WAITING,
                source_items.c.due_at <= now,
            )
            .order_by(source_items.c.published_at.is_(None), source_items.c.published_at, source_items.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return tuple(Waiting(*row) for row in await connection.execute(due))

    async def corrigible(self, address: str, *, now: datetime, limit: int) -> tuple[Taken, ...]:
        """The sent articles of the source whose pages are to be looked at again now, longest due first."""
        due = (
            select(*(source_items.c[field.name] for field in fields(Taken)))
            .where(
                source_items.c.source_id == _id_of(address),
                source_items.c.state == ItemState.TAKEN,
                source_items.c.due_at <= now,
            )
            .order_by(source_items.c.due_at, source_items.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return tuple(Taken(*row) for row in await connection.execute(due))

    async def looked_again(self, taken: Taken, *, due_at: datetime | None) -> None:
        """Keeps ``taken`` as it is after a look at its page; the next is at ``due_at``, if there is one."""
        await self._change(
            taken.id,
            due_at=due_at,
            attempts=taken.attempts,
            content_mark=taken.content_mark,
            etag=taken.etag,
            last_modified=taken.last_modified,
        )

    async def settle(
        self,
        item_id: int,
        state: ItemState,
        *,
        now: datetime,
        article_id: int | None = None,
        content_mark: str | None = None,
        origins: Mapping[str, str] | None = None,
        cause: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        again_at: datetime | None = None,
    ) -> None:
        """The article has become what ``state`` says; ``origins`` tells where each field of it came from.

        Its page is looked at again at ``again_at``, with what its server gave for that.
        """
        await self._change(
            item_id,
            state=state,
            settled_at=now,
            due_at=again_at,
            attempts=0,
            etag=etag,
            last_modified=last_modified,
            article_id=article_id,
            content_mark=content_mark,
            origins=json.dumps(dict(origins)) if origins else None,
            cause=cause,
        )

    async def put_off(self, item_id: int, *, due_at: datetime, attempts: int, cause: str) -> None:
        """The article could not be read and is tried again at ``due_at``."""
        await self._change(item_id, due_at=due_at, attempts=attempts, cause=cause)

    async def read_again(self, address: str, titles: Mapping[str, str | None], *, now: datetime) -> None:
        """The articles with these address marks, listed under these titles now, are read again, not sent."""
        async with self._database.writing() as connection:
            for mark, title in titles.items():
                await connection.execute(
                    update(source_items)
                    .where(
                        source_items.c.source_id == _id_of(address),
                        source_items.c.address_mark == mark,
                        source_items.c.state == ItemState.TAKEN,
                    )
                    .values(
                        title=title, state=ItemState.WAITING, sending=Sending.QUIET, due_at=now, attempts=0
                    )
                )

    async def is_taken(self, address: str, *, but: int) -> bool:
        """Whether an article with this address was taken from any source, as another item than ``but``."""
        mark = marks_of(address, None, None, None).address
        return await self._is_taken(source_items.c.address_mark == mark, but)

    async def has_content(self, content_mark: str, *, but: int) -> bool:
        """Whether an article with these words was taken from any source, as another item than ``but``."""
        return await self._is_taken(source_items.c.content_mark == content_mark, but)

    async def _is_taken(self, same: ColumnElement[bool], but: int) -> bool:
        taken = select(source_items.c.id).where(
            same, source_items.c.state == ItemState.TAKEN, source_items.c.id != but
        )
        async with self._database.reading() as connection:
            return await connection.scalar(taken.limit(1)) is not None

    async def tally(self, *, since: datetime) -> Mapping[str, Tally]:
        """For each source its articles taken in after ``since``, and those that wait or are held now."""
        lately = and_(source_items.c.state == ItemState.TAKEN, source_items.c.settled_at > since)
        counted = (
            select(sources.c.address, source_items.c.state, func.count())
            .join(sources, sources.c.id == source_items.c.source_id)
            .where(or_(lately, source_items.c.state.in_([ItemState.WAITING, ItemState.HELD])))
            .group_by(sources.c.address, source_items.c.state)
        )
        found = dict[str, dict[str, int]]()
        async with self._database.reading() as connection:
            for address, state, count in await connection.execute(counted):
                found.setdefault(address, {})[state.value] = count
        return {address: Tally(**counts) for address, counts in found.items()}

    async def release(self, address: str, *, sending: Sending, now: datetime) -> int:
        """Lets the held articles of the source be read, to be sent or not as ``sending`` says; how many."""
        async with self._database.writing() as connection:
            released = await connection.execute(
                update(source_items)
                .where(source_items.c.source_id == _id_of(address), source_items.c.state == ItemState.HELD)
                .values(state=ItemState.WAITING, sending=sending, due_at=now)
            )
            return released.rowcount

    async def forget(self, address: str) -> None:
        """Nothing is remembered of the source any more; its articles stay in the archive."""
        async with self._database.writing() as connection:
            await connection.execute(delete(sources).where(sources.c.address == address))

    async def _change(self, item_id: int, **values: object) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(source_items).where(source_items.c.id == item_id).values(values))


def _id_of(address: str) -> Any:
    return select(sources.c.id).where(sources.c.address == address).scalar_subquery()


def _chunks(marks: Sequence[Marks]) -> Iterator[Sequence[Marks]]:
    return (marks[start : start + _CHUNK] for start in range(0, len(marks), _CHUNK))


def _remembered(row: Row[*tuple[Any, ...]]) -> Remembered:
    course = Course(**{name: getattr(row, name) for name in _COURSE})
    return Remembered(course, row.etag, row.last_modified, row.digest, row.waiting_at)


def _row(source_id: int | None, item: Listed) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "address": item.address,
        "address_mark": item.marks.address,
        "guid_mark": item.marks.guid,
        "title_mark": item.marks.title,
        "title": item.title,
        "published_at": item.published_at,
        "section": item.section,
        "state": item.state,
        "sending": item.sending,
        "attempts": 0,
        "due_at": item.due_at,
    }
