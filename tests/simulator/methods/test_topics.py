import pytest

from bot.simulator import Simulator
from bot.simulator.forum import open_topic
from bot.simulator.state import Chat
from tests.simulator.conftest import Wire


@pytest.fixture
async def forum(wire: Wire, simulator: Simulator, reader: Chat) -> Chat:
    """A forum that the bot administers with all rights."""
    chat = simulator.add_group("Forum Contoh", is_forum=True)
    await wire.sim(f"chats/{chat.id}/members", user_id="bot", status="administrator", by=reader.id)
    return chat


@pytest.fixture
async def topic(wire: Wire, forum: Chat) -> int:
    """The number of a topic in the forum."""
    created = await wire.message("createForumTopic", chat_id=forum.id, name=" Politik ", icon_color=0xFFD67E)
    number = created["message_thread_id"]
    assert created == {"message_thread_id": number, "name": "Politik", "icon_color": 0xFFD67E}
    assert isinstance(number, int)
    return number


async def test_a_topic_takes_messages_of_its_own(wire: Wire, forum: Chat, topic: int) -> None:
    first = forum.messages[topic]
    assert first.service == {"forum_topic_created": {"name": "Politik", "icon_color": 0xFFD67E}}
    sent = await wire.message("sendMessage", chat_id=forum.id, message_thread_id=topic, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    reply = await wire.message(
        "sendMessage", chat_id=forum.id, text="y", reply_parameters={"message_id": sent["message_id"]}
    )
    assert reply["message_thread_id"] == topic
    general = await wire.message("sendMessage", chat_id=forum.id, message_thread_id=1, text="z")
    assert "message_thread_id" not in general
    assert (await wire.message("getChat", chat_id=forum.id))["is_forum"] is True


async def test_the_first_topic_of_a_forum_is_not_its_general_one(simulator: Simulator, reader: Chat) -> None:
    empty = simulator.add_group("Forum Kosong", is_forum=True)
    assert reader.reader is not None
    assert open_topic(simulator, empty, reader.reader, "Olahraga").thread_id > 1


async def test_only_a_topic_that_is_there_can_be_written_to(
    wire: Wire, forum: Chat, group: Chat, reader: Chat, topic: int
) -> None:
    for chat, thread in ((forum, topic + 50), (group, topic), (reader, topic)):
        reason = await wire.refused("sendMessage", chat_id=chat.id, message_thread_id=thread, text="x")
        assert reason == "Bad Request: message thread not found"


async def test_a_topic_is_renamed(wire: Wire, forum: Chat, topic: int) -> None:
    where = {"chat_id": forum.id, "message_thread_id": topic}
    await wire.ok("editForumTopic", **where, name="Ekonomi", icon_custom_emoji_id="5")
    last = list(forum.messages.values())[-1]
    assert last.service == {"forum_topic_edited": {"name": "Ekonomi", "icon_custom_emoji_id": "5"}}
    reason = await wire.refused("editForumTopic", **where, name="Ekonomi")
    assert reason == "Bad Request: TOPIC_NOT_MODIFIED"
    await wire.ok("editForumTopic", **where, icon_custom_emoji_id="")
    reason = await wire.refused("editForumTopic", chat_id=forum.id, message_thread_id=999, name="x")
    assert reason == "Bad Request: TOPIC_ID_INVALID"


async def test_a_closed_topic_is_for_administrators(
    wire: Wire, forum: Chat, topic: int, reader: Chat
) -> None:
    where = {"chat_id": forum.id, "message_thread_id": topic}
    await wire.ok("closeForumTopic", **where)
    assert await wire.refused("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    await wire.ok("sendMessage", **where, text="x")
    written = f"chats/{forum.id}/messages"
    assert (await wire.sim(written, text="x", message_thread_id=topic, user_id=reader.id))[0] == 409
    await wire.sim(f"chats/{forum.id}/members", user_id="bot", status="member")
    assert await wire.refused("sendMessage", **where, text="x") == "Bad Request: TOPIC_CLOSED"
    reason = await wire.refused("reopenForumTopic", **where)
    assert reason == "Bad Request: not enough rights to close or open the topic"
    status, shown = await wire.sim(f"chats/{forum.id}/topics/{topic}/reopen")
    assert (status, shown["is_closed"]) == (200, False)
    await wire.ok("sendMessage", **where, text="x")
    status, message = await wire.sim(written, text="/help", message_thread_id=topic, user_id=reader.id)
    assert (status, message["message_thread_id"]) == (200, topic)


async def test_a_topic_goes_with_its_messages(wire: Wire, forum: Chat, topic: int) -> None:
    where = {"chat_id": forum.id, "message_thread_id": topic}
    await wire.ok("sendMessage", **where, text="x")
    kept = await wire.message("sendMessage", chat_id=forum.id, text="y")
    await wire.ok("deleteForumTopic", **where)
    assert [message.text for message in forum.messages.values() if not message.service] == ["y"]
    assert kept["message_id"] in forum.messages
    assert await wire.refused("sendMessage", **where, text="x") == "Bad Request: message thread not found"
    assert await wire.refused("deleteForumTopic", **where) == "Bad Request: TOPIC_ID_INVALID"


async def test_topics_need_a_forum_rights_and_a_name(wire: Wire, forum: Chat, group: Chat) -> None:
    reason = await wire.refused("createForumTopic", chat_id=group.id, name="x")
    assert reason == "Bad Request: the chat is not a forum"
    reason = await wire.refused("createForumTopic", chat_id=forum.id, name=" ")
    assert reason == "Bad Request: title must be non-empty"
    await wire.sim(f"chats/{forum.id}/members", user_id="bot", status="administrator", rights=[])
    reason = await wire.refused("createForumTopic", chat_id=forum.id, name="x")
    assert reason == "Bad Request: not enough rights to create a topic"
    reason = await wire.refused("deleteForumTopic", chat_id=forum.id, message_thread_id=1)
    assert reason == "Bad Request: not enough rights to delete the topic"


async def test_a_reader_opens_and_the_page_closes_topics(wire: Wire, reader: Chat) -> None:
    status, forum = await wire.sim("chats", type="supergroup", title="Forum", is_forum=True)
    assert (status, forum["is_forum"], forum["topics"]) == (200, True, [])
    topics = f"chats/{forum['id']}/topics"
    status, topic = await wire.sim(topics, name="Olahraga", user_id=reader.id)
    assert (status, topic["name"], topic["is_closed"]) == (200, "Olahraga", False)
    (update,) = await wire.updates()
    message = update["message"]
    assert isinstance(message, dict)
    assert message["forum_topic_created"]["name"] == "Olahraga"
    assert message["message_id"] == message["message_thread_id"] == topic["message_thread_id"]
    status, closed = await wire.sim(f"{topics}/{topic['message_thread_id']}/close")
    assert (status, closed["is_closed"]) == (200, True)
    status, chat = await wire.sim(f"{topics}/{topic['message_thread_id']}/delete")
    assert (status, chat["topics"]) == (200, [])
    assert (await wire.sim(f"{topics}/{topic['message_thread_id']}/close"))[0] == 404
    assert (await wire.sim(topics, name=" "))[0] == 400
    assert (await wire.sim(f"chats/{reader.id}/topics", name="x"))[0] == 409
