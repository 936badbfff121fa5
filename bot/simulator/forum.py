"""What happens to the topics of a forum, with the service messages that tell of it."""

from bot.simulator.community import Topic
from bot.simulator.fields import JsonObject
from bot.simulator.hearing import post_service
from bot.simulator.simulator import Simulator, shown_chat
from bot.simulator.state import Chat, User, community_of

MAX_NAME = 128
"""Characters of a topic's name."""

COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""The colors that a topic's icon may have."""


def open_topic(
    simulator: Simulator, chat: Chat, by: User, name: str, color: int = 0, emoji: str = ""
) -> Topic:
    """A new topic of a forum; a ``color`` that there is not gives way to the first of COLORS."""
    topic = Topic(0, name, color if color in COLORS else COLORS[0], emoji)
    created: JsonObject = {"name": topic.name, "icon_color": topic.icon_color}
    if emoji:
        created["icon_custom_emoji_id"] = emoji
    # The message is the first of the topic whose number it gives.
    topic.thread_id = chat.last_message_id + 1
    community_of(chat).topics[topic.thread_id] = topic
    post_service(simulator, chat, by, {"forum_topic_created": created}, topic.thread_id)
    _tell_page(simulator, chat)
    return topic


def change_topic(simulator: Simulator, chat: Chat, by: User, topic: Topic, name: str, emoji: str) -> None:
    """Gives a topic another name or icon."""
    changes: JsonObject = {}
    if name != topic.name:
        changes["name"] = name
    if emoji != topic.icon_custom_emoji_id:
        changes["icon_custom_emoji_id"] = emoji
    topic.name, topic.icon_custom_emoji_id = name, emoji
    post_service(simulator, chat, by, {"forum_topic_edited": changes}, topic.thread_id)
    _tell_page(simulator, chat)


def set_closed(simulator: Simulator, chat: Chat, by: User, topic: Topic, *, is_closed: bool) -> None:
    """Closes a topic, or opens it again."""
    topic.is_closed = is_closed
    service = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    post_service(simulator, chat, by, {service: {}}, topic.thread_id)
    _tell_page(simulator, chat)


def delete_topic(simulator: Simulator, chat: Chat, topic: Topic) -> None:
    """Takes a topic away with all its messages."""
    del community_of(chat).topics[topic.thread_id]
    for message in [one for one in chat.messages.values() if one.thread == topic.thread_id]:
        simulator.delete(message)
    _tell_page(simulator, chat)


def _tell_page(simulator: Simulator, chat: Chat) -> None:
    simulator.events.publish("chat", lambda: {"chat": shown_chat(chat)})
