"""How good quotations, speakers and summaries are: ``python -m benchmarks.quality``, on annotated articles.

The articles are not part of the project; ``--corpora`` names their folder. It holds ``quotations-dev.jsonl``
(``id``, ``paragraphs``, ``quotations`` of ``text``, ``speaker``, ``named``) and ``summaries-dev.jsonl``
(``id``, ``paragraphs``, ``summary``).
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.corpora import CORPORA
from benchmarks.rouge import rouge
from benchmarks.stemmers import finds, read_pairs
from bot.core.article import Quotation
from bot.core.lexicon import is_common, is_title
from bot.core.matching import printed_keys
from bot.core.quotations import find_quotations
from bot.core.sentences import split_sentences
from bot.core.summary import WORDS, summarise
from bot.core.topics import topic_of
from bot.core.voices import part_voices

LABELS = Path(__file__).with_name("speaker-labels.jsonl")

_CATEGORIES = {"showbiz": "hiburan"}
"""Categories of the annotated articles that are a topic under another name."""

_MARKS = re.compile('["“”„‟]')


@dataclass(slots=True)
class QuotationScore:
    """Counts over all articles; a quotation is right when it equals a marked one but for marks and edges."""

    right: int = 0
    found: int = 0
    marked: int = 0
    speakers_right: int = 0
    speakers: int = 0
    named_right: int = 0
    named: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return 100 * self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return 100 * self.right / max(self.marked, 1)

    @property
    def f1(self) -> float:
        return 200 * self.right / max(self.found + self.marked, 1)


def score_quotations(
    articles: Iterable[dict[str, Any]], find: Callable[[Sequence[str]], Sequence[Quotation]]
) -> QuotationScore:
    """Precision and recall of ``find``, and how often it has the full name where somebody is named."""
    score = QuotationScore()
    for article in articles:
        answers = find(article["paragraphs"])
        given = Counter(_bare(answer.text) for answer in answers)
        marked = Counter(_bare(quotation["text"]) for quotation in article["quotations"])
        score.right += (given & marked).total()
        score.found += given.total()
        score.marked += marked.total()
        by_text = {_bare(answer.text): answer for answer in answers}
        for quotation in article["quotations"]:
            answer = by_text.get(_bare(quotation["text"]))
            if not quotation["named"] or answer is None:
                continue
            right = _untitled(answer.speaker or "") == _untitled(quotation["speaker"])
            score.speakers += 1
            score.speakers_right += right
            if names_somebody(quotation["named"], quotation["speaker"]):
                score.named += 1
                score.named_right += right
            if not right:
                score.misses.append(f"{article['id']}: {quotation['speaker']} | {answer.speaker}")
    return score


def score_labels(
    articles: Iterable[dict[str, Any]], labels: Sequence[dict[str, Any]]
) -> tuple[Counter[str], Counter[str], list[str]]:
    """How often the speaker is right where the attribution says `-nya`, `dia` or an office, and how many.

    ``labels`` are ours, of quotations in ``articles``: ``id``, ``quotation`` (its place among the marked
    ones), ``by`` and ``speaker``, null where the article names nobody.
    """
    by_id = {article["id"]: article for article in articles}
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses = []
    for name, of_article in groupby(labels, key=itemgetter("id")):
        article = by_id[name]
        answers = {_bare(answer.text): answer.speaker for answer in find_quotations(article["paragraphs"])}
        for label in of_article:
            answer = answers.get(_bare(article["quotations"][label["quotation"]]["text"]))
            asked[label["by"]] += 1
            if answer == label["speaker"]:
                right[label["by"]] += 1
            else:
                misses.append(f"{name}.{label['quotation']}: {label['speaker']} | {answer}")
    return right, asked, misses


def score_topics(articles: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """How often a topic told from the words alone is the paper's own category, and how often one is told."""
    told = [
        (topic_of(None, printed_keys(article["paragraphs"])), article["category"]) for article in articles
    ]
    right = sum(_CATEGORIES.get(category, category) == topic for topic, category in told)
    return right, sum(topic is not None for topic, _ in told)


def names_somebody(named: str, speaker: str) -> bool:
    """Whether what a marking calls a name is one; some are a pronoun or an office (`Presiden`)."""
    if named != speaker:
        return True
    words = (word.strip("().,") for word in named.split())
    return any(word[:1].isupper() and not is_common(word) for word in words)


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", text.lower()).split()).strip(",.!? ")


def _untitled(name: str) -> str:
    return " ".join(word for word in name.split() if not is_title(word))


def find_printed_quotations(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    return part_voices(find_quotations(paragraphs), paragraphs)[0]


def lead_3(paragraphs: Sequence[str]) -> list[str]:
    return _sentences(paragraphs)[:3]


def lead_nearest(paragraphs: Sequence[str]) -> list[str]:
    """The first sentences nearest to 60 words: the fair baseline, as length alone gains three points."""
    chosen: list[str] = []
    words = 0
    for sentence in _sentences(paragraphs):
        size = len(sentence.split())
        if chosen and abs(words + size - WORDS) > abs(words - WORDS):
            break
        chosen.append(sentence)
        words += size
    return chosen


def summary_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    return summarise(paragraphs, quotations=find_quotations(paragraphs))


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [sentence for paragraph in paragraphs for sentence in split_sentences(paragraph)]


def score_summaries(
    articles: Sequence[dict[str, Any]], choose: Callable[[Sequence[str]], Sequence[str]]
) -> tuple[float, ...]:
    """Means of ROUGE-1, -2 and -Lsum, of words and of sentences."""
    totals = [0.0] * 5
    for article in articles:
        answer = choose(article["paragraphs"])
        figures = (
            *rouge(article["summary"], answer),
            sum(len(sentence.split()) for sentence in answer),
            len(answer),
        )
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
    return tuple(total / max(len(articles), 1) for total in totals)


def _share(right: int, asked: int) -> str:
    return f"{100 * right / max(asked, 1):5.1f} % of {asked}"


def read_articles(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        sys.exit(f"{path} is missing; name the folder of the annotated articles with --corpora")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the annotated articles")
    parser.add_argument(
        "--misses", action="store_true", help="list the speakers that differ from the marking"
    )
    arguments = parser.parse_args()

    marked = read_articles(arguments.corpora / "quotations-dev.jsonl")
    print(f"Quotations, {len(marked)} articles                precision  recall    F1")
    for name, find in (("quotations", find_printed_quotations), ("with vox pops", find_quotations)):
        score = score_quotations(marked, find)
        print(f"  {name:42} {score.precision:9.1f} {score.recall:7.1f} {score.f1:5.1f}")
    print(f"  {'published: spaCy model of the corpus':42} {'':9} {'':7} {92.7:5.1f}")
    everything = score_quotations(marked, find_quotations)
    print("Speakers, full name")
    print(f"  {'where the marking has a name':42} {_share(everything.speakers_right, everything.speakers)}")
    print(f"  {'the same without pronouns, offices':42} {_share(everything.named_right, everything.named)}")
    print(f"  {'published for English':42} 84-87 %")
    labels = read_articles(LABELS)
    right, asked, misses = score_labels(marked, labels)
    for kind, words in (("nya", "-nya"), ("pronoun", "dia, ia"), ("role", "an office or a role")):
        print(f"  {'labelled by hand: ' + words:42} {_share(right[kind], asked[kind])}")
    print(f"  {'labelled by hand, all':42} {_share(right.total(), asked.total())}")
    if arguments.misses:
        print("\n".join([*everything.misses, *misses]))

    summed_up = read_articles(arguments.corpora / "summaries-dev.jsonl")
    print(f"\nSummaries, {len(summed_up)} articles          ROUGE-1  ROUGE-2  ROUGE-L  words  sentences")
    rows = (("LEAD-3", lead_3), ("lead nearest 60 words", lead_nearest), ("ours", summary_of))
    for row, choose in rows:
        one, two, longest, words, sentences = score_summaries(summed_up, choose)
        print(f"  {row:30} {one:9.2f} {two:8.2f} {longest:8.2f} {words:6.1f} {sentences:10.2f}")
    print(f"  {'published: NeuralSum':30} {68.0:9.2f} {61.7:8.2f} {67.2:8.2f}")

    pairs = read_pairs()
    found = Counter((wanted, finds(keyword, printed)) for wanted, keyword, printed in pairs)
    print(f"\nKeywords, {len(pairs)} pairs of keyword and print")
    print(f"  {'wanted, found':42} {_share(found[True, True], found[True, True] + found[True, False])}")
    print(
        f"  {'not wanted, found':42} {_share(found[False, True], found[False, True] + found[False, False])}"
    )
    right, told = score_topics(summed_up)
    print(f"Topic by words alone, told for {told} of {len(summed_up)} articles")
    print(f"  {'as in the marking':42} {_share(right, told)}")


if __name__ == "__main__":
    main()
