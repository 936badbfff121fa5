"""python-telegram-bot's bot, with one more way to send, for a message that goes to many. No words here."""

from collections.abc import Mapping
from typing import Any

from telegram.ext import BaseRateLimiter, ExtBot

from bot.telegram.paced_answers import GRANTED
from bot.telegram.transport import AiohttpRequest


class NewsBot(ExtBot[str]):
    """ExtBot over our transport and with a rate limiter, which hears of each 429."""

    def __init__(
        self,
        token: str,
        *,
        request: AiohttpRequest,
        rate_limiter: BaseRateLimiter[str],
        **options: Any,
    ) -> None:
        super().__init__(token, request=request, rate_limiter=rate_limiter, **options)
        self._transport = request
        self._limiter = rate_limiter

    async def send_ready(self, chat_id: int, fields: Mapping[str, str | int | bool]) -> int:
        """The number of the new message that sendMessage with these ``fields`` makes in ``chat_id``.

        The caller has waited for its turn; ``fields`` are as they go over the wire, objects in JSON. Raises
        TelegramError. ``send_message`` checks each argument anew for every recipient and builds objects of
        all that comes back, of which only the number is looked at: a fifth of a delivery's processor time.
        """
        answer: Any = await self._limiter.process_request(
            self._transport.post_fields,
            (f"{self.base_url}/sendMessage", {"chat_id": chat_id, **fields}),
            {},
            "sendMessage",
            {},
            GRANTED,
        )
        number: int = answer["message_id"]
        return number
