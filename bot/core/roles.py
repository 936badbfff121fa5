"""The role or affiliation that stands beside a name, before it or after it, as printed."""

import re
from collections.abc import Sequence

from bot.core.lexicon import is_common, is_title
from bot.core.offices import PRIVATE_ROLES, ROLES, SHORT_OFFICES, TITLES

_REACH = 200
_WORD = 24
_MOST_WORDS = 22

_CLAUSE_START = re.compile(
    r"(?=[.!?;:“”\"„—–()])(?:[.!?]\s|[;:“”\"„—–]|\((?![^()]{1,24}\))|\)(?<=[^()]{25}\)))"
)
_BREAKS = re.compile(
    r"(?:me|ber|di|ter)[a-z]{4,}|adalah|atau|bahwa|bersama|dari|dengan|hingga|itu|ini|kata|kepada|maupun|menurut|"
    r"oleh|pada|saat|sampai|sementara|seperti|tetapi|untuk|usai|yaitu|yakni|yang"
)
_SIGNS = ROLES | PRIVATE_ROLES | TITLES
_TIES_BODY = frozenset(("dari", "pada", "untuk"))
"""Prepositions that break a role unless a body's name follows (`anggota DPR dari Fraksi PAN`)."""

_PREPOSITIONS = frozenset(("bahwa", "dan", "dari", "dengan", "di", "ke", "kepada", "oleh", "pada", "untuk"))
_OTHERS = frozenset(("dan", "serta"))
_JOINS = _OTHERS | {"sekaligus"}
_RANK_AT_END = re.compile(
    r"(?<=[\w,)])(?<!Direktur)(?<!Sekretaris)(?<!Konsul)"
    r"(?: (?:Ajun |Brigadir |Inspektur |Kolonel |Komisaris |Laksamana |Letnan |Marsekal |Mayor )?"
    r"(?:AKBP|AKP|Besar Polisi|Brigadir|Brigjen|Dr|Dra|Drs|H|Hj|Inspektur|Ir|Irjen|Jenderal|KH|Kapten|"
    r"Kolonel|Kombes|Komisaris Besar|Komisaris|Komjen|Kompol|Laksamana|Laksda|Letjen|Letkol|Marsda|Marsekal|"
    r"Mayjen|Mayor|Prof|dr)\.?"
    r"(?: Polisi| Pol\.?| \(Pol\.?\)| TNI| \(Purn\.?\)| \(Mar\)| Muda| Madya| Pertama)*)+$"
)
"""Ranks and degrees between a role and a name."""

_AFTER_NAME = re.compile(
    r"\s*(?:\(\d\d(?: tahun)?\))?"
    r"(?:,\s(?:(?:[A-Z][a-z]{0,3}\.)+[A-Za-z]{0,4}|[A-Z]{2,3}|M[A-Z][a-z]{1,2}|PhD)(?=,))*"
    r"(?:,\s*(?:selaku\s+|sebagai\s+|(?:salah )?(?:satu|seorang)\s+)?|\s(?:dari|selaku|sebagai)\s+)"
)
_RELATION_REACH = 80
_RELATION = re.compile(
    r"(?<!\w)(?:[Aa]dik|[Aa]nak(?: buah| didik)?|[Aa]yah|[Bb]esan|[Cc]ucu|[Ii]stri|[Kk]akak|[Kk]ekasih|"
    r"[Kk]eluarga|[Kk]eponakan|[Kk]erabat|[Mm]enantu|[Mm]ertua|[Oo]rang (?:dekat|kepercayaan|tua)|[Pp]acar|"
    r"[Pp]endukung|putr[ai]|[Rr]ekan|[Ss]ahabat|[Ss]audara|[Ss]epupu|[Ss]uami|[Tt]angan kanan|[Tt]eman)"
    r"(?: (?:angkat|asuh|bungsu|dari|dekat|ipar|kandung|kedua|mantan|mendiang|pertama|satu-satunya|sulung|"
    r"tiri))* "
)
"""Kin, friends and followers: the name that follows is not theirs."""

_ENDS_AFTER = re.compile(
    r"[,.;:!?“”\"()—]|\s(?:dalam|dengan|ini|itu|kepada|ketika|melalui|pada|saat|sambil|seusai|untuk|usai|yang|"
    r"(?:me|ber|ter)[a-z]{4,})\b"
)


def role_before(text: str, start: int) -> str | None:
    """The role that leads to a name at ``start``: `Juru Bicara Kremlin`, `anggota Komisi II DPR`.

    A comma may stand between them (`Juru bicara panitia, Laras Ayuningtyas`) and inside the role. A rank
    alone is none.
    """
    nearest = text[max(0, start - _WORD) : start].split()
    if not nearest or nearest[-1] in _PREPOSITIONS:
        return None
    clause = max(0, start - _REACH)
    for found in _CLAUSE_START.finditer(text, clause, start):
        clause = found.end()
    leading = text[clause:start]
    if _SIGNS.isdisjoint(leading.lower().replace(",", " ").split()):
        return None
    words = leading.split()
    head = _head(words)
    if head is None or len(words) - head > _MOST_WORDS:
        return None
    if words[-1].endswith(",") and _is_apposition(words, head):
        return None
    role = without_rank(" ".join(words[head:]).rstrip(","))
    return None if all(map(is_title, role.split())) else role


def without_rank(role: str) -> str:
    """``role`` less the ranks and degrees at its end, which belong to the name that follows."""
    return _RANK_AT_END.sub("", role).rstrip(",")


def _head(words: list[str]) -> int | None:
    """Where in the words before a name its role begins."""
    head = None
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _OTHERS and following.lower() in ROLES and words[at - 1].endswith(","):
            head = None
        elif head is None or words[at - 1].endswith(","):
            head = _head_here(words, at, head)
        elif _breaks(word, following) or _begins_another(words[at - 1], word, following):
            head = None
    return head


def _breaks(word: str, following: str) -> bool:
    """Whether no role goes on over ``word``: a verb, a conjunction, a preposition before no body's name."""
    goes_on = (word in _TIES_BODY and following[:1].isupper()) or (word == "yang" and following == "juga")
    return _BREAKS.fullmatch(word.rstrip(",")) is not None and not goes_on


def _begins_another(previous: str, word: str, following: str) -> bool:
    """Whether ``word`` joins another person's role (`Ketua Panitia dan Direktur ...`)."""
    return word in _OTHERS and previous[0].isupper() and following.lower() in ROLES


def _head_here(words: list[str], at: int, head: int | None) -> int | None:
    """Where the role begins once the word at ``at`` is seen, at its start or after a comma in it."""
    word = words[at].rstrip(",")
    if word.lower() in ROLES or (head is None and (is_title(word) or word.lower() in PRIVATE_ROLES)):
        return at
    goes_on = head is not None and (word[:1].isupper() or word in _JOINS)
    return head if goes_on else None


def _is_apposition(words: list[str], head: int) -> bool:
    """Whether a role between commas belongs to who stands before it (`Laras Ayuningtyas, ketua panitia,`)."""
    if head < 2 or not words[head - 1].endswith(","):
        return False
    before = words[head - 1].rstrip(",")
    return before[:1].isupper() and not is_common(before)


def belongs_to(text: str, start: int) -> int | None:
    """Where the words begin that make a name at ``start`` another's relation: `istri` **Damar Wibisana**.

    An office may stand between (`istri Gubernur Damar Wibisana`). None where no such words lead to it.
    """
    begin = max(0, start - _RELATION_REACH)
    for found in _RELATION.finditer(text, begin, start):
        between = text[found.end() : start]
        words = between.split()
        if not words or (
            "," not in between and is_role_word(words[0]) and all(word[0].isupper() for word in words)
        ):
            return found.start()
    return None


def role_in(words: Sequence[str]) -> str | None:
    """The office that capitalised words name (`Presiden`, `Ketua Panitia`); None when they name none."""
    return " ".join(words) if words[0].lower() in ROLES else None


def role_after(text: str, start: int, end: int) -> str | None:
    """The role in apposition to a name that ends at ``start``: `, peneliti Universitas Kertasari`."""
    found = _AFTER_NAME.match(text, start, end)
    if not found:
        return None
    stop = _ENDS_AFTER.search(text, found.end(), end)
    role = text[found.end() : stop.start() if stop else end].strip()
    first = role.split(" ", 1)[0]
    alone = first == role and first[:1].isupper()
    return role if is_role_word(first) and not alone else None


def is_role_word(word: str) -> bool:
    """Whether a role may begin with ``word``."""
    lower = word.strip(",").lower()
    return lower in ROLES or lower in PRIVATE_ROLES


def is_called(role: str, asked: str) -> bool:
    """Whether who holds ``role`` may be called ``asked`` for short: the same office first, no other body."""
    wanted, held = _office(asked), _office(role)
    return bool(wanted) and held[:1] == wanted[:1] and set(wanted) <= set(held)


def _office(role: str) -> list[str]:
    words = [SHORT_OFFICES.get(word, word) for word in re.findall(r"[\w-]+", role.lower())]
    return [word for word in " ".join(words).split() if word not in {"bekas", "eks", "mantan"}]
