"""Methods by which a bot that administers a chat bans, restricts and promotes others."""

from bot.simulator.community import (
    ALL_RIGHTS,
    LEFT,
    MEMBER,
    PERMISSIONS,
    SENDING,
    Member,
    Status,
)
from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import JsonObject, as_object, optional_flag
from bot.simulator.membership import member_of, set_member
from bot.simulator.methods.access import Access, bot_in, check_administers
from bot.simulator.methods.chats import find_user, user_number
from bot.simulator.methods.query import Query, chat_of
from bot.simulator.state import Chat, ChatType, User, community_of

MIN_TERM = 30
"""Seconds; a ban or restriction for less is for ever."""

MAX_TERM = 366 * 24 * 60 * 60
"""Seconds; a ban or restriction for more is for ever."""

_NO_RIGHT = "not enough rights to restrict/unrestrict chat member"
_LARGE_ONLY = "method is available for supergroup and channel chats only"


def ban_chat_member(query: Query) -> object:
    """BanChatMember: puts somebody out of a group or channel, for a time or for ever."""
    user_id = user_number(query)
    chat = _community_chat(query)
    user = find_user(query, user_id)
    _check_restrictable(query, chat, user)
    set_member(query.simulator, chat, user, Member(Status.KICKED, until=_until(query)), query.bot.user)
    return True


def unban_chat_member(query: Query) -> object:
    """UnbanChatMember: lets somebody come back; who is still there is put out, unless only_if_banned."""
    user_id = user_number(query)
    chat = _community_chat(query)
    if chat.type is ChatType.GROUP:
        raise BadRequest(_LARGE_ONLY)
    user = find_user(query, user_id)
    member = member_of(query.simulator, chat, user)
    if query.arguments.boolean("only_if_banned") and member.status is not Status.KICKED:
        return True
    _check_restrictable(query, chat, user)
    if member.status is not Status.LEFT:
        set_member(query.simulator, chat, user, LEFT, query.bot.user)
    return True


def restrict_chat_member(query: Query) -> object:
    """RestrictChatMember: what a member of a supergroup may still do; all permissions lift it."""
    user_id = user_number(query)
    permissions = _read_permissions(query)
    chat = _community_chat(query)
    if chat.type is not ChatType.SUPERGROUP:
        raise BadRequest("method is available only for supergroups")
    user = find_user(query, user_id)
    _check_restrictable(query, chat, user)
    old = member_of(query.simulator, chat, user)
    new = Member(Status.RESTRICTED, permissions, _until(query), old.is_present)
    if permissions >= frozenset(SENDING) and old.is_present:
        new = MEMBER
    set_member(query.simulator, chat, user, new, query.bot.user)
    return True


def promote_chat_member(query: Query) -> object:
    """PromoteChatMember: gives an administrator's rights; without any it takes them away."""
    user_id = user_number(query)
    chat = _community_chat(query)
    if chat.type is ChatType.GROUP:
        raise BadRequest(_LARGE_ONLY)
    simulator, bot = query.simulator, query.bot
    user = find_user(query, user_id)
    check_administers(simulator, bot, chat, "can_promote_members", "not enough rights")
    if user is bot.user:
        raise BadRequest("can't promote self")
    member = member_of(simulator, chat, user)
    if member.status is Status.CREATOR:
        raise BadRequest("can't remove chat owner")
    if not member.is_present:
        raise BadRequest("USER_NOT_PARTICIPANT")
    rights = frozenset(right for right in ALL_RIGHTS if query.arguments.boolean(right))
    if any(not bot_in(simulator, bot, community_of(chat)).may(right) for right in rights):
        raise BadRequest("RIGHT_FORBIDDEN")
    new = Member(Status.ADMINISTRATOR, rights | {"can_manage_chat"}) if rights else MEMBER
    set_member(simulator, chat, user, new, bot.user)
    return True


def _community_chat(query: Query) -> Chat:
    chat = chat_of(query, Access.WRITE)
    if chat.community is None:
        raise BadRequest("chat member status can't be changed in private chats")
    return chat


def _check_restrictable(query: Query, chat: Chat, user: User) -> None:
    simulator, bot = query.simulator, query.bot
    if user is bot.user:
        raise BadRequest("can't restrict self")
    check_administers(simulator, bot, chat, "can_restrict_members", _NO_RIGHT)
    match member_of(simulator, chat, user).status:
        case Status.CREATOR:
            raise BadRequest("can't remove chat owner")
        case Status.ADMINISTRATOR:
            raise BadRequest("user is an administrator of the chat")
        case _:
            return


def _until(query: Query) -> int:
    """The argument until_date; 0, for ever, where it is too near or too far."""
    until = query.arguments.integer("until_date")
    return until if MIN_TERM <= until - query.simulator.now() <= MAX_TERM else 0


def _read_permissions(query: Query) -> frozenset[str]:
    value = query.arguments.json("permissions", "Can't parse permissions JSON object")
    fields: JsonObject = as_object(value, "Object expected as permissions") if value is not None else {}
    with within("Can't parse chat permissions"):
        given = {name for name in PERMISSIONS if optional_flag(fields, name)}
    return frozenset(
        given if query.arguments.boolean("use_independent_chat_permissions") else _implied(given)
    )


def _implied(given: set[str]) -> set[str]:
    """The permissions with those that they bring: whoever may send polls or other messages may send all."""
    media = set(SENDING) - {"can_send_messages", "can_send_polls", "can_send_other_messages"}
    if given & {"can_send_other_messages", "can_add_web_page_previews"}:
        given |= media
    if given & (media | {"can_send_polls"}):
        given.add("can_send_messages")
    return given
