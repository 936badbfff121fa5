"""Split articles put together: what the site prints on several pages is one article."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.core.article import Article


def join_pages(pages: Iterable[Article]) -> tuple[Article, ...]:
    """The articles of ``pages``, in whatever order those come; each stands where its earliest page stood.

    Pages belong together when title and time are the same. Numbers that follow each other are joined, and the
    same number counts once; a page whose neighbours are missing stays by itself.
    """
    split: dict[tuple[str, datetime], dict[int, Article]] = {}
    for page in pages:
        split.setdefault((page.title, page.published_at), {}).setdefault(page.page, page)
    joined: list[Article] = []
    for numbered in split.values():
        joined += _join(numbered)
    return tuple(joined)


def _join(numbered: dict[int, Article]) -> list[Article]:
    articles: list[Article] = []
    last = None
    for number in sorted(numbered):
        if last == number - 1 and articles[-1].has_next:
            articles[-1] = _append(articles[-1], numbered[number])
        else:
            articles.append(numbered[number])
        last = number
    return articles


def _append(first: Article, second: Article) -> Article:
    return replace(
        first,
        blocks=first.blocks + second.blocks,
        kicker=first.kicker or second.kicker,
        byline=first.byline or second.byline,
        captions=tuple(dict.fromkeys(first.captions + second.captions)),
        related=tuple(dict.fromkeys(first.related + second.related)),
        has_next=second.has_next,
        channel_link=first.channel_link or second.channel_link,
        picture=first.picture or second.picture,
    )
