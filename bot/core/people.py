"""Who is named in an article: each person's fullest name and role, found again behind a surname, an alias or a role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.core.given_names import GIVEN_NAMES
from bot.core.lexicon import is_common, is_maybe_name, is_title
from bot.core.names import Run, find_runs, name_start
from bot.core.speech import SAYS_NAME, VERB_AFTER_SUBJECT

_CLAUSE_START = re.compile(r"[.!?]\s|[;:“”\"„—–]|\((?![^()]{1,24}\))|(?<=[^()]{25})\)")
_ROLE_REACH = 200
_ROLE_WORDS = 22
_BREAKS_ROLE = re.compile(
    r"(?:me|ber|di|ter)[a-z]{4,}|adalah|atau|bahwa|bersama|dari|dengan|hingga|kata|kepada|maupun|menurut|oleh|pada|saat|sampai|seperti|sementara|serta|tetapi|"
    r"untuk|usai|yaitu|yakni|yang|itu|ini"
)
_RANK_AT_END = re.compile(
    r"(?<=[\w,])(?<!Direktur)(?<!Sekretaris)(?<!Konsul)"
    r"(?: (?:Ajun |Inspektur |Brigadir |Letnan |Mayor |Komisaris |Kolonel |Laksamana |Marsekal )?"
    r"(?:Jenderal|Komisaris Besar|Komisaris|Inspektur|Brigadir|Besar Polisi|Kombes|AKBP|AKP|Kompol|Irjen|Brigjen|Komjen|Letjen|Mayjen|Letkol|Kolonel|Mayor|Kapten|"
    r"Laksamana|Marsekal|Laksda|Marsda|dr|Dr|Prof|Drs|Dra|Ir|H|Hj|KH)\.?"
    r"(?: Polisi| Pol\.?| \(Pol\.?\)| TNI| \(Purn\.?\)| \(Mar\)| Muda| Madya| Pertama)*)+$"
)
"""Ranks and degrees between a role and a name; they belong to neither."""

_PAIR = re.compile(r"([A-Z]\w{3,})-[A-Z]\w{3,}")
"""Two who stand for an election together (`Cahyadi-Armuji`)."""

_TIES_BODY = frozenset(("dari", "pada", "untuk"))
_AGE = re.compile(r" \(\d\d(?: tahun)?\)")
_JOINS_ROLES = frozenset(("dan", "sekaligus", "serta"))
_ALIAS_IN_PARENTHESES = re.compile(
    r" \((?:alias |akrab disapa |biasa disapa )?([A-Z][\w’'.-]+(?: [A-Z][\w’'-]+)?)\)"
)
_ALIAS_AFTER = re.compile(
    r",?(?: yang)?(?: (?:akrab|biasa|karib|kerap))?,? (?:disapa|dipanggil|sapaan akrab(?:nya)?|alias)(?: (?:dengan|sebagai))? ([A-Z][\w’'.-]+(?: [A-Z][\w’'-]+)?)"
)
_ALIAS_OF = re.compile(
    r",? (?:begitu )?(?:nama )?(?:sapaan|panggilan|alias)(?: (?:akrab|karib|populer))?(?: dari)? "
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person seems to be named; ``words`` is the name alone, ``role`` what stands before it."""

    paragraph: int
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(slots=True)
class People:
    """Every mention of an article in order, and how to find the person behind a short form."""

    paragraphs: Sequence[str]
    mentions: list[Mention]
    alone: frozenset[str]
    aliases: dict[tuple[str, ...], tuple[str, ...]]
    by_word: dict[str, list[Mention]] = field(default_factory=dict)
    in_paragraph: dict[int, list[Mention]] = field(default_factory=dict)
    _roles: dict[tuple[int, int], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for mention in self.mentions:
            self.in_paragraph.setdefault(mention.paragraph, []).append(mention)
            for word in set(mention.words):
                self.by_word.setdefault(word, []).append(mention)

    def full_name(self, words: tuple[str, ...], paragraph: int) -> tuple[str, ...]:
        """The fullest form of ``words`` in the article, seen from ``paragraph``; ``words`` themselves when alone."""
        fuller = [
            mention
            for mention in self.by_word.get(words[0], ())
            if len(mention.words) > len(words) and _contains(mention.words, words)
        ]
        if not fuller:
            meant = self.aliases.get(words)
            return (
                self.full_name(meant, paragraph)
                if meant and meant != words and words not in self.aliases.get(meant, ())
                else words
            )
        nearest = min(fuller, key=lambda m: (m.paragraph > paragraph, abs(m.paragraph - paragraph))).words
        return max((m.words for m in fuller if _contains(m.words, nearest)), key=len)

    def _behind_alias(self, words: tuple[str, ...]) -> tuple[str, ...]:
        meant = self.aliases.get(words)
        if meant is None and len(words) == 1:
            meant = next(
                (m.words for m in self.mentions if len(m.words) > 1 and is_nickname(words[0], m.words)), None
            )
        meant = meant or words
        fuller = [
            mention.words for mention in self.by_word.get(meant[0], ()) if _contains(mention.words, meant)
        ]
        return max(fuller, key=len, default=meant)

    def is_person(self, mention: Mention) -> bool:
        """Whether more than a capital shows that ``mention`` is a person rather than a firm or a place."""
        if mention.words[-1] in self.alone or mention.words[0] in self.alone or self.role_at(mention):
            return True
        text = self.paragraphs[mention.paragraph]
        if _AGE.match(text, mention.end):
            return True
        if len(mention.words) > 1:
            return any(word.lower() in GIVEN_NAMES for word in mention.words)
        return any(len(other.words) > 1 and self.is_person(other) for other in self.by_word[mention.words[0]])

    def only_person(self, paragraph: int) -> tuple[str, ...] | None:
        """The one person named up to ``paragraph``; None when there are several or none."""
        names = {
            self.full_name(m.words, m.paragraph)
            for m in self.mentions
            if m.paragraph <= paragraph and self.is_person(m)
        }
        return names.pop() if len(names) == 1 else None

    def role(self, words: tuple[str, ...]) -> str | None:
        """The role printed with the first mention of the person that has one."""
        for mention in self.by_word.get(words[-1], ()):
            if _contains(words, mention.words) and (role := self.role_at(mention)):
                return role
        return None

    def role_at(self, mention: Mention) -> str | None:
        """The role printed beside ``mention``, before the name or after it."""
        key = mention.paragraph, mention.start
        if key not in self._roles:
            text = self.paragraphs[mention.paragraph]
            self._roles[key] = role_before(text, mention.start) or role_after(text, mention.end, len(text))
        return self._roles[key]

    def in_office(self, role: str, paragraph: int) -> tuple[str, ...] | None:
        """The person whose role begins with the words of ``role`` (`Presiden`); the nearest, those before first."""
        found = None
        for mention in self.mentions:
            if mention.paragraph > paragraph and found:
                break
            role_there = self.role_at(mention)
            if role_there and _holds(role_there, role):
                found = mention.words
        return self.full_name(found, paragraph) if found else None


_SHORT_OFFICES = {
    "presiden": "presiden",
    "wapres": "wakil presiden",
    "mendagri": "menteri dalam negeri",
    "menlu": "menteri luar negeri",
    "menkeu": "menteri keuangan",
    "menkes": "menteri kesehatan",
    "menhan": "menteri pertahanan",
    "menag": "menteri agama",
    "menaker": "menteri ketenagakerjaan",
    "mendag": "menteri perdagangan",
    "menperin": "menteri perindustrian",
    "mentan": "menteri pertanian",
    "menhub": "menteri perhubungan",
    "mensos": "menteri sosial",
    "menpora": "menteri pemuda olahraga",
    "menko": "menteri koordinator",
    "wagub": "wakil gubernur",
    "ketum": "ketua umum",
    "waketum": "wakil ketua umum",
    "sekjen": "sekretaris jenderal",
    "dirut": "direktur utama",
    "dirjen": "direktur jenderal",
    "jubir": "juru bicara",
    "kapolri": "kepala polri",
    "kapolda": "kepala polda",
    "kapolres": "kepala polres",
    "walikota": "wali kota",
    "sekda": "sekretaris daerah",
    "kadis": "kepala dinas",
    "kabid": "kepala bidang",
    "politikus": "politisi",
    "kabag": "kepala bagian",
}


def _holds(role: str, asked: str) -> bool:
    """Whether who is called ``role`` may be called ``asked`` for short: the same office first, no other body."""
    wanted, given = _office_words(asked), _office_words(role)
    return bool(wanted) and given[:1] == wanted[:1] and set(wanted) <= set(given)


def _office_words(role: str) -> list[str]:
    words = [_SHORT_OFFICES.get(word, word) for word in re.findall(r"[\w-]+", role.lower())]
    return [word for word in " ".join(words).split() if word not in {"mantan", "eks"}]


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def find_people(paragraphs: Sequence[str]) -> People:
    """The persons named in ``paragraphs``."""
    runs = [find_runs(paragraph) for paragraph in paragraphs]
    alone = frozenset(
        run.words[0]
        for paragraph, found in zip(paragraphs, runs, strict=True)
        for run in found
        if len(run.words) == 1 and _stands_for_person(paragraph, run)
    )
    mentions = []
    aliases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, paragraph in enumerate(paragraphs):
        previous = None
        for run in runs[number]:
            mention = _mention(number, paragraph, run, alone)
            if mention is None:
                continue
            mentions.append(mention)
            if len(mention.words) > 1:
                _note_alias(paragraph, mention, aliases)
            if previous and _ALIAS_OF.fullmatch(paragraph, previous.end, run.start):
                aliases.setdefault(previous.words, mention.words)
            previous = mention
    return People(paragraphs, mentions, alone, aliases)


def _note_alias(text: str, mention: Mention, aliases: dict[tuple[str, ...], tuple[str, ...]]) -> None:
    found = _ALIAS_IN_PARENTHESES.match(text, mention.end)
    if found and not is_nickname(found[1], mention.words):
        found = None
    found = found or _ALIAS_AFTER.match(text, mention.end)
    if found:
        aliases.setdefault(tuple(found[1].split()), mention.words)


def is_nickname(short: str, words: tuple[str, ...]) -> bool:
    """Whether ``short`` is made of the beginnings of ``words``: `SBY`, `Jokowi`, `Risma` for Rismaharini."""
    if short.isupper():
        return len(short) > 2 and "".join(word[0] for word in words) == short
    if len(short) > 3 and any(word.startswith(short) for word in words):
        return True
    return any(
        short.lower().startswith(one.lower()) and other.lower().startswith(short[len(one) :].lower())
        for one, other in pairwise(words)
        if 2 < len(one) < len(short)
    )


def _stands_for_person(text: str, run: Run) -> bool:
    """Whether a lone capitalised word says something, so that it is a short name rather than a firm or a place."""
    if is_common(run.words[0]) and not is_maybe_name(run.words[0]):
        return False
    return says_before(text, run.start) or VERB_AFTER_SUBJECT.match(text, run.end) is not None


def says_before(text: str, start: int) -> bool:
    """Whether a word of saying stands right before ``start`` (`kata`, `menurut`)."""
    return SAYS_NAME.search(text, max(0, start - 16), start) is not None


def _mention(number: int, paragraph: str, run: Run, alone: frozenset[str]) -> Mention | None:
    before = paragraph[max(0, run.start - 20) : run.start].split()
    at = name_start(run.words, alone=alone, before=before[-1] if before else "")
    if at == len(run.words):
        return None
    words = run.words[at:]
    if pair := _PAIR.fullmatch(words[-1]):
        words = (*words[:-1], pair[1])
    start = run.end - len(" ".join(run.words[at:]))
    return Mention(number, start, start + len(" ".join(words)), words)


def role_before(text: str, start: int) -> str | None:
    """The role that leads to a name at ``start``, as printed: `Juru Bicara Kremlin`, `anggota Komisi II DPR`.

    A comma may stand between them (`Juru bicara Satgas Covid-19, Wiku Adisasmito`) and inside the role.
    """
    reach = max(0, start - _ROLE_REACH)
    clause = reach
    for found in _CLAUSE_START.finditer(text, reach, start):
        clause = found.end()
    words = text[clause:start].split()
    head = None
    for at, word in enumerate(words):
        follows = words[at + 1] if at + 1 < len(words) else ""
        if head is None or words[at - 1].endswith(","):
            head = _head_at(words, at, head)
        elif _BREAKS_ROLE.fullmatch(word) and not (word in _TIES_BODY and follows[:1].isupper()):
            head = None
        elif word in _JOINS_ROLES and words[at - 1][0].isupper() and follows.lower() in ROLES:
            head = None
    if head is None or len(words) - head > _ROLE_WORDS:
        return None
    if words[-1].endswith(",") and _is_apposition(words, head):
        return None
    role = _RANK_AT_END.sub("", " ".join(words[head:]).rstrip(","))
    return None if all(is_title(word) for word in role.split()) else role.rstrip(",")


def _head_at(words: list[str], at: int, head: int | None) -> int | None:
    """Where the role begins when the word at ``at`` stands at its start or after a comma in it."""
    word = words[at].rstrip(",")
    if word.lower() in ROLES or (head is None and is_title(word)):
        return at
    goes_on = head is not None and (word[:1].isupper() or word in _JOINS_ROLES)
    return head if goes_on else None


def _is_apposition(words: list[str], head: int) -> bool:
    """Whether a role between commas belongs to somebody named before it: `Budi Santoso, ketua panitia, ...`."""
    if not head or not words[head - 1].endswith(","):
        return False
    before = words[head - 1].rstrip(",")
    return before[:1].isupper() and not is_common(before) and head > 1


_AFTER_NAME = re.compile(
    r"\s*(?:\(\d\d(?: tahun)?\))?(?:,\s*(?:selaku\s+|sebagai\s+|(?:salah )?(?:satu|seorang)\s+)?|\s(?:dari|selaku|sebagai)\s+)"
)
_ROLE_END = re.compile(
    r"[,.;:!?“”\"()—]|\s(?:yang|saat|ketika|kepada|dalam|melalui|usai|seusai|sambil|pada|dengan|untuk|ini|itu|(?:me|ber|ter)[a-z]{4,})\b"
)


def role_after(text: str, start: int, end: int) -> str | None:
    """The role in apposition to a name that ends at ``start``: `, pengamat Korea Utara di Stimson Center`."""
    found = _AFTER_NAME.match(text, start, end)
    if not found:
        return None
    stop = _ROLE_END.search(text, found.end(), end)
    role = text[found.end() : stop.start() if stop else end].strip()
    first = role.split(" ", 1)[0]
    if first.lower() not in ROLES or " " not in role and first[:1].isupper():
        return None
    return role
