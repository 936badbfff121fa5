"""What an answer of Telegram means for one send: the one table from its errors to outcomes.

Sources: the Bot API server's own error texts (tdlib/telegram-bot-api, Client.cpp) and
core.telegram.org/bots/faq.
"""

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.core.outcome import Absent, Gone, Moved, Outcome, Refused, Retry, Sent, Unknown
from bot.telegram.errors import Flood, NotSent

# 400 covers "this chat is over", "this message is wrong" and "nothing to do" alike: only the text tells.
_CHAT_IS_OVER = (
    "chat not found",
    "not enough rights",
    "need administrator rights",
    "have no write access to the chat",
    "chat_write_forbidden",
    "user not found",
    "peer_id_invalid",
    "bot is not a member",
    "chat_admin_required",
    "message thread not found",
    "topic_closed",
)

NOT_SENT_PAUSE = 2.0
"""Seconds before a process tries again that could make no connection."""

TOKEN_PAUSE = 60.0
"""Seconds before a process tries again whose token Telegram does not know."""


def outcome_of(error: TelegramError) -> Outcome:
    """What ``error``, the answer to one send, means for its delivery."""
    cause = error.message
    match error:
        case Flood():
            return Retry(error.seconds, cause, everywhere=True)
        case RetryAfter():
            return Retry(1.0, cause, everywhere=True)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Gone(cause)
        case BadRequest() if any(text in cause.lower() for text in _CHAT_IS_OVER):
            return Gone(cause)
        case BadRequest():
            return Refused(cause)
        case NotSent():
            return Retry(NOT_SENT_PAUSE, cause, here=True)
        case InvalidToken():
            return Retry(TOKEN_PAUSE, cause, here=True)
        case _:
            return Unknown(cause)


def outcome_of_change(error: TelegramError, message_id: int) -> Outcome:
    """What ``error``, the answer to a change of ``message_id``, means for its delivery."""
    if isinstance(error, BadRequest):
        text = error.message.lower()
        if "message is not modified" in text:
            return Sent(message_id)
        if any(gone in text for gone in _MESSAGE_IS_GONE):
            return Absent(error.message)
    return outcome_of(error)


def may_not_delete(error: TelegramError) -> bool:
    """Whether the message is there but too old to be deleted (Telegram: 48 hours)."""
    return isinstance(error, BadRequest) and "message can't be deleted" in error.message.lower()


_MESSAGE_IS_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
)


def nothing_to_do(error: TelegramError) -> bool:
    """Whether an edit or an answer to a button failed only because it is no longer needed."""
    return isinstance(error, BadRequest) and any(
        text in error.message.lower()
        for text in (
            "message is not modified",
            "query is too old",
            "query id is invalid",
        )
    )


def cannot_be_edited(error: BadRequest) -> bool:
    """Whether a message cannot be changed, so that what was to stand there must be sent anew."""
    return any(
        text in error.message.lower()
        for text in (
            "message to edit not found",
            "message can't be edited",
            "there is no text in the message to edit",
            "message_id_invalid",
        )
    )


def picture_failed(error: TelegramError) -> bool:
    """Whether Telegram could not have a picture by its address, or would not take it for one."""
    return isinstance(error, BadRequest) and any(
        text in error.message.lower()
        for text in (
            "wrong file identifier",
            "failed to get http url content",
            "wrong type of the web page content",
            "wrong remote file identifier",
            "photo_invalid_dimensions",
            "image_process_failed",
            "webpage_media_empty",
            "webpage_curl_failed",
            "can't use file of type",
            "not enough rights to send photos",
        )
    )


def thread_is_gone(error: TelegramError) -> bool:
    """Whether a forum has no such topic any more, or it is closed."""
    return isinstance(error, BadRequest) and any(
        text in error.message.lower()
        for text in ("message thread not found", "topic_closed", "topic_deleted")
    )


def has_no_text(error: TelegramError) -> bool:
    """Whether a message is a picture, of which only the caption can be changed."""
    return "there is no text in the message to edit" in error.message.lower()
