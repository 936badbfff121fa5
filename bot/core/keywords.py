"""The names and terms an article is about, found by how often and how early it prints them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.core.datelines import without_dateline
from bot.core.lexicon import is_common, is_title
from bot.core.offices import ROLES
from bot.core.openers import OPENERS
from bot.core.people import People, find_people
from bot.core.places import PLACES

MOST, FEWEST = 5, 3

_IN_TITLE, _IN_LEAD = 3.0, 2.0
_MOST_WORDS = 5
_LONGEST_TITLE = 400
_SHORT_FORM = re.compile(r" \(([A-Z][\w-]{1,9})\)")
_BEGINS = re.compile(r"(?:^|[.!?:–—-]\s*|[“\"(]\s?)$")
_CALENDAR = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|januari|februari|maret|april|mei|juni|juli|agustus|"
    r"september|oktober|november|desember|wib|wita|wit|rp|usd)"
)
_TERM = re.compile(r"\b[a-z]{6,}\b")
_DERIVED = re.compile(r"(?:ber|di|me|se|ter)[a-z]+|[a-z]+nya")
_EMPTY_WORDS = """
    adalah antara bagian banyak beberapa berbagai hingga jumlah juta kegiatan kembali kepada masalah masing
    masyarakat miliar namun orang pemerintah persen pihak ratusan ribuan sebagai sementara sejumlah sekitar
    sesudah sudah tahun terhadap tetapi triliun
"""
_NO_TERMS = frozenset(_EMPTY_WORDS.split())
_NO_BODIES = ROLES | OPENERS


def find_keywords(
    paragraphs: Sequence[str], *, title: str | None = None, people: People | None = None
) -> tuple[str, ...]:
    """Three to five names or terms, the most telling first; fewer only for a text that holds fewer.

    ``people`` are the persons of these paragraphs where the caller has found them already.
    """
    scores, aliases = _count(paragraphs, people or find_people(paragraphs))
    _merge(scores, aliases)
    headline = title[:_LONGEST_TITLE].lower() if title else ""
    in_headline = frozenset(headline.split())
    for phrase in scores:
        if phrase.lower() in headline or phrase.rsplit(" ", 1)[-1].lower() in in_headline:
            scores[phrase] += _IN_TITLE
    ranked = sorted(scores, key=lambda phrase: -scores[phrase])
    chosen = [phrase for phrase in ranked[:MOST] if scores[phrase] > 1 or len(ranked) <= FEWEST]
    if len(chosen) < FEWEST:
        chosen += [term for term in _terms(paragraphs) if term not in chosen][: FEWEST - len(chosen)]
    return tuple(chosen)


def _count(paragraphs: Sequence[str], people: People) -> tuple[dict[str, float], dict[str, str]]:
    """How much each name counts, and the short forms that stand in parentheses after one."""
    scores: dict[str, float] = {}
    aliases: dict[str, str] = {}
    only_first: set[str] = set()
    for number, paragraph in enumerate(paragraphs):
        begin = 0 if number else len(paragraph) - len(without_dateline(paragraph))
        for start, end, phrase in _phrases(number, people):
            if start < begin:
                continue
            first = " " not in phrase and _BEGINS.search(paragraph, max(begin, start - 4), start) is not None
            if not first:
                only_first.discard(phrase)
            elif phrase not in scores:
                only_first.add(phrase)
            lead = _IN_LEAD if number == 0 and phrase not in scores else 0.0
            scores[phrase] = scores.get(phrase, 0.0) + 1 + lead
            if short := _SHORT_FORM.match(paragraph, end):
                aliases.setdefault(short[1], phrase)
    # A single word that only ever begins a sentence may carry its capital for that alone.
    return {phrase: score for phrase, score in scores.items() if phrase not in only_first}, aliases


def _phrases(number: int, people: People) -> Iterator[tuple[int, int, str]]:
    """Names of bodies, places and persons in a paragraph, with where they stand."""
    names = {mention.end: mention for mention in people.in_paragraph.get(number, ())}
    for run in people.runs[number]:
        mention = names.get(run.end)
        before = run.words[: len(run.words) - len(mention.words)] if mention else run.words
        if body := _body(before):
            yield run.start, run.start + len(" ".join(before)), body
        if mention and (len(mention.words) > 1 or mention.words[0].lower() not in OPENERS):
            yield mention.start, mention.end, " ".join(mention.words)


@lru_cache(maxsize=4096)
def _body(words: tuple[str, ...]) -> str | None:
    """The body or place in words before a name, without the office held there; None when there is none."""
    at = 0
    while at < len(words) and (words[at].lower() in _NO_BODIES or is_title(words[at])):
        at += 1
    rest = [word for word in words[at:] if not _CALENDAR.fullmatch(word.lower())]
    if not rest or rest[0].startswith("(") or len(rest) > _MOST_WORDS:
        return None
    acronym = rest[0].isupper() and len(rest[0]) > 1
    return " ".join(rest) if len(rest) > 1 or acronym or rest[0].lower() in PLACES else None


def _merge(scores: dict[str, float], aliases: dict[str, str]) -> None:
    """Count short forms (`Kim`, `AS`) to the fuller name they stand for."""
    for short, full in aliases.items():
        if short in scores and full in scores and short != full:
            scores[full] += scores.pop(short)
    longer: dict[str, str] = {}
    for phrase in sorted(scores, key=lambda phrase: -scores[phrase]):
        words = phrase.split()
        if 1 < len(words) < _MOST_WORDS:
            for word in words:
                if not is_common(word):
                    longer.setdefault(word, phrase)
    for phrase in list(scores):
        words = phrase.split()
        full = longer.get(words[-1], longer.get(words[0], phrase))
        if set(words) < set(full.split()):
            scores[full] = scores.get(full, 0.0) + scores.pop(phrase)


def _terms(paragraphs: Sequence[str]) -> list[str]:
    """The most frequent nouns, for a text that names hardly anybody."""
    counts = Counter(
        word
        for paragraph in paragraphs
        for word in _TERM.findall(paragraph)
        if word not in OPENERS and word not in _NO_TERMS and not _DERIVED.fullmatch(word)
    )
    return [word for word, _ in counts.most_common(FEWEST)]
