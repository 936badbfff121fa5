"""Which methods put messages into a chat: those that rates count and that most faults are for."""

_PREFIXES = ("send", "copymessage", "forwardmessage")
_NO_MESSAGE = frozenset(
    {"sendchataction", "sendchatjoinrequestwebapp", "sendgift", "sendmessagedraft", "sendrichmessagedraft"}
)


def is_send(method: str) -> bool:
    """Whether a method, by its name in small letters, puts messages into a chat."""
    return method.startswith(_PREFIXES) and method not in _NO_MESSAGE
