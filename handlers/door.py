"""How much each person asks: the state behind the token bucket of ``bot.core.pacing``."""

from telegram import Chat, Update

from bot.core.pacing import ONE_READER, ONE_TYPING, Admission, Patience, admit

FORGET_ABOVE = 10_000
"""People remembered before those who asked nothing for a while are dropped."""

_SERVED = Admission(True, False, Patience())


class Door:
    """Lets in what people ask, each at their own rate. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._asking: dict[tuple[int, bool], Patience] = {}

    def admit(self, update: Update, now: float) -> Admission:
        """Whether ``update`` is to be served; what nobody asks, such as being added to a group, always is."""
        person = update.effective_sender
        if person is None or not _asks(update):
            return _SERVED
        typing = update.inline_query is not None
        key = (person.id, typing)
        rate = ONE_TYPING if typing else ONE_READER
        admission = admit(self._asking.get(key, Patience()), now, rate)
        self._asking[key] = admission.patience
        if len(self._asking) > FORGET_ABOVE:
            self._asking = {
                key: patience for key, patience in self._asking.items() if patience.spent_until > now
            }
        return admission


def _asks(update: Update) -> bool:
    if update.callback_query is not None or update.inline_query is not None:
        return True
    message = update.message
    if message is None or message.migrate_to_chat_id is not None:
        return False
    # In a group people mostly talk to each other.
    return message.chat.type == Chat.PRIVATE or (message.text or "").startswith("/")
