"""Who is what in a chat, how they came there, and who is told when that changes."""

from dataclasses import dataclass

from bot.simulator.community import (
    ADMINISTRATOR_RIGHTS,
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    LEFT,
    MEMBER,
    PERMISSIONS,
    Member,
    Status,
)
from bot.simulator.fields import JsonObject
from bot.simulator.hearing import post_service
from bot.simulator.invites import InviteLink
from bot.simulator.shapes import chat_json, invite_link_json, user_json
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Bot, Chat, ChatType, User, community_of


@dataclass(frozen=True, slots=True)
class Entrance:
    """By which link somebody comes into a chat, and whether they had to ask."""

    link: InviteLink
    is_approved: bool = False


def member_of(simulator: Simulator, chat: Chat, user: User) -> Member:
    """What a user is in a chat; in a private one its reader and the bots are members."""
    if chat.community is not None:
        return chat.community.member(user.id, is_bot=user.is_bot, now=simulator.clock())
    return MEMBER if chat.reader is user or user.is_bot else LEFT


def member_json(chat: Chat, user: User, member: Member) -> JsonObject:
    """A ChatMember object."""
    shown: JsonObject = {"user": user_json(user), "status": member.status.value}
    match member.status:
        case Status.CREATOR:
            shown["is_anonymous"] = False
        case Status.ADMINISTRATOR:
            own = CHANNEL_RIGHTS if chat.type is ChatType.CHANNEL else GROUP_RIGHTS
            shown |= {"can_be_edited": False, "is_anonymous": False}
            shown |= {right: right in member.rights for right in (*ADMINISTRATOR_RIGHTS, *own)}
        case Status.RESTRICTED:
            shown |= {"is_member": member.is_in, "until_date": member.until}
            shown |= {name: name in member.rights for name in PERMISSIONS}
        case Status.KICKED:
            shown["until_date"] = member.until
        case _:
            pass
    return shown


def member_count(simulator: Simulator, chat: Chat) -> int:
    """How many are in a chat."""
    community = chat.community
    if community is None:
        return 2
    listed = sum(
        community.member(user_id, is_bot=False, now=simulator.clock()).is_present
        for user_id in community.members
    )
    return listed + (len(simulator.users) - len(community.members) if community.is_open else 0)


def link_json(simulator: Simulator, link: InviteLink, bot: Bot | None = None) -> JsonObject:
    """A ChatInviteLink object; to a ``bot`` the end of a link that it has not made is not shown."""
    hides = bot is not None and link.creator_id != bot.user.id
    creator = simulator.users[link.creator_id]
    return invite_link_json(link, creator, simulator.invites.pending(link), hides=hides)


def set_member(
    simulator: Simulator, chat: Chat, user: User, new: Member, by: User, entrance: Entrance | None = None
) -> None:
    """Makes ``user`` what ``new`` says in a group or channel, which ``by`` has done.

    The bot that it happens to receives my_chat_member, other bots that administer the chat chat_member; in
    groups a service message tells who came and who went.
    """
    community = community_of(chat)
    old = member_of(simulator, chat, user)
    if old == new:
        return
    community.members[user.id] = new
    if new.is_present:
        simulator.invites.requests.pop((chat.id, user.id), None)
    change: JsonObject = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": simulator.now(),
        "old_chat_member": member_json(chat, user, old),
        "new_chat_member": member_json(chat, user, new),
    }
    for bot in simulator.bots.values():
        if bot.user is user:
            simulator.tell_bot(bot, "my_chat_member", change)
        elif member_of(simulator, chat, bot.user).is_administrator:
            simulator.tell_bot(bot, "chat_member", change | _came_by(simulator, entrance, bot))
    simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})
    if chat.type is not ChatType.CHANNEL and old.is_present is not new.is_present:
        name = "new_chat_members" if new.is_present else "left_chat_member"
        shown = user_json(user)
        # Who comes by a link is told of in their own name, even if somebody let them in.
        teller = by if entrance is None else user
        post_service(simulator, chat, teller, {name: [shown] if new.is_present else shown})


def _came_by(simulator: Simulator, entrance: Entrance | None, bot: Bot) -> JsonObject:
    if entrance is None:
        return {}
    shown: JsonObject = {"invite_link": link_json(simulator, entrance.link, bot)}
    return shown | ({"via_join_request": True} if entrance.is_approved else {})
