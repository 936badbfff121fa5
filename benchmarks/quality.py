"""How good quotations, speakers and summaries are: ``python -m benchmarks.quality``, on annotated articles.

The articles are not part of the project; ``--corpora`` names their folder. It holds ``quotations-dev.jsonl``
(``id``, ``paragraphs``, ``quotations`` of ``text``, ``speaker``, ``named``) and ``summaries-dev.jsonl``
(``id``, ``paragraphs``, ``summary``).
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks.baselines import lead_3, lead_nearest, plain_walk
from benchmarks.corpora import CORPORA, read_articles
from benchmarks.invented_names import with_invented_names
from benchmarks.rouge import rouge
from benchmarks.stemmers import finds, read_pairs
from benchmarks.stories import STREAM, story_scores
from bot.core.article import Quotation
from bot.core.lexicon import is_common, is_title
from bot.core.matching import printed_keys
from bot.core.quotations import find_quotations
from bot.core.summary import summarise
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


def summary_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    return summarise(paragraphs, quotations=find_quotations(paragraphs))


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
    return f"{100 * right / max(asked, 1):.1f} %"


Row = tuple[str, str, str, str, str, str, str]
"""What, over how much, ours, LEAD-3, the lead nearest to 60 words, the plain walk, published by others."""


def quotation_rows(marked: Sequence[dict[str, Any]]) -> tuple[list[Row], list[str]]:
    """The rows of quotations and speakers, and the speakers that differ from the marking or our labels."""
    articles = f"{len(marked)} articles"
    rows: list[Row] = []
    for name, find in (("quotations", find_printed_quotations), ("quotations and vox pops", find_quotations)):
        score = score_quotations(marked, find)
        figures = f"{score.precision:.1f} / {score.recall:.1f} / {score.f1:.1f}"
        rows.append((f"{name}: precision / recall / F1", articles, figures, "", "", "", "F1 92.3, 92.7"))
    everything = score_quotations(marked, find_quotations)
    labels = read_articles(LABELS)
    unheard_of, relabelled = with_invented_names(marked, labels)
    renamed = score_quotations(unheard_of, find_quotations)
    for name, right, asked in (
        ("full name, where the marking has a name", everything.speakers_right, everything.speakers),
        ("the same without its pronouns, offices", everything.named_right, everything.named),
        ("the same, all names invented", renamed.named_right, renamed.named),
    ):
        rows.append((name, f"{asked} quotations", _share(right, asked), "", "", "", "84-87 % (English)"))
    right_by, asked_by, misses = score_labels(marked, labels)
    for kind, words in (("nya", "`-nya`"), ("pronoun", "`dia`, `ia`"), ("role", "an office or a role")):
        shown = _share(right_by[kind], asked_by[kind])
        rows.append((f"full name behind {words}", f"{asked_by[kind]} labels", shown, "", "", "", ""))
    all_labels = _share(right_by.total(), asked_by.total())
    rows.append(("full name behind any of these", f"{asked_by.total()} labels", all_labels, "", "", "", ""))
    right_by, asked_by, _ = score_labels(unheard_of, relabelled)
    all_labels = _share(right_by.total(), asked_by.total())
    rows.append(("the same, all names invented", f"{asked_by.total()} labels", all_labels, "", "", "", ""))
    return rows, [*everything.misses, *misses]


def summary_rows(articles: Sequence[dict[str, Any]]) -> list[Row]:
    choices = (summary_of, lead_3, lead_nearest, plain_walk)
    figures = zip(*(score_summaries(articles, choose) for choose in choices), strict=True)
    names = ("summaries: ROUGE-1", "ROUGE-2", "ROUGE-L", "words in a summary", "sentences in a summary")
    published = ("LEAD-3 62.9, NeuralSum 68.0", "54.5, 61.7", "62.1, 67.2", "people: about 60", "")
    return [
        (
            name,
            f"{len(articles)} articles",
            f"{own:.1f}",
            f"{three:.1f}",
            f"{sixty:.1f}",
            f"{walk:.1f}",
            other,
        )
        for name, (own, three, sixty, walk), other in zip(names, figures, published, strict=True)
    ]


def keyword_rows(articles: Sequence[dict[str, Any]]) -> list[Row]:
    found = Counter((wanted, finds(keyword, printed)) for wanted, keyword, printed in read_pairs())
    rows: list[Row] = []
    for wanted, name in ((True, "keywords: wanted, found"), (False, "keywords: not wanted, found")):
        asked = found[wanted, True] + found[wanted, False]
        rows.append((name, f"{asked} pairs", _share(found[wanted, True], asked), "", "", "", ""))
    right, told = score_topics(articles)
    over = f"{told} of {len(articles)}"
    return [*rows, ("topic by words alone: as in the marking", over, _share(right, told), "", "", "", "")]


def story_rows(articles: Sequence[dict[str, Any]]) -> list[Row]:
    scores = story_scores(articles)
    stream = scores[STREAM]
    links = f"{stream.linked} links"
    rows: list[Row] = [
        ("stories: links that are right", links, _share(stream.right, stream.linked), "", "", "", "")
    ]
    for name, score in scores.items():
        if score.same:
            share = _share(score.right, score.same)
            rows.append((f"stories found: {name}", f"{score.same} pairs", share, "", "", "", ""))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the annotated articles")
    parser.add_argument(
        "--misses", action="store_true", help="list the speakers that differ from the marking"
    )
    arguments = parser.parse_args()
    marked = read_articles(arguments.corpora / "quotations-dev.jsonl")
    summed_up = read_articles(arguments.corpora / "summaries-dev.jsonl")
    quoted, misses = quotation_rows(marked)
    header: Row = ("", "over", "Kabar", "LEAD-3", "lead near 60", "plain walk", "published by others")
    rows = [header, *quoted, *summary_rows(summed_up), *keyword_rows(summed_up)]
    for row in [*rows, *story_rows([*summed_up, *marked])]:
        print("{:58} {:14} {:>18} {:>7} {:>12} {:>10}  {}".format(*row).rstrip())
    print(
        "Keywords beside other stemmers: python -m benchmarks.stemmers; stories in full: make bench-stories;"
    )
    print("articles a second: make bench-speed.")
    if arguments.misses:
        print("\nSpeakers that differ: the marking's or the label's | ours")
        print("\n".join(misses))


if __name__ == "__main__":
    main()
