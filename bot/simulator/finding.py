"""Entities that Telegram finds by itself in a text: links, mentions, hashtags, commands, addresses."""

import re

from bot.simulator.entities import Entity, EntityType, utf16_length

_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9_]{2,32})(?![A-Za-z0-9_])")
_SHORT_MENTIONS = frozenset({"bing", "bold", "coub", "gif", "imdb", "like", "pic", "vid", "vote", "wiki"})
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_HASHTAG = re.compile(r"(?<!\w)#(?=\w{0,255}[^\W\d_])\w{1,256}(?!\w)")
_CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_+-](?:[\w.+-]{0,63})@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?!\w)"
)
_END = r"[A-Za-z]{2,24}"
# Bare names count as links only with an ending that is plainly one of the net's.
_KNOWN_END = (
    r"(?:com|org|net|info|id|me|io|dev|app|news|tv|co|uk|my|sg|au|de|fr|jp|us|eu|biz|edu|gov|mil|int)"
)
_PATH = r"(?:[/?#][^\s<>«»\"]*)?"
_URL = re.compile(
    rf"(?<![\w@.$/-])(?:(?:https?)://(?:[\w-]+\.)+{_END}|(?:[A-Za-z0-9-]+\.)+{_KNOWN_END})(?![\w-])(?::[0-9]{{1,5}})?{_PATH}"
    r"|(?<!\w)(?:tg|ton|tonsite)://[A-Za-z0-9_-]+(?:[/?#][^\s<>«»\"]*)?",
    re.IGNORECASE,
)
_TRAILING = ".:;,('?!`"


def find_entities(text: str) -> list[Entity]:
    """The entities in ``text``, none overlapping, in order. Phone and bank card numbers are not looked for."""
    spans: list[tuple[int, int, EntityType]] = []
    if "@" in text:
        spans += [(*one.span(), EntityType.MENTION) for one in _MENTION.finditer(text) if _is_mention(one[1])]
        spans += [(*one.span(), EntityType.EMAIL) for one in _EMAIL.finditer(text)]
    if "/" in text:
        spans += [(*one.span(), EntityType.BOT_COMMAND) for one in _COMMAND.finditer(text)]
    if "#" in text:
        spans += [(*one.span(), EntityType.HASHTAG) for one in _HASHTAG.finditer(text)]
    if "$" in text:
        spans += [(*one.span(), EntityType.CASHTAG) for one in _CASHTAG.finditer(text)]
    if "." in text or "://" in text:
        spans += [
            (one.start(), _url_end(text, one.start(), one.end()), EntityType.URL)
            for one in _URL.finditer(text)
        ]
    return _entities(text, spans)


def _is_mention(name: str) -> bool:
    return len(name) >= 4 or name.lower() in _SHORT_MENTIONS


def _url_end(text: str, begin: int, end: int) -> int:
    """Where a link ends: without the marks of the sentence around it, brackets only in pairs."""
    while end > begin:
        last = text[end - 1]
        unpaired = last == ")" and text.count("(", begin, end) < text.count(")", begin, end)
        unpaired = unpaired or (last == "]" and text.count("[", begin, end) < text.count("]", begin, end))
        if last not in _TRAILING and not unpaired:
            break
        end -= 1
    return end


def _entities(text: str, spans: list[tuple[int, int, EntityType]]) -> list[Entity]:
    spans.sort(key=lambda span: (span[0], -span[1]))
    entities: list[Entity] = []
    free = 0
    for begin, end, kind in spans:
        if begin >= free:
            offset = utf16_length(text[:begin])
            entities.append(Entity(kind, offset, utf16_length(text[begin:end])))
            free = end
    return entities
