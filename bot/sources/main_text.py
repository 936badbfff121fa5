"""The main text of a page of unknown make, found by trafilatura."""

import logging

from lxml.html import HtmlElement

from bot.sources.page_lines import Line, lines_of

MOST_ELEMENTS, MOST_CHILDREN, LONGEST = 20_000, 1_000, 1_500_000
"""Elements, children of one and characters of a page that is looked at. Larger ones cost trafilatura seconds,
many children of one paragraph their square: 40 seconds for 18,000."""

SHORTEST = 80
"""Characters in whole sentences that make an article."""

_SENTENCE_END = tuple(".?!…\"”'’)]■")


def find_main_text(tree: HtmlElement) -> tuple[Line, ...]:
    """The lines of the page's main text; none where nothing looks like it or the page is too large."""
    length = 0
    for count, element in enumerate(tree.iter()):
        length += len(element.text or "") + len(element.tail or "")
        if count > MOST_ELEMENTS or len(element) > MOST_CHILDREN or length > LONGEST:
            return ()
    # A third of a second: only who meets a page of unknown make waits for it.
    from trafilatura import bare_extraction  # noqa: PLC0415

    # It warns of every page without an article, which the caller says in its own words.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    read = bare_extraction(
        tree,
        fast=True,
        include_comments=False,
        include_tables=False,
        include_links=True,
        include_formatting=True,
    )
    if read is None or isinstance(read, dict) or read.body is None:
        return ()
    lines = tuple(lines_of(read.body))
    # Where it finds nothing, it gives what there is: the names of the paper and its sections.
    sentences = [line for line in lines if line.text.endswith(_SENTENCE_END)]
    return lines if sum(len(line.text) for line in sentences) >= SHORTEST else ()
