"""Methods about chats and who is in them."""

from bot.simulator.community import LEFT, Member
from bot.simulator.errors import BadRequest
from bot.simulator.fields import JsonObject, leading_integer
from bot.simulator.membership import member_count, member_json, member_of, set_member
from bot.simulator.methods.access import Access, bot_in
from bot.simulator.methods.query import Query, chat_of
from bot.simulator.shapes import full_chat_json, message_json
from bot.simulator.state import Chat, ChatType, User, community_of


def get_chat(query: Query) -> object:
    """GetChat: a chat as a ChatFullInfo."""
    chat = chat_of(query)
    shown = full_chat_json(chat)
    if chat.pinned and (pinned := chat.messages.get(chat.pinned[-1])):
        shown["pinned_message"] = message_json(pinned, query.simulator.user_of)
    if chat.community is not None and bot_in(query.simulator, query.bot, chat.community).may(
        "can_invite_users"
    ):
        link = query.simulator.invites.primary(chat.id, query.bot.user.id)
        shown |= {"invite_link": link.link} if link else {}
    return shown


def get_chat_member(query: Query) -> object:
    """GetChatMember: what somebody is in a chat."""
    user_id = user_number(query)
    chat = chat_of(query, Access.READ if user_id == query.bot.user.id else Access.READ_MEMBERS)
    user = find_user(query, user_id)
    return member_json(chat, user, member_of(query.simulator, chat, user))


def user_number(query: Query) -> int:
    """The argument user_id."""
    user_id = leading_integer(query.arguments.text("user_id"))
    if user_id <= 0:
        raise BadRequest("Invalid user_id specified")
    return user_id


def find_user(query: Query, user_id: int) -> User:
    """The user of a number."""
    user = query.simulator.user_of(user_id)
    if user is None:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return user


def get_chat_administrators(query: Query) -> object:
    """GetChatAdministrators: the people who administer a chat, and the asking bot if it does.

    Other bots are left out, as in Telegram unless they are asked for.
    """
    chat = chat_of(query, Access.READ_MEMBERS)
    if chat.community is None:
        raise BadRequest("there are no administrators in the private chat")
    shown: list[JsonObject] = []
    for user, member in _listed(query, chat):
        if member.is_administrator and (not user.is_bot or user is query.bot.user):
            shown.append(member_json(chat, user, member))
    return shown


def _listed(query: Query, chat: Chat) -> list[tuple[User, Member]]:
    """The asking bot and everybody who was made something in a chat; who else is there is a plain member."""
    simulator = query.simulator
    numbers = dict.fromkeys([*community_of(chat).members, query.bot.user.id])
    users = [user for number in numbers if (user := simulator.user_of(number))]
    return [(user, member_of(simulator, chat, user)) for user in users]


def get_chat_member_count(query: Query) -> object:
    """GetChatMemberCount: how many are in a chat."""
    return member_count(query.simulator, chat_of(query, Access.READ_MEMBERS))


def leave_chat(query: Query) -> object:
    """LeaveChat: the bot goes out of a group or channel."""
    chat = chat_of(query)
    if chat.type is ChatType.PRIVATE:
        raise BadRequest("chat member status can't be changed in private chats")
    set_member(query.simulator, chat, query.bot.user, LEFT, query.bot.user)
    return True
