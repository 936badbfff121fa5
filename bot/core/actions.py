"""What a button or a deep link asks for, and its short written form. Pure; whoever reads decides what to do.

Callback data has at most 64 bytes and a deep-link payload at most 64 of ``A-Za-z0-9_-`` (Bot API, "Deep
linking"); both come from strangers, so reading them never raises: what is not ours is None.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """The ways to look at one article."""

    SUMMARY = "s"
    FULL = "f"
    QUOTATIONS = "q"
    RELATED = "r"


@dataclass(frozen=True, slots=True)
class Show:
    """Show article ``article_id`` in the message that holds the button."""

    article_id: int
    view: View = View.SUMMARY


@dataclass(frozen=True, slots=True)
class Open:
    """Show article ``article_id`` in a new message."""

    article_id: int
    view: View = View.SUMMARY


@dataclass(frozen=True, slots=True)
class Search:
    """Show page ``page`` (from 0) of the results for ``query``."""

    query: str
    page: int


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak ``language`` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class SetSubscribed:
    """Push new articles, or stop."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Push without a sound, or with one."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ToggleSection:
    """Add a section to the wanted ones, or take it out; None wants them all again."""

    section: str | None


Action = Show | Open | Search | SetLanguage | SetSubscribed | SetSilent | ToggleSection

DATA_LIMIT = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""

_ARTICLE = re.compile(r"([ao]):([sfqr]):([1-9]\d{0,17})", re.ASCII)
_PAYLOAD = re.compile(r"([afq])_([1-9]\d{0,17})", re.ASCII)
_PAYLOAD_VIEWS = {"a": View.SUMMARY, "f": View.FULL, "q": View.QUOTATIONS}
_SEARCH = re.compile(r"f:(\d{1,4}):(.+)", re.ASCII | re.DOTALL)
_SECTION = re.compile(r"t:([a-z0-9-]{0,60})", re.ASCII)
_LANGUAGE = re.compile(r"l:([a-z]{2,3})", re.ASCII)
_SWITCH = re.compile(r"([nm]):([01])", re.ASCII)


def write(action: Action) -> str | None:
    """Callback data for ``action``, or None when it does not fit into 64 bytes (a long search)."""
    data = _written(action)
    return data if len(data.encode()) <= DATA_LIMIT else None


def _written(action: Action) -> str:
    match action:
        case Show(article_id, view):
            return f"a:{view}:{article_id}"
        case Open(article_id, view):
            return f"o:{view}:{article_id}"
        case Search(query, page):
            return f"f:{page}:{query}"
        case SetLanguage(language):
            return f"l:{language}"
        case SetSubscribed(wanted):
            return f"n:{wanted:d}"
        case SetSilent(wanted):
            return f"m:{wanted:d}"
        case ToggleSection(section):
            return f"t:{section or ''}"


def read(data: str) -> Action | None:
    """The action behind callback data, or None when this project did not write it."""
    if found := _ARTICLE.fullmatch(data):
        asks = Show if found[1] == "a" else Open
        return asks(int(found[3]), View(found[2]))
    if found := _SEARCH.fullmatch(data):
        return Search(found[2], int(found[1]))
    if found := _LANGUAGE.fullmatch(data):
        return SetLanguage(found[1])
    if found := _SECTION.fullmatch(data):
        return ToggleSection(found[1] or None)
    if found := _SWITCH.fullmatch(data):
        return SetSubscribed(found[2] == "1") if found[1] == "n" else SetSilent(found[2] == "1")
    return None


def write_payload(action: Open) -> str:
    """The deep-link payload that opens an article (``a_12``), its full story (``f_12``) or its quotations."""
    letters = {view: letter for letter, view in _PAYLOAD_VIEWS.items()}
    return f"{letters.get(action.view, 'a')}_{action.article_id}"


def read_payload(payload: str) -> Open | None:
    """What a deep link's payload asks for, or None when this project did not write it."""
    found = _PAYLOAD.fullmatch(payload)
    return Open(int(found[2]), _PAYLOAD_VIEWS[found[1]]) if found is not None else None
