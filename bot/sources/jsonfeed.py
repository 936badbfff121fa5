"""JSON Feed 1.0 and 1.1, and what passes for it."""

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import UnreadableSource
from bot.sources.addresses import absolute
from bot.sources.document import Document
from bot.sources.found import Found, Listing, ListingKind, distinct
from bot.sources.moments import read_moment
from bot.sources.plain import short_text, slug
from bot.sources.profiles import Profile, zone_of

_MOST_ITEMS = 1_000


def read_json_feed(document: Document, *, profile: Profile | None = None) -> Listing:
    """The items of a JSON Feed that have an address; raises UnreadableSource."""
    feed = read_json(document.text(), name=document.address)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        cause = (
            'this is no JSON Feed; expected {"version": "https://jsonfeed.org/version/1.1", "items": [...]}'
        )
        raise UnreadableSource(cause, name=document.address)
    read = (_item(item, document, profile) for item in items[:_MOST_ITEMS] if isinstance(item, dict))
    found = distinct(one for one in read if one is not None)
    return Listing(ListingKind.JSON_FEED, short_text(feed.get("title")), found)


def read_json(text: str, *, name: str) -> Any:
    """The value in ``text``; raises UnreadableSource, also for what is nested too deeply to be read."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableSource(f"this is no JSON: {error}", name=name) from error
    except RecursionError as error:
        raise UnreadableSource("the JSON is nested too deeply", name=name) from error


def _item(item: Mapping[str, Any], document: Document, profile: Profile | None) -> Found | None:
    own = item.get("id")
    guid = str(own) if isinstance(own, int) else own
    written = item.get("url") or item.get("external_url")
    if not written and str(guid).startswith(("http://", "https://")):
        written = guid
    address = absolute(document.address, written)
    if address is None:
        return None
    times = (read_moment(item.get(key), zone_of(profile)) for key in ("date_published", "date_modified"))
    tags = item.get("tags")
    only_tag = tags[0] if isinstance(tags, list) and len(tags) == 1 else None
    return Found(
        address,
        guid=short_text(guid),
        title=short_text(item.get("title")),
        published_at=next(filter(None, times), None),
        section=(profile.section_of(address) if profile else None) or slug(only_tag),
    )
