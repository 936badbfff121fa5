"""Split articles put together: what the site prints on several pages is one article."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.core.article import Article

_Key = tuple[str, datetime]


class SplitPages:
    """The pages of split articles that came so far, in whatever order; only unfinished ones are held."""

    def __init__(self) -> None:
        self._named: dict[_Key, dict[int, tuple[str, Article]]] = {}

    def add(self, name: str, page: Article) -> tuple[str, Article] | None:
        """Take a page that came from ``name``: the article, once all its pages are there, and its first name.

        None while a page is missing. An article of one page is whole at once.
        """
        if page.page == 1 and not page.has_next:
            return name, page
        pages = self._named.setdefault(_key(page), {})
        pages.setdefault(page.page, (name, page))
        (*_, (_, last)) = joined = _join_named(pages)
        if len(joined) > 1 or joined[0][1].page > 1 or last.has_next:
            return None
        del self._named[_key(page)]
        return joined[0]

    def unfinished(self) -> list[tuple[str, Article]]:
        """What never became whole, as far as it is joined, each with the name of its earliest page."""
        return [joined for pages in self._named.values() for joined in _join_named(pages)]


def _join_named(pages: dict[int, tuple[str, Article]]) -> list[tuple[str, Article]]:
    joined = _join({number: page for number, (_, page) in pages.items()})
    return [(pages[article.page][0], article) for article in joined]


def join_pages(pages: Iterable[Article]) -> tuple[Article, ...]:
    """The articles of ``pages``, in whatever order those come; each stands where its earliest page stood.

    Pages belong together when title and time are the same. Numbers that follow each other are joined, and the
    same number counts once; a page whose neighbours are missing stays by itself.
    """
    split: dict[_Key, dict[int, Article]] = {}
    for page in pages:
        split.setdefault(_key(page), {}).setdefault(page.page, page)
    joined: list[Article] = []
    for numbered in split.values():
        joined += _join(numbered)
    return tuple(joined)


def _key(page: Article) -> _Key:
    return page.title, page.published_at


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
