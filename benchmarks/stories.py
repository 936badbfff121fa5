"""How well articles of one event find each other: ``python -m benchmarks.stories``, on labelled pairs.

``story-pairs.jsonl`` beside this file holds the ids of two articles and whether they tell of the same event,
``story-reports.jsonl`` short articles of our own: another report of what an article tells, or a follow-up
with a next step made up for it. The articles themselves are no part of the project; see
benchmarks/corpora.py.
"""

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from operator import itemgetter
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.corpora import CORPORA, read_articles
from bot.core.article import Article, Block, BlockKind
from bot.core.stories import WINDOW, Candidate, StoryKey, find_story, likeness, story_key, tells_of_the_same

PAIRS = Path(__file__).parent / "story-pairs.jsonl"
STREAM = "all of these in the order of their time"
REPORTS = Path(__file__).with_name("story-reports.jsonl")
_DATE = re.compile(r"\((\d\d?)/(\d\d?)/(20\d\d)")
_FEWEST_PARAGRAPHS = 6


@dataclass(slots=True)
class LinkScore:
    """Counts over pairs; a link is right when both articles tell of the same event."""

    right: int = 0
    linked: int = 0
    same: int = 0
    pairs: int = 0

    def add(self, *, linked: bool, same: bool) -> None:
        self.pairs += 1
        self.right += linked and same
        self.linked += linked
        self.same += same

    def __str__(self) -> str:
        return f"{self.pairs:7} {self.same:5} {self.linked:7} {self.right:6}"


def score_pairs(
    articles: dict[str, dict[str, Any]], pairs: Iterable[dict[str, Any]], *, half: int
) -> LinkScore:
    """Links among the labelled ``pairs`` of one half, 0 or 1; thresholds were chosen on half 0."""
    score = LinkScore()
    for pair in pairs:
        one, other = articles[pair["one"]], articles[pair["other"]]
        if crc32((pair["one"] + pair["other"]).encode()) % 2 == half:
            score.add(linked=_are_linked(one, other), same=bool(pair["same"]))
    return score


def score_halves(articles: Iterable[dict[str, Any]]) -> LinkScore:
    """Every second paragraph of an article against the others: two reports of one event without a sentence
    in common.
    """
    score = LinkScore()
    for article in articles:
        paragraphs = article["paragraphs"]
        if len(paragraphs) >= _FEWEST_PARAGRAPHS:
            keys = [_key("", paragraphs[start::2]) for start in (0, 1)]
            score.add(linked=_link(keys[0], keys[1], timedelta()), same=True)
    return score


def score_reports(
    articles: dict[str, dict[str, Any]], reports: Iterable[dict[str, Any]], *, kind: str
) -> tuple[LinkScore, LinkScore]:
    """Our own ``reports`` of one kind beside what they report on, and beside every other article.

    Where the others are concerned, time is of no matter: each counts as published in the same hour.
    """
    keys = {name: story_key(as_article(article)) for name, article in articles.items()}
    own, others = LinkScore(), LinkScore()
    for report in reports:
        if report["kind"] == kind:
            key = _key(report["title"], report["paragraphs"])
            own.add(linked=_link(key, keys[report["of"]], timedelta(hours=report["hours"])), same=True)
            for name, other in keys.items():
                if name != report["of"]:
                    others.add(linked=_link(key, other, timedelta()), same=False)
    return own, others


def score_stream(
    records: Sequence[dict[str, Any]], reports: Iterable[dict[str, Any]], pairs: Iterable[dict[str, Any]]
) -> tuple[LinkScore, list[tuple[str, str]]]:
    """All that has a date, in its order, each told to the story that the whole decision chooses for it.

    Articles are in it as two halves six hours apart, beside our own ``reports`` of them. A link is right
    when it leads to what is made of the same article, or of one that the labelled ``pairs`` call the same.
    """
    told: list[tuple[datetime, StoryKey, str]] = []
    moments = {record["id"]: moment for record in records if (moment := _moment(record))}
    for record in records:
        if moment := moments.get(record["id"]):
            for start, hours in ((0, 0), (1, 6)):
                key = _key("", record["paragraphs"][start::2])
                told.append((moment + timedelta(hours=hours), key, record["id"]))
    for report in reports:
        if moment := moments.get(report["of"]):
            key = _key(report["title"], report["paragraphs"])
            told.append((moment + timedelta(hours=report["hours"]), key, report["of"]))
    told.sort(key=itemgetter(0))
    same = {frozenset((pair["one"], pair["other"])) for pair in pairs if pair["same"]}
    same |= {frozenset((name,)) for name in moments}
    score, wrong = LinkScore(), []
    for number, (moment, key, event) in enumerate(told):
        earlier = [(at, other) for at, other in enumerate(told[:number]) if moment - other[0] <= WINDOW]
        chosen = find_story(key, (Candidate(at, other[1], moment - other[0]) for at, other in earlier))
        of_it = any(frozenset((event, other[2])) in same for _, other in earlier)
        right = chosen is not None and frozenset((event, told[chosen][2])) in same
        score.pairs += len(earlier)
        score.same += of_it
        score.linked += chosen is not None
        score.right += right
        if chosen is not None and not right:
            wrong.append((event, told[chosen][2]))
    return score, wrong


def links_at_any_time(articles: Sequence[dict[str, Any]]) -> list[tuple[float, str, str]]:
    """Every two articles that would be linked if all were of one hour, the most alike first."""
    keys = [(story_key(as_article(article)), article["id"]) for article in articles]
    return sorted(
        (
            (likeness(one, other), first, second)
            for (one, first), (other, second) in combinations(keys, 2)
            if _link(one, other, timedelta())
        ),
        reverse=True,
    )


def links_of_all(articles: Sequence[dict[str, Any]]) -> list[tuple[float, str, str]]:
    """Every two articles within the window that would be linked, the most alike first."""
    keys = [(story_key(as_article(article)), _moment(article), article["id"]) for article in articles]
    return sorted(
        (
            (likeness(one[0], other[0]), one[2], other[2])
            for one, other in combinations(keys, 2)
            if one[1] and other[1] and _link(one[0], other[0], one[1] - other[1])
        ),
        reverse=True,
    )


def _are_linked(one: dict[str, Any], other: dict[str, Any]) -> bool:
    times = _moment(one), _moment(other)
    apart = times[0] - times[1] if times[0] and times[1] else timedelta()
    return _link(story_key(as_article(one)), story_key(as_article(other)), apart)


def _link(one: StoryKey, other: StoryKey, apart: timedelta) -> bool:
    return tells_of_the_same(one, Candidate(1, other, apart))


def _key(title: str, paragraphs: Sequence[str]) -> StoryKey:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    return story_key(Article(title, datetime(2020, 1, 1, tzinfo=UTC), blocks))


def as_article(record: dict[str, Any]) -> Article:
    """The article of a corpus' line; its title, as far as there is one, from the words of its id."""
    number, _, slug = record["id"].partition("-")
    title = slug.replace("-", " ") if number.isdigit() else ""
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in record["paragraphs"])
    return Article(title, _moment(record) or datetime(2020, 1, 1, tzinfo=UTC), blocks)


def _moment(record: dict[str, Any]) -> datetime | None:
    """When it was published: the seconds that its id begins with, else the last day that its text prints."""
    number = record["id"].partition("-")[0]
    if number.isdigit():
        return datetime.fromtimestamp(int(number), UTC)
    printed = [tuple(map(int, found)) for found in _DATE.findall(" ".join(record["paragraphs"]))]
    days = [datetime(year, month, day, 12, tzinfo=UTC) for day, month, year in printed if month <= 12]
    return max(days, default=None)


def story_scores(records: Sequence[dict[str, Any]]) -> dict[str, LinkScore]:
    """Every comparison that has an answer, by what it is called in docs/quality.md."""
    by_id = {record["id"]: record for record in records}
    pairs, reports = read_articles(PAIRS), read_articles(REPORTS)
    again, not_again = score_reports(by_id, reports, kind="report")
    next_day, not_next_day = score_reports(by_id, reports, kind="follow-up")
    return {
        "labelled, thresholds chosen here": score_pairs(by_id, pairs, half=0),
        "labelled, the other half": score_pairs(by_id, pairs, half=1),
        "another report of ours, with its article": again,
        "another report of ours, with all others": not_again,
        "a follow-up of ours, with its article": next_day,
        "a follow-up of ours, with all others": not_next_day,
        "halves of one article": score_halves(records),
        STREAM: score_stream(records, reports, pairs)[0],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of the annotated articles")
    parser.add_argument("--links", action="store_true", help="list every link among all articles")
    arguments = parser.parse_args()
    records = [
        record
        for name in ("summaries-dev.jsonl", "quotations-dev.jsonl")
        for record in read_articles(arguments.corpora / name)
    ]
    print(f"Stories, {len(records)} articles                pairs  same  linked  right")
    for name, score in story_scores(records).items():
        print(f"  {name:42}{score}")
    links = links_of_all(records)
    print(f"Links among all articles, within {WINDOW.days} days: {len(links)}")
    at_any_time = links_at_any_time(records)
    print(f"The same if all were of one hour: {len(at_any_time)}")
    if arguments.links:
        for found, one, other in [*links, *at_any_time]:
            print(f"  {found:.2f}  {one}  {other}")
        _, wrong = score_stream(records, read_articles(REPORTS), read_articles(PAIRS))
        print("Wrong in the order of time:")
        print("\n".join(f"  {one}  {other}" for one, other in wrong))


if __name__ == "__main__":
    main()
