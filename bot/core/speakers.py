"""Who said it: from the words beside a quotation to a person's full name and role, or to nobody rather than a guess."""

import re
from dataclasses import dataclass

from bot.core.lexicon import is_common, is_maybe_name, is_title
from bot.core.names import find_runs, name_start
from bot.core.people import People, role_after

_STOP = re.compile(
    r"[.;:!?“”\"„]|\((?![A-Z][\w-]*\.?\)|\d\d\))|\s(?:dalam|dikutip|dilansir|kepada|ketika|lewat|melalui|menambahkan|menirukan|menjawab|pada|saat|"
    r"sambil|sebagaimana|sebelum|sembari|seperti|seraya|sesudah|setelah|seusai|soal|tentang|terkait|usai|yang|dengan|mengenai|menanggapi)\b"
)
_SKIP = re.compile(r"\s*(?:(?:peringatan|singkat|lagi|pula|juga|kembali|kemudian)\b)?\s*", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:dia|ia|beliau)\b", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:(?:akun|netizen|pemilik akun|pengguna|warganet|twitter)\s+)*(@[\w.]*\w)", re.IGNORECASE
)
_DESCRIBED = re.compile(r"(?P<role>[^,.;:“”\"]{3,80}?)\s(?:itu|ini|tersebut)\b")
_OFFICE = re.compile(
    r"[^,.;:“”\"(]{3,60}?(?=\s(?:di|dalam|saat|kepada|ketika|pada|usai|seusai|melalui|lewat|sambil|yang|dari)\b|\s*[,.;:“”\"(]|$)"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A name and a role as the article gives them; None for what it does not say."""

    words: tuple[str, ...] | None = None
    role: str | None = None


NOBODY = Speaker()


def read_attribution(
    text: str, start: int, end: int, paragraph: int, people: People, focus: tuple[str, ...] | None
) -> Speaker:
    """The speaker in the words after a cue (`kata` **Michael Madden, pengamat ...**).

    ``focus`` is the person the text was last about, whom a pronoun or a description there means.
    """
    skip = _SKIP.match(text, start, end)
    start = skip.end() if skip else start
    if start >= end or _PRONOUN.match(text, start, end):
        return known(focus or people.only_person(paragraph), people)
    if handle := _HANDLE.match(text, start, end):
        return Speaker((handle[1],), None)
    if described := _DESCRIBED.match(text, start, end):
        if not _named(text, start, described.end(), people.alone):
            return _described(described["role"], paragraph, people, focus)
    stop = _STOP.search(text, start, end)
    limit = stop.start() if stop else end
    place = text.find(" di ", start, limit)
    named = _named(text, start, place, people.alone) if place > 0 else None
    named = named or _named(text, start, limit, people.alone)
    if named is None:
        return _in_office(text, start, end, paragraph, people)
    name_at, name_end, words = named
    role = text[start:name_at].strip(" ,") or None
    if role and (all(is_title(word) for word in role.split()) or not _is_role(role)):
        role = None
    role = role or role_after(text, name_end, end)
    full = people.full_name(words, paragraph)
    return Speaker(full, role or people.role(full))


def _is_role(text: str) -> bool:
    return any(word.strip(",").lower() in ROLES for word in text.split())


def known(words: tuple[str, ...] | None, people: People) -> Speaker:
    """The person ``words`` with the role that the article gives."""
    return Speaker(words, people.role(words)) if words else NOBODY


def _named(
    text: str, start: int, limit: int, alone: frozenset[str]
) -> tuple[int, int, tuple[str, ...]] | None:
    """The name in an attribution: at the end of its first segment, or alone in a later one after a role."""
    found: tuple[int, int, tuple[str, ...]] | None = None
    begin = start
    for number, piece in enumerate(text[start:limit].split(",")[:6]):
        finish = begin + len(piece)
        this = _name_in(text, begin, finish, alone, first=not number)
        if this:
            if found is None and (len(this[2]) > 1 or not text[begin : this[0]].strip()):
                return this
            if found is None:
                found = this
            elif not text[begin : this[0]].strip():
                return this
        elif number == 0 and not _is_role(piece):
            return None
        begin = finish + 1
    return found


def _name_in(
    text: str, begin: int, finish: int, alone: frozenset[str], *, first: bool
) -> tuple[int, int, tuple[str, ...]] | None:
    for run in reversed(find_runs(text, begin, finish)):
        at = name_start(run.words, alone=alone, before=(text[begin : run.start].split() or [""])[-1])
        if at < len(run.words):
            words = run.words[at:]
            return run.end - len(" ".join(words)), run.end, words
        if (
            first
            and len(run.words) == 1
            and not text[begin : run.start].strip()
            and is_maybe_name(run.words[0])
        ):
            return run.start, run.end, run.words
    return None


def _described(role: str, paragraph: int, people: People, focus: tuple[str, ...] | None) -> Speaker:
    office = role if _is_role(role) else None
    return (
        Speaker(people.in_office(role, paragraph) if office else None or focus, office)
        if not office
        else Speaker(focus or people.in_office(role, paragraph), office)
    )


def _in_office(text: str, start: int, end: int, paragraph: int, people: People) -> Speaker:
    found = _OFFICE.match(text, start, end)
    if not found or not _is_role(found[0].split(" ", 1)[0]):
        return NOBODY
    return Speaker(people.in_office(found[0], paragraph), found[0])
