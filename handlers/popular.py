"""/populer: what was opened most."""

from datetime import timedelta

from handlers.request import Request

DAYS = 3
MOST = 8
"""Articles listed at most."""


async def popular(request: Request) -> None:
    """/populer: the articles that were opened most in the last DAYS days."""
    room = request.newsroom
    headlines = await room.readership.popular(since=room.today - timedelta(days=DAYS - 1), limit=MOST)
    await request.answer(room.messages.reading.popular(headlines, request.language, days=DAYS))
