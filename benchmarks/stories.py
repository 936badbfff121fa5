"""How well articles of one event find each other: ``python -m benchmarks.stories``, on labelled pairs.

``story-pairs.jsonl`` beside this file holds the ids of two articles and whether they tell of the same event,
as judged by reading both. The articles themselves are no part of the project; see benchmarks/quality.py.
"""

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.quality import CORPORA, read_articles
from bot.core.article import Article, Block, BlockKind
from bot.core.stories import WINDOW, Candidate, StoryKey, least_likeness, likeness, story_key

PAIRS = Path(__file__).parent / "story-pairs.jsonl"
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
    candidate = Candidate(1, other, apart)
    return abs(apart) <= WINDOW and likeness(one, other) >= least_likeness(candidate)


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
    by_id = {record["id"]: record for record in records}
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    print(f"Stories, {len(records)} articles                pairs  same  linked  right")
    print(f"  labelled, thresholds chosen here          {score_pairs(by_id, pairs, half=0)}")
    print(f"  labelled, the other half                  {score_pairs(by_id, pairs, half=1)}")
    print(f"  halves of one article                     {score_halves(records)}")
    links = links_of_all(records)
    print(f"Links among all articles, within {WINDOW.days} days: {len(links)}")
    if arguments.links:
        for found, one, other in links:
            print(f"  {found:.2f}  {one}  {other}")


if __name__ == "__main__":
    main()
