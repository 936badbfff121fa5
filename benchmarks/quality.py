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
from pathlib import Path
from typing import Any

from benchmarks.rouge import rouge
from bot.core.article import Quotation
from bot.core.lexicon import is_title
from bot.core.quotations import find_quotations
from bot.core.sentences import split_sentences
from bot.core.summary import WORDS, summarise
from bot.core.voices import key_quotations

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

_MARKS = re.compile('["“”„‟]')


@dataclass(slots=True)
class QuotationScore:
    """Counts over all articles; a quotation is right when it equals a marked one but for marks and edges."""

    right: int = 0
    found: int = 0
    marked: int = 0
    speakers_right: int = 0
    speakers: int = 0
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

    @property
    def speaker_accuracy(self) -> float:
        return 100 * self.speakers_right / max(self.speakers, 1)


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
            score.speakers += 1
            if _untitled(answer.speaker or "") == _untitled(quotation["speaker"]):
                score.speakers_right += 1
            else:
                score.misses.append(f"{article['id']}: {quotation['speaker']} | {answer.speaker}")
    return score


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", text.lower()).split()).strip(",.!? ")


def _untitled(name: str) -> str:
    return " ".join(word for word in name.split() if not is_title(word))


def find_key_quotations(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    return key_quotations(find_quotations(paragraphs), paragraphs)


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
    for name, find in (("all", find_quotations), ("key (who speaks for something)", find_key_quotations)):
        score = score_quotations(marked, find)
        print(f"  {name:42} {score.precision:9.1f} {score.recall:7.1f} {score.f1:5.1f}")
    print(f"  {'published: spaCy model of the corpus':42} {'':9} {'':7} {92.7:5.1f}")
    everything = score_quotations(marked, find_quotations)
    named = f"{everything.speaker_accuracy:.1f} % of {everything.speakers}"
    print(f"Speakers, full name where one is named     {named}  (published for English: 84-87)")
    if arguments.misses:
        print("\n".join(everything.misses))

    summed_up = read_articles(arguments.corpora / "summaries-dev.jsonl")
    print(f"\nSummaries, {len(summed_up)} articles          ROUGE-1  ROUGE-2  ROUGE-L  words  sentences")
    rows = (("LEAD-3", lead_3), ("lead nearest 60 words", lead_nearest), ("ours", summary_of))
    for row, choose in rows:
        one, two, longest, words, sentences = score_summaries(summed_up, choose)
        print(f"  {row:30} {one:9.2f} {two:8.2f} {longest:8.2f} {words:6.1f} {sentences:10.2f}")
    print(f"  {'published: NeuralSum':30} {68.0:9.2f} {61.7:8.2f} {67.2:8.2f}")


if __name__ == "__main__":
    main()
