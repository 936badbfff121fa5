"""What happens when people come by an invite link: they join, or they ask and are let in or turned away."""

from bot.simulator.community import MEMBER, Member, Status
from bot.simulator.errors import ControlRefusal
from bot.simulator.fields import JsonObject
from bot.simulator.invites import InviteLink, JoinRequest
from bot.simulator.membership import Entrance, link_json, member_of, set_member
from bot.simulator.people import check_open
from bot.simulator.shapes import chat_json, user_json
from bot.simulator.simulator import Simulator
from bot.simulator.state import Chat, User


def open_link(simulator: Simulator, address: str, user: User) -> Chat:
    """A reader opens an invite link and presses what it offers; who has to ask becomes a request.

    ControlRefusal, with Telegram's name for it, if the link leads nowhere or the reader may not come.
    """
    link = simulator.invites.named(address)
    if link is None:
        raise ControlRefusal(404, f"INVITE_HASH_INVALID: there is no invite link {address!r}")
    chat = simulator.chats[link.chat_id]
    check_open(chat)
    old = member_of(simulator, chat, user)
    if old.is_present:
        raise ControlRefusal(409, f"USER_ALREADY_PARTICIPANT: user {user.id} is in chat {chat.id}")
    if old.status is Status.KICKED or not _is_valid(simulator, chat, link):
        raise ControlRefusal(409, f"INVITE_HASH_EXPIRED: {link.link} lets user {user.id} in no more")
    if link.asks:
        _ask(simulator, chat, link, user)
    else:
        _enter(simulator, chat, user, Entrance(link), user)
    return chat


def approve(simulator: Simulator, chat: Chat, request: JoinRequest, by: User) -> None:
    """Lets in somebody who has asked."""
    user = simulator.users[request.user_id]
    del simulator.invites.requests[chat.id, user.id]
    _enter(simulator, chat, user, Entrance(request.link, is_approved=True), by)


def decline(simulator: Simulator, chat: Chat, request: JoinRequest) -> None:
    """Turns away somebody who has asked; they are told nothing."""
    del simulator.invites.requests[chat.id, request.user_id]


def _is_valid(simulator: Simulator, chat: Chat, link: InviteLink) -> bool:
    if link.is_revoked or (link.expires and simulator.clock() >= link.expires):
        return False
    users = [simulator.users[user_id] for user_id in link.joined]
    return not link.limit or sum(member_of(simulator, chat, user).is_present for user in users) < link.limit


def _ask(simulator: Simulator, chat: Chat, link: InviteLink, user: User) -> None:
    simulator.invites.requests[chat.id, user.id] = JoinRequest(user.id, link, simulator.clock())
    for bot in simulator.bots.values():
        if not member_of(simulator, chat, bot.user).may("can_invite_users"):
            continue
        content: JsonObject = {
            "chat": chat_json(chat),
            "from": user_json(user),
            "user_chat_id": user.id,
            "date": simulator.now(),
            "invite_link": link_json(simulator, link, bot),
        }
        simulator.tell_bot(bot, "chat_join_request", content)


def _enter(simulator: Simulator, chat: Chat, user: User, entrance: Entrance, by: User) -> None:
    old = member_of(simulator, chat, user)
    new = MEMBER
    if old.status is Status.RESTRICTED:
        new = Member(Status.RESTRICTED, old.rights, old.until)
    entrance.link.joined.add(user.id)
    set_member(simulator, chat, user, new, by, entrance)
