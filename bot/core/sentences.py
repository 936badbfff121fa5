"""Indonesian sentences: where one ends and the next begins. Quotations stay whole with whoever says them."""

import re
from bisect import bisect_right

from bot.core.marks import find_quoted
from bot.core.openers import OPENERS
from bot.core.speech import SAID_AFTER_QUOTATION

_END = re.compile(r"""(?<![.!?…])[.!?…]++["”“’')\]]*+\s++(?=["“„”‘'(\[]*+[^\W_a-z])|[.!?](?=“[^\W_a-z])""")
_PARENTHESES = re.compile(r"\([^()]{0,200}\)")
_LAST_WORD = re.compile(r"[^\s(/\"“”'‘]*$")
_WORD_LIMIT = 24
_SENTENCE_LIMIT = 600

_NEVER_LAST_WORDS = """
    a.n bpk brigjen cq cv dr dra drs fr gg hj ir irjen jend jl jln kab kapt kav kec kel kh kol kombes
    komjen kompol laksda laksma letjen letkol lt marsda marsma mayjen mr mrs ms nn ny prof pt rp sdr sdri sp
    st tn u.b u.p ust vs yth
"""
_NEVER_LAST = frozenset(_NEVER_LAST_WORDS.split())
"""Abbreviations that stand before what they belong to, so a sentence cannot end there."""

_BEFORE_NUMBER_WORDS = """
    ags agst agt agu apr art ayat bab des feb fig hal hlm jam jan jul jun mar no nop nov okt peb pkl ps psl rt
    rw sep sept tgl vol
"""
_BEFORE_NUMBER = frozenset(_BEFORE_NUMBER_WORDS.split())
_RETIRED = re.compile(r"\((?:Alm|Almh|Mar|Pol|Purn|Ret)$")
"""A branch or a rank laid down, in parentheses within a name: `Kol. (Purn.) Damar Wibisana`."""

_MAYBE_LAST = frozenset(
    ("alm", "almh", "co", "corp", "h", "inc", "jr", "ltd", "m", "pol", "purn", "sr", "tbk")
)
_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,3}\.)+[A-Z]?[a-z]{0,3}")
_INITIAL = re.compile(r"[A-Z]")
_LABELLED = re.compile(
    r"\b(?:blok|gedung|gerbang|golongan|grup|hepatitis|huruf|kelas|kategori|kelompok|lantai|nilai|paket|pasal|"
    r"rencana|seri|sesi|tim|tipe|vitamin|zona) [A-Z]$",
    re.IGNORECASE,
)
"""A letter that labels something, where a name's initial would look the same."""

_LIST_NUMBER = re.compile(r"(?:\d{1,2}|[A-Za-z])")


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph in order, each a verbatim substring without outer white space."""
    sentences = []
    start = 0
    for end in _boundaries(paragraph):
        if sentence := paragraph[start:end].strip():
            sentences.append(sentence)
        start = end
    if rest := paragraph[start:].strip():
        sentences.append(rest)
    return sentences


def sentence_end(text: str, start: int) -> int:
    """Where the sentence around ``start`` ends, quotation marks not looked at; 600 characters on at most."""
    limit = min(len(text), start + _SENTENCE_LIMIT)
    ends = (found.start() for found in _END.finditer(text, start, limit) if _ends_sentence(text, found))
    return next(ends, limit)


def _boundaries(text: str) -> list[int]:
    ends = list(_END.finditer(text))
    if not ends:
        return []
    whole = _whole_stretches(text)
    starts = [start for start, _ in whole]
    boundaries = []
    for found in ends:
        at = bisect_right(starts, found.start()) - 1
        inside = at >= 0 and found.start() + len(found[0].rstrip()) < whole[at][1]
        if not inside and _ends_sentence(text, found):
            boundaries.append(found.end())
    return boundaries


def _whole_stretches(text: str) -> list[tuple[int, int]]:
    """What no boundary may cut: quotations and parentheses, those that lie inside another left out."""
    stretches = [(quoted.outer, quoted.after) for quoted in find_quoted(text)]
    stretches += [found.span() for found in _PARENTHESES.finditer(text)]
    stretches.sort()
    outermost: list[tuple[int, int]] = []
    for start, after in stretches:
        if not outermost or start >= outermost[-1][1]:
            outermost.append((start, after))
    return outermost


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    if found[0].rstrip()[-1] not in ".!?…" and SAID_AFTER_QUOTATION.match(text, found.end()):
        # `... sana." Bunyi salah satu sapaan.`: the words of saying still belong to the quotation.
        return False
    start = found.start()
    if found[0].rstrip() != ".":
        return not (found[0].startswith(".)") and _RETIRED.search(text[max(0, start - _WORD_LIMIT) : start]))
    word = _LAST_WORD.search(text[max(0, start - _WORD_LIMIT) : start])
    return word is None or not _is_abbreviation(word[0], text, start, found.end())


def _is_abbreviation(word: str, text: str, stop: int, following: int) -> bool:
    lower = word.lower()
    if lower in _NEVER_LAST:
        return True
    if lower in _BEFORE_NUMBER:
        return text[following].isdigit()
    if stop <= _WORD_LIMIT and _LIST_NUMBER.fullmatch(word) and not text[: stop - len(word)].strip():
        return True
    doubtful = lower in _MAYBE_LAST or _DEGREE.fullmatch(word) or _INITIAL.fullmatch(word)
    if not doubtful:
        return False
    if _INITIAL.fullmatch(word) and _LABELLED.search(text[max(0, stop - _WORD_LIMIT) : stop]):
        return False
    next_word = re.match(r"\w+", text[following : following + _WORD_LIMIT])
    return next_word is None or next_word[0].lower() not in OPENERS
