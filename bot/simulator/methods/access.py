"""What a bot may do in a chat, and the words in which Telegram refuses it."""

from enum import IntEnum

from bot.simulator.community import Community, Member
from bot.simulator.errors import BadRequest, Refusal
from bot.simulator.media import MediaKind
from bot.simulator.simulator import Simulator
from bot.simulator.state import Bot, Chat, ChatType


class Access(IntEnum):
    """How far into a chat a call reaches; each one includes those before it, but for reading members."""

    READ = 0
    READ_MEMBERS = 1
    EDIT = 2
    WRITE = 3


_WHAT = {
    MediaKind.PHOTO: ("can_send_photos", "photos"),
    MediaKind.DOCUMENT: ("can_send_documents", "documents"),
    MediaKind.VIDEO: ("can_send_videos", "videos"),
    MediaKind.ANIMATION: ("can_send_other_messages", "animations"),
    MediaKind.AUDIO: ("can_send_audios", "audio"),
    MediaKind.VOICE: ("can_send_voice_notes", "voice notes"),
}


def bot_in(simulator: Simulator, bot: Bot, community: Community) -> Member:
    """What a bot is in a group or channel."""
    return community.member(bot.user.id, is_bot=True, now=simulator.clock())


def check_access(simulator: Simulator, bot: Bot, chat: Chat, access: Access) -> None:
    """Refuses a bot that is not, or no longer, where it wants to read or write."""
    community = chat.community
    if community is None:
        if access >= Access.EDIT and chat.reader is not None and chat.reader.is_deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return
    member = bot_in(simulator, bot, community)
    if chat.type is ChatType.GROUP:
        _check_group(community, member, access)
        return
    if member.status == "kicked":
        raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    is_looked_at = access < Access.EDIT and chat.username is not None
    if not member.is_present and not is_looked_at:
        raise Refusal(403, f"Forbidden: bot is not a member of the {chat.type} chat")
    if access is Access.READ_MEMBERS and chat.type is ChatType.CHANNEL and not member.is_administrator:
        raise BadRequest("member list is inaccessible")


def _check_group(community: Community, member: Member, access: Access) -> None:
    # Who is in a group that is no more cannot be read either.
    writes = access in {Access.WRITE, Access.READ_MEMBERS}
    edits = writes or access is Access.EDIT
    if community.moved_to is not None:
        if writes:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": community.moved_to},
            )
        return
    if community.is_deleted:
        if writes:
            raise Refusal(403, "Forbidden: the group chat was deleted")
        return
    if edits and member.status == "kicked":
        raise Refusal(403, "Forbidden: bot was kicked from the group chat")
    if edits and not member.is_present:
        raise Refusal(403, "Forbidden: bot is not a member of the group chat")


def check_may_post(simulator: Simulator, bot: Bot, chat: Chat) -> None:
    """Refuses a post in a channel where the bot does not administer it with the right to post."""
    if chat.community is None or chat.type is not ChatType.CHANNEL:
        return
    if not bot_in(simulator, bot, chat.community).may("can_post_messages"):
        raise BadRequest("need administrator rights in the channel chat")


def check_may_send(simulator: Simulator, bot: Bot, chat: Chat, media: MediaKind | None) -> None:
    """Refuses what a restricted bot may not send into a group: ``media``, or text when None."""
    if chat.community is None:
        return
    permission, what = _WHAT[media] if media else ("can_send_messages", "text messages")
    if not bot_in(simulator, bot, chat.community).may_send(permission):
        raise BadRequest(f"not enough rights to send {what} to the chat")


def check_administers(simulator: Simulator, bot: Bot, chat: Chat, right: str, refusal: str) -> None:
    """Refuses with ``refusal`` unless the bot administers the chat with ``right``."""
    if chat.community is None or not bot_in(simulator, bot, chat.community).may(right):
        raise BadRequest(refusal)


def thread_of(simulator: Simulator, bot: Bot, chat: Chat, thread: int) -> int | None:
    """The topic that a message goes to: ``thread``, None for the general one or where there are none."""
    if thread <= 0:
        return None
    community = chat.community
    if community is None or not community.is_forum:
        raise BadRequest("message thread not found")
    if thread == 1:
        return None
    topic = community.topics.get(thread)
    if topic is None:
        raise BadRequest("message thread not found")
    if topic.is_closed and not bot_in(simulator, bot, community).may("can_manage_topics"):
        raise BadRequest("TOPIC_CLOSED")
    return thread
