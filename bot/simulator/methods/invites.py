"""Methods about invite links and the requests to join that come by them."""

from bot.simulator.errors import BadRequest
from bot.simulator.invites import InviteLink, JoinRequest
from bot.simulator.joining import approve, decline
from bot.simulator.membership import link_json, member_of
from bot.simulator.methods.access import Access, check_administers
from bot.simulator.methods.chats import user_number
from bot.simulator.methods.query import Query, chat_of
from bot.simulator.state import Chat

MAX_NAME = 32
"""Characters of a link's name; what is longer is cut."""

MAX_MEMBERS = 99_999
"""The highest member_limit."""


def export_chat_invite_link(query: Query) -> object:
    """ExportChatInviteLink: the bot's new primary link into a chat; its former one is revoked."""
    chat = _chat(query)
    return query.simulator.invites.add(chat.id, query.bot.user.id, is_primary=True).link


def create_chat_invite_link(query: Query) -> object:
    """CreateChatInviteLink: one more link."""
    chat = _chat(query)
    _check_options(query)
    link = query.simulator.invites.add(chat.id, query.bot.user.id)
    return _changed(query, link)


def edit_chat_invite_link(query: Query) -> object:
    """EditChatInviteLink: what is left out goes back to what it is by default."""
    chat = _chat(query)
    _check_options(query)
    link = _own_link(query, chat)
    if link.is_primary:
        raise BadRequest("CHAT_INVITE_PERMANENT")
    return _changed(query, link)


def revoke_chat_invite_link(query: Query) -> object:
    """RevokeChatInviteLink: nobody comes by the link any more; a primary one gives way to a new one."""
    chat = _chat(query)
    link = _own_link(query, chat)
    if link.is_primary:
        query.simulator.invites.add(chat.id, query.bot.user.id, is_primary=True)
    link.is_revoked = True
    return link_json(query.simulator, link, query.bot)


def approve_chat_join_request(query: Query) -> object:
    """ApproveChatJoinRequest: lets in somebody who has asked."""
    chat, request = _request(query)
    approve(query.simulator, chat, request, query.bot.user)
    return True


def decline_chat_join_request(query: Query) -> object:
    """DeclineChatJoinRequest: turns away somebody who has asked."""
    chat, request = _request(query)
    decline(query.simulator, chat, request)
    return True


def _chat(query: Query) -> Chat:
    chat = chat_of(query, Access.WRITE)
    if chat.community is None:
        raise BadRequest("Can't invite members to a private chat")
    refusal = "Not enough rights to manage chat invite link"
    check_administers(query.simulator, query.bot, chat, "can_invite_users", refusal)
    return chat


def _check_options(query: Query) -> None:
    arguments = query.arguments
    limit = arguments.integer("member_limit", low=0)
    if arguments.boolean("creates_join_request") and limit:
        raise BadRequest("Member limit can't be specified for links requiring administrator approval")
    expires = arguments.integer("expire_date")
    if expires and expires <= query.simulator.now():
        raise BadRequest("EXPIRE_DATE_INVALID")
    if limit > MAX_MEMBERS:
        raise BadRequest("USAGE_LIMIT_INVALID")


def _changed(query: Query, link: InviteLink) -> object:
    arguments = query.arguments
    link.name = " ".join(arguments.text("name").split())[:MAX_NAME]
    link.expires = arguments.integer("expire_date")
    link.limit = arguments.integer("member_limit", low=0)
    link.asks = arguments.boolean("creates_join_request")
    return link_json(query.simulator, link, query.bot)


def _own_link(query: Query, chat: Chat) -> InviteLink:
    address = query.arguments.text("invite_link")
    if not address:
        raise BadRequest("Invite link must be non-empty")
    link = query.simulator.invites.named(address)
    is_own = link is not None and (link.chat_id, link.creator_id) == (chat.id, query.bot.user.id)
    if link is None or not is_own or link.is_revoked:
        raise BadRequest("INVITE_HASH_EXPIRED")
    return link


def _request(query: Query) -> tuple[Chat, JoinRequest]:
    user_id = user_number(query)
    simulator = query.simulator
    chat = chat_of(query, Access.WRITE)
    if chat.community is None:
        raise BadRequest("The chat can't have join requests")
    refusal = "Not enough rights to manage chat join requests"
    check_administers(simulator, query.bot, chat, "can_invite_users", refusal)
    user = simulator.user_of(user_id)
    if user is None:
        raise BadRequest("USER_ID_INVALID")
    request = simulator.invites.requests.get((chat.id, user_id))
    if request is None:
        is_there = member_of(simulator, chat, user).is_present
        raise BadRequest("USER_ALREADY_PARTICIPANT" if is_there else "HIDE_REQUESTER_MISSING")
    return chat, request
