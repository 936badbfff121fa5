"""Entities that Telegram finds by itself in a text: links, mentions, hashtags, commands, addresses.

The rules are those by which TDLib finds them, against which the tests hold these.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.simulator.addresses import find_addresses, find_own_links
from bot.simulator.entities import Entity, EntityType, utf16_length

# What marks an entity stands first, for which a text is searched fastest; then what may not stand before it.
_MENTION = re.compile(r"@(?<!\w@)([A-Za-z0-9_]{2,32})(?!\w)")
_SHORT_MENTIONS = frozenset({"gif", "nft", "pic", "ufc", "vid"})
_COMMAND = re.compile(r"/(?<![\w/<>]/)[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32}(?![\w/<>])|(?![\w/<>@]))")
_CASHTAG = re.compile(r"\$(?:1INCH|[A-Z]{1,8}(?![A-Z]))(?:@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_]))?")
_TAGS_CHAT = re.compile("@[A-Za-z0-9_]{3,32}")
_LONGEST_TAG = 256
"""Letters of a hashtag; what follows is left out of it."""


def find_entities(text: str) -> list[Entity]:
    """The entities in ``text``, none overlapping, in order; phone and card numbers are not looked for."""
    spans: list[tuple[int, int, EntityType]] = []
    if "@" in text:
        spans += [(*one.span(), EntityType.MENTION) for one in _MENTION.finditer(text) if _is_mention(one[1])]
    if "/" in text:
        spans += [(*one.span(), EntityType.BOT_COMMAND) for one in _COMMAND.finditer(text)]
    if "#" in text:
        spans += [(begin, end, EntityType.HASHTAG) for begin, end in _hashtags(text)]
    if "$" in text:
        spans += [(begin, end, EntityType.CASHTAG) for begin, end in _cashtags(text)]
    if "://" in text:
        spans += [(begin, end, EntityType.URL) for begin, end in find_own_links(text)]
    for begin, end, is_email in find_addresses(text):
        spans.append((begin, end, EntityType.EMAIL if is_email else EntityType.URL))
    return _entities(text, spans)


def _is_mention(name: str) -> bool:
    return len(name) >= 4 or name.lower() in _SHORT_MENTIONS


def _hashtags(text: str) -> Iterator[tuple[int, int]]:
    """Where hashtags begin and end: letters and digits, at least one a letter, and perhaps @ and a chat.

    None is one that another # follows.
    """
    place = text.find("#")
    while place >= 0:
        end = place + 1
        while end < len(text) and _is_tag_letter(text[end]):
            end += 1
        kept = min(end, place + 1 + _LONGEST_TAG)
        is_free = place == 0 or not _is_tag_letter(text[place - 1])
        has_letter = any(unicodedata.category(letter)[0] == "L" for letter in text[place + 1 : kept])
        if end == kept and (chat := _TAGS_CHAT.match(text, end)):
            end = kept = chat.end()
        if is_free and has_letter and not text.startswith("#", end):
            yield place, kept
        place = text.find("#", end)


def _cashtags(text: str) -> Iterator[tuple[int, int]]:
    for found in _CASHTAG.finditer(text):
        around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        if not any(letter == "$" or _is_tag_letter(letter) for letter in around):
            yield found.span()


def _is_tag_letter(letter: str) -> bool:
    if letter in "_\u200c\u00b7" or "\u0d80" <= letter <= "\u0dff":
        return True
    category = unicodedata.category(letter)
    return category[0] == "L" or category == "Nd"


def _entities(text: str, spans: list[tuple[int, int, EntityType]]) -> list[Entity]:
    spans.sort(key=lambda span: (span[0], -span[1]))
    entities: list[Entity] = []
    free = offset = 0
    for begin, end, kind in spans:
        if begin >= free:
            offset += utf16_length(text[free:begin])
            entities.append(Entity(kind, offset, utf16_length(text[begin:end])))
            free, offset = end, entities[-1].end
    return entities
