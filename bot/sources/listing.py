"""Any document that names articles, read: which kind it is decides its bytes, not what the server calls it."""

from bot.errors import UnreadableSource
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind
from bot.sources.profiles import Profile

__all__ = ["Found", "Listing", "ListingKind", "read_listing"]


def read_listing(
    document: Document, *, kind: ListingKind | None = None, profile: Profile | None = None
) -> Listing:
    """The articles that ``document`` names; without ``kind``, it is told from the bytes.

    A sitemap index may come where a sitemap was asked for; ``Listing.kind`` says what it was. ``profile``
    gives the selectors of an index page and the zone of times without one. Raises UnreadableSource.
    """
    raise UnreadableSource("not read yet", name=document.address)
