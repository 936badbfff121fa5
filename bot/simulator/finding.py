"""Entities that Telegram finds by itself in a text: links, mentions, hashtags, commands, addresses."""

import re
from collections.abc import Iterator

from bot.simulator.entities import Entity, EntityType, utf16_length

_MENTION = re.compile(r"(?<![\w@])@([A-Za-z0-9_]{2,32})(?![A-Za-z0-9_])")
_SHORT_MENTIONS = frozenset({"bing", "bold", "coub", "gif", "imdb", "like", "pic", "vid", "vote", "wiki"})
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_HASHTAG = re.compile(r"(?<!\w)#(?=\w{0,255}[^\W\d_])\w{1,256}(?![\w#])")
_CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_+-](?:[\w.+-]{0,63})@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?!\w)"
)
# A bare name is a link only if it ends like one: "selesai.Di" does not, "rm.id" does.
_ENDINGS = (
    "com|org|net|info|biz|edu|gov|mil|int|news|app|dev|media|press|online|site|xyz|"
    "blog|live|today|world|ac|ad|ae|af|ag|ai|al|am|ao|aq|ar|as|at|au|aw|ax|az|"
    "ba|bb|bd|be|bf|bg|bh|bi|bj|bm|bn|bo|br|bs|bt|bw|by|bz|ca|cc|cd|cf|cg|ch|"
    "ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|dz|ec|ee|eg|er|es|"
    "et|eu|fi|fj|fk|fm|fo|fr|ga|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|gu|"
    "gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|"
    "kh|ki|km|kn|kp|kr|kw|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|"
    "mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|"
    "nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|pw|py|qa|re|ro|"
    "rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sj|sk|sl|sm|sn|so|sr|ss|st|su|sv|sx|sy|"
    "sz|tc|td|tf|tg|th|tj|tk|tl|tm|tn|to|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|"
    "vc|ve|vg|vi|vn|vu|wf|ws|ye|yt|za|zm|zw"
)
_PATH = r"(?:[/?#](?:[^\s<>«»\"()\[\]{}]|\([^\s<>()]*\)|\[[^\s<>\[\]]*\])*)?"
_URL = re.compile(
    r"(?<![\w@.$/-])(?:https?://(?:[\w-]+\.)+[A-Za-z]{2,24}"
    rf"|(?:[A-Za-z0-9-]+\.)+(?:{_ENDINGS}))(?![\w@-])(?::[0-9]{{1,5}})?{_PATH}"
    rf"|(?<!\w)(?:tg|ton|tonsite)://[A-Za-z0-9_-]+{_PATH}",
    re.IGNORECASE,
)
_LINK_HINT = re.compile("[.:](?:[A-Za-z]|//)")
_WHITE = re.compile(r"\s")
# Marks of the sentence around a link.
_TRAILING = ".:;,('?!`"


def find_entities(text: str) -> list[Entity]:
    """The entities in ``text``, none overlapping, in order; phone and card numbers are not looked for."""
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
    spans += [(begin, end, EntityType.URL) for begin, end in _links(text)]
    return _entities(text, spans)


def _is_mention(name: str) -> bool:
    return len(name) >= 4 or name.lower() in _SHORT_MENTIONS


def _links(text: str) -> Iterator[tuple[int, int]]:
    """Where links begin and end. Only words that look like one are held against the costly pattern."""
    place = 0
    while hint := _LINK_HINT.search(text, place):
        begin = max(
            place, text.rfind(" ", place, hint.start()) + 1, text.rfind("\n", place, hint.start()) + 1
        )
        white = _WHITE.search(text, hint.end())
        end = white.start() if white else len(text)
        found = _URL.search(text, begin, end)
        place = found.end() if found else end
        if found:
            yield found.start(), found.start() + len(found[0].rstrip(_TRAILING))


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
