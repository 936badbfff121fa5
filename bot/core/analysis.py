"""Everything that is found in one article's paragraphs, in one call."""

from collections.abc import Sequence

from bot.core.article import Analysis
from bot.core.keywords import find_keywords
from bot.core.people import find_people
from bot.core.quotations import find_quotations
from bot.core.summary import summarise


def analyse(paragraphs: Sequence[str], *, title: str | None = None) -> Analysis:
    """Summary, quotations and keywords of an article. Raises nothing, whatever the paragraphs hold."""
    people = find_people(paragraphs)
    quotations = find_quotations(paragraphs, people=people)
    return Analysis(
        summary=summarise(paragraphs, quotations=quotations),
        quotations=quotations,
        keywords=find_keywords(paragraphs, title=title, people=people),
    )
