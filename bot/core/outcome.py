"""What became of one send, as values. The table from Telegram's answers to these lives in bot/telegram."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram accepted the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """Not sent, and may be sent again after ``after`` seconds; ``everywhere`` when no chat may be sent to."""

    after: float
    cause: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection broke after the request left: Telegram may or may not have the message."""

    cause: str


@dataclass(frozen=True, slots=True)
class Gone:
    """This chat is over or closed to the bot; other chats are not concerned."""

    cause: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup; the message was not sent and belongs to ``to``."""

    to: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram refuses this message itself; sending it again brings the same answer."""

    cause: str


Outcome = Sent | Retry | Unknown | Gone | Moved | Refused
