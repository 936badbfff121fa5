"""Everything that is found in one article's paragraphs, in one call."""

from collections.abc import Sequence

from bot.core.article import Analysis
from bot.core.keywords import find_keywords
from bot.core.people import find_people
from bot.core.quotations import find_quotations
from bot.core.summary import summarise
from bot.core.voices import part_voices


def analyse(paragraphs: Sequence[str], *, title: str | None = None) -> Analysis:
    """Summary, quotations, vox pops and keywords of an article. Raises nothing, whatever the text."""
    people = find_people(paragraphs)
    said = find_quotations(paragraphs, people=people)
    quotations, vox_pops = part_voices(said, paragraphs)
    return Analysis(
        summary=summarise(paragraphs, quotations=said),
        quotations=quotations,
        keywords=find_keywords(paragraphs, title=title, people=people),
        vox_pops=vox_pops,
    )
