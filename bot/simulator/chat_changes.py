"""What happens to whole chats: a group becomes a supergroup, a title changes, a group or an account ends."""

from bot.simulator.community import Community, Status
from bot.simulator.errors import ControlRefusal
from bot.simulator.hearing import post_service
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Chat, ChatType, User, community_of


def become_supergroup(simulator: Simulator, chat: Chat) -> Chat:
    """A group becomes a supergroup, with the same members under another number; both tell of it."""
    old = chat.community
    if chat.type is not ChatType.GROUP or old is None:
        raise ControlRefusal(409, f"chat {chat.id} is a {chat.type}: only a group becomes a supergroup")
    _check_alive(chat, old)
    new = simulator.add_group(chat.title or "", is_supergroup=True, is_open=old.is_open)
    community_of(new).members.update(old.members)
    by = acting(simulator, chat)
    # Told while the bots are still in the old group, which then is closed.
    post_service(simulator, chat, by, {"migrate_to_chat_id": new.id})
    old.moved_to = new.id
    post_service(simulator, new, by, {"migrate_from_chat_id": chat.id})
    tell_page(simulator, chat)
    return new


def rename(simulator: Simulator, chat: Chat, title: str | None, username: str | None) -> None:
    """Gives a group or channel another title or username (empty: none); a new title is told in the chat."""
    if chat.community is None:
        raise ControlRefusal(409, f"chat {chat.id} is private: it has no title")
    if username and chat.type is ChatType.GROUP:
        raise ControlRefusal(409, f"chat {chat.id} is a group: only supergroups and channels have a username")
    old = chat.title
    simulator.rename(chat, title, username)
    if chat.title != old:
        post_service(simulator, chat, acting(simulator, chat), {"new_chat_title": chat.title})
    tell_page(simulator, chat)


def delete_group(simulator: Simulator, chat: Chat) -> None:
    """A group ends; nobody can write there any more."""
    if chat.type is not ChatType.GROUP or chat.community is None:
        raise ControlRefusal(409, f"chat {chat.id} is a {chat.type}: only a group is deleted here")
    _check_alive(chat, chat.community)
    chat.community.is_deleted = True
    tell_page(simulator, chat)


def deactivate(simulator: Simulator, user_id: int) -> Chat:
    """A reader's account is deleted: their name goes, and nobody can write to them."""
    chat = simulator.chats.get(user_id)
    if chat is None or chat.reader is None:
        raise ControlRefusal(404, f"there is no reader {user_id}")
    chat.reader.is_deactivated = True
    chat.reader.first_name, chat.reader.username, chat.username = "", None, None
    tell_page(simulator, chat)
    return chat


def acting(simulator: Simulator, chat: Chat) -> User | None:
    """The person in whose name a chat changes: its creator, else its first administrator, else anybody."""
    community = chat.community
    first: User | None = None
    for wanted in (Status.CREATOR, Status.ADMINISTRATOR):
        for user_id, member in community.members.items() if community else ():
            user = simulator.user_of(user_id)
            if member.status is wanted and user is not None and not user.is_bot:
                return user
    for user in simulator.users.values():
        if not user.is_bot:
            return user
        first = first or user
    return first


def tell_page(simulator: Simulator, chat: Chat) -> None:
    """Tells the page that a chat has changed."""
    simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})


def _check_alive(chat: Chat, community: Community) -> None:
    if community.moved_to is not None or community.is_deleted:
        raise ControlRefusal(409, f"group {chat.id} is over")
