"""Methods by which a bot has its updates sent to an address of its own."""

from bot.simulator.methods.query import Described, Query
from bot.simulator.methods.updates import set_allowed
from bot.simulator.webhook import (
    DEFAULT_CONNECTIONS,
    MAX_CONNECTIONS,
    Webhook,
    check_address,
    check_secret,
)

_TAKEN_OVER = "Conflict: terminated by setWebhook request"


def set_webhook(query: Query) -> object:
    """SetWebhook: sends the updates to an address from now on; an empty one takes the webhook away.

    As in Telegram the old webhook is gone even if the new one is refused.
    """
    arguments = query.arguments
    url = arguments.text("url")
    if not url:
        return delete_webhook(query)
    wanted = Webhook(
        url,
        arguments.text("secret_token"),
        arguments.integer("max_connections", DEFAULT_CONNECTIONS, low=1, high=MAX_CONNECTIONS),
        arguments.text("ip_address"),
    )
    drops = arguments.boolean("drop_pending_updates")
    if query.bot.webhook is not None and _is_same(query.bot.webhook, wanted) and not drops:
        set_allowed(query)
        return Described(True, "Webhook is already set")
    query.bot.updates.end_poll(_TAKEN_OVER)
    _remove(query)
    check_address(url, wanted.ip_address)
    check_secret(wanted.secret)
    set_allowed(query)
    query.simulator.webhooks.set(query.bot, wanted)
    return Described(True, "Webhook was set")


def delete_webhook(query: Query) -> object:
    """DeleteWebhook: the updates wait for getUpdates again, or are dropped."""
    was_set = query.bot.webhook is not None
    _remove(query)
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(query: Query) -> object:
    """GetWebhookInfo: the webhook, how many updates wait, and the last fault on the way to it."""
    updates, webhook = query.bot.updates, query.bot.webhook
    updates.expire(query.simulator.clock())
    shown: dict[str, object] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates),
    }
    if webhook is not None:
        if webhook.shown_ip_address:
            shown["ip_address"] = webhook.shown_ip_address
        if webhook.failed_at:
            shown |= {"last_error_date": int(webhook.failed_at), "last_error_message": webhook.failure}
        shown["max_connections"] = webhook.max_connections
    if updates.allowed:
        shown["allowed_updates"] = list(updates.allowed)
    return shown


def _is_same(old: Webhook, new: Webhook) -> bool:
    return (old.url, old.secret, old.max_connections, old.ip_address) == (
        new.url,
        new.secret,
        new.max_connections,
        new.ip_address,
    )


def _remove(query: Query) -> None:
    query.simulator.webhooks.remove(query.bot)
    if query.arguments.boolean("drop_pending_updates"):
        query.bot.updates.clear()
