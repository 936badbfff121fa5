"""Whether a chat still takes messages: the bot was blocked, unblocked, added or removed."""

from telegram import ChatMember
from telegram.constants import ChatMemberStatus

from handlers.request import Request

_CLOSED = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def membership_changed(request: Request) -> None:
    """Pause a chat that closed its door and resume one that opened it; its settings stay as they were."""
    change = request.update.my_chat_member
    if change is None or request.reader is None:
        return
    await request.newsroom.subscribers.set_reachable(
        request.chat.id,
        _takes_messages(change.new_chat_member),
        cause=f"membership: {change.new_chat_member.status}",
        now=request.newsroom.now(),
    )


async def group_moved(request: Request) -> None:
    """The group became a supergroup: its settings follow."""
    message = request.update.effective_message
    if message is not None and message.migrate_to_chat_id is not None:
        await request.newsroom.subscribers.move(request.chat.id, message.migrate_to_chat_id)


def _takes_messages(member: ChatMember) -> bool:
    return member.status not in _CLOSED
