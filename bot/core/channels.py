"""How a channel or a newsroom's own group is written to, beside what it wants. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PUSH = "push"
"""The template of a post where none is named."""


@dataclass(frozen=True, slots=True)
class Style:
    """``template`` writes the posts; with ``photo`` the article's picture comes with them, if it has one.

    ``threads`` names the topic of a forum for each section that has one of its own.
    """

    template: str = PUSH
    photo: bool = True
    threads: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel or group as the newspaper describes it.

    ``chat`` is ``@name`` or a number. Empty ``sections`` are all; with ``topics`` each of them gets a topic
    of its own in the forum. ``breaking_only`` leaves out every other article.
    """

    chat: str
    language: str
    sections: tuple[str, ...] = ()
    breaking_only: bool = False
    template: str = PUSH
    photo: bool = False
    topics: bool = False
