"""Links that open a bot: they start it with a parameter, or put it into a group or channel."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.simulator.chat_changes import tell_page
from bot.simulator.community import ALL_RIGHTS, MEMBER, Member, Status
from bot.simulator.errors import ControlRefusal
from bot.simulator.membership import member_of, set_member
from bot.simulator.people import write
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType, Message, User

_PARAMETER = re.compile(r"[A-Za-z0-9_-]{0,64}")
_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_KINDS = ("startgroup", "startchannel", "start")


@dataclass(frozen=True, slots=True)
class DeepLink:
    """Whom a link opens, how (``start``, ``startgroup`` or ``startchannel``), with which parameter."""

    username: str
    kind: str = "start"
    parameter: str = ""
    rights: frozenset[str] = frozenset()


def read_link(link: str) -> DeepLink:
    """A link to a bot: ``https://t.me/NAME?start=..`` or ``tg://resolve?domain=NAME&start=..``."""
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError as error:
        raise ControlRefusal(400, f"{link!r} is no link") from error
    options = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.scheme == "tg" and parts.netloc == "resolve":
        username = options.get("domain", "")
    elif parts.scheme in {"http", "https"} and (parts.hostname or "").removeprefix("www.") in _HOSTS:
        username = parts.path.strip("/")
    else:
        raise ControlRefusal(400, f"{link!r} is no link of Telegram")
    kind = next((name for name in _KINDS if name in options), "start")
    parameter = options.get(kind, "")
    if not _PARAMETER.fullmatch(parameter):
        raise ControlRefusal(
            400, f"{kind} {parameter!r} must be up to 64 of A-Z, a-z, 0-9, _ and -: Telegram opens no other"
        )
    rights = frozenset(f"can_{name}" for name in options.get("admin", "").replace("+", " ").split())
    return DeepLink(username, kind, parameter, frozenset(rights & ALL_RIGHTS))


def follow(
    simulator: Simulator, link: DeepLink, user: User, chat: Chat | None
) -> tuple[Chat, Message | None]:
    """A reader opens a link and presses what it offers; ``chat`` is the group or channel that they pick."""
    bot = _bot(simulator, link.username)
    if link.kind == "start":
        own = simulator.chats[user.id]
        if not link.parameter and own.started:
            return own, None
        return own, write(simulator, own.id, f"/start {link.parameter}".rstrip())
    if chat is None or chat.community is None:
        raise ControlRefusal(400, f"{link.kind} needs chat_id: the group or channel that the reader picks")
    is_channel = chat.type is ChatType.CHANNEL
    if is_channel is not (link.kind == "startchannel"):
        raise ControlRefusal(409, f"{link.kind} does not lead into a {chat.type}")
    _add(simulator, bot, chat, user, link.rights, is_channel=is_channel)
    tell_page(simulator, chat)
    if is_channel:
        return chat, None
    return chat, write(simulator, chat.id, f"/start@{bot.user.username} {link.parameter}".rstrip(), user.id)


def _add(
    simulator: Simulator, bot: Bot, chat: Chat, user: User, rights: frozenset[str], *, is_channel: bool
) -> None:
    if not bot.settings.can_join_groups:
        raise ControlRefusal(409, f"@{bot.user.username} may not join groups")
    new = MEMBER
    if is_channel or rights:
        new = Member(Status.ADMINISTRATOR, rights or ALL_RIGHTS)
    if new is not MEMBER or not member_of(simulator, chat, bot.user).is_present:
        set_member(simulator, chat, bot.user, new, user)


def _bot(simulator: Simulator, username: str) -> Bot:
    for bot in simulator.bots.values():
        if (bot.user.username or "").lower() == username.lower():
            return bot
    raise ControlRefusal(404, f"there is no bot @{username}")
