"""Which whole sentences carry an article: a walk from the top, as the news puts first what matters most."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.core.article import Quotation
from bot.core.datelines import without_dateline
from bot.core.marks import find_quoted
from bot.core.sentences import split_sentences
from bot.core.speech import SAYING, STEM

WORDS = 60
"""What people write on average, and what the choice comes nearest to."""

_MOST_SENTENCES = 4
_ENOUGH_SENTENCES, _ENOUGH_WORDS = 3, 50
_FEWEST_WORDS = 6
_CAPITALISED = 0.7
"""The share of words with a capital that makes a headline."""
_MOST_WORDS = 55

_WRITER_OR_READER = re.compile(r"\b(?:saya|aku|kami|kita|anda|kamu|kalian)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"(?:(?:namun|tetapi|tapi|sebab|karena itu|oleh karena itu|selain itu|bahkan|apalagi|padahal),? )?"
    r"(?:ia|dia|beliau|mereka|keduanya|ketiganya|hal (?:itu|ini|tersebut|senada|serupa)|ini(?:lah)?|"
    r"(?:semua )?itu(?:lah)?|begitu(?:lah)?|"
    r"demikian(?:lah)?|(?:menurut|kata|ujar|tambah|jelas|tutur|ungkap|lanjut)nya|\w+nya itu)\b",
    re.IGNORECASE,
)
_WORD_WITH_PRONOUN = re.compile(r"\b(\w+?)(?:nya| dia| ia| beliau)\b", re.IGNORECASE)
_ABOVE = re.compile(r"\bdi atas,", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:setelah|sebelum|saat|ketika|waktu|kala|sejak|(?:oleh )?(?:karena|sebab)|untuk) itu\b|"
    r"(?:dengan|kendati|meski|meskipun|walau|walaupun) (?:begitu|demikian|itu)\b|"
    r"(?:akibatnya|hasilnya|sebaliknya|alasannya|artinya|pasalnya|sehingga|"
    r"selanjutnya|kemudian|di (?:sana|situ)|dari (?:sana|situ))\b",
    re.IGNORECASE,
)
"""Openings that only the sentence before gives a sense."""

_JOINS = re.compile(
    r"(?:apalagi|bahkan|di sisi lain|melainkan|namun|padahal|sebab|sedangkan|selain itu|sementara itu|"
    r"tapi|tetapi)\b",
    re.IGNORECASE,
)
"""Openings that go on from something, and so do not open a summary."""

_SUBJECT_BEFORE = re.compile(
    r"(?!(?:belum|hari|kali|namun|sampai|saat|sejauh|sekarang|selain|selama|sementara|tahun)\b)"
    r"(?:dalam |di |pada |atas )?([^\W\d_][\w’'-]+)(?: [\w’'-]+)? (?:itu|tersebut|(?<=an )ini)\b(?! \()",
    re.IGNORECASE,
)
"""A subject that was brought up before (`Rapat itu`), by its head."""

_SAID_FIRST = re.compile(rf"{STEM}(?:nya)?\b")
_FURNITURE = re.compile(
    r"(?:baca\s?_?juga|berita terkait|lihat juga|simak juga|(?:editor|foto|sumber|video)\s?:|"
    r"[\[(][^\])]*[\])]?\W*$|.*\((?:dok|foto|ist)\b[^()]*\)\W*$)",
    re.IGNORECASE,
)
_NO_MORE_THAN_SOURCE = re.compile(
    r"[A-Z][^,.!?]{1,40}, (?:seperti|sebagaimana)? ?(?:dikutip|dilansir|dilaporkan)[^,.!?]*"
    r"(?:, (?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Ahad)[^,.!?]*)?\."
)
"""What is left of an attribution after a quotation's full stop (`Laras, seperti dilansir Warta.`)."""

_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int
    text: str
    words: int
    leans: bool
    joins: bool
    quotes: bool
    about: str | None
    """The head of a subject that was brought up before; lower-case."""


def summarise(paragraphs: Sequence[str], *, quotations: Sequence[Quotation] = ()) -> tuple[str, ...]:
    """Two or three whole sentences of the article, verbatim and in its order, together near 60 words.

    A fourth comes only where three are short; fewer only where the article has no more to give. No quotation
    is torn from its speaker, and no sentence leans on one that is left out. A dateline is cut off the first.
    """
    inside = "\n".join(quotation.text for quotation in quotations)
    chosen = _walk(candidate for candidate in _candidates(paragraphs, inside) if not candidate.quotes)
    if sum(candidate.words for candidate in chosen) * 2 < WORDS:
        # Nearly everything here is somebody's words: whole quotations with their speakers may carry it then.
        chosen = _walk(_candidates(paragraphs, inside))
    chosen = chosen or list(islice(_candidates(paragraphs, inside), 1))
    return tuple(candidate.text for candidate in chosen) or _first_sentence(paragraphs)


def _walk(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    words = 0
    for candidate in candidates:
        follows = bool(chosen) and chosen[-1].at == candidate.at - 1
        if not follows and (candidate.leans or _is_about_left_out(candidate, chosen)):
            continue
        if candidate.joins and not chosen:
            continue
        if chosen:
            enough = len(chosen) >= _ENOUGH_SENTENCES and words >= _ENOUGH_WORDS
            farther = abs(words + candidate.words - WORDS) > abs(words - WORDS)
            if enough or farther or len(chosen) == _MOST_SENTENCES:
                break
        chosen.append(candidate)
        words += candidate.words
    return chosen


def _is_about_left_out(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    about = candidate.about
    return about is not None and not any(about in before.text.lower() for before in chosen)


def _candidates(paragraphs: Sequence[str], inside: str) -> Iterator[_Candidate]:
    """The sentences that may stand in a summary, numbered by their place among all."""
    at = 0
    for number, paragraph in enumerate(paragraphs):
        text = without_dateline(paragraph) if number == 0 else paragraph
        for sentence in split_sentences(text):
            at += 1
            if candidate := _candidate(at, sentence, inside):
                yield candidate


def _candidate(at: int, sentence: str, inside: str) -> _Candidate | None:
    words = len(sentence.split())
    if (
        words < _FEWEST_WORDS
        or sentence.endswith(("?", ":"))
        or _is_headline(sentence)
        or _FURNITURE.match(sentence)
        or _NO_MORE_THAN_SOURCE.fullmatch(sentence)
        or _SAID_FIRST.match(sentence)
    ):
        return None
    quoted = find_quoted(sentence)
    if any(not stretch.closed or not stretch.opened for stretch in quoted):
        return None
    if not quoted and (_WRITER_OR_READER.search(sentence) or sentence in inside):
        return None
    opens = bool(quoted) and not sentence[: quoted[0].outer].strip("(")
    if opens and not sentence[quoted[-1].after :].strip(" ."):
        return None
    leans = bool(_LEANS.match(sentence) or _GOES_ON.match(sentence)) or _leans_inside(sentence)
    about = _SUBJECT_BEFORE.match(sentence)
    joins = _JOINS.match(sentence) is not None
    return _Candidate(at, sentence, words, leans, joins, opens, about[1].lower() if about else None)


def _leans_inside(sentence: str) -> bool:
    """Whether somebody says it who is no more than a pronoun (`..., katanya`, `menurut dia`)."""
    words = _WORD_WITH_PRONOUN.findall(sentence)
    return any(word.lower() in SAYING for word in words) or _ABOVE.search(sentence) is not None


def _is_headline(sentence: str) -> bool:
    """Whether a line without a full stop is the title of another article, or a caption."""
    if _ENDED.search(sentence):
        return False
    words = sentence.split()
    return sum(word[:1].isupper() for word in words) >= _CAPITALISED * len(words)


def _first_sentence(paragraphs: Sequence[str]) -> tuple[str, ...]:
    for paragraph in paragraphs:
        if sentences := split_sentences(paragraph):
            return (sentences[0],)
    return ()
