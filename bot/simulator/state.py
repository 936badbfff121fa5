"""What the simulator remembers: users, chats, messages, bots. Records without behaviour."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.simulator.community import Community
from bot.simulator.entities import Entity
from bot.simulator.fields import JsonObject
from bot.simulator.media import Media
from bot.simulator.settings import BotSettings
from bot.simulator.updates import Updates
from bot.simulator.webhook import Webhook


class ChatType(StrEnum):
    """The chat types of the Bot API."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None
    is_deactivated: bool = False


@dataclass(slots=True)
class Chat:
    """A chat and its messages by number.

    ``started`` and ``blocked`` concern private chats: whether the reader has written to the bot, so that it
    may write back, and whether the reader has blocked it.
    """

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    reader: User | None = None
    started: bool = True
    blocked: bool = False
    messages: dict[int, "Message"] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: tuple[int, ...] = ()
    menu_button: JsonObject | None = None
    community: Community | None = None


def community_of(chat: Chat) -> Community:
    """The community of a group or channel; ValueError for a private chat, which has none."""
    if chat.community is None:
        raise ValueError(f"chat {chat.id} is private")
    return chat.community


@dataclass(slots=True)
class Message:
    """One message. ``sender`` is None for a channel's own posts. The text of one with media is its caption.

    ``markup`` is the inline keyboard under the message; a message that brought another kind of keyboard has
    it in ``other_keyboard`` instead. ``album`` is the number that the messages of an album share, ``origin``
    where a forwarded message comes from; a service message has fields of its own in ``service`` and no text.
    ``thread`` is the number of a forum's topic, ``via_bot`` the bot through which it was sent in inline mode,
    ``inline_message_id`` that bot's name for it. Times are whole Unix seconds.
    """

    message_id: int
    chat: Chat
    date: int
    text: str
    sender: User | None = None
    entities: tuple[Entity, ...] = ()
    markup: JsonObject | None = None
    other_keyboard: JsonObject | None = None
    media: Media | None = None
    album: str | None = None
    preview: JsonObject | None = None
    reply_to: "Message | None" = None
    quote: JsonObject | None = None
    edit_date: int | None = None
    is_protected: bool = False
    is_silent: bool = False
    origin: JsonObject | None = None
    external_reply: JsonObject | None = None
    service: JsonObject | None = None
    thread: int | None = None
    via_bot: User | None = None
    inline_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class CallbackQuery:
    """A pressed button that no answer has been given for yet."""

    id: str
    chat_id: int
    at: float


@dataclass(frozen=True, slots=True)
class CommandScope:
    """For whom a list of commands is: a BotCommandScope, with the numbers of its chat and user."""

    type: str = "default"
    chat_id: int | None = None
    user_id: int | None = None

    def as_json(self) -> JsonObject:
        """The BotCommandScope object of the Bot API."""
        scope: JsonObject = {"type": self.type}
        if self.chat_id is not None:
            scope["chat_id"] = self.chat_id
        if self.user_id is not None:
            scope["user_id"] = self.user_id
        return scope


@dataclass(slots=True)
class Bot:
    """A bot as its token knows it: profile, commands, the updates that wait for it.

    ``texts`` holds name, description and short description by (kind, language code).
    """

    token: str
    user: User
    commands: dict[tuple[CommandScope, str], list[JsonObject]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_button: JsonObject = field(default_factory=lambda: {"type": "default"})
    settings: BotSettings = field(default_factory=BotSettings)
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook | None = None
    callback_queries: dict[str, CallbackQuery] = field(default_factory=dict)
