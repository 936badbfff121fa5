"""Whether a chat still takes messages: the bot was blocked, unblocked, added or removed."""

import structlog
from telegram import Chat, ChatMember
from telegram.constants import ChatMemberStatus

from handlers.request import Request

log = structlog.get_logger(__name__)

_CLOSED = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def membership_changed(request: Request) -> None:
    """Pause a chat that closed its door and resume one that opened it; its settings stay as they were."""
    change = request.update.my_chat_member
    if change is None or request.reader is None:
        return
    takes, cause = _takes_messages(change.new_chat_member), f"membership: {change.new_chat_member.status}"
    await request.newsroom.subscribers.set_reachable(
        request.chat.id, takes, cause=cause, now=request.newsroom.now()
    )
    if request.chat.type == Chat.CHANNEL and takes != request.reader.reachable:
        _tell_the_desk(request, takes, cause)


def _tell_the_desk(request: Request, takes: bool, cause: str) -> None:
    """A channel is many readers, and nobody there can be asked."""
    newsroom, chat = request.newsroom, request.chat
    name = f"@{chat.username}" if chat.username else chat.title or str(chat.id)
    if takes:
        log.info("channel is back", chat=chat.id, name=name)
        newsroom.post(lambda: newsroom.desk.channel_back(name))
    else:
        log.error("channel is lost", chat=chat.id, name=name, cause=cause)
        newsroom.post(lambda: newsroom.desk.channel_lost(name, cause))


async def group_moved(request: Request) -> None:
    """The group became a supergroup: its settings follow."""
    message = request.update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await request.newsroom.subscribers.move(request.chat.id, message.migrate_to_chat_id)


def _takes_messages(member: ChatMember) -> bool:
    return member.status not in _CLOSED
