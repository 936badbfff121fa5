"""The names and terms an article is about, found by how often and how early it prints them."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.core.datelines import without_dateline
from bot.core.lexicon import is_common, is_title
from bot.core.names import find_runs, name_start
from bot.core.places import PLACES

MOST, FEWEST = 5, 3

_IN_TITLE, _IN_LEAD = 3.0, 2.0
_SHORT_FORM = re.compile(r" \(([A-Z][\w-]{1,9})\)")
_BEGINS = re.compile(r"(?:^|[.!?:–—-]\s*|[“\"(]\s?)$")
_CALENDAR = re.compile(
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|januari|februari|maret|april|mei|juni|juli|agustus|"
    r"september|oktober|november|desember|wib|wita|wit|rp|covid)"
)
_TERM = re.compile(r"\b[a-z]{6,}\b")
_NO_TERM = re.compile(
    r"(?:me|ber|ter|di|se)[a-z]+|[a-z]+nya|(?:sebagai|kepada|terhadap|menurut|sehingga|seperti|adalah|dengan|antara)"
)
_FORMS_OF_TIME = frozenset(
    "kemarin sekarang sementara sebelum setelah sesudah selama ketika tersebut mereka karena namun belum sudah sangat lebih "
    "banyak beberapa berbagai tetapi untuk kembali masing bahkan misalnya pihaknya kegiatan masyarakat pemerintah jumlah sejumlah "
    "hingga secara harus kata ujar tutur masalah sebesar sekitar antara bagian tahun bulan juta miliar triliun persen ribu orang "
    "melalui maupun kemudian kepada terkait termasuk merupakan menjadi dilakukan memberikan mengatakan menjelaskan menyatakan".split()
)


def find_keywords(paragraphs: Sequence[str], *, title: str | None = None) -> tuple[str, ...]:
    """Three to five names or terms, the most telling first; fewer only for a text that holds fewer."""
    scores: Counter[str] = Counter()
    aliases: dict[str, str] = {}
    only_first: set[str] = set()
    for number, paragraph in enumerate(paragraphs):
        text = paragraph if number else without_dateline(paragraph)
        for start, end, phrase in _phrases(text):
            first = " " not in phrase and _BEGINS.search(text, max(0, start - 4), start) is not None
            if not first:
                only_first.discard(phrase)
            elif phrase not in scores:
                only_first.add(phrase)
            scores[phrase] += 1
            if number == 0 and scores[phrase] == 1:
                scores[phrase] += _IN_LEAD
            if short := _SHORT_FORM.match(text, end):
                aliases.setdefault(short[1], phrase)
    for phrase in only_first:
        del scores[phrase]
    _merge(scores, aliases)
    headline = title.lower() if title else ""
    for phrase in scores:
        if phrase.lower() in headline or any(
            word.lower() in headline.split() for word in phrase.split()[-1:]
        ):
            scores[phrase] += _IN_TITLE
    chosen = [phrase for phrase, score in scores.most_common(MOST) if score > 1 or len(scores) <= FEWEST]
    if len(chosen) < FEWEST:
        chosen += [term for term in _terms(paragraphs) if term not in chosen][: FEWEST - len(chosen)]
    return tuple(chosen)


def _phrases(paragraph: str) -> list[tuple[int, int, str]]:
    """Names of persons, bodies and places with where they stand."""
    phrases = []
    for run in find_runs(paragraph):
        words = run.words
        at = name_start(words)
        name = words[at:]
        if name and (len(name) > 1 or len(name[0]) > 2 and name[0].lower() not in OPENERS):
            phrases.append((run.end - len(" ".join(name)), run.end, " ".join(name)))
        if body := _body(words[:at]):
            phrases.append((run.start, run.start + len(" ".join(words[:at])), body))
    return phrases


def _body(words: tuple[str, ...]) -> str | None:
    """The body or place in words before a name, without the office held there; None when there is none."""
    at = 0
    while at < len(words) and (
        words[at].lower() in ROLES or words[at].lower() in OPENERS or is_title(words[at])
    ):
        at += 1
    rest = [word for word in words[at:] if not _CALENDAR.fullmatch(word.lower())]
    if not rest or rest[0].startswith("("):
        return None
    telling = len(rest) > 1 or rest[0].lower() in PLACES or (rest[0].isupper() and len(rest[0]) > 1)
    return " ".join(rest) if telling and len(rest) <= 5 else None


def _merge(scores: Counter[str], aliases: dict[str, str]) -> None:
    """Count short forms (`Kim`, `AS`) to the fuller name they stand for."""
    for short, full in aliases.items():
        if short in scores and full in scores and short != full:
            scores[full] += scores.pop(short)
    longer: dict[str, str] = {}
    for phrase in sorted(scores, key=lambda phrase: -scores[phrase]):
        if 1 < phrase.count(" ") + 1 <= 4:
            for word in phrase.split():
                if not is_common(word):
                    longer.setdefault(word, phrase)
    for phrase in list(scores):
        full = longer.get(phrase.split()[-1]) or longer.get(phrase.split()[0])
        if full and full != phrase and set(phrase.split()) < set(full.split()):
            scores[full] += scores.pop(phrase)


def _terms(paragraphs: Sequence[str]) -> list[str]:
    counts = Counter(
        word
        for paragraph in paragraphs
        for word in _TERM.findall(paragraph)
        if word not in OPENERS and word not in _FORMS_OF_TIME and not _NO_TERM.fullmatch(word)
    )
    return [word for word, _ in counts.most_common(FEWEST)]
