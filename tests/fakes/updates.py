"""What clients can send and the local Telegram's page cannot: made-up presses, old messages, answers."""

from typing import Any

from bot.simulator.actors import Actor, Answer
from bot.simulator.finding import find_entities
from bot.simulator.shapes import message_json, user_json
from bot.simulator.state import CallbackQuery, Message


async def press_made_up(actor: Actor, data: str, answer: Answer | None = None, *, chat: bool = True) -> str:
    """A client presses a button with ``data`` under ``answer``; under a message too old to see without one.

    Without ``chat`` it is pressed under a message of inline mode. Returns the query's number.
    """
    simulator = actor.telegram.simulator

    def pressed() -> str:
        query = CallbackQuery(simulator.next_callback_id(), actor.chat_id, simulator.clock())
        content: dict[str, Any] = {
            "id": query.id,
            "from": user_json(simulator.users[actor.chat_id]),
            "chat_instance": "1",
            "data": data,
        }
        if not chat:
            content["inline_message_id"] = "AQ1"
        elif answer is None:
            private = {"id": actor.chat_id, "type": "private", "first_name": "Sekar"}
            content["message"] = {"message_id": 1, "chat": private, "date": 0}
        else:
            kept = simulator.chats[actor.chat_id].messages[answer.message["message_id"]]
            content["message"] = message_json(kept, simulator.user_of)
        for bot in simulator.bots.values():
            bot.callback_queries[query.id] = query
            simulator.tell_bot(bot, "callback_query", content)
        return query.id

    return await actor.act(pressed)


async def reply(actor: Actor, text: str, answer: Answer) -> None:
    """Somebody writes ``text`` in answer to a message of the bot."""
    simulator = actor.telegram.simulator

    def written() -> None:
        chat = simulator.chats[actor.chat_id]
        message = Message(
            0,
            chat,
            simulator.now(),
            text,
            entities=tuple(find_entities(text)),
            sender=simulator.users[actor.chat_id],
            reply_to=chat.messages[answer.message["message_id"]],
        )
        simulator.post(message)
        for bot in simulator.bots.values():
            simulator.tell_bot(bot, "message", message_json(message, simulator.user_of))

    await actor.act(written)
