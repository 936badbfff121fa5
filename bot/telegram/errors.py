"""Telegram's errors that python-telegram-bot cannot tell apart, as subclasses of its own."""

from datetime import timedelta

from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut


class NotSent(NetworkError):
    """The request never reached Telegram (refused, no such host, no connection in time): send it again."""


class ServerFault(NetworkError):
    """Telegram answered 5xx: the message may or may not have been taken."""


class TimedOutAfterSending(TimedOut):
    """Telegram did not answer in time: the message may or may not have been taken."""


class Flood(RetryAfter):
    """429: nothing may be sent for ``seconds``.

    Reading ``RetryAfter.retry_after`` warns of its coming type, which warnings as errors turn into another
    exception; this class carries the number beside it.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._retry_after = timedelta(seconds=seconds)
        TelegramError.__init__(self, f"flood control exceeded, retry in {seconds:g} seconds")
