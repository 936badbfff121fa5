"""What the buttons of the settings ask for, and its short written form: one part of ``bot.core.actions``."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.core.preferences import Setting


class Page(StrEnum):
    """The pages of the settings, and the two of a newcomer's first minute."""

    MAIN = "m"
    WHAT = "w"
    TOPICS = "t"
    KEYWORDS = "k"
    QUIET = "q"
    DIGEST = "d"
    ZONE = "z"
    PAUSE = "p"
    FIRST = "f"
    FIRST_TOPICS = "g"
    READY = "r"


class Prompt(StrEnum):
    """What the bot asks for in words, to be written in reply."""

    FOLLOW = "f"
    MUTE = "m"
    QUIET = "q"
    ZONE = "z"


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Show a page of the settings in the message that holds the button."""

    page: Page


@dataclass(frozen=True, slots=True)
class Change:
    """Set one preference to ``value``, and show ``page`` as it is then."""

    setting: Setting
    value: str
    page: Page


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for something in words."""

    prompt: Prompt


@dataclass(frozen=True, slots=True)
class DropKeyword:
    """Neither follow nor mute the keyword with this ``mark_of`` any more."""

    mark: str


@dataclass(frozen=True, slots=True)
class ToggleSection:
    """Add a section to the wanted ones, or take it out; None wants them all again. Then show ``page``."""

    section: str | None
    page: Page = Page.TOPICS


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase everything that is kept about the chat, or (not ``confirmed``) leave it."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class MuteStory:
    """Send nothing more of the story that article ``article_id`` is of."""

    article_id: int


Choice = ShowPage | Change | Ask | DropKeyword | ToggleSection | MuteStory | Forget

_Groups = tuple[str, ...]

FORMS: tuple[tuple[str, Callable[[_Groups], Choice]], ...] = (
    (r"p:([mwtkqdzpfgr])", lambda g: ShowPage(Page(g[0]))),
    (r"u:([ebcfdawqnzh])([mwtkqdzpfgr]):([\w/+:-]{1,40})", lambda g: Change(Setting(g[0]), g[2], Page(g[1]))),
    (r"y:([fmqz])", lambda g: Ask(Prompt(g[0]))),
    (r"x:([0-9a-f]{12})", lambda g: DropKeyword(g[0])),
    (r"t:([a-z0-9-]{0,60})", lambda g: ToggleSection(g[0] or None)),
    (r"i:([a-z0-9-]{0,60})", lambda g: ToggleSection(g[0] or None, Page.FIRST_TOPICS)),
    (r"j:([1-9]\d{0,17})", lambda g: MuteStory(int(g[0]))),
    (r"g:([01])", lambda g: Forget(g[0] == "1")),
)
"""Every form of callback data of these actions, and what it asks for."""


def written(choice: Choice) -> str:
    """Callback data for ``choice``, which may be too long."""
    match choice:
        case ShowPage(page):
            return f"p:{page}"
        case Change(setting, value, page):
            return f"u:{setting}{page}:{value}"
        case Ask(prompt):
            return f"y:{prompt}"
        case DropKeyword(mark):
            return f"x:{mark}"
        case ToggleSection(section, page):
            return f"{'i' if page is Page.FIRST_TOPICS else 't'}:{section or ''}"
        case MuteStory(article_id):
            return f"j:{article_id}"
        case Forget(confirmed):
            return f"g:{confirmed:d}"


def mark_of(key: str) -> str:
    """A short name for a keyword's key, which may be longer than a button's data."""
    return hashlib.blake2s(key.encode(), digest_size=6).hexdigest()


KEYWORDS_LIMIT = 30
"""Keywords of one reader, followed and muted together: each has a button, and each is looked up."""

KEYWORD_LIMIT = 60
"""Characters of a keyword."""

_BETWEEN = re.compile(r"[,;\n]+")


def read_keywords(text: str, *, muted: bool) -> tuple[tuple[str, bool], ...]:
    """The keywords that a reader wrote, with commas between, and whether each is muted.

    ``!pilkada`` is muted wherever it stands.
    """
    found: dict[str, bool] = {}
    for part in _BETWEEN.split(text):
        words = " ".join(part.split())
        bare = words.lstrip("! ")[:KEYWORD_LIMIT].strip()
        if bare:
            found.setdefault(bare, muted or words.startswith("!"))
    return tuple(found.items())
