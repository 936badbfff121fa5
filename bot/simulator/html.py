"""``parse_mode=HTML``: a text with tags to plain text and entities, accepted and refused as Telegram does.

The rules are those of TDLib's ``parse_html``; byte offsets in its errors count UTF-8.
"""

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, EntityType, Formatted, in_order, utf16_length
from bot.simulator.links import NotALink, checked_link, user_of_link

_TAGS = {
    "b": EntityType.BOLD,
    "strong": EntityType.BOLD,
    "i": EntityType.ITALIC,
    "em": EntityType.ITALIC,
    "u": EntityType.UNDERLINE,
    "ins": EntityType.UNDERLINE,
    "s": EntityType.STRIKETHROUGH,
    "strike": EntityType.STRIKETHROUGH,
    "del": EntityType.STRIKETHROUGH,
    "tg-spoiler": EntityType.SPOILER,
    "span": EntityType.SPOILER,
    "a": EntityType.TEXT_LINK,
    "code": EntityType.CODE,
    "pre": EntityType.PRE,
    "blockquote": EntityType.BLOCKQUOTE,
    "tg-emoji": EntityType.CUSTOM_EMOJI,
    "tg-time": EntityType.DATE_TIME,
}
# Only classes that begin so count; another one does not replace them.
_CLASSES = {"span": "tg-", "code": "language-"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

# "\0" stands for the end of the text: TDLib reads a C string.
SPACES = " \t\r\n\v"
_SPECIAL = re.compile("[&<]")
_REFERENCE = re.compile("&(?:#(x[0-9a-fA-F]*|[0-9]*)|([a-zA-Z]*));?")
_NAME = re.compile("[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile("[^ \t\r\n\v\0=>/'\"]*")
_SPACE = re.compile("[ \t\r\n\v]*")
_TOKEN = re.compile("[A-Za-z0-9.-]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EMOJI_ID = re.compile("-?[1-9][0-9]{0,18}")
_LEADING_INTEGER = re.compile("-?[0-9]+")


class ParseError(ValueError):
    """The text is not Telegram's HTML; ``str()`` is Telegram's reason, for ``can't parse entities``."""


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end: where its text begins, in UTF-16 units and in letters."""

    name: str
    attributes: dict[str, str]
    offset: int
    begin: int


def parse_html(text: str) -> Formatted:
    """Plain text and entities of ``text``, not yet trimmed; ParseError for what Telegram refuses."""
    parser = _Parser(text)
    parser.run()
    plain = "".join(parser.plain)
    if _SURROGATE.search(plain):
        raise ParseError(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            "surrogate code units"
        )
    return Formatted(plain, tuple(in_order(parser.entities)))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text + "\0"
        self.size = len(text)
        self.plain: list[str] = []
        self.letters = 0
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        # Of the code closed last, which may turn out to sit in a pre.
        self.language = ""

    def run(self) -> None:
        place = 0
        while special := _SPECIAL.search(self.text, place):
            self.add(self.text[place : special.start()])
            place = special.start()
            if special[0] == "&":
                letter, place = _reference(self.text, place)
                self.add(letter or "&")
            elif self.text[place + 1] == "/":
                place = self.end_tag(place)
            else:
                place = self.start_tag(place)
        self.add(self.text[place : self.size])
        if self.open:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def add(self, piece: str) -> None:
        self.plain.append(piece)
        self.letters += len(piece)
        self.offset += utf16_length(piece)

    def at(self, place: int) -> str:
        return f"at byte offset {len(self.text[:place].encode('utf-8', 'surrogatepass'))}"

    def start_tag(self, begin: int) -> int:
        place = _skip(_NAME, self.text, begin + 1)
        if self.text[place] == "\0":
            raise ParseError(f"Unclosed start tag {self.at(begin)}")
        name = _small(self.text[begin + 1 : place])
        if name not in _TAGS:
            raise ParseError(f'Unsupported start tag "{name}" {self.at(begin)}')
        attributes: dict[str, str] = {}
        while True:
            place = _skip(_SPACE, self.text, place)
            if self.text[place] == ">":
                break
            place = self.attribute(begin, place, name, attributes)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" {self.at(begin)}')
        self.open.append(_Open(name, attributes, self.offset, self.letters))
        return place + 1

    def attribute(self, begin: int, place: int, tag: str, attributes: dict[str, str]) -> int:
        name_end = _skip(_ATTRIBUTE_NAME, self.text, place)
        name = self.text[place:name_end]
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" {self.at(begin)}')
        place = _skip(_SPACE, self.text, name_end)
        has_value = self.text[place] == "="
        if has_value:
            place = _skip(_SPACE, self.text, place + 1)
        if self.text[place] == "\0":
            raise ParseError(f'Unclosed start tag "{tag}" {self.at(begin)}')
        value = ""
        if has_value:
            value, place = self.value(place)
            if self.text[place] == "\0":
                raise ParseError(f"Unclosed start tag {self.at(begin)}")
        if name != "class" or value.startswith(_CLASSES.get(tag, "")):
            attributes[name] = value
        return place

    def value(self, begin: int) -> tuple[str, int]:
        mark = self.text[begin]
        if mark not in "'\"":
            place = _skip(_TOKEN, self.text, begin)
            if self.text[place] not in SPACES + "\0>":
                raise ParseError(f"Unexpected end of name token {self.at(begin)}")
            return _small(self.text[begin:place]), place
        end = min(
            found for found in (self.text.find(mark, begin + 1), self.text.find("\0", begin)) if found > 0
        )
        value = _without_references(self.text[begin + 1 : end])
        return value, end + (self.text[end] == mark)

    def end_tag(self, begin: int) -> int:
        if not self.open:
            raise ParseError(f"Unexpected end tag {self.at(begin)}")
        name_end = _skip(_NAME, self.text, begin + 2)
        place = _skip(_SPACE, self.text, name_end)
        if self.text[place] != ">":
            raise ParseError(f"Unclosed end tag {self.at(begin)}")
        name = _small(self.text[begin + 2 : name_end])
        opened = self.open[-1]
        if name and name != opened.name:
            raise ParseError(
                f'Unmatched end tag {self.at(begin)}, expected "</{opened.name}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self.close(opened)
        self.open.pop()
        return place + 1

    def close(self, opened: _Open) -> None:
        """Adds the entity of a tag that has some text."""
        kind = _TAGS[opened.name]
        entity: Entity | None = Entity(kind, opened.offset, self.offset - opened.offset)
        match kind:
            case EntityType.TEXT_LINK:
                entity = self.link(opened)
            case EntityType.CUSTOM_EMOJI:
                entity = self.emoji(opened)
            case EntityType.DATE_TIME:
                entity = self.time(opened)
            case EntityType.CODE | EntityType.PRE:
                entity = self.code(kind, opened)
            case EntityType.BLOCKQUOTE if "expandable" in opened.attributes:
                entity = Entity(EntityType.EXPANDABLE_BLOCKQUOTE, opened.offset, self.offset - opened.offset)
            case _:
                pass
        if entity is not None:
            self.entities.append(entity)

    def link(self, opened: _Open) -> Entity | None:
        length = self.offset - opened.offset
        url = opened.attributes.get("href") or "".join(self.plain)[opened.begin :]
        if user_id := user_of_link(url):
            return Entity(EntityType.TEXT_MENTION, opened.offset, length, user_id=user_id)
        try:
            return Entity(EntityType.TEXT_LINK, opened.offset, length, url=checked_link(url))
        except NotALink:
            return None  # Telegram keeps the text and drops the link without a word.

    def emoji(self, opened: _Open) -> Entity:
        emoji_id = opened.attributes.get("emoji-id", "")
        if not _EMOJI_ID.fullmatch(emoji_id) or not -(2**63) <= int(emoji_id) < 2**63:
            raise ParseError("Invalid custom emoji identifier specified")
        length = self.offset - opened.offset
        return Entity(EntityType.CUSTOM_EMOJI, opened.offset, length, custom_emoji_id=emoji_id)

    def time(self, opened: _Open) -> Entity | None:
        shape = time_format(opened.attributes.get("format", ""))
        number = _LEADING_INTEGER.match(opened.attributes.get("unix", ""))
        # TDLib counts in 32 bits.
        unix_time = (int(number[0]) + 2**31) % 2**32 - 2**31 if number else 0
        if unix_time <= 0:
            return None
        length = self.offset - opened.offset
        return Entity(
            EntityType.DATE_TIME, opened.offset, length, unix_time=unix_time, date_time_format=shape or None
        )

    def code(self, kind: EntityType, opened: _Open) -> Entity | None:
        """A code or pre. One in the other, of the same extent and with a language, is a single pre."""
        length = self.offset - opened.offset
        given = opened.attributes.get("class", "") if kind is EntityType.CODE else ""
        language = given.removeprefix("language-")
        last = self.entities[-1] if self.entities else None
        if last is not None and (last.offset, last.length) == (opened.offset, length):
            known = self.language if kind is EntityType.PRE else language
            if known and last.type in {EntityType.CODE, EntityType.PRE} and last.type is not kind:
                self.entities[-1] = Entity(EntityType.PRE, last.offset, length, language=known)
                return None
        self.language = language
        return Entity(kind, opened.offset, length)


def _small(name: str) -> str:
    """ASCII letters in small; others stay, as in TDLib."""
    return name.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _skip(pattern: re.Pattern[str], text: str, place: int) -> int:
    """The place behind what ``pattern`` matches at ``place``."""
    found = pattern.match(text, place)
    return found.end() if found else place


def _reference(text: str, place: int) -> tuple[str, int]:
    """The letter that the reference at ``place`` stands for and the place behind it; ("", next) if none."""
    found = _REFERENCE.match(text, place)
    if not found:
        return "", place + 1
    number, name = found[1], found[2]
    if name is not None:
        return (_NAMED[name], found.end()) if name in _NAMED else ("", place + 1)
    digits = number.removeprefix("x")
    whole = found[0].removesuffix(";")
    if not digits or len(whole) >= 10:
        return "", place + 1
    code = int(digits, 16 if number[0] == "x" else 10)
    if not 0 < code < 0x10FFFF:
        return "", place + 1
    return chr(code), found.end()


def _without_references(value: str) -> str:
    if "&" not in value:
        return value
    pieces = []
    place = 0
    while place < len(value):
        letter, behind = _reference(value, place) if value[place] == "&" else (value[place], place + 1)
        pieces.append(letter or "&")
        place = behind
    return "".join(pieces)


def time_format(shape: str) -> str:
    """``format`` of tg-time as the Bot API writes it: r, or w, then d or D, then t or T."""
    if shape in {"r", "R"}:
        return "r"
    if shape.strip("wWdDtT"):
        raise ParseError("Invalid date format used")
    weekday = "w" if "w" in shape.lower() else ""
    date = next((letter for letter in "dD" if letter in shape), "")
    time = next((letter for letter in "tT" if letter in shape), "")
    return weekday + date + time
