"""Who said it: from the words beside a quotation to a full name and role; nobody rather than a guess."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.lexicon import is_maybe_name, is_title
from bot.core.names import Hints, find_runs, first_of_pair, is_given, name_start
from bot.core.people import Name, People
from bot.core.roles import belongs_to, is_called, is_role_word, role_after, without_rank

_STOP = re.compile(
    r"[;:!?“”\"„]|\((?![A-Z][\w-]*\.?\)|\d\d\))|\s(?:alias|atau akrab|dalam|dengan|dikutip|dilansir|"
    r"kepada|ketika|lewat|melalui|menambahkan|menanggapi|mengenai|menirukan|menjawab|pada|saat|sambil|sebagaimana|sebelum|"
    r"sembari|seperti|seraya|sesudah|setelah|seusai|soal|tentang|terkait|usai|yang)\b"
)
_SKIP = re.compile(r"\s*(?:(?:juga|kembali|kemudian|lagi|peringatan|pula|singkat)\b)?\s*", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:dia|ia|beliau)\b", re.IGNORECASE)
HANDLE = re.compile(
    r"(?:\b(?:akun|netizen|pemilik|pengguna|twitter|warganet|instagram|x)\s+){0,4}(@[\w.]*\w)", re.IGNORECASE
)
"""A speaker on social media, with the words that may introduce the name there."""

_DESCRIBED = re.compile(
    r"([a-z](?:(?!\s(?:dalam|kepada|ketika|pada|saat|seusai|usai|yang)\b)[^,.;:“”\"]){2,80}?)"
    r"\s(?:itu|ini|tersebut)\b"
)
_ONE_OF = re.compile(r"(?:(?:salah )?(?:satu|seorang)|para|sejumlah) ")
_OFFICE = re.compile(
    r"[^,.;:“”\"(]{3,60}?(?=\s(?:dalam|dari|di|kepada|ketika|lewat|melalui|pada|saat|sambil|seusai|usai|yang)\b|"
    r"\s*[,.;:“”\"(]|$)"
)
_SPEAKS_FOR = re.compile(
    r"(?:[Aa]judan|[Jj]ubir|[Jj]uru bicara|[Kk]uasa hukum|[Pp]enasihat hukum|[Pp]engacara|"
    r"[Ss]ekretaris pribadi)"
    r"(?: (?:Bupati|Gubernur|Menteri|Presiden|Wali Kota|Wakil Presiden))? "
)
"""Before a name: the speaker's own, or that of whom the speaker stands for and the own one after a comma."""

_ACRONYM = re.compile(r"[A-Z]{3,5}\b")
_MOST_SEGMENTS = 6
_RECENT, _REMEMBERED, _ROLE_LENGTH = 3, 4_000, 150
"""How many paragraphs back, and within how many characters of each, somebody described was brought up; within
how many more a name stands."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name and a role as the article gives them; None for what it does not say."""

    name: Name | None = None
    role: str | None = None


NOBODY = Speaker()


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in an attribution: ``text[start:end]``."""

    start: int
    end: int
    words: Name


def known(name: Name | None, people: People) -> Speaker:
    """The person ``name`` with the role that the article gives."""
    return Speaker(name, people.role(name)) if name else NOBODY


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a text was last about: a name, or the office of somebody whose name the article does not tell."""

    name: Name | None = None
    unnamed: Speaker | None = None


def read_attribution(
    text: str,
    start: int,
    end: int,
    *,
    paragraph: int,
    people: People,
    meant: Callable[[], Meant],
) -> Speaker:
    """The speaker in ``text[start:end]``, the words after a cue (`kata` **Laras Ayuningtyas, peneliti ...**).

    ``meant`` tells whom the text was last about, whom a pronoun or a description there means; it is asked
    only then.
    """
    skip = _SKIP.match(text, start, end)
    start = skip.end() if skip else start
    if start >= end or _PRONOUN.match(text, start, end):
        about = meant()
        return about.unnamed or known(about.name or people.only_person(paragraph), people)
    if handle := HANDLE.match(text, start, end):
        return Speaker((handle[1],))
    if described := _DESCRIBED.match(text, start, end):
        if _is_unnamed(described[1], start, paragraph, people):
            return Speaker(None, described[1] if is_role_word(described[1].split()[0]) else None)
        return _described(described[1], paragraph, people, meant().name)
    stop = _STOP.search(text, start, end)
    limit = stop.start() if stop else end
    place = text.find(" di ", start, limit)
    named = _find_name(text, start, place, people.hints) if place > 0 else None
    named = named or _find_name(text, start, limit, people.hints)
    if named is None:
        return _in_office(text, start, end, paragraph, people)
    if belongs_to(text, named.start) == start:
        return Speaker(None, text[start : named.end])
    role = _without_titles(text[start : named.start].strip(" ,")) or None
    if role and (all(map(is_title, role.split())) or not any(map(is_role_word, role.split()))):
        role = None
    full = people.full_name(named.words, paragraph)
    return Speaker(full, role or role_after(text, named.end, end) or people.role(full))


def _find_name(text: str, start: int, limit: int, hints: Hints) -> _Named | None:
    """The name at the end of an attribution's first segment, or by itself in a later one after a role.

    In `kata Kepala Dusun Wana, Kecamatan Tirta, Hj. Laras Ayuningtyas` commas part the segments.
    """
    unsure = another_s = None
    begin = start
    for number, piece in enumerate(text[start:limit].split(",")[:_MOST_SEGMENTS]):
        named = _name_in(text, begin, begin + len(piece), hints, first=number == 0)
        by_itself = named is not None and all(map(is_title, text[begin : named.start].split()))
        if number == 0 and named:
            another_s = _SPEAKS_FOR.fullmatch(text, begin, named.start) or belongs_to(text, named.start)
        if named and (by_itself or (number == 0 and not another_s and _is_sure(named.words, hints))):
            if number == 0 or unsure is None or len(named.words) >= min(len(unsure.words), 2):
                return named
            return unsure
        if number == 0:
            if named is None and not (piece[:1].isupper() or any(map(is_role_word, piece.split()))):
                return None
            unsure = named
        begin += len(piece) + 1
    return unsure


def _without_titles(role: str) -> str:
    """``role`` less the ranks, degrees and forms of address between it and the name."""
    office, comma, last = role.rpartition(",")
    return office.rstrip() if comma and all(map(is_title, last.split())) else without_rank(role)


def _is_sure(name: Name, hints: Hints) -> bool:
    """Whether a name right after a role is a person's and not still the body's (`Ketua Koperasi Wana`)."""
    return len(name) > 1 and (any(map(is_given, name)) or name[0] in hints.alone or name[-1] in hints.alone)


def _name_in(text: str, begin: int, end: int, hints: Hints, *, first: bool) -> _Named | None:
    for run in reversed(find_runs(text, begin, end)):
        before = text[begin : run.start].split()
        lead = before[-1] if before else text[begin - 1 : begin]
        name = run.words[name_start(run.words, hints=hints, before=lead) :]
        if name:
            return _Named(run.end - len(" ".join(name)), run.end, first_of_pair(name))
        if first and not before and len(run.words) == 1 and is_maybe_name(run.words[0]):
            return _Named(run.start, run.end, run.words)
    return None


def _is_unnamed(called: str, before: int, paragraph: int, people: People) -> bool:
    """Whether who is meant was brought up without a name (`Seorang penjaga pintu air memukulnya`).

    ``before`` is where the paragraph is read up to.
    """
    phrase = " ".join(called.lower().split()[:2])
    for number in range(paragraph, max(paragraph - _RECENT, -1), -1):
        text = people.paragraphs[number]
        end = before if number == paragraph else len(text)
        start = max(0, end - _REMEMBERED)
        at = start + text[start:end].lower().rfind(phrase)
        if at >= start:
            near = people.between(number, at, at + _ROLE_LENGTH)
            return not any(phrase in (people.role_at(mention) or "").lower() for mention in near)
    return False


def _described(role: str, paragraph: int, people: People, focus: Name | None) -> Speaker:
    """Who is described instead of named: `ucap mantan ketua panitia itu`."""
    if not is_role_word(role.split(" ", 1)[0]):
        return known(focus, people)
    return _holding(focus or people.in_office(role, paragraph), role, people)


def _in_office(text: str, start: int, end: int, paragraph: int, people: People) -> Speaker:
    """Who is called by an office or by initials alone: `kata Presiden`, `ujar DBW`."""
    if short := _ACRONYM.match(text, start, end):
        return known(people.aliases.get((short[0],)) or people.by_blend(short[0]), people)
    office = _OFFICE.match(text, start, end)
    if not office or not is_role_word(_ONE_OF.sub("", office[0]).split(" ", 1)[0]):
        return NOBODY
    return _holding(people.in_office(office[0], paragraph), office[0], people)


def _holding(name: Name | None, called: str, people: People) -> Speaker:
    """A person with the fuller form of what the attribution calls the office, where the article has one."""
    role = people.role(name) if name else None
    return Speaker(name, role if role and is_called(role, called) else called)
