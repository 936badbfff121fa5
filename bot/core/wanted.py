"""Whether an article goes to a reader now, later, in the digest or never. The store says the same in SQL."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.preferences import Preferences, zone_of
from bot.core.publication import PublicationKind
from bot.core.quiet import quiet_until


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article is to one reader.

    ``in_sections``: it is of a section that the reader wants; ``followed``: it holds a keyword that the
    reader follows; ``muted``: it holds one that the reader muted, or is of a story that the reader muted.
    """

    kind: PublicationKind
    in_sections: bool = True
    followed: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """What the reader was sent on this local day: how much breaking news, and something of this story."""

    breaking: int = 0
    story: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """At once."""


@dataclass(frozen=True, slots=True)
class Later:
    """When the reader's quiet hours are over."""

    at: datetime


@dataclass(frozen=True, slots=True)
class InDigest:
    """Not by itself: the reader's next digest may have it."""


@dataclass(frozen=True, slots=True)
class Never:
    """Not at all."""


Verdict = Now | Later | InDigest | Never


def decide(preferences: Preferences, facts: Facts, today: Today, now: datetime) -> Verdict:
    """What becomes of an article for a reader at ``now`` (aware)."""
    if facts.muted or not (facts.in_sections or facts.followed):
        return Never()
    paused = preferences.paused_until is not None and preferences.paused_until > now
    if paused or not _pushed(preferences, facts, today):
        return InDigest() if preferences.digest else Never()
    passes = preferences.breaking_passes and facts.kind is PublicationKind.BREAKING
    until = None if passes else quiet_until(preferences.quiet, zone_of(preferences.zone), now)
    return Now() if until is None else Later(until)


def _pushed(preferences: Preferences, facts: Facts, today: Today) -> bool:
    if preferences.every_article or (facts.followed and not today.story):
        return True
    if facts.kind is not PublicationKind.BREAKING or not preferences.breaking:
        return False
    if today.story and not preferences.follow_ups:
        return False
    return preferences.cap is None or today.breaking < preferences.cap
