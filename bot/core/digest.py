"""What stands in a reader's digest: the main stories that were not sent to this reader, and one quotation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.article import Quotation
from bot.core.preferences import Preferences

MOST_LINES = 10
"""Stories in one digest: what is read at a glance."""

SHORTEST_QUOTATION, LONGEST_QUOTATION = 40, 280
"""Characters of a quotation of the day."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that was published since the last digest.

    ``keys`` are those of the keywords that it holds; ``opened`` is how often readers opened it.
    """

    article_id: int
    story_id: int
    title: str
    section: str | None
    url: str | None
    announced_at: datetime
    breaking: bool
    opened: int
    keys: frozenset[str]
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class DigestReader:
    """A reader as far as the digest goes; ``had`` names the stories of which something was sent before.

    ``last`` is the slot of the last digest that was sent.
    """

    language: str
    preferences: Preferences
    sections: frozenset[str]
    followed: frozenset[str]
    muted: frozenset[str]
    muted_stories: frozenset[int]
    had: frozenset[int]
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories by section, each group and each story in it from the most important on, and a quotation."""

    groups: tuple[tuple[str | None, tuple[Candidate, ...]], ...]
    said: Candidate | None

    @property
    def lines(self) -> tuple[Candidate, ...]:
        """All stories in the order in which they stand."""
        return tuple(line for _, group in self.groups for line in group)


def digest_for(reader: DigestReader, candidates: Iterable[Candidate]) -> Digest | None:
    """The digest of ``candidates`` for ``reader``; None when it would be empty."""
    ranked = sorted(
        (candidate for candidate in candidates if _wanted(reader, candidate)),
        key=lambda candidate: (
            candidate.breaking,
            bool(candidate.keys & reader.followed),
            candidate.opened,
            candidate.announced_at,
            candidate.article_id,
        ),
        reverse=True,
    )
    of_stories: dict[int, Candidate] = {}
    for candidate in ranked:
        of_stories.setdefault(candidate.story_id, candidate)
    chosen = list(of_stories.values())[:MOST_LINES]
    if not chosen:
        return None
    return Digest(_grouped(chosen), next((line for line in chosen if line.quotation is not None), None))


def quotation_of_the_day(quotations: Sequence[Quotation]) -> Quotation | None:
    """The first of ``quotations`` that can stand alone: somebody's, neither a scrap nor a speech."""
    return next(
        (
            said
            for said in quotations
            if said.speaker and SHORTEST_QUOTATION <= len(said.text) <= LONGEST_QUOTATION
        ),
        None,
    )


def _wanted(reader: DigestReader, candidate: Candidate) -> bool:
    if candidate.story_id in reader.had or candidate.story_id in reader.muted_stories:
        return False
    if candidate.keys & reader.muted:
        return False
    in_sections = not reader.sections or candidate.section in reader.sections
    return in_sections or bool(candidate.keys & reader.followed)


def _grouped(chosen: Sequence[Candidate]) -> tuple[tuple[str | None, tuple[Candidate, ...]], ...]:
    groups: Mapping[str | None, list[Candidate]] = {line.section: [] for line in chosen}
    for line in chosen:
        groups[line.section].append(line)
    return tuple((section, tuple(lines)) for section, lines in groups.items())
