"""The messages around lists of articles, quotations by person, single quotations and quotation cards."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.actions import View
from bot.core.article import ArchivedArticle, ArchivedQuotation, Headline
from bot.core.listing import Listing
from bot.core.message import CAPTION_LIMIT, NOTICE_LIMIT, Message, one_line, shorten, shorten_text, unlinked
from bot.render.buttons import Rows
from bot.render.environment import Templates
from bot.render.languages import N_
from bot.render.reading_buttons import ReadingButtons
from bot.render.sections import readable
from bot.render.view import QUOTATION_PAGE_LIMIT, TITLE_LIMIT, clean_quotation

ECHO_LIMIT = 60
"""Characters of a reader's own words that are repeated: a query, a command, a name."""
SAID_LIMIT = 420
"""Characters of one quotation in a list of what somebody said; eight of them fit into a message."""
OFFERED_LIMIT = 100
DESCRIPTION_LIMIT = 160
"""Characters of a result's title and of the text under it; phones show two lines."""
TIMELINE_LIMIT = 12
"""Articles of one story that are listed; the last ones tell how it stands."""


class Reading:
    """What a reader sees beyond the single article; each page of a list counts from 0.

    ``first`` is the number of a page's first item in the whole list. Every method may raise TemplateFault.
    """

    def __init__(self, templates: Templates, buttons: Callable[[str], ReadingButtons]) -> None:
        self._templates = templates
        self._buttons = buttons

    def topics(self, sections: Sequence[str], language: str) -> Message:
        """Every section as a button."""
        return self._message("topics", language, self._buttons(language).topics(sections))

    def topic_named(self, written: str, sections: Sequence[str], language: str) -> str | None:
        """The one of ``sections`` that a reader means by ``written``: by its slug or by its name."""
        wanted = " ".join(written.replace("-", " ").split()).casefold()
        named = self._templates.languages.gettext
        for section in sections:
            names = (section.replace("-", " "), named(language, readable(section)))
            if wanted in (name.casefold() for name in names):
                return section
        return None

    def topic(
        self, section: str, found: Listing[Headline], *, page: int, first: int, language: str
    ) -> Message:
        """The articles of one section, the newest first; ``found`` may be empty."""
        rows = self._buttons(language).topic(section, found, page, first)
        headlines = clean_headlines(found.items)
        return self._message(
            "topic", language, rows, section=one_line(section), headlines=headlines, first=first
        )

    def kept(self, found: Listing[Headline], *, page: int, first: int, language: str) -> Message:
        """A reader's bookmarks, the last one first; ``found`` may be empty."""
        rows = self._buttons(language).kept(found, page, first)
        return self._message("kept", language, rows, headlines=clean_headlines(found.items), first=first)

    def timeline(self, archived: ArchivedArticle, headlines: Sequence[Headline], language: str) -> Message:
        """How the event of an article developed, oldest first; the last TIMELINE_LIMIT of ``headlines``."""
        shown = headlines[-TIMELINE_LIMIT:]
        buttons = self._buttons(language)
        others = shown if len(shown) > 1 else ()
        rows = buttons.headlines(others, 1) + buttons.view(archived, View.TIMELINE)
        return self._message(
            "timeline",
            language,
            rows,
            headlines=clean_headlines(shown),
            shown=archived.id,
            earlier=len(headlines) - len(shown),
        )

    def popular(self, headlines: Sequence[Headline], language: str, *, days: int) -> Message:
        """What was opened most in the last ``days`` days; may be empty."""
        rows = self._buttons(language).headlines(headlines, 1)
        return self._message("popular", language, rows, headlines=clean_headlines(headlines), days=days)

    def said(
        self, name: str, found: Listing[ArchivedQuotation], *, page: int, first: int, language: str
    ) -> Message:
        """What the people called ``name`` were quoted with, the newest first, each with its source."""
        shown = [_clean(one, SAID_LIMIT) for one in found.items]
        rows = self._buttons(language).said(name, found, page, first)
        return self._message("said", language, rows, name=echo(name), quotations=shown, first=first)

    def nobody_said(self, name: str, language: str) -> Message:
        """Nobody called ``name`` is quoted in the archive."""
        return self._message("errors/nobody_said", language, name=echo(name))

    def quotation(self, found: ArchivedQuotation, language: str) -> Message:
        """One quotation by itself with its source, and buttons for its cards."""
        rows = self._buttons(language).quotation(found)
        return self._message("quotation", language, rows, said=_clean(found, QUOTATION_PAGE_LIMIT))

    def shared_quotation(self, found: ArchivedQuotation, language: str) -> Message:
        """The same for a chat that the bot is not in: its buttons are addresses."""
        rows = self._buttons(language).shared_quotation(found)
        return self._message("quotation", language, rows, said=_clean(found, QUOTATION_PAGE_LIMIT))

    def card_caption(self, found: ArchivedQuotation, language: str) -> Message:
        """The text under a card, at most CAPTION_LIMIT characters, and its buttons."""
        message = self._message(
            "card", language, self._buttons(language).card(found), said=_clean(found, SAID_LIMIT)
        )
        return replace(message, html=shorten(message.html, CAPTION_LIMIT))

    def offered_article(self, archived: ArchivedArticle, language: str) -> tuple[str, str]:
        """An article as one result of inline mode: its title, and section with the summary's beginning."""
        article = archived.article
        section = self._buttons(language).name_of(article.section) if article.section else ""
        summary = one_line(" ".join(archived.analysis.summary))
        described = " · ".join(filter(None, (section, summary)))
        return _offered(article.title), shorten_text(described, DESCRIPTION_LIMIT)

    def offered_quotation(self, found: ArchivedQuotation) -> tuple[str, str]:
        """A quotation as one result of inline mode: who speaks, and the words."""
        said = found.quotation
        who = ", ".join(filter(None, (said.speaker, said.role))) or found.title
        return _offered(who), shorten_text(f"“{one_line(said.text)}”", DESCRIPTION_LIMIT)

    def how_to_keep(self, language: str) -> Message:
        """The command to keep an article came without an article."""
        return self._message("errors/how_to_keep", language)

    def only_in_private(self, language: str) -> Message:
        """Bookmarks are shown to their owner alone."""
        return self._message("errors/only_in_private", language)

    # Answers to the press of a button

    def notice_kept(self, language: str) -> str:
        """The article is among the bookmarks now."""
        return self._notice(N_("Saved. You find it with /saved; press again to take it out."), language)

    def notice_no_longer_kept(self, language: str) -> str:
        """The article is no longer among the bookmarks."""
        return self._notice(N_("Taken out of what you saved."), language)

    def notice_too_many_kept(self, language: str) -> str:
        """There is no room for another bookmark."""
        return self._notice(N_("You have saved as much as we can keep. Take something out first."), language)

    def notice_drawing(self, language: str) -> str:
        """The card is on its way."""
        return self._notice(N_("Drawing the card …"), language)

    def notice_cannot_draw(self, language: str) -> str:
        """Our fonts lack letters of this quotation."""
        return self._notice(N_("This quotation cannot be drawn as a picture."), language)

    def _notice(self, msgid: str, language: str) -> str:
        return shorten_text(self._templates.languages.gettext(language, msgid), NOTICE_LIMIT)

    def _message(
        self,
        template: str,
        language: str,
        rows: Rows = (),
        **values: object,
    ) -> Message:
        return Message(self._templates.render(template, language, values), rows)


def _offered(title: str) -> str:
    return shorten_text(one_line(title), OFFERED_LIMIT) or "…"


def echo(text: str) -> str:
    """A reader's own words as they are repeated: on one line, short, without quotation marks around them."""
    return shorten_text(unlinked(one_line(text).strip("\"'“”„‘’«» ")), ECHO_LIMIT)


def clean_headlines(headlines: Sequence[Headline]) -> tuple[Headline, ...]:
    """The headlines with titles on one line that leave room for the others."""
    return tuple(
        replace(headline, title=unlinked(shorten_text(one_line(headline.title), TITLE_LIMIT // 2)))
        for headline in headlines
    )


def _clean(found: ArchivedQuotation, limit: int) -> ArchivedQuotation:
    title = unlinked(shorten_text(one_line(found.title), TITLE_LIMIT // 2))
    return replace(found, quotation=clean_quotation(found.quotation, limit), title=title)
