"""Methods by which a bot receives updates."""

from bot.simulator.errors import Refusal
from bot.simulator.methods.query import Query

MAX_TIMEOUT = 50
"""Seconds that a long poll waits at most."""

KINDS = frozenset(
    {
        "business_connection",
        "business_message",
        "callback_query",
        "channel_post",
        "chat_boost",
        "chat_join_request",
        "chat_member",
        "chosen_inline_result",
        "deleted_business_messages",
        "edited_business_message",
        "edited_channel_post",
        "edited_message",
        "guest_message",
        "inline_query",
        "managed_bot",
        "message",
        "message_reaction",
        "message_reaction_count",
        "my_chat_member",
        "poll",
        "poll_answer",
        "pre_checkout_query",
        "purchased_paid_media",
        "removed_chat_boost",
        "shipping_query",
    }
)
"""The kinds of update there are; other names in allowed_updates are passed over."""

_WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


async def get_updates(query: Query) -> object:
    """GetUpdates: waits for updates and returns them; 409 while the bot has a webhook."""
    arguments = query.arguments
    if query.bot.webhook is not None:
        await query.bot.updates.pause_after_conflict()
        raise Refusal(409, _WEBHOOK_IS_ACTIVE)
    set_allowed(query)
    updates = await query.bot.updates.poll(
        arguments.integer("offset"),
        arguments.integer("limit", 100, low=1, high=100),
        arguments.integer("timeout", low=0, high=MAX_TIMEOUT),
        query.simulator.clock(),
    )
    return [update.as_json() for update in updates]


def set_allowed(query: Query) -> None:
    """Remembers allowed_updates until another list comes.

    As in Telegram anything that is no list of names changes nothing, and a list without any known name
    stands for the usual kinds.
    """
    value = query.arguments.json_or_none("allowed_updates")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        names = {name.lower() for name in value}
        query.bot.updates.allowed = tuple(kind for kind in sorted(KINDS) if kind in names)
