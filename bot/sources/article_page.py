"""One HTML page to an Article, field by field, with where each field came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.article import Article
from bot.errors import UnreadableSource
from bot.sources.document import Document
from bot.sources.found import Found
from bot.sources.profiles import Profile


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """What one page gave.

    ``origins`` says for each field of ``article`` that has a value where it came from: ``profile``,
    ``json-ld``, ``opengraph``, ``page`` (its other marks), ``trafilatura``, ``feed`` or ``address``.
    ``next_page`` is the address of the article's next page.
    """

    article: Article
    origins: Mapping[str, str]
    next_page: str | None

    @property
    def picture(self) -> str | None:
        """The address of the article's picture."""
        return self.article.picture


def read_article(document: Document, *, profile: Profile | None, found: Found | None) -> ReadArticle:
    """The article on one HTML page.

    ``profile`` says how the site's pages are made; without one, or where its selectors find nothing,
    JSON-LD, OpenGraph and trafilatura decide. ``found`` fills in what the page does not say. Raises
    UnreadableSource for what is no HTML page, NotAnArticle when there is no title, date or text on it.
    """
    raise UnreadableSource("not read yet", name=document.address)
