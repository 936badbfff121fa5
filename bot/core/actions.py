"""What a button or a deep link asks for, and its short written form. Pure; whoever reads decides what to do.

Callback data has at most 64 bytes and a deep-link payload at most 64 of ``A-Za-z0-9_-`` (Bot API, "Deep
linking"); both come from strangers, so reading them never raises: what is not ours is None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.core.article import QuotationKey
from bot.core.choices import FORMS, Choice
from bot.core.choices import written as written_choice


class View(StrEnum):
    """The ways to look at one article."""

    SUMMARY = "s"
    FULL = "f"
    QUOTATIONS = "q"
    RELATED = "r"
    TIMELINE = "t"


class CardShape(StrEnum):
    """The two shapes of a quotation card: upright for a phone's screen, wide for a link's preview."""

    UPRIGHT = "u"
    WIDE = "w"


@dataclass(frozen=True, slots=True)
class Show:
    """Show article ``article_id`` in the message that holds the button; ``page`` counts from 0."""

    article_id: int
    view: View = View.SUMMARY
    page: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """Show article ``article_id`` in a new message."""

    article_id: int
    view: View = View.SUMMARY


@dataclass(frozen=True, slots=True)
class ShowQuotation:
    """Show one quotation by itself, in a new message."""

    key: QuotationKey


@dataclass(frozen=True, slots=True)
class DrawCard:
    """Send one quotation as a picture."""

    key: QuotationKey
    shape: CardShape


@dataclass(frozen=True, slots=True)
class Topics:
    """Show all sections in the message that holds the button."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Show page ``page`` (from 0) of a section's articles."""

    section: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Show page ``page`` (from 0) of what the people called ``name`` were quoted with."""

    name: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Keep:
    """Put article ``article_id`` among the asking person's bookmarks, or take it out."""

    article_id: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Show page ``page`` (from 0) of the asking person's bookmarks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """The reader came by a link of a campaign; only how many came is kept."""

    name: str


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


Action = (
    Show
    | Open
    | ShowQuotation
    | DrawCard
    | Topics
    | Topic
    | Said
    | Keep
    | Kept
    | Search
    | SetLanguage
    | SetSubscribed
    | SetSilent
    | Choice
)

Target = Open | ShowQuotation | Topic | Campaign
"""What a deep link may point to."""

DATA_LIMIT = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""

_ID = r"[1-9]\d{0,17}"
_QUOTATION = rf"({_ID})[:_]([1-9]\d{{0,5}})[:_](\d{{1,4}})"
_PAGE = r"(\d{1,4})"
_SLUG = r"[a-z0-9-]{1,60}"

_PAYLOAD_VIEWS = {"a": View.SUMMARY, "f": View.FULL, "q": View.QUOTATIONS}


def write(action: Action) -> str | None:
    """Callback data for ``action``, or None when it does not fit into 64 bytes (a long search)."""
    data = _written(action)
    return data if len(data.encode()) <= DATA_LIMIT else None


def _written(action: Action) -> str:
    match action:
        case Show(article_id, view, page):
            return f"a:{view}:{article_id}" + (f":{page}" if page else "")
        case Open(article_id, view):
            return f"o:{view}:{article_id}"
        case ShowQuotation(key):
            return f"w:{_joined(key, ':')}"
        case DrawCard(key, shape):
            return f"c:{shape}:{_joined(key, ':')}"
        case Keep(article_id):
            return f"b:{article_id}"
        case Topics():
            return "k"
        case Topic() | Said() | Kept() | Search():
            return _written_list(action)
        case _:
            return _written_setting(action)


def _written_list(action: Topic | Said | Kept | Search) -> str:
    match action:
        case Topic(section, page):
            return f"k:{page}:{section}"
        case Said(name, page):
            return f"q:{page}:{name}"
        case Kept(page):
            return f"s:{page}"
        case Search(query, page):
            return f"f:{page}:{query}"


def _written_setting(action: SetLanguage | SetSubscribed | SetSilent | Choice) -> str:
    match action:
        case SetLanguage(language):
            return f"l:{language}"
        case SetSubscribed(wanted):
            return f"n:{wanted:d}"
        case SetSilent(wanted):
            return f"m:{wanted:d}"
        case _:
            return written_choice(action)


def _joined(key: QuotationKey, mark: str) -> str:
    return f"{key.article_id}{mark}{key.revision}{mark}{key.position}"


_Groups = tuple[str, ...]

# Every form of callback data, and what it asks for; the letters in front tell them apart.
_WRITTEN: tuple[tuple[str, Callable[[_Groups], Action]], ...] = (
    (
        rf"a:([sfqrt]):({_ID})(?::([1-9]\d{{0,3}}))?",
        lambda g: Show(int(g[1]), View(g[0]), int(g[2] or 0)),
    ),
    (rf"o:([sfqrt]):({_ID})", lambda g: Open(int(g[1]), View(g[0]))),
    (rf"w:{_QUOTATION}", lambda g: ShowQuotation(_key(g))),
    (rf"c:([uw]):{_QUOTATION}", lambda g: DrawCard(_key(g[1:]), CardShape(g[0]))),
    (rf"b:({_ID})", lambda g: Keep(int(g[0]))),
    (r"k", lambda _: Topics()),
    (rf"k:{_PAGE}:({_SLUG})", lambda g: Topic(g[1], int(g[0]))),
    (rf"q:{_PAGE}:(.+)", lambda g: Said(g[1], int(g[0]))),
    (rf"s:{_PAGE}", lambda g: Kept(int(g[0]))),
    (rf"f:{_PAGE}:(.+)", lambda g: Search(g[1], int(g[0]))),
    (r"l:([a-z]{2,3})", lambda g: SetLanguage(g[0])),
    (r"n:([01])", lambda g: SetSubscribed(g[0] == "1")),
    (r"m:([01])", lambda g: SetSilent(g[0] == "1")),
    *FORMS,
)

_FORMS = tuple((re.compile(form, re.ASCII | re.DOTALL), made) for form, made in _WRITTEN)

_PAYLOADS: tuple[tuple[re.Pattern[str], Callable[[_Groups], Target]], ...] = tuple(
    (re.compile(form, re.ASCII), made)
    for form, made in (
        (rf"([afq])_({_ID})", lambda g: Open(int(g[1]), _PAYLOAD_VIEWS[g[0]])),
        (rf"k_{_QUOTATION}", lambda g: ShowQuotation(_key(g))),
        (rf"t_({_SLUG})", lambda g: Topic(g[0])),
        (r"c_([A-Za-z0-9-]{1,40})", lambda g: Campaign(g[0])),
    )
)


def _key(groups: _Groups) -> QuotationKey:
    return QuotationKey(int(groups[0]), int(groups[1]), int(groups[2]))


def read(data: str) -> Action | None:
    """The action behind callback data, or None when this project did not write it."""
    for form, made in _FORMS:
        if found := form.fullmatch(data):
            return made(found.groups())
    return None


def write_payload(target: Target) -> str:
    """The deep-link payload for ``target``.

    ``a_12`` is an article, ``f_12`` its full story, ``q_12`` its quotations, ``k_12_1_3`` one quotation,
    ``t_parpol`` a section, ``c_radio`` a campaign. Other views have no link of their own: the article has.
    """
    match target:
        case Open(article_id, view):
            letters = {view: letter for letter, view in _PAYLOAD_VIEWS.items()}
            return f"{letters.get(view, 'a')}_{article_id}"
        case ShowQuotation(key):
            return f"k_{_joined(key, '_')}"
        case Topic(section):
            return f"t_{section}"
        case Campaign(name):
            return f"c_{name}"


def read_payload(payload: str) -> Target | None:
    """What a deep link's payload asks for, or None when this project did not write it."""
    for form, made in _PAYLOADS:
        if found := form.fullmatch(payload):
            return made(found.groups())
    return None
