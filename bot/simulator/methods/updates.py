"""Methods by which a bot receives updates."""

from bot.simulator.errors import BadRequest
from bot.simulator.methods.query import Described, Query

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
        "inline_query",
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


async def get_updates(query: Query) -> object:
    """GetUpdates: waits for updates and returns them."""
    arguments = query.arguments
    _set_allowed(query)
    updates = await query.bot.updates.poll(
        arguments.integer("offset"),
        arguments.integer("limit", 100, low=1, high=100),
        arguments.integer("timeout", low=0, high=MAX_TIMEOUT),
        query.simulator.clock(),
    )
    return [update.as_json() for update in updates]


def _set_allowed(query: Query) -> None:
    """Remembers allowed_updates; as in Telegram anything that is no list of names changes nothing."""
    value = query.arguments.json_or_none("allowed_updates")
    if isinstance(value, list):
        query.bot.updates.allowed = tuple(name for name in value if isinstance(name, str) and name in KINDS)


def set_webhook(query: Query) -> object:
    """SetWebhook: only its removal; this local Telegram hands out updates to getUpdates alone."""
    if query.arguments.text("url"):
        raise BadRequest("bad webhook: this local Telegram sends no webhooks, use getUpdates")
    return delete_webhook(query)


def delete_webhook(query: Query) -> object:
    """DeleteWebhook: there is none, but waiting updates can be dropped with it."""
    if query.arguments.boolean("drop_pending_updates"):
        query.bot.updates.clear()
    return Described(True, "Webhook is already deleted")


def get_webhook_info(query: Query) -> object:
    """GetWebhookInfo: no webhook, and how many updates wait."""
    updates = query.bot.updates
    shown: dict[str, object] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates),
    }
    if updates.allowed:
        shown["allowed_updates"] = list(updates.allowed)
    return shown
