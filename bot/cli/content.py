"""`kabar parse`, `analyse` and `render`: texts in, one JSON object a line out, in constant memory."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.app.voice import messages_for
from bot.cli.records import BadRecord, Record, analysed, as_line, parsed, read_records, viewed
from bot.config import load_settings
from bot.core.analysis import analyse
from bot.core.message import text_length
from bot.core.pages import SplitPages
from bot.core.rmid import decode_page, parse_page
from bot.errors import NotAnArticle
from bot.render.view import web_address
from bot.sources.folder import article_files, read_page
from bot.sources.page import Page


def check_url(url: str, paths: Sequence[Path]) -> None:
    """Refuse an address that is none, or that would name several pages."""
    if len(paths) > 1 or paths[0].is_dir():
        raise click.UsageError("--url names one page, but several were given")
    if web_address(url) is None:
        raise click.UsageError(f"--url {url!r} is not an address such as https://rm.id/baca-berita/...")


LINES = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.command()
@click.option("--url", help="The page's address; it tells the section. For one FILE only.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
def parse(url: str | None, files: tuple[str, ...]) -> None:
    """Read article texts and print each as one line of JSON.

    FILE is a text as RM.id's pages read, a folder of such texts (*.txt), or - for standard input. A file that
    holds no article gives {"file", "error"} and a line on standard error; the others are read all the same,
    and the exit code is 1. The pages of a split article become one line, in whatever order they come; it is
    printed when the last is read, or at the end when one is missing.
    """
    if url is not None:
        check_url(url, [Path(name) for name in files])
    failed = False
    split = SplitPages()
    for page in _pages(files, url):
        if isinstance(page, NotAnArticle):
            failed = True
            _print({"file": page.name, "error": page.missing}, error=str(page))
            continue
        try:
            text = decode_page(page.content, name=page.name)
            article = parse_page(text, name=page.name, url=page.url)
        except NotAnArticle as error:
            failed = True
            _print({"file": page.name, "error": error.missing}, error=str(error))
        else:
            if whole := split.add(page.name, article):
                _print(parsed(*whole))
    for name, article in split.unfinished():
        _print(parsed(name, article))
    sys.exit(1 if failed else 0)


def _pages(names: Iterable[str], url: str | None) -> Iterator[Page | NotAnArticle]:
    for name in names:
        if name == "-":
            yield Page("-", sys.stdin.buffer.read(), url)
            continue
        for path in article_files(Path(name)):
            try:
                page = read_page(path, folder=Path(name) if Path(name).is_dir() else None)
            except OSError as error:
                yield NotAnArticle(f"the file cannot be read: {error.strerror}", name=str(path))
            except NotAnArticle as error:
                yield error
            else:
                yield Page(page.name, page.content, url or page.url)


@click.command(name="analyse")
@click.argument("file", type=LINES, default="-", metavar="[FILE|-]")
def analyse_lines(file: Path) -> None:
    """Find summary, quotations, vox pops and keywords of each article.

    Reads lines as `kabar parse` prints them, or just {"id", "paragraphs": [...]}, and prints for each, in the
    same order, {"id", "summary", "quotes", "vox_pops", "keywords"}. Residents and passers-by beside whom
    others speak are in "vox_pops", all others in "quotes".
    """
    _for_each_record(file, lambda record: analysed(record, analyse(record.paragraphs, title=record.title)))


def _for_each_record(file: Path, work: Callable[[Record], dict[str, Any]]) -> NoReturn:
    failed = False
    with _lines(file) as lines:
        for record in read_records(lines):
            if isinstance(record, BadRecord):
                failed = True
                _print({"id": None, "error": str(record)}, error=f"{file}: {record}")
            else:
                _print(work(record))
    sys.exit(1 if failed else 0)


def _lines(file: Path) -> io.TextIOWrapper:
    try:
        stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise click.UsageError(f"{file}: {error.strerror}") from error
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")


def _print(value: dict[str, Any], *, error: str | None = None) -> None:
    sys.stdout.buffer.write(as_line(value).encode("utf-8", errors="replace") + b"\n")
    sys.stdout.buffer.flush()
    if error is not None:
        click.echo(f"kabar: {error}", err=True)


@click.command()
@click.option("--template", default="push", show_default=True, help="push, latest, story or quotations.")
@click.option("--lang", default="id", show_default=True, help="The language's code, such as id or en.")
@click.argument("file", type=LINES, default="-", metavar="[FILE|-]")
def render(template: str, lang: str, file: Path) -> None:
    """Write each article's message as Telegram takes it.

    Reads the same lines as `analyse` and prints for each {"html", "length"}, the length as Telegram counts
    it: characters, after the tags are read. NEWSPAPER, TEMPLATES_DIR and TIME_ZONE are heeded.
    """
    messages = messages_for(load_settings(), None)
    if lang not in messages.languages:
        raise click.UsageError(f"no language {lang!r}; there are: {', '.join(messages.languages)}")

    def written(record: Record) -> dict[str, Any]:
        html = messages.render_article(template, viewed(record), lang)
        return {"html": html, "length": text_length(html)}

    _for_each_record(file, written)
