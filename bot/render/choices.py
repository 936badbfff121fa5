"""The messages around a reader's choices: the settings by page, the first minute, prompts, the digest."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from html import unescape

from bot.core.audience import Keyword, Subscriber
from bot.core.choices import KEYWORDS_LIMIT, Page, Prompt
from bot.core.digest import Digest
from bot.core.message import NOTICE_LIMIT, Message, one_line, shorten_text, unlinked
from bot.render.buttons import Rows
from bot.render.choice_buttons import ChoiceButtons
from bot.render.environment import Templates
from bot.render.languages import N_
from bot.render.reading import echo
from bot.render.view import LINE_LIMIT, clean_quotation, web_address

LIST_LIMIT = 20
"""Sections or keywords named in one line."""

TITLE_LIMIT = 160
"""Characters of a title in a digest: ten of them, with their addresses, fit into a message."""

SAID_LIMIT = 300

_HINTS = {
    Prompt.FOLLOW: N_("rice prices, badminton"),
    Prompt.MUTE: N_("elections"),
    Prompt.QUIET: "22:00-06:00",
    Prompt.ZONE: "Asia/Tokyo",
}


class Choices:
    """What a reader sees of their own choices. Every method may raise TemplateFault."""

    def __init__(self, templates: Templates, buttons: Callable[[str], ChoiceButtons]) -> None:
        self._templates = templates
        self._buttons = buttons

    def page(
        self,
        page: Page,
        reader: Subscriber,
        *,
        now: datetime,
        sections: Sequence[str] = (),
        keywords: Sequence[Keyword] = (),
        first_name: str = "",
    ) -> Message:
        """One page of the settings; ``sections`` are those of the archive, ``keywords`` the reader's own."""
        buttons = self._buttons(reader.language)
        chosen = buttons.by_name(reader.sections)
        paused = reader.preferences.paused_until
        values = {
            "page": page.name.lower(),
            "reader": reader,
            "wants": reader.preferences,
            "paused_until": paused if paused is not None and paused > now else None,
            "chosen": [one_line(section) for section in chosen[:LIST_LIMIT]],
            "more": len(chosen[LIST_LIMIT:]),
            "followed": [one_line(word.text) for word in keywords if not word.muted],
            "muted": [one_line(word.text) for word in keywords if word.muted],
            "first_name": echo(first_name),
        }
        rows = self._rows(
            page, buttons, reader, sections, keywords, paused=values["paused_until"] is not None
        )
        return Message(
            self._templates.render(_TEMPLATES.get(page, "settings"), reader.language, values), rows
        )

    def _rows(
        self,
        page: Page,
        buttons: ChoiceButtons,
        reader: Subscriber,
        sections: Sequence[str],
        keywords: Sequence[Keyword],
        *,
        paused: bool,
    ) -> Rows:
        wants = reader.preferences
        rows: dict[Page, Callable[[], Rows]] = {
            Page.MAIN: lambda: buttons.main(reader),
            Page.WHAT: lambda: buttons.what(wants),
            Page.TOPICS: lambda: buttons.topics(sections, reader.sections, page),
            Page.KEYWORDS: lambda: buttons.keywords(keywords),
            Page.QUIET: lambda: buttons.quiet(wants),
            Page.DIGEST: lambda: buttons.digest(wants),
            Page.ZONE: lambda: buttons.zone(wants),
            Page.PAUSE: lambda: buttons.pause(paused=paused),
            Page.FIRST: lambda: buttons.first(wants),
            Page.FIRST_TOPICS: lambda: buttons.topics(sections, reader.sections, page),
            Page.READY: lambda: buttons.ready(reader.kind),
        }
        return rows[page]()

    def prompt(self, prompt: Prompt, language: str) -> Message:
        """Asks for something in words; the answer is known by being a reply to it."""
        html = self._templates.render("prompt", language, {"prompt": prompt.name.lower()})
        return Message(html, asks=self._templates.languages.gettext(language, _HINTS[prompt]))

    def prompt_in(self, text: str) -> Prompt | None:
        """Which prompt reads ``text`` in any language; None when it is none."""
        for language in self._templates.languages.codes:
            for prompt in Prompt:
                if unescape(self.prompt(prompt, language).html) == text:
                    return prompt
        return None

    def not_understood(self, prompt: Prompt, language: str) -> Message:
        """The answer to a prompt cannot be read; asks again."""
        html = self._templates.render("errors/not_understood", language, {"prompt": prompt.name.lower()})
        return Message(html)

    def too_many_keywords(self, language: str) -> Message:
        """No further keyword fits."""
        return Message(self._templates.render("errors/too_many_keywords", language, {"most": KEYWORDS_LIMIT}))

    def digest(self, digest: Digest, day: date, language: str) -> Message:
        """The day's main stories, one line and link each, grouped by section, and one quotation."""
        buttons = self._buttons(language)
        groups, number = [], 0
        for section, lines in digest.groups:
            shown = []
            for line in lines:
                number += 1
                title = unlinked(shorten_text(one_line(line.title), TITLE_LIMIT))
                shown.append({"number": number, "title": title, "url": web_address(line.url)})
            groups.append({"section": one_line(section or "")[:LINE_LIMIT], "lines": shown})
        said = digest.said.quotation if digest.said is not None else None
        values = {
            "day": datetime.combine(day, time(12), tzinfo=self._templates.zone),
            "groups": groups,
            "said": clean_quotation(said, SAID_LIMIT) if said is not None else None,
        }
        rows = buttons.stories([line.article_id for line in digest.lines])
        return Message(self._templates.render("digest", language, values), rows)

    def forget(self, language: str) -> Message:
        """Asks once whether everything is to be deleted."""
        return Message(self._templates.render("forget", language, {}), self._buttons(language).forget())

    def forgotten(self, language: str) -> Message:
        """Everything is deleted."""
        return Message(self._templates.render("forgotten", language, {}))

    def kept(self, language: str) -> Message:
        """Nothing was deleted."""
        return Message(self._templates.render("not_forgotten", language, {}))

    def notice_story_muted(self, language: str) -> str:
        """Nothing more comes of the story."""
        text = N_("Nothing more of this story will come to you.")
        return shorten_text(self._templates.languages.gettext(language, text), NOTICE_LIMIT)

    def data_caption(self, language: str) -> str:
        """What goes with the file of a reader's data, plain."""
        return shorten_text(
            self._templates.languages.gettext(language, N_("Everything that we keep about this chat.")),
            NOTICE_LIMIT,
        )


_TEMPLATES = {
    Page.FIRST: "welcome",
    Page.FIRST_TOPICS: "welcome",
    Page.READY: "welcome",
}
