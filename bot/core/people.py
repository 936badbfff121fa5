"""Who is named in an article: each person's fullest name and role, also behind a surname, alias or office."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.core.bodies import BODIES
from bot.core.lexicon import is_common, is_maybe_name
from bot.core.names import Hints, Run, find_runs, first_of_pair, is_given, name_start
from bot.core.roles import is_called, role_after, role_before
from bot.core.speech import PASSIVE, SAYING, VERB_AFTER_SUBJECT

Name = tuple[str, ...]
"""A person's name as its words."""

_AGE = re.compile(r" \(\d\d(?: tahun)?\)|,? (?:yang )?(?:berumur |berusia )?\d\d tahun\b")
_PLACE_BEFORE = re.compile(r"\b(?:asal|dari|di|ke|warga) $")
_PLACE_HEADS = frozenset(
    (
        "Desa",
        "Distrik",
        "Dusun",
        "Gunung",
        "Kabupaten",
        "Kampung",
        "Kecamatan",
        "Kelurahan",
        "Kota",
        "Provinsi",
        "Pulau",
        "Sungai",
        "Teluk",
    )
)
_ALIAS = r"([A-Z][\w’'.-]+(?: [A-Z][\w’'-]+)?)"
_ALIAS_IN_PARENTHESES = re.compile(rf" \((?:alias |akrab disapa |biasa disapa )?{_ALIAS}\)")
_ALIAS_AFTER = re.compile(
    r",?(?: yang)?(?: (?:akrab|biasa|karib|kerap))?,? (?:disapa|dipanggil|sapaan akrab(?:nya)?|alias)"
    rf"(?: (?:dengan|sebagai))? {_ALIAS}"
)
_ALIAS_OF = re.compile(
    r",? (?:begitu )?(?:nama )?(?:sapaan|panggilan|alias)(?: (?:akrab|karib|populer))?(?: dari)? "
)
_FARTHEST_SAYING = 24
_FIRST_MENTIONS = 50
_MOST_NAMESAKES, _MOST_HOLDERS = 40, 200
"""How many names that share a word, and persons with an office, are told apart; lists of names have more."""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One place where a person seems to be named: ``text[start:end]`` of ``paragraph`` is the name alone.

    Each is equal to itself alone, so that it is quickly found in a dict.
    """

    paragraph: int
    start: int
    end: int
    words: Name


@dataclass(slots=True)
class People:
    """Every mention of an article in order, and how to find the person behind a short form.

    ``runs`` are the capitalised words of each paragraph, of which ``mentions`` are the persons.
    ``aliases`` leads from a nickname that the article explains to the name.
    """

    paragraphs: Sequence[str]
    runs: list[list[Run]]
    mentions: list[Mention]
    hints: Hints
    aliases: dict[Name, Name]
    in_paragraph: dict[int, list[Mention]] = field(default_factory=dict)
    _by_word: dict[str, dict[Name, list[Mention]]] = field(default_factory=dict)
    _roles: dict[Mention, str | None] = field(default_factory=dict)
    _role_of: dict[Name, str | None] = field(default_factory=dict)
    _holders: dict[str, list[Mention]] = field(default_factory=dict)
    _blends: dict[str, Name | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            self.in_paragraph.setdefault(mention.paragraph, []).append(mention)
            for word in set(mention.words):
                namesakes = self._by_word.setdefault(word, {})
                if mention.words in namesakes or len(namesakes) < _MOST_NAMESAKES:
                    namesakes.setdefault(mention.words, []).append(mention)

    def between(self, paragraph: int, start: int, end: int) -> list[Mention]:
        """The mentions that begin in ``text[start:end]`` of a paragraph, in order."""
        mentions = self.in_paragraph.get(paragraph, [])
        first = bisect_left(mentions, start, key=_start)
        return mentions[first : bisect_left(mentions, end, first, key=_start)]

    def runs_between(self, paragraph: int, start: int, end: int) -> list[Run]:
        """The capitalised words that begin in ``text[start:end]`` of a paragraph, in order."""
        runs = self.runs[paragraph]
        first = bisect_left(runs, start, key=_start)
        return runs[first : bisect_left(runs, end, first, key=_start)]

    def full_name(self, name: Name, paragraph: int) -> Name:
        """The fullest form of ``name`` in the article, seen from ``paragraph``; else ``name`` itself."""
        fuller = {
            other: _distance(mentions, paragraph)
            for other, mentions in self._by_word.get(name[0], {}).items()
            if len(other) > len(name) and _contains(other, name)
        }
        if not fuller:
            return self._behind_alias(name)
        nearest = min(fuller, key=fuller.__getitem__)
        return max((other for other in fuller if _contains(other, nearest)), key=len)

    def _behind_alias(self, name: Name) -> Name:
        meant = self.aliases.get(name)
        if meant is None and len(name) == 1:
            meant = self.by_blend(name[0])
        if meant is None:
            return name
        fuller = [other for other in self._by_word.get(meant[0], {}) if _contains(other, meant)]
        return max(fuller, key=len, default=meant)

    def by_blend(self, short: str) -> Name | None:
        """The first name that ``short`` is a blend or the initials of."""
        if short not in self._blends:
            names = (mention.words for mention in self.mentions[:_MOST_HOLDERS])
            self._blends[short] = next((name for name in names if is_blend(short, name)), None)
        return self._blends[short]

    def role(self, name: Name) -> str | None:
        """The role printed with the first mention of the person that has one."""
        if name not in self._role_of:
            mentions = [
                mention
                for other, same in self._by_word.get(name[-1], {}).items()
                if _contains(name, other)
                for mention in same
            ]
            mentions.sort(key=lambda mention: (mention.paragraph, mention.start))
            self._role_of[name] = next(filter(None, map(self.role_at, mentions)), None)
        return self._role_of[name]

    def role_at(self, mention: Mention) -> str | None:
        """The role printed beside ``mention``, before the name or after it."""
        if mention not in self._roles:
            text = self.paragraphs[mention.paragraph]
            self._roles[mention] = role_before(text, mention.start) or role_after(
                text, mention.end, len(text)
            )
        return self._roles[mention]

    def in_office(self, role: str, paragraph: int) -> Name | None:
        """Who holds ``role`` (`Presiden`): the last one named before ``paragraph``, else the first."""
        if role not in self._holders:
            self._holders[role] = [
                mention
                for mention in self.mentions[:_MOST_HOLDERS]
                if (held := self.role_at(mention)) and is_called(held, role)
            ]
        holders = self._holders[role]
        if not holders:
            return None
        before = bisect_right(holders, paragraph, key=lambda mention: mention.paragraph)
        return self.full_name(holders[max(before - 1, 0)].words, paragraph)

    def only_person(self, paragraph: int) -> Name | None:
        """The one person named up to ``paragraph``; None when there are several or none."""
        names = {
            self.full_name(mention.words, mention.paragraph)
            for mention in self.mentions[:_FIRST_MENTIONS]
            if mention.paragraph <= paragraph and self.is_person(mention)
        }
        return names.pop() if len(names) == 1 else None

    def is_person(self, mention: Mention) -> bool:
        """Whether more than a capital shows that ``mention`` is a person rather than a firm or a place."""
        if (
            mention.words[-1] in self.hints.alone
            or mention.words[0] in self.hints.alone
            or self.role_at(mention)
        ):
            return True
        if _AGE.match(self.paragraphs[mention.paragraph], mention.end):
            return True
        if len(mention.words) > 1:
            return any(map(is_given, mention.words))
        full = self.full_name(mention.words, mention.paragraph)
        return len(full) > 1 and (self.role(full) is not None or any(map(is_given, full)))


def is_blend(short: str, name: Name) -> bool:
    """Whether ``short`` is made of the beginnings of the words of ``name``, as `DBW` or `Damarwi` is."""
    if len(name) < 2:
        return False
    if short.isupper():
        return len(short) > 2 and "".join(word[0] for word in name) == short
    blend = short.lower()
    return any(
        2 < at < len(blend) and other.lower().startswith(blend[at:])
        for one, other in pairwise(name)
        # The whole of the first word and something of the second, or three letters and more of both.
        for at in (len(one), *range(3, len(blend) - 2))
        if one.lower().startswith(blend[:at])
    )


def _shortens(short: str, name: Name) -> bool:
    """Whether ``short``, in parentheses after ``name``, is its nickname rather than a party or a paper."""
    return is_blend(short, name) or (len(short) > 3 and any(word.startswith(short[:4]) for word in name))


def _start(place: Mention | Run) -> int:
    return place.start


def _distance(mentions: list[Mention], paragraph: int) -> tuple[bool, int]:
    """How far the nearest of ``mentions`` is from ``paragraph``; any before it is nearer than all after."""
    after = bisect_right(mentions, paragraph, key=lambda mention: mention.paragraph)
    if after:
        return False, paragraph - mentions[after - 1].paragraph
    return True, mentions[0].paragraph - paragraph


def _contains(name: Name, part: Name) -> bool:
    if len(part) == 1:
        return part[0] in name
    return any(name[at : at + len(part)] == part for at in range(len(name) - len(part) + 1))


def find_people(paragraphs: Sequence[str]) -> People:
    """The persons named in ``paragraphs``."""
    runs = [find_runs(paragraph) for paragraph in paragraphs]
    hints = _hints(paragraphs, runs)
    mentions = []
    aliases: dict[Name, Name] = {}
    for number, paragraph in enumerate(paragraphs):
        here = [mention for run in runs[number] if (mention := _mention(number, paragraph, run, hints))]
        _note_aliases(paragraph, here, aliases)
        mentions += here
    return People(paragraphs, runs, mentions, hints, aliases)


def _hints(paragraphs: Sequence[str], runs: list[list[Run]]) -> Hints:
    alone: set[str] = set()
    places: set[str] = set()
    for paragraph, found in zip(paragraphs, runs, strict=True):
        for run in found:
            last = run.words[-1]
            if len(run.words) == 1 and _says_something(paragraph, run):
                alone.add(last)
            elif _names_place(paragraph, run):
                places.add(last)
            if not _PLACE_HEADS.isdisjoint(run.words):
                places.update(word for head, word in pairwise(run.words) if head in _PLACE_HEADS)
    for paragraph, found in zip(paragraphs, runs, strict=True):
        for one, other in pairwise(found):
            if len(one.words) == len(other.words) == 1 and paragraph[one.end : other.start] == " dan ":
                pair = {one.words[0], other.words[0]}
                places |= pair if pair & places else set()
    persons = {word for word in places if word in alone or is_given(word) or is_common(word)}
    return Hints(frozenset(alone), frozenset(places - persons))


def _names_place(text: str, run: Run) -> bool:
    """Whether a run's last word is a place or a body: `di Wana`, `Kantor Berita Wana`."""
    if len(run.words) == 1:
        return _PLACE_BEFORE.search(text, max(0, run.start - 9), run.start) is not None
    return all(word.lower() in BODIES for word in run.words[:-1])


def _says_something(text: str, run: Run) -> bool:
    """Whether a lone capitalised word says something, and so is a short name, no firm and no place."""
    if is_common(run.words[0]) and not is_maybe_name(run.words[0]):
        return False
    return says_before(text, run.start) or VERB_AFTER_SUBJECT.match(text, run.end) is not None


def says_before(text: str, start: int) -> bool:
    """Whether a word of saying stands right before ``start`` (`kata`, `menurut`, `disampaikan oleh`)."""
    if start < 1 or text[start - 1] != " ":
        return False
    words = text[max(0, start - _FARTHEST_SAYING) : start].lower().split()[-2:]
    return bool(words) and (words[-1] in SAYING or (words[-1] == "oleh" and not PASSIVE.isdisjoint(words)))


def _mention(number: int, paragraph: str, run: Run, hints: Hints) -> Mention | None:
    before = paragraph[max(0, run.start - 20) : run.start].split()[-1:]
    name = run.words[name_start(run.words, hints=hints, before=before[0] if before else "") :]
    if not name or len(name) == len(name[0]) == 1:
        return None
    start = run.end - len(" ".join(name))
    name = first_of_pair(name)
    return Mention(number, start, start + len(" ".join(name)), name)


def _note_aliases(text: str, mentions: list[Mention], aliases: dict[Name, Name]) -> None:
    for mention in mentions:
        if len(mention.words) == 1:
            continue
        short = _ALIAS_IN_PARENTHESES.match(text, mention.end)
        if short and not _shortens(short[1], mention.words):
            short = None
        if short := short or _ALIAS_AFTER.match(text, mention.end):
            aliases.setdefault(tuple(short[1].split()), mention.words)
    for one, other in pairwise(mentions):
        if len(one.words) <= len(other.words) and _ALIAS_OF.fullmatch(text, one.end, other.start):
            aliases.setdefault(one.words, other.words)
