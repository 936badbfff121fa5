"""The one error tree. Each class says what it means for trying again; texts name the value and what to do."""

from datetime import datetime


class KabarError(Exception):
    """Everything this project raises on purpose. ``str()`` is one line for the operator."""


class SettingsError(KabarError):
    """A setting is missing or wrong; the text names it and how to write it."""


class NotAnArticle(KabarError):
    """A text could not be read as an article.

    ``missing`` says what was looked for and not found (``"a date line like ..."``); ``name`` is the
    file or address it came from.
    """

    def __init__(self, missing: str, *, name: str = "-") -> None:
        super().__init__(f"{name}: no article here: {missing}")
        self.name = name
        self.missing = missing


class FetchFailed(KabarError):
    """A document could not be had from its server.

    ``cause`` says why in plain words; ``name`` is the address. ``retry_at``, aware, is when the server wants
    to be asked again, and ``gone`` says that it calls the address gone for good.
    """

    def __init__(
        self, cause: str, *, name: str, retry_at: datetime | None = None, gone: bool = False
    ) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name
        self.cause = cause
        self.retry_at = retry_at
        self.gone = gone


class UnreadableSource(KabarError):
    """What a source gave cannot be read as what it should be (a feed, a sitemap, a page).

    ``cause`` says what is wrong and what was expected; ``name`` is the file or address it came from.
    """

    def __init__(self, cause: str, *, name: str = "-") -> None:
        super().__init__(f"{name}: cannot be read: {cause}")
        self.name = name
        self.cause = cause


class NoSuchThing(KabarError):
    """What was asked for by its number is not there; the text names it and where numbers are listed."""


class TemplateFault(KabarError):
    """A template (ours or the newspaper's) does not compile or names something that does not exist."""


class StoreUnavailable(KabarError):
    """The database did not answer, is locked or is full; nothing was written."""


class TelegramRefused(KabarError):
    """Telegram answered something that the bot cannot start without by a refusal; the text is Telegram's."""


class BadFilter(KabarError):
    """A filter of a search has a value that it cannot have: ``name`` as written, ``value`` perhaps empty.

    ``start`` is the filter, as written, that begins after this one ends; mostly empty.
    """

    def __init__(self, name: str, value: str, start: str = "") -> None:
        super().__init__(
            f"{name}:{value} is no filter: write {name}:2023-09 for a date, kata:NAME for a person"
        )
        self.name = name
        self.value = value
        self.start = start
