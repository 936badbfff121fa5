"""Which articles tell of the same event: an article's key, and how alike two are. No search lives here."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt
from operator import itemgetter
from zlib import crc32

from bot.core.article import Article
from bot.core.bodies import BODIES
from bot.core.given_names import GIVEN_NAMES
from bot.core.offices import ROLES, TITLES
from bot.core.openers import OPENERS
from bot.core.ordinary_words import EMPTY, USUAL
from bot.core.places import PLACES

WINDOW = timedelta(days=4)
"""How far apart two articles may be published and still be linked; a story goes on through its newest."""

_MOST_TERMS = 32
_TELLING = 8
_LONGEST = 40
_LEAD = 2
"""Paragraphs that tell what happened, in the news."""

_READ = 2_000
"""Characters of a text that are read for its key: the news comes first, and background is shared by many."""

_IN_TITLE, _IN_LEAD, _ON_TOPIC = 1.3, 1.15, 0.4
_HEAVIEST = 255

_SAME_NAMES = 0.3
"""The least cosine of the names: two floods of one day share their words, and two matches of one league."""

_ALIKE, _ALIKE_AT_THE_END, _ALIKE_IF_NAMED = 0.28, 0.40, 0.15
"""How alike two articles of one story are at least: at one time, at the window's end, and where one names
the other as further reading. Chosen on labelled pairs; docs/quality.md says how."""

_MANY_NAMES, _MOSTLY_SAME_NAMES, _MOSTLY_AT_THE_END = 5, 0.5, 0.6
"""Where so many names that tell an event are shared, and the cosine of all names is so high at one time and
at the window's end, a single word in common is enough: a short report of it has few words of its own."""

_WORD = re.compile(r"\w+(?:[-.,/’']\w+)*")
_INSIDE = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=[\w,;)] .)\w*(?:[-.,/’']\w+)*")
"""A word with a capital that a sentence does not begin with."""

_ROUND_NUMBER = re.compile(r"\d{1,3}|\d-\d|(?:19|20)\d\d|\d{1,3}[.,]\d{1,3}|\d+[.,]0+")
"""Scores, years and small or round figures, which stand in many articles."""

_FRAMES = """
    asian basarnas bmkg bnpb bpbd champions games gp grand kecamatan kejuaraan kelurahan kementerian kpk kpu
    league liga nomor olimpiade pasal piala premier prix rektor rp sea sirkuit sport stadion stadium super
    undang-undang
"""
_NO_EVENT = frozenset(_FRAMES.split()) | BODIES | GIVEN_NAMES | PLACES | ROLES | TITLES | USUAL
_WEIGHTS: Mapping[str, float] = dict.fromkeys(_NO_EVENT, _ON_TOPIC)
_SILENT = EMPTY | OPENERS
_ROUND_NUMBERS = (*map(str, range(2100)), *(f"{number:02}" for number in range(10)))
_TELLS_NO_EVENT = frozenset(crc32(word.encode()) for word in (*_NO_EVENT, *_ROUND_NUMBERS))
"""The numbers of terms that articles on many events share: places, offices, frames, years, small figures."""

Terms = tuple[tuple[int, int], ...]
"""Terms as pairs of a number, the word's CRC-32, and a weight of 1 to 255, the heaviest first."""


@dataclass(frozen=True, slots=True)
class StoryKey:
    """What an article is about, in at most 64 terms: its ``names`` and figures, and its other ``words``."""

    names: Terms = ()
    words: Terms = ()

    @property
    def telling(self) -> tuple[int, ...]:
        """The numbers of the heaviest terms: articles of one story share two of these or more."""
        heaviest = self.names[:_TELLING] + self.words[:_TELLING]
        return tuple(dict.fromkeys(number for number, _ in heaviest))


def story_key(article: Article) -> StoryKey:
    """The key of ``article``, from its title and paragraphs. Raises nothing, whatever they hold."""
    paragraphs = article.paragraphs
    text = "\n".join(paragraphs)[:_READ]
    printed = _WORD.findall(text)
    inside = set(map(str.lower, _INSIDE.findall(text))).difference(printed)
    times = Counter(map(str.lower, printed))
    in_title = set(map(str.lower, _WORD.findall(article.title)))
    in_lead = set(_WORD.findall("\n".join(paragraphs[:_LEAD])[:_READ].lower()))
    times.update(in_title - times.keys())
    names: dict[str, float] = {}
    words: dict[str, float] = {}
    for word, count in times.items():
        if word in _SILENT:
            continue
        weight = _WEIGHTS.get(word) or _unlisted(word)
        if not weight:
            continue
        if count > 1:
            weight *= 1 + log(count)
        if word in in_title:
            weight *= _IN_TITLE
        if word in in_lead:
            weight *= _IN_LEAD
        (names if word in inside or word[0].isdigit() else words)[word] = weight
    return StoryKey(_heaviest(names), _heaviest(words))


def _unlisted(word: str) -> float:
    if word[0].isdigit():
        return _ON_TOPIC if _ROUND_NUMBER.fullmatch(word) else 1.0
    return 1.0 if 2 < len(word) <= _LONGEST else 0.0


def _heaviest(weights: Mapping[str, float]) -> Terms:
    chosen = sorted(weights.items(), key=itemgetter(1), reverse=True)[:_MOST_TERMS]
    length = sqrt(sum(weight * weight for _, weight in chosen))
    return tuple(
        (crc32(word.encode("utf-8", "replace")), max(1, round(_HEAVIEST * weight / length)))
        for word, weight in chosen
    )


def likeness(one: StoryKey, other: StoryKey) -> float:
    """How much of what two articles are about is the same, from 0 to 1.

    Names alone are shared by all articles about a person, words alone by all about a kind of event: it takes
    both, so the likeness is the geometric mean of the two cosines, and 0 where hardly a name is shared.
    """
    names = _cosine(one.names, other.names)
    return sqrt(names * _cosine(one.words, other.words)) if names >= _SAME_NAMES else 0.0


def _share_many_names(one: StoryKey, other: StoryKey, least: float) -> bool:
    names = dict(one.names).keys() & dict(other.names).keys()
    return (
        len(names - _TELLS_NO_EVENT) >= _MANY_NAMES
        and not dict(one.words).keys().isdisjoint(dict(other.words))
        and _cosine(one.names, other.names) >= least
    )


def _cosine(one: Terms, other: Terms) -> float:
    weights = dict(other)
    shared = sum(weight * weights.get(number, 0) for number, weight in one)
    if not shared:
        return 0.0
    return min(1.0, shared / sqrt(_square(one) * _square(other)))


def _square(terms: Terms) -> int:
    return sum(weight * weight for _, weight in terms)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier article that a new one may belong with.

    ``apart`` is the time between the two, of either sign; ``named`` says whether the new one names its title
    as further reading (`Baca juga`).
    """

    story_id: int
    key: StoryKey
    apart: timedelta
    named: bool = False


def find_story(key: StoryKey, candidates: Iterable[Candidate]) -> int | None:
    """The story of the candidate most like ``key`` of those that tell of the same event; None without one."""
    weighed = ((likeness(key, candidate.key), candidate) for candidate in candidates)
    alike = [(like, candidate) for like, candidate in weighed if _same_event(key, candidate, like)]
    return max(alike, key=itemgetter(0))[1].story_id if alike else None


def tells_of_the_same(key: StoryKey, candidate: Candidate) -> bool:
    """Whether an article with ``key`` belongs to the story of ``candidate``."""
    return _same_event(key, candidate, likeness(key, candidate.key))


def _same_event(key: StoryKey, candidate: Candidate, like: float) -> bool:
    if abs(candidate.apart) > WINDOW:
        return False
    if like >= least_likeness(candidate):
        return True
    farther = abs(candidate.apart) / WINDOW
    least = _MOSTLY_SAME_NAMES + (_MOSTLY_AT_THE_END - _MOSTLY_SAME_NAMES) * farther
    return _share_many_names(key, candidate.key, least)


def least_likeness(candidate: Candidate) -> float:
    """How alike by names and words an article must be to ``candidate`` to be of its story, from 0 to 1."""
    if candidate.named:
        return _ALIKE_IF_NAMED
    return _ALIKE + (_ALIKE_AT_THE_END - _ALIKE) * (abs(candidate.apart) / WINDOW)
