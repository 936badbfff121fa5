"""``parse_mode=MarkdownV2`` and the older ``Markdown``: accepted and refused as Telegram does.

The rules are those of TDLib's ``parse_markdown_v2`` and ``parse_markdown``; byte offsets in errors count
UTF-8.
"""

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, EntityType, Formatted, in_order, utf16_length
from bot.simulator.html import SPACES, ParseError, time_format
from bot.simulator.links import NotALink, checked_link, user_of_link

_RESERVED = re.compile(r"[_*\[\]()~`>#+\-=|{}.!\n\\]")
_IN_CODE = re.compile(r"[`\\]")
_OLD_MARKS = re.compile(r"[_*`\[\\]")
_CODE = frozenset({EntityType.CODE, EntityType.PRE})
_MARKS = {
    "*": EntityType.BOLD,
    "_": EntityType.ITALIC,
    "~": EntityType.STRIKETHROUGH,
    "`": EntityType.CODE,
    "[": EntityType.TEXT_LINK,
    "__": EntityType.UNDERLINE,
    "||": EntityType.SPOILER,
    "```": EntityType.PRE,
    "![": EntityType.CUSTOM_EMOJI,
}
_ENDS = {kind: mark for mark, kind in _MARKS.items()} | {
    EntityType.TEXT_LINK: "]",
    EntityType.CUSTOM_EMOJI: "]",
}
# As Telegram calls them in its refusals.
_NAMES = {
    EntityType.BOLD: "Bold",
    EntityType.ITALIC: "Italic",
    EntityType.UNDERLINE: "Underline",
    EntityType.STRIKETHROUGH: "Strikethrough",
    EntityType.SPOILER: "Spoiler",
    EntityType.CODE: "Code",
    EntityType.PRE: "Pre",
    EntityType.TEXT_LINK: "TextUrl",
    EntityType.CUSTOM_EMOJI: "CustomEmoji",
    EntityType.BLOCKQUOTE: "BlockQuote",
}
_EMOJI = re.compile(r"tg:(?://)?emoji/?\?(?:(?!id=)[^#&]*&)*id=(-?[0-9]{1,19})(?=&|#|$)", re.IGNORECASE)
_NUMBER = re.compile("[1-9][0-9]{0,9}")
_TIME = re.compile(r"tg:(?://)?time/?\?([^#]*)(?:#|$)", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A mark that waits for its end: where it stands, and where its text begins in UTF-16 and in letters."""

    type: EntityType
    place: int
    offset: int
    begin: int
    language: str = ""


def parse_markdown_v2(text: str) -> Formatted:
    """Plain text and entities of MarkdownV2, not yet trimmed; ParseError for what Telegram refuses."""
    parser = _Parser(text)
    parser.run()
    return Formatted("".join(parser.plain), tuple(in_order(parser.entities)))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text + "\0\0\0"
        self.size = len(text)
        self.plain: list[str] = []
        self.letters = 0
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.in_quote = False
        self.may_quote = True

    def run(self) -> None:
        place = 0
        while place < self.size:
            special = (_IN_CODE if self.in_code() else _RESERVED).search(self.text, place, self.size)
            end = special.start() if special else self.size
            if end > place:
                self.add(self.text[place:end])
            place = self.special(end) if special else end
        self.finish()

    def in_code(self) -> bool:
        return bool(self.open) and self.open[-1].type in _CODE

    def add(self, piece: str) -> None:
        self.plain.append(piece)
        self.letters += len(piece)
        self.offset += utf16_length(piece)
        if kept := piece.rstrip("\r"):
            self.may_quote = kept[-1] == "\n" and not self.in_code()

    def at(self, place: int) -> str:
        return f"at byte offset {len(self.text[:place].encode('utf-8', 'surrogatepass'))}"

    def special(self, place: int) -> int:
        """Takes in what begins with a special letter at ``place``; the place behind it."""
        letter = self.text[place]
        if letter == "\\":
            escapes = "\0" < self.text[place + 1] <= "~"
            self.add(self.text[place + 1] if escapes else letter)
            return place + 1 + escapes
        if letter == "\n" and self.ends_quote(place):
            self.end_quote(place)
            return place + 1
        if self.open and self.ends(place):
            return self.close(place)
        if letter == "\n":
            return self.new_line(place)
        if letter == ">":
            return self.quote(place)
        return self.begin(place)

    def ends_quote(self, place: int) -> bool:
        return self.in_quote and (place + 1 == self.size or self.text[place + 1] != ">")

    def ends(self, place: int) -> bool:
        """Whether the innermost mark ends at ``place``."""
        kind = self.open[-1].type
        if kind is EntityType.ITALIC:
            return self.text[place] == "_" and self.text[place + 1] != "_"
        return kind in _ENDS and self.text.startswith(_ENDS[kind], place)

    def new_line(self, place: int) -> int:
        self.add("\n")
        if self.in_quote and self.text[place + 1] == ">":
            return place + 2
        return place + 1

    def quote(self, place: int) -> int:
        if not self.may_quote:
            raise self.reserved(place)
        if self.in_quote:
            return place + 1
        self.in_quote = True
        self.open.append(_Open(EntityType.BLOCKQUOTE, place, self.offset, self.letters))
        return place + 1

    def reserved(self, place: int) -> ParseError:
        letter = self.text[place]
        return ParseError(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")

    def begin(self, place: int) -> int:
        for mark in ("```", "__", "||", "![", self.text[place]):
            if self.text.startswith(mark, place) and mark in _MARKS:
                opened = _Open(_MARKS[mark], place, self.offset, self.letters)
                end = place + len(mark)
                if opened.type is EntityType.PRE:
                    opened.language, end = _language(self.text, self.size, end)
                self.open.append(opened)
                return end
        raise self.reserved(place)

    def close(self, place: int) -> int:
        """Ends the innermost mark; the place behind its end."""
        opened = self.open[-1]
        length = self.offset - opened.offset
        behind = place + len(_ENDS[opened.type])
        entity: Entity | None = Entity(opened.type, opened.offset, length)
        match opened.type:
            case EntityType.TEXT_LINK:
                entity, behind = self.link(opened, behind)
            case EntityType.CUSTOM_EMOJI:
                entity, behind = self.emoji_or_time(opened, behind)
            case EntityType.PRE if opened.language:
                entity = Entity(EntityType.PRE, opened.offset, length, language=opened.language)
            case _:
                pass
        if entity is not None and length:
            self.entities.append(entity)
        self.open.pop()
        return behind

    def link(self, opened: _Open, place: int) -> tuple[Entity | None, int]:
        url = "".join(self.plain)[opened.begin :]
        if self.text[place] == "(":
            url, place = self.address(place, "a URL")
        return _link_entity(url, opened.offset, self.offset - opened.offset), place

    def emoji_or_time(self, opened: _Open, place: int) -> tuple[Entity, int]:
        if self.text[place] != "(":
            raise ParseError("The entity must contain a tg://emoji or tg://time URL")
        url, place = self.address(place, "a URL")
        length = self.offset - opened.offset
        emoji = _EMOJI.match(url)
        if emoji and int(emoji[1]) and -(2**63) <= int(emoji[1]) < 2**63:
            number = str(int(emoji[1]))
            return Entity(EntityType.CUSTOM_EMOJI, opened.offset, length, custom_emoji_id=number), place
        if time := _TIME.match(url):
            given = dict(pair.partition("=")[::2] for pair in time[1].split("&"))
            unix = given.get("unix", "")
            try:
                shape = time_format(given.get("format", ""))
            except ParseError:
                shape = None
            if shape is not None and _NUMBER.fullmatch(unix) and int(unix) < 2**31:
                return Entity(
                    EntityType.DATE_TIME,
                    opened.offset,
                    length,
                    unix_time=int(unix),
                    date_time_format=shape or None,
                ), place
        raise ParseError("Invalid tg://emoji or tg://time URL specified")

    def address(self, place: int, what: str) -> tuple[str, int]:
        """The address between the round brackets at ``place``, and the place behind them."""
        begin = place = place + 1
        url = []
        while place < self.size and self.text[place] != ")":
            place += self.text[place] == "\\" and "\0" < self.text[place + 1] <= "~"
            url.append(self.text[place])
            place += 1
        if self.text[place] != ")":
            raise ParseError(f"Can't find end of {what} {self.at(begin)}")
        return "".join(url), place + 1

    def end_quote(self, place: int) -> None:
        """Ends the block quote in front of the new line at ``place``, or at the end of the text."""
        kind = EntityType.BLOCKQUOTE
        line_end = place - (self.text[place - 1] == "\r")
        if self.open[-1].type is EntityType.SPOILER and self.open[-1].place == line_end - 2:
            self.open.pop()
            kind = EntityType.EXPANDABLE_BLOCKQUOTE
        opened = self.open[-1]
        if opened.type is not EntityType.BLOCKQUOTE:
            raise self.unended(opened)
        self.in_quote = False
        if place < self.size:
            self.add("\n")
        if self.offset > opened.offset:
            self.entities.append(Entity(kind, opened.offset, self.offset - opened.offset))
        self.open.pop()

    def unended(self, opened: _Open) -> ParseError:
        name = "PreCode" if opened.language else _NAMES[opened.type]
        return ParseError(f"Can't find end of {name} entity {self.at(opened.place)}")

    def finish(self) -> None:
        if self.in_quote:
            self.end_quote(self.size)
        if self.open:
            raise self.unended(self.open[-1])


def parse_markdown(text: str) -> Formatted:
    """Plain text and entities of the older Markdown, whose entities do not nest; ParseError as Telegram."""
    size = len(text)
    padded = text + "\0\0\0"
    plain: list[str] = []
    entities: list[Entity] = []
    place = offset = 0
    while special := _OLD_MARKS.search(padded, place, size):
        begin = special.start()
        mark = special[0]
        before = padded[place:begin]
        if mark == "\\":
            escapes = padded[begin + 1] in "_*`["
            before += padded[begin + 1] if escapes else mark
            place = begin + 1 + escapes
            plain.append(before)
            offset += utf16_length(before)
            continue
        plain.append(before)
        offset += utf16_length(before)
        inside, place, entity = _old_entity(padded, size, begin, offset, plain)
        plain.append(inside)
        offset += utf16_length(inside)
        if entity is not None and inside:
            entities.append(entity)
    plain.append(text[place:])
    return Formatted("".join(plain), tuple(in_order(entities)))


def _old_entity(
    text: str, size: int, begin: int, offset: int, plain: list[str]
) -> tuple[str, int, Entity | None]:
    """The text inside of the mark at ``begin``, the place behind its end, and its entity.

    ``plain`` is the text without marks so far.
    """
    mark = "```" if text.startswith("```", begin) else text[begin]
    kind = _MARKS[mark]
    place = begin + len(mark)
    language = ""
    if kind is EntityType.PRE:
        language, place = _language(text, size, place)
    end = text.find(_ENDS[kind], place, size)
    if end < 0:
        where = len(text[:begin].encode("utf-8", "surrogatepass"))
        raise ParseError(f"Can't find end of the entity starting at byte offset {where}")
    inside = text[place:end]
    length = utf16_length(inside)
    if kind is not EntityType.TEXT_LINK:
        return inside, end + len(mark), Entity(kind, offset, length, language=language or None)
    behind = end + 1
    if not inside or text[behind] != "(":
        dropped = _bytes(text[:place]) - sum(map(_bytes, plain))
        url = _overwritten(inside, dropped)
    else:
        closed = text.find(")", behind, size)
        closed = size if closed < 0 else closed
        url, behind = text[behind + 1 : closed], closed + 1
    return inside, behind, _link_entity(url, offset, length)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _overwritten(inside: str, dropped: int) -> str:
    """The address that TDLib sees in a link that is only a text.

    It writes the plain text over the marked one, ``dropped`` bytes further left, before it reads the address.
    """
    written = inside.encode("utf-8", "surrogatepass")
    seen = written[dropped:] + written[max(len(written) - dropped, 0) :]
    return seen.decode("utf-8", "replace")


def _language(text: str, size: int, place: int) -> tuple[str, int]:
    """The language behind the mark of a pre, and the place behind it and one new line."""
    end = place
    while text[end] not in f"{SPACES}\0`":
        end += 1
    language = ""
    if end > place and end < size and text[end] != "`":
        language, place = text[place:end], end
    if text[place] in "\n\r":
        both = text[place + 1] in "\n\r" and text[place] != text[place + 1]
        place += 1 + both
    return language, place


def _link_entity(url: str, offset: int, length: int) -> Entity | None:
    if user_id := user_of_link(url):
        return Entity(EntityType.TEXT_MENTION, offset, length, user_id=user_id)
    try:
        return Entity(EntityType.TEXT_LINK, offset, length, url=checked_link(url))
    except NotALink:
        return None  # Telegram keeps the text and drops the link without a word.
