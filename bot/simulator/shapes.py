"""The simulator's records as the JSON objects of the Bot API."""

from collections.abc import Callable

from bot.simulator.community import Topic
from bot.simulator.entities import Entity, EntityType
from bot.simulator.fields import JsonObject
from bot.simulator.invites import InviteLink
from bot.simulator.state import Bot, Chat, ChatType, Message, User

_SHOWN_OF_LINK = len("https://t.me/+") + 8

Find = Callable[[int], User | None]
"""The user of a number, None if there is none."""


def user_json(user: User) -> JsonObject:
    """A User object."""
    shown: JsonObject = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        shown["username"] = user.username
    if user.language_code:
        shown["language_code"] = user.language_code
    return shown


def bot_json(bot: Bot) -> JsonObject:
    """The User object of getMe."""
    return user_json(bot.user) | {
        "can_join_groups": bot.settings.can_join_groups,
        "can_read_all_group_messages": not bot.settings.has_privacy,
        "supports_inline_queries": bot.settings.is_inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
        "supports_join_request_queries": False,
    }


def chat_json(chat: Chat) -> JsonObject:
    """A Chat object."""
    shown: JsonObject = {"id": chat.id}
    if chat.reader is not None:
        shown["first_name"] = chat.reader.first_name
    if chat.title is not None:
        shown["title"] = chat.title
    if chat.username:
        shown["username"] = chat.username
    shown["type"] = chat.type.value
    if chat.community is not None and chat.community.is_forum:
        shown["is_forum"] = True
    return shown


def invite_link_json(link: InviteLink, creator: User, pending: int, *, hides: bool) -> JsonObject:
    """A ChatInviteLink object, with ``pending`` requests to join; ``hides``: without the end of the link."""
    shown: JsonObject = {
        "invite_link": f"{link.link[:_SHOWN_OF_LINK]}..." if hides else link.link,
        "creator": user_json(creator),
        "creates_join_request": link.asks,
        "is_primary": link.is_primary,
        "is_revoked": link.is_revoked,
    }
    options = {
        "name": link.name,
        "expire_date": link.expires,
        "member_limit": link.limit,
        "pending_join_request_count": pending,
    }
    return shown | {name: value for name, value in options.items() if value}


def full_chat_json(chat: Chat) -> JsonObject:
    """A ChatFullInfo object."""
    shown = chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": chat.type is ChatType.PRIVATE,
            "limited_gifts": chat.type is ChatType.PRIVATE,
            "unique_gifts": chat.type is ChatType.PRIVATE,
            "premium_subscription": chat.type is ChatType.PRIVATE,
            "gifts_from_channels": chat.type is ChatType.PRIVATE,
        },
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        shown["permissions"] = {"can_send_messages": True, "can_invite_users": True}
    return shown


def entity_json(entity: Entity, find_user: Find) -> JsonObject | None:
    """A MessageEntity object, None for a mention of somebody unknown, which Telegram drops."""
    shown: JsonObject = {"type": entity.type.value, "offset": entity.offset, "length": entity.length}
    if entity.type is EntityType.TEXT_MENTION:
        user = find_user(entity.user_id or 0)
        if user is None:
            return None
        shown["user"] = user_json(user)
    for name in ("url", "language", "custom_emoji_id", "unix_time", "date_time_format"):
        value = getattr(entity, name)
        if value is not None:
            shown[name] = value
    return shown


def message_json(message: Message, find_user: Find, *, with_reply: bool = True) -> JsonObject:
    """A Message object. A message replied to is shown once, without the one that it replies to itself."""
    chat = chat_json(message.chat)
    shown: JsonObject = {"message_id": message.message_id}
    if message.thread is not None:
        shown |= {"message_thread_id": message.thread, "is_topic_message": True}
    if message.sender is not None:
        shown["from"] = user_json(message.sender)
    else:
        shown["sender_chat"] = chat
    shown["chat"] = chat
    shown["date"] = message.date
    if message.edit_date is not None:
        shown["edit_date"] = message.edit_date
    _add_context(shown, message, find_user, with_reply=with_reply)
    _add_content(shown, message, find_user)
    if message.is_protected:
        shown["has_protected_content"] = True
    if message.markup:
        shown["reply_markup"] = message.markup
    return shown


def _add_context(shown: JsonObject, message: Message, find_user: Find, *, with_reply: bool) -> None:
    """Where a message comes from, what it answers and what it belongs to."""
    if message.origin is not None:
        shown["forward_origin"] = message.origin
    if with_reply and message.reply_to is not None:
        shown["reply_to_message"] = message_json(message.reply_to, find_user, with_reply=False)
    if message.external_reply is not None:
        shown["external_reply"] = message.external_reply
    if message.quote is not None:
        shown["quote"] = message.quote
    if message.via_bot is not None:
        shown["via_bot"] = user_json(message.via_bot)
    if message.album is not None:
        shown["media_group_id"] = message.album


def _add_content(shown: JsonObject, message: Message, find_user: Find) -> None:
    """What a message says: its text, its media with a caption, or what service it tells of."""
    if message.service is not None:
        shown |= message.service
        return
    text, entities = ("text", "entities")
    if message.media is not None:
        shown |= message.media.as_json()
        text, entities = ("caption", "caption_entities")
    if message.text or message.media is None:
        shown[text] = message.text
    found = [entity_json(one, find_user) for one in message.entities]
    if found := [one for one in found if one is not None]:
        shown[entities] = found
    if message.preview:
        shown["link_preview_options"] = message.preview


def shown_message(message: Message, find_user: Find) -> JsonObject:
    """A Message object as the control API shows it: with what bots do not see.

    ``disable_notification`` is true for one sent silently, ``reply_keyboard`` the ReplyKeyboardMarkup,
    ReplyKeyboardRemove or ForceReply that came with it, ``media_url`` where its media can be looked at: under
    /sim/files/, or at the address that the bot gave.
    """
    shown = message_json(message, find_user)
    if message.is_silent:
        shown["disable_notification"] = True
    if message.other_keyboard is not None:
        shown["reply_keyboard"] = message.other_keyboard
    if message.media is not None:
        file = message.media.file
        shown["media_url"] = file.address or f"/sim/files/{file.unique_id}"
    return shown


def origin_json(message: Message) -> JsonObject:
    """The MessageOrigin of a message: the one that it was forwarded from, or itself."""
    if message.origin is not None:
        return message.origin
    if message.sender is not None:
        return {"type": "user", "date": message.date, "sender_user": user_json(message.sender)}
    return {
        "type": "channel",
        "date": message.date,
        "chat": chat_json(message.chat),
        "message_id": message.message_id,
    }


def external_reply_json(message: Message) -> JsonObject:
    """The ExternalReplyInfo of a message that is replied to from another chat."""
    shown: JsonObject = {"origin": origin_json(message)}
    if message.chat.type is not ChatType.PRIVATE:
        shown |= {"chat": chat_json(message.chat), "message_id": message.message_id}
    if message.preview:
        shown["link_preview_options"] = message.preview
    if message.media is not None:
        shown |= {
            name: value for name, value in message.media.as_json().items() if not name.startswith("show_")
        }
    return shown


def topic_json(topic: Topic) -> JsonObject:
    """A ForumTopic object, with ``is_closed``, which bots do not see."""
    shown: JsonObject = {
        "message_thread_id": topic.thread_id,
        "name": topic.name,
        "icon_color": topic.icon_color,
        "is_closed": topic.is_closed,
    }
    if topic.icon_custom_emoji_id:
        shown["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return shown


def commands_json(bot: Bot) -> list[JsonObject]:
    """Every list of commands that a bot has set, with its scope and language."""
    return [
        {"scope": scope.as_json(), "language_code": language, "commands": commands}
        for (scope, language), commands in bot.commands.items()
    ]
