"""Which stemmer finds what a reader follows: ``python -m benchmarks.stemmers``, on keyword-pairs.txt.

Beside ours it measures snowballstemmer and PySastrawi where they are installed; the project needs neither.
"""

import argparse
import importlib
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpora import CORPORA
from bot.core.matching import keyword_key, printed_keys
from bot.core.stems import stems
from bot.core.words import fold

PAIRS = Path(__file__).with_name("keyword-pairs.txt")

Finds = Callable[[str, str], bool]


def read_pairs() -> list[tuple[bool, str, str]]:
    """Whether the article is wanted, the keyword, and what is printed."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    pairs = []
    for line in lines:
        if line[:1] in {"+", "-"}:
            keyword, _, printed = line[2:].partition(" : ")
            pairs.append((line[0] == "+", keyword, printed))
    return pairs


def finds(keyword: str, printed: str) -> bool:
    return keyword_key(keyword) in printed_keys([printed])


def finds_exactly(keyword: str, printed: str) -> bool:
    return f" {_plain(keyword)} " in f" {_plain(printed)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def with_stemmer(stem: Callable[[str], str]) -> Finds:
    """A matcher as ours that asks another stemmer for each word."""

    def stemmed(text: str) -> str:
        return " ".join(stem(word) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(text)))

    return lambda keyword, printed: f" {stemmed(keyword)} " in f" {stemmed(printed)} "


def others() -> dict[str, tuple[Finds, Callable[[str], str]]]:
    found = {}
    try:
        snowball = importlib.import_module("snowballstemmer").stemmer("indonesian")
        found["snowballstemmer"] = (with_stemmer(snowball.stemWord), snowball.stemWord)
    except ModuleNotFoundError:
        print("snowballstemmer is not installed")
    try:
        sastrawi = importlib.import_module("Sastrawi.Stemmer.StemmerFactory").StemmerFactory()
        stem = sastrawi.create_stemmer(isDev=True).stem
        found["PySastrawi"] = (with_stemmer(stem), stem)
    except ModuleNotFoundError:
        print("PySastrawi is not installed")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of articles, for the speed")
    parser.add_argument("--misses", action="store_true", help="list what ours gets wrong")
    arguments = parser.parse_args()

    pairs = read_pairs()
    wanted = sum(wanted for wanted, _, _ in pairs)
    stemmers = others()
    rows: dict[str, Finds] = {"the word itself": finds_exactly, "ours": finds}
    rows |= {name: matcher for name, (matcher, _) in stemmers.items()}
    print(f"{len(pairs)} pairs          wanted, found of {wanted}   unwanted, found of {len(pairs) - wanted}")
    for name, matcher in rows.items():
        right = sum(want and matcher(keyword, printed) for want, keyword, printed in pairs)
        wrong = sum(not want and matcher(keyword, printed) for want, keyword, printed in pairs)
        shares = 100 * right / wanted, 100 * wrong / (len(pairs) - wanted)
        print(f"  {name:18} {right:8} {shares[0]:6.1f} % {wrong:12} {shares[1]:6.1f} %")
    if arguments.misses:
        print(
            "\n".join(
                f"{'+' if want else '-'} {keyword} : {printed}"
                for want, keyword, printed in pairs
                if want != finds(keyword, printed)
            )
        )

    with (arguments.corpora / "summaries-dev.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line)["paragraphs"] for line in lines][:200]
    print(f"\n{len(articles)} articles, articles/s           each word anew   from memory")
    ours = ("ours", lambda word: stems(word)[0])
    for name, stem in (ours, *((name, stem) for name, (_, stem) in stemmers.items())):
        print(f"  {name + ', words alone':38} {' '.join(f'{rate:10.0f}' for rate in rates(stem, articles))}")
    began = time.perf_counter()
    for paragraphs in articles:
        printed_keys(paragraphs)
    rate = len(articles) / (time.perf_counter() - began)
    print(f"  {'ours, all keys of the article':38} {'':10} {rate:10.0f}")


def rates(stem: Callable[[str], str], articles: list[list[str]]) -> tuple[float, float]:
    """Articles a second without what was remembered of earlier words, and with it."""
    cache: dict[str, str] = {}
    found = []
    for _ in range(2):
        began = time.perf_counter()
        for paragraphs in articles:
            for word in re.findall(r"[^\W_]+", fold(" ".join(paragraphs))):
                if word not in cache:
                    cache[word] = stem(word)
        found.append(len(articles) / (time.perf_counter() - began))
    return found[0], found[1]


if __name__ == "__main__":
    main()
