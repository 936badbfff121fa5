"""Methods about chats and who is in them."""

from bot.simulator.errors import BadRequest
from bot.simulator.fields import JsonObject, leading_integer
from bot.simulator.methods.query import Query, chat_of
from bot.simulator.shapes import full_chat_json, member_json, message_json
from bot.simulator.state import Chat, ChatType, User


def get_chat(query: Query) -> object:
    """GetChat: a chat as a ChatFullInfo."""
    chat = chat_of(query)
    shown = full_chat_json(chat)
    if chat.pinned and (pinned := chat.messages.get(chat.pinned[-1])):
        shown["pinned_message"] = message_json(pinned, query.simulator.user_of)
    return shown


def get_chat_member(query: Query) -> object:
    """GetChatMember: what somebody is in a chat."""
    user_id = leading_integer(query.arguments.text("user_id"))
    if user_id <= 0:
        raise BadRequest("Invalid user_id specified")
    chat = chat_of(query)
    user = query.simulator.user_of(user_id)
    if user is None:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return member_json(user, _status(chat, user))


def _status(chat: Chat, user: User) -> str:
    """Readers are members of every group and channel, bots administrators of every channel."""
    if chat.type is ChatType.CHANNEL and user.is_bot:
        return "administrator"
    if chat.type is ChatType.PRIVATE and chat.reader is not user and not user.is_bot:
        return "left"
    return "member"


def get_chat_administrators(query: Query) -> object:
    """GetChatAdministrators: of a channel the asking bot; other bots are left out, as in Telegram."""
    chat = chat_of(query)
    if chat.type is ChatType.PRIVATE:
        raise BadRequest("there are no administrators in the private chat")
    administrators: list[JsonObject] = []
    if chat.type is ChatType.CHANNEL:
        administrators.append(member_json(query.bot.user, "administrator"))
    return administrators


def get_chat_member_count(query: Query) -> object:
    """GetChatMemberCount: how many are in a chat."""
    chat = chat_of(query)
    return 2 if chat.type is ChatType.PRIVATE else len(query.simulator.users)
