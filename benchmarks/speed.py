"""How fast an article is read: ``python -m benchmarks.speed``, beside newspaper4k and trafilatura, as ratios.

Kabar reads the page's text and finds summary, quotations, keywords and the story's key; the others get the
same text as an HTML page in the newspaper's shape, wrapped here. newspaper4k fetches its sentence splitter's
training from the net, so it gets an untrained one of the same make. One process, one thread, the best of
several rounds.
"""

import argparse
import contextlib
import sys
import warnings
from collections.abc import Callable
from html import escape
from pathlib import Path
from time import process_time

from bot.core.analysis import analyse
from bot.core.article import Article
from bot.core.rmid import parse_page
from bot.core.stories import story_key
from bot.errors import NotAnArticle
from tests.core.test_mangled_pages import PLACES, UNDER_DATE, UNITS, text_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import newspaper
    import newspaper.nlp
    import trafilatura
    from nltk.tokenize.punkt import PunktSentenceTokenizer

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
ADDRESS = "https://rm.id/baca-berita/internasional/187210/artikel"
ROUNDS, SECONDS = 7, 0.4
HOSTILE_SIZE = 100_000
CAPTIONS = 12


def best_rate(work: Callable[[], object]) -> float:
    """How often ``work`` is done in a second of this process's time, in the best round."""
    work()
    best = 0.0
    for _ in range(ROUNDS):
        times, started = 0, process_time()
        while (spent := process_time() - started) < SECONDS:
            work()
            times += 1
        best = max(best, times / spent)
    return best


def read_whole(text: str) -> None:
    article = parse_page(text, url=ADDRESS)
    analyse(article.paragraphs, title=article.title)
    story_key(article)


def as_html(article: Article) -> str:
    """A page as the newspaper's are: the title in h1 and og:title, the text in div.content-berita."""
    title = escape(article.title)
    menu = "".join(f'<li><a href="/kanal/{number}">Kanal {number}</a></li>' for number in range(30))
    body = "\n".join(f"<p>{escape(block.text)}</p>" for block in article.blocks)
    related = "".join(
        f'<p>Baca juga : <a href="/baca-berita/x/{number}/y">{escape(text)}</a></p>'
        for number, text in enumerate(article.related)
    )
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="article:published_time" '
        f'content="{article.published_at.isoformat()}"></head><body><nav><ul>{menu}</ul></nav>'
        f"<main><h1>{title}</h1><span>{article.published_at:%Y-%m-%d %H:%M:%S}||</span>"
        f'<div class="content-berita">{body}{related}</div></main>'
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


def newspaper_parse(html: str) -> newspaper.Article:
    article = newspaper.Article(ADDRESS, language="id", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return article


def newspaper_whole(html: str) -> None:
    newspaper_parse(html).nlp()


def slowest_pages() -> list[tuple[float, str]]:
    """Milliseconds that reading each hostile page of 100 kB takes, the slowest first."""
    caption = "a b " * (HOSTILE_SIZE // len("a b ") // CAPTIONS)
    texts = {"captions of many words": "\n".join([caption] * (CAPTIONS - 1)).join(UNDER_DATE)}
    for name, unit in UNITS.items():
        for place, (before, after) in PLACES.items():
            texts[f"{name!r} {place}"] = before + text_of(unit, HOSTILE_SIZE) + after
    taken = [(min(_milliseconds(text) for _ in range(3)), name) for name, text in texts.items()]
    return sorted(taken, reverse=True)


def _milliseconds(text: str) -> float:
    started = process_time()
    with contextlib.suppress(NotAnArticle):
        parse_page(text)
    return 1000 * (process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder with the article's text")
    page = next(iter(sorted(parser.parse_args().articles.glob("*.txt"))), None)
    if page is None:
        sys.exit("no article's text there; name its folder with --articles")
    text = page.read_text(encoding="utf-8")
    article = parse_page(text, url=ADDRESS)
    html = as_html(article)
    newspaper.nlp.split_sentences._tokenizer = PunktSentenceTokenizer()  # noqa: SLF001
    rows: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Kabar: parse, analysis, story key", lambda: read_whole(text)),
        ("Kabar: parse", lambda: parse_page(text, url=ADDRESS)),
        ("Kabar: story key", lambda: story_key(article)),
        ("newspaper4k: parse, nlp", lambda: newspaper_whole(html)),
        ("newspaper4k: parse", lambda: newspaper_parse(html)),
        ("trafilatura: extract", lambda: trafilatura.extract(html)),
    )
    rates = [(name, best_rate(work)) for name, work in rows]
    print(f"{'The real article':38} articles/s   Kabar is")
    for name, rate in rates:
        print(f"  {name:36} {rate:10.0f} {rates[0][1] / rate:9.1f} times as fast")
    print("\nReading hostile pages of 100 kB, the slowest: milliseconds")
    for milliseconds, name in slowest_pages()[:5]:
        print(f"  {name:42} {milliseconds:10.1f}")


if __name__ == "__main__":
    main()
