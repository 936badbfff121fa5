"""The simulator itself: who and what exists, and who is told of what happens."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.simulator.accepted import AcceptedLog, note_posted
from bot.simulator.calls import CallLog
from bot.simulator.clock import MovableClock
from bot.simulator.community import Community
from bot.simulator.delivery import Webhooks
from bot.simulator.errors import ControlRefusal
from bot.simulator.events import Events
from bot.simulator.faults import Faults
from bot.simulator.fields import JsonObject
from bot.simulator.files import Files
from bot.simulator.inline import InlineMode
from bot.simulator.invites import Invites
from bot.simulator.limits import Limits, Rates
from bot.simulator.settings import BotSettings
from bot.simulator.shapes import bot_json, shown_message, topic_json
from bot.simulator.state import Bot, Chat, ChatType, Message, User

_TOKEN = re.compile(r"([1-9][0-9]{0,15}):[A-Za-z0-9_-]{1,80}")
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,31}")

_FIRST_READER = 700_000_001
_FIRST_GROUP = -4_000_000_001
_FIRST_CHANNEL = -1_001_000_000_001
_FIRST_CALLBACK = 3_000_000_000_000_001
_FIRST_ALBUM = 13_000_000_000_000_001


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the page that does something outside of the chats; ``run`` returns the text to show."""

    name: str
    label: str
    run: Callable[[], Awaitable[str]]


class Simulator:
    """A Telegram in memory.

    ``tokens`` are the bots that exist; None takes any well-formed token for one. ``clock`` gives Unix
    seconds, ``sleep`` waits them between two attempts at a webhook. The first bot is called ``bot_name``,
    ``bot_username``; further ones get names of their own.
    ``settings`` are those that each bot begins with, by default those of BotFather.
    ``limits`` holds bots to Telegram's rates from the start; ``accepted_log`` is the file of an AcceptedLog.
    """

    def __init__(
        self,
        *,
        tokens: frozenset[str] | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        bot_name: str = "Kabar",
        bot_username: str = "kabar_demo_bot",
        settings: BotSettings | None = None,
        limits: Rates | None = None,
        accepted_log: Path | None = None,
    ) -> None:
        self.clock = MovableClock(clock)
        self.tokens = tokens
        self.bot_name = bot_name
        self.bot_username = bot_username
        self.settings = settings or BotSettings()
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.actions: dict[str, Action] = {}
        self.events = Events()
        self.files = Files()
        self.webhooks = Webhooks(self.clock, sleep, self.events)
        self.inline = InlineMode()
        self.invites = Invites()
        self.calls = CallLog()
        self.limits = Limits(limits)
        self.faults = Faults(self._tell_faults)
        self.accepted_log = AcceptedLog(accepted_log) if accepted_log else None
        self._by_username: dict[str, Chat] = {}
        self._last_message_id = 0
        self._next_reader = _FIRST_READER
        self._next_group = _FIRST_GROUP
        self._next_channel = _FIRST_CHANNEL
        self._next_callback = _FIRST_CALLBACK
        self._next_album = _FIRST_ALBUM
        for token in sorted(tokens or ()):
            self.bot_of(token)

    # Who and what exists

    def bot_of(self, token: str) -> Bot | None:
        """The bot of a token, None if Telegram would not know the token."""
        bot = self.bots.get(token)
        if bot is not None:
            return bot
        if not is_token(token) or (self.tokens is not None and token not in self.tokens):
            return None
        bot_id = int(token.partition(":")[0])
        first = not self.bots
        user = User(
            bot_id,
            self.bot_name if first else f"{self.bot_name} {bot_id}",
            is_bot=True,
            username=self.bot_username if first else f"demo_{bot_id}_bot",
        )
        bot = self.bots[token] = Bot(token, user, settings=replace(self.settings))
        self.users[bot_id] = user
        self.tell_bot_changed(bot)
        return bot

    def tell_bot_changed(self, bot: Bot) -> None:
        """Tells the page that a bot is there, or has other switches."""
        self.events.publish("bot", lambda: {"bot": bot_json(bot)})

    def user_of(self, user_id: int) -> User | None:
        """The user of a number."""
        return self.users.get(user_id)

    def chat_named(self, username: str) -> Chat | None:
        """The channel or group of a @username, written with or without the @."""
        return self._by_username.get(username.removeprefix("@").lower())

    def add_reader(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str = "id",
        started: bool = False,
    ) -> Chat:
        """A person with a private chat; unless ``started`` the bot may write only after they have."""
        reader = User(
            self._next_reader,
            _named(first_name, "first_name"),
            username=self._free_username(username),
            language_code=language_code,
        )
        self._next_reader += 1
        self.users[reader.id] = reader
        chat = Chat(reader.id, ChatType.PRIVATE, username=reader.username, reader=reader, started=started)
        return self._added(chat)

    def add_channel(self, title: str, username: str | None = None, *, is_open: bool = True) -> Chat:
        """A channel in which every bot is an administrator with all rights, unless it is not ``is_open``."""
        chat = Chat(
            self._next_channel,
            ChatType.CHANNEL,
            title=_named(title, "title"),
            username=self._free_username(username),
            community=Community(is_channel=True, is_open=is_open),
        )
        self._next_channel -= 1
        return self._added(chat)

    def add_group(
        self,
        title: str,
        username: str | None = None,
        *,
        is_supergroup: bool = False,
        is_forum: bool = False,
        is_open: bool = True,
    ) -> Chat:
        """A group that every reader and every bot is a member of, unless it is not ``is_open``.

        One with a username, or with topics (``is_forum``), is a supergroup.
        """
        name = self._free_username(username)
        is_supergroup = is_supergroup or is_forum or name is not None
        if is_supergroup:
            chat_id, self._next_channel = self._next_channel, self._next_channel - 1
        else:
            chat_id, self._next_group = self._next_group, self._next_group - 1
        kind = ChatType.SUPERGROUP if is_supergroup else ChatType.GROUP
        community = Community(is_channel=False, is_open=is_open, is_forum=is_forum)
        chat = Chat(chat_id, kind, title=_named(title, "title"), username=name, community=community)
        # The number 1 is that of the general topic.
        chat.last_message_id = 1 if is_forum else 0
        return self._added(chat)

    def rename(self, chat: Chat, title: str | None, username: str | None) -> None:
        """Gives a group or channel another title (None: the same) and username (empty: none, None: same)."""
        if title is not None:
            chat.title = _named(title, "title")
        if username is None or username.removeprefix("@") == (chat.username or ""):
            return
        name = self._free_username(username)
        self._by_username.pop((chat.username or "").lower(), None)
        chat.username = name
        if name:
            self._by_username[name.lower()] = chat

    def add_action(self, name: str, label: str, run: Callable[[], Awaitable[str]]) -> None:
        """A button on the page; the text that ``run`` returns is shown there."""
        self.actions[name] = Action(name, label, run)

    def _added(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        if chat.username and chat.type is not ChatType.PRIVATE:
            self._by_username[chat.username.lower()] = chat
        self.events.publish("chat", lambda: {"chat": shown_chat(chat)})
        return chat

    def _free_username(self, username: str | None) -> str | None:
        if not username:
            return None
        name = username.removeprefix("@")
        if not _USERNAME.fullmatch(name):
            raise ControlRefusal(400, f"username {username!r} must be 3 to 32 of A-Z, a-z, 0-9 and _")
        if name.lower() in self._by_username:
            raise ControlRefusal(400, f"username {username!r} is taken")
        return name

    # What happens

    def now(self) -> int:
        """Unix time in whole seconds, as messages carry it."""
        return int(self.clock())

    def next_callback_id(self) -> str:
        """A number for a new callback query."""
        self._next_callback += 1
        return str(self._next_callback)

    def next_album_id(self) -> str:
        """A number for a new album."""
        self._next_album += 1
        return str(self._next_album)

    def post(self, message: Message) -> Message:
        """Gives a message its number, puts it into its chat and tells the page.

        As in Telegram, private chats and basic groups count together, channels and supergroups by themselves.
        """
        chat = message.chat
        if chat.type in {ChatType.CHANNEL, ChatType.SUPERGROUP}:
            chat.last_message_id += 1
            message.message_id = chat.last_message_id
        else:
            self._last_message_id += 1
            message.message_id = self._last_message_id
        chat.messages[message.message_id] = message
        note_posted(message)
        self.events.publish("message", lambda: self._with_message(message))
        return message

    def edited(self, message: Message) -> None:
        """Tells the page that a message has changed."""
        self.events.publish("edit", lambda: self._with_message(message))

    def delete(self, message: Message) -> None:
        """Takes a message out of its chat."""
        chat_id, message_id = message.chat.id, message.message_id
        if message.chat.messages.pop(message_id, None) is not None:
            message.chat.pinned = tuple(one for one in message.chat.pinned if one != message_id)
            self.events.publish("delete", lambda: {"chat_id": chat_id, "message_id": message_id})

    def tell_bot(self, bot: Bot, kind: str, content: JsonObject) -> None:
        """Puts an update into one bot's queue, if it wants the kind."""
        if bot.updates.wants(kind):
            bot.updates.add(kind, content, self.clock())

    def close(self) -> None:
        """Ends everything that waits: long polls and pages that listen."""
        self.files.close()
        for bot in self.bots.values():
            bot.updates.wake()
        self.events.close()
        if self.accepted_log is not None:
            self.accepted_log.close()

    def _tell_faults(self) -> None:
        self.events.publish("faults", lambda: {"faults": self.faults.as_json()})

    def _with_message(self, message: Message) -> JsonObject:
        return {"chat_id": message.chat.id, "message": shown_message(message, self.user_of)}


def is_token(token: str) -> bool:
    """Whether ``token`` has the form of a bot's token: a number, a colon, letters."""
    return _TOKEN.fullmatch(token) is not None


def shown_chat(chat: Chat) -> JsonObject:
    """A chat as the control API shows it."""
    reader, community = chat.reader, chat.community
    return {
        "id": chat.id,
        "type": chat.type.value,
        "title": chat.title,
        "username": chat.username,
        "first_name": reader.first_name if reader else None,
        "language_code": reader.language_code if reader else None,
        "started": chat.started,
        "blocked": chat.blocked,
        "deactivated": reader is not None and reader.is_deactivated,
        "is_forum": community is not None and community.is_forum,
        "topics": [topic_json(topic) for topic in community.topics.values()] if community else [],
        "migrated_to": community.moved_to if community else None,
        "deleted": community is not None and community.is_deleted,
        "members": _statuses(community),
        "pinned": list(reversed(chat.pinned)),
    }


def _statuses(community: Community | None) -> JsonObject:
    """By user number, as text, what those are whose place in the chat was ever set."""
    if community is None:
        return {}
    return {str(user_id): member.status.value for user_id, member in community.members.items()}


def _named(name: str, what: str) -> str:
    if not name.strip():
        raise ControlRefusal(400, f"{what} is empty")
    return name.strip()
