"""Methods about the topics of a forum."""

from bot.simulator import forum
from bot.simulator.community import Community, Topic
from bot.simulator.errors import BadRequest
from bot.simulator.methods.access import Access, check_administers
from bot.simulator.methods.query import Query, chat_of
from bot.simulator.shapes import topic_json
from bot.simulator.state import Chat


def create_forum_topic(query: Query) -> object:
    """CreateForumTopic: opens a topic, whose number is that of the service message that tells of it."""
    chat, _ = _forum(query)
    _check_manages(query, chat, "not enough rights to create a topic")
    name = _name(query)
    if not name:
        raise BadRequest("Title must be non-empty")
    color = query.arguments.integer("icon_color")
    emoji = query.arguments.text("icon_custom_emoji_id")
    topic = forum.open_topic(query.simulator, chat, query.bot.user, name, color, emoji)
    shown = topic_json(topic)
    del shown["is_closed"]
    return shown


def edit_forum_topic(query: Query) -> object:
    """EditForumTopic: another name or icon; what is left out stays."""
    chat, topic = _topic(query, "not enough rights to edit the topic")
    name = _name(query) or topic.name
    arguments = query.arguments
    emoji = topic.icon_custom_emoji_id
    if "icon_custom_emoji_id" in arguments.values:
        emoji = arguments.text("icon_custom_emoji_id")
    if (name, emoji) == (topic.name, topic.icon_custom_emoji_id):
        raise BadRequest("TOPIC_NOT_MODIFIED")
    forum.change_topic(query.simulator, chat, query.bot.user, topic, name, emoji)
    return True


def close_forum_topic(query: Query) -> object:
    """CloseForumTopic: only administrators write there any more."""
    return _set_closed(query, is_closed=True)


def reopen_forum_topic(query: Query) -> object:
    """ReopenForumTopic: everybody may write there again."""
    return _set_closed(query, is_closed=False)


def _set_closed(query: Query, *, is_closed: bool) -> object:
    chat, topic = _topic(query, "not enough rights to close or open the topic")
    if topic.is_closed is is_closed:
        raise BadRequest("TOPIC_NOT_MODIFIED")
    forum.set_closed(query.simulator, chat, query.bot.user, topic, is_closed=is_closed)
    return True


def delete_forum_topic(query: Query) -> object:
    """DeleteForumTopic: the topic goes with all its messages."""
    chat, community = _forum(query)
    refusal = "not enough rights to delete the topic"
    check_administers(query.simulator, query.bot, chat, "can_delete_messages", refusal)
    forum.delete_topic(query.simulator, chat, _find(query, community))
    return True


def _forum(query: Query) -> tuple[Chat, Community]:
    chat = chat_of(query, Access.WRITE)
    if chat.community is None or not chat.community.is_forum:
        raise BadRequest("the chat is not a forum")
    return chat, chat.community


def _topic(query: Query, refusal: str) -> tuple[Chat, Topic]:
    chat, community = _forum(query)
    _check_manages(query, chat, refusal)
    return chat, _find(query, community)


def _find(query: Query, community: Community) -> Topic:
    topic = community.topics.get(query.arguments.integer("message_thread_id"))
    if topic is None:
        raise BadRequest("TOPIC_ID_INVALID")
    return topic


def _check_manages(query: Query, chat: Chat, refusal: str) -> None:
    check_administers(query.simulator, query.bot, chat, "can_manage_topics", refusal)


def _name(query: Query) -> str:
    """The argument name as Telegram keeps it; what is too long is cut."""
    return query.arguments.text("name").strip()[: forum.MAX_NAME]
