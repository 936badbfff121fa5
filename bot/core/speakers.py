"""Who said it: from the words beside a quotation to a full name and role; nobody rather than a guess."""

import re
from dataclasses import dataclass

from bot.core.lexicon import is_maybe_name, is_title
from bot.core.names import find_runs, name_start
from bot.core.people import Name, People
from bot.core.roles import is_called, is_role_word, role_after

_STOP = re.compile(
    r"[;:!?“”\"„]|\((?![A-Z][\w-]*\.?\)|\d\d\))|\s(?:dalam|dengan|dikutip|dilansir|kepada|ketika|lewat|melalui|"
    r"menambahkan|menanggapi|mengenai|menirukan|menjawab|pada|saat|sambil|sebagaimana|sebelum|sembari|seperti|seraya|"
    r"sesudah|setelah|seusai|soal|tentang|terkait|usai|yang)\b"
)
_SKIP = re.compile(r"\s*(?:(?:juga|kembali|kemudian|lagi|peringatan|pula|singkat)\b)?\s*", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:dia|ia|beliau)\b", re.IGNORECASE)
HANDLE = re.compile(
    r"(?:\b(?:akun|netizen|pemilik|pengguna|twitter|warganet|instagram|x)\s+){0,4}(@[\w.]*\w)", re.IGNORECASE
)
"""A speaker on social media, with the words that may introduce the name there."""

_DESCRIBED = re.compile(r"([^,.;:“”\"]{3,80}?)\s(?:itu|ini|tersebut)\b")
_OFFICE = re.compile(
    r"[^,.;:“”\"(]{3,60}?(?=\s(?:dalam|dari|di|kepada|ketika|lewat|melalui|pada|saat|sambil|seusai|usai|yang)\b|"
    r"\s*[,.;:“”\"(]|$)"
)
_ACRONYM = re.compile(r"[A-Z]{3,5}\b")
_MOST_SEGMENTS = 6


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


def read_attribution(
    text: str, start: int, end: int, *, paragraph: int, people: People, focus: Name | None
) -> Speaker:
    """The speaker in ``text[start:end]``, the words after a cue (`kata` **Laras Ayuningtyas, peneliti ...**).

    ``focus`` is the person the text was last about, whom a pronoun or a description there means.
    """
    skip = _SKIP.match(text, start, end)
    start = skip.end() if skip else start
    if start >= end or _PRONOUN.match(text, start, end):
        return known(focus or people.only_person(paragraph), people)
    if handle := HANDLE.match(text, start, end):
        return Speaker((handle[1],))
    described = _DESCRIBED.match(text, start, end)
    if described and not _find_name(text, start, described.end(), people.alone):
        return _described(described[1], paragraph, people, focus)
    stop = _STOP.search(text, start, end)
    limit = stop.start() if stop else end
    place = text.find(" di ", start, limit)
    named = _find_name(text, start, place, people.alone) if place > 0 else None
    named = named or _find_name(text, start, limit, people.alone)
    if named is None:
        return _in_office(text, start, end, paragraph, people)
    role = text[start : named.start].strip(" ,") or None
    if role and (all(map(is_title, role.split())) or not any(map(is_role_word, role.split()))):
        role = None
    full = people.full_name(named.words, paragraph)
    return Speaker(full, role or role_after(text, named.end, end) or people.role(full))


def _find_name(text: str, start: int, limit: int, alone: frozenset[str]) -> _Named | None:
    """The name at the end of an attribution's first segment, or by itself in a later one after a role.

    In `kata Kepala Dusun Wana, Kecamatan Tirta, Laras Ayuningtyas` commas part the segments.
    """
    unsure = None
    begin = start
    for number, piece in enumerate(text[start:limit].split(",")[:_MOST_SEGMENTS]):
        named = _name_in(text, begin, begin + len(piece), alone, first=number == 0)
        by_itself = named is not None and not text[begin : named.start].strip()
        if named and (by_itself or (number == 0 and len(named.words) > 1)):
            return named
        if number == 0:
            if named is None and not any(map(is_role_word, piece.split())):
                return None
            unsure = named
        begin += len(piece) + 1
    return unsure


def _name_in(text: str, begin: int, end: int, alone: frozenset[str], *, first: bool) -> _Named | None:
    for run in reversed(find_runs(text, begin, end)):
        before = text[begin : run.start].split()
        name = run.words[name_start(run.words, alone=alone, before=before[-1] if before else "") :]
        if name:
            return _Named(run.end - len(" ".join(name)), run.end, name)
        if first and not before and len(run.words) == 1 and is_maybe_name(run.words[0]):
            return _Named(run.start, run.end, run.words)
    return None


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
    if not office or not is_role_word(office[0].removeprefix("seorang ").split(" ", 1)[0]):
        return NOBODY
    return _holding(people.in_office(office[0], paragraph), office[0], people)


def _holding(name: Name | None, called: str, people: People) -> Speaker:
    """A person with the fuller form of what the attribution calls the office, where the article has one."""
    role = people.role(name) if name else None
    return Speaker(name, role if role and is_called(role, called) else called)
