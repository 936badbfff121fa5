"""Message entities as values. Offsets and lengths are UTF-16 code units everywhere, as in the Bot API."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """The entity types of the Bot API."""

    MENTION = "mention"
    HASHTAG = "hashtag"
    CASHTAG = "cashtag"
    BOT_COMMAND = "bot_command"
    URL = "url"
    EMAIL = "email"
    PHONE_NUMBER = "phone_number"
    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"
    SPOILER = "spoiler"
    BLOCKQUOTE = "blockquote"
    EXPANDABLE_BLOCKQUOTE = "expandable_blockquote"
    CODE = "code"
    PRE = "pre"
    TEXT_LINK = "text_link"
    TEXT_MENTION = "text_mention"
    CUSTOM_EMOJI = "custom_emoji"
    DATE_TIME = "date_time"


# Which comes first when two entities begin and end at the same places.
_PRIORITY = {
    EntityType.BLOCKQUOTE: 0,
    EntityType.EXPANDABLE_BLOCKQUOTE: 0,
    EntityType.PRE: 11,
    EntityType.CODE: 20,
    EntityType.DATE_TIME: 48,
    EntityType.TEXT_LINK: 49,
    EntityType.TEXT_MENTION: 49,
    EntityType.BOLD: 90,
    EntityType.ITALIC: 91,
    EntityType.UNDERLINE: 92,
    EntityType.STRIKETHROUGH: 93,
    EntityType.SPOILER: 94,
    EntityType.CUSTOM_EMOJI: 99,
}


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity; ``user_id`` belongs to text_mention, the other options to the types of the same name."""

    type: EntityType
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """The first unit behind the entity."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, sorted as Telegram sorts them."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Units of ``text`` in UTF-16; a lone surrogate counts as one."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Sorted by offset, longer ones first, then by type."""
    entities = list(entities)
    if len(entities) < 2:
        return entities
    return sorted(entities, key=lambda one: (one.offset, -one.length, _priority(one)))


def _priority(entity: Entity) -> int:
    if entity.type is EntityType.PRE and entity.language:
        return 10
    return _PRIORITY.get(entity.type, 50)
