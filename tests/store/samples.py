"""Articles, readers and moments that the tests of the store share; every name and event is made up."""

from datetime import UTC, datetime, timedelta, timezone

from bot.core.article import Analysis, Article, Block, BlockKind, Quotation
from bot.core.audience import ChatKind, Subscriber

WIB = timezone(timedelta(hours=7))
PRINTED_AT = datetime(2026, 3, 4, 7, 5, tzinfo=WIB)
NOW = datetime(2026, 3, 4, 1, 2, 3, 456789, tzinfo=UTC)
NOTHING_FOUND = Analysis((), (), ())


def article(
    title: str = "Kapal Feri Kembali Berlayar",
    text: str = "Pelabuhan dibuka lagi.",
    *,
    published_at: datetime = PRINTED_AT,
    section: str | None = "nasional",
    related: tuple[str, ...] = (),
    url: str | None = None,
) -> Article:
    return Article(
        title=title,
        published_at=published_at,
        blocks=(Block(BlockKind.PARAGRAPH, text),),
        section=section,
        related=related,
        url=url,
    )


def minutes_later(minutes: int) -> datetime:
    return PRINTED_AT + timedelta(minutes=minutes)


def seconds_later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def analysis(*, speakers: tuple[str, ...] = (), keywords: tuple[str, ...] = ()) -> Analysis:
    said = tuple(
        Quotation(f"Ucapan ke-{place}", speaker, "Nakhoda", "kata", place)
        for place, speaker in enumerate(speakers)
    )
    return Analysis(("Pelabuhan dibuka lagi.",), said, keywords)


def reader(chat_id: int, *, sections: frozenset[str] = frozenset(), silent: bool = False) -> Subscriber:
    return Subscriber(
        chat_id=chat_id,
        kind=ChatKind.PRIVATE,
        language="id",
        subscribed=True,
        reachable=True,
        silent=silent,
        sections=sections,
        joined_at=NOW,
    )
