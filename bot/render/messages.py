"""Everything the bot says, as finished messages: one method for each, named for what readers are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.actions import View
from bot.core.article import ArchivedArticle, Headline
from bot.core.message import NOTICE_LIMIT, TEXT_LIMIT, Message, one_line, shorten_text, text_length
from bot.core.query import MOST_FOUND
from bot.errors import BadFilter, TemplateFault
from bot.render.buttons import Rows
from bot.render.choice_buttons import ChoiceButtons
from bot.render.choices import Choices
from bot.render.environment import Templates
from bot.render.languages import N_, Languages
from bot.render.reading import Reading, clean_headlines, echo
from bot.render.reading_buttons import ReadingButtons
from bot.render.view import (
    PUSHED_QUOTATIONS,
    QUOTATION_LIMIT,
    QUOTATION_PAGE_LIMIT,
    TITLE_LIMIT,
    ArticleView,
    web_address,
)

REASON_LIMIT = 1000
LIST_LIMIT = 20
"""Articles in one list."""


class Messages:
    """Messages in every language of ``templates``; an unknown language gets the default one.

    ``bot_username`` (without @) is needed for links to the bot itself: without it channel posts and shared
    articles link to the newspaper's page alone. ``contact`` is whom readers may ask about their data. Every
    method may raise TemplateFault when the newspaper's own template fails.
    """

    def __init__(self, templates: Templates, *, bot_username: str | None, contact: str | None = None) -> None:
        self._templates = templates
        self._contact = contact
        self._bot_username = bot_username
        self.reading = Reading(templates, self._buttons)
        """The messages around lists, single quotations and cards."""
        self.choices = Choices(templates, self._choice_buttons)
        """The messages around a reader's choices."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of all languages, the default first."""
        return self._templates.languages.codes

    def gettext(self, language: str, msgid: str) -> str:
        """One translated plain text, such as a command's description."""
        return self._templates.languages.gettext(language, msgid)

    def section_name(self, section: str, language: str) -> str:
        """What readers call a section."""
        return self._buttons(language).name_of(section)

    # Articles

    @property
    def post_templates(self) -> tuple[str, ...]:
        """The templates that may write a push: ours, and the newspaper's own whose names begin with it."""
        return tuple(sorted(name for name in self._templates.names if name.split("_")[0] == "push"))

    def push(
        self,
        archived: ArchivedArticle,
        language: str,
        *,
        channel: bool = False,
        template: str = "push",
        photo: bool = False,
    ) -> Message:
        """A new article: headline, summary, key quotations; with addresses as buttons for a channel.

        ``template`` is one of ``post_templates``; one that is no more is as ``push``. With ``photo`` the
        article's picture comes with it.
        """
        buttons = self._buttons(language)
        rows = buttons.channel(archived) if channel else buttons.summary(archived)
        known = template if template in self.post_templates else "push"
        message = self._article(known, archived, language, rows)
        return replace(message, picture=web_address(archived.article.picture)) if photo else message

    def retracted(self, title: str, language: str) -> Message:
        """What stands in place of an article that was taken back and can no longer be deleted."""
        return self._plain("retracted", language, title=shorten_text(one_line(title), TITLE_LIMIT))

    def latest(
        self, archived: ArchivedArticle, language: str, *, older: int | None, newer: int | None
    ) -> Message:
        """An article of the archive as it was pushed, with the way to its neighbours."""
        buttons = self._buttons(language)
        return self._article(
            "latest", archived, language, buttons.summary(archived) + buttons.neighbours(older, newer)
        )

    def full_story(self, archived: ArchivedArticle, language: str, page: int = 0) -> Message:
        """Page ``page`` (from 0) of the whole text; beyond the last the last."""
        view = self._fitted("story", ArticleView.of(archived), language, page)
        rows = self._buttons(language).view(archived, View.FULL, page=view.page, pages=view.pages)
        return Message(self._templates.render("story", language, {"view": view}), rows)

    def quotations(self, archived: ArchivedArticle, language: str, page: int = 0) -> Message:
        """Page ``page`` (from 0) of everything quoted in the article, numbered; beyond the last the last."""
        view = self._fitted("quotations", ArticleView.of(archived), language, page)
        shown = range(view.first - 1, view.first - 1 + len(view.said))
        rows = self._buttons(language).quotations(archived, shown=shown, page=view.page, pages=view.pages)
        return Message(self._templates.render("quotations", language, {"view": view}), rows)

    def related(self, archived: ArchivedArticle, headlines: Sequence[Headline], language: str) -> Message:
        """Other articles of the archive on the same matter; ``headlines`` may be empty."""
        shown = headlines[:LIST_LIMIT]
        buttons = self._buttons(language)
        html = self._templates.render(
            "related",
            language,
            {"view": ArticleView.of(archived).cleaned(), "headlines": clean_headlines(shown)},
        )
        return Message(html, buttons.headlines(shown, 1) + buttons.view(archived, View.RELATED))

    def render_article(self, template: str, view: ArticleView, language: str) -> str:
        """The first page of one article's template (``push``, ``latest``, ``story``, ``quotations``) as HTML.

        ``view`` may lack anything: ``ArticleView(blocks=..., summary=...)`` is enough.
        """
        if template not in (*_ARTICLE_TEMPLATES, *self.post_templates):
            known = ", ".join(_ARTICLE_TEMPLATES)
            raise TemplateFault(f"there is no article template {template!r}; there are: {known}")
        fitted = self._fitted(template, view, language)
        return self._templates.render(template, language, {"view": fitted})

    def _fitted(self, template: str, view: ArticleView, language: str, page: int = 0) -> ArticleView:
        """What of ``view`` stands on page ``page`` (from 0) of the template's message."""
        view = view.cleaned(
            quotation_limit=QUOTATION_PAGE_LIMIT if template == "quotations" else QUOTATION_LIMIT
        )
        # What the template needs for itself is measured, so that one of the newspaper's own is fitted too.
        bare = replace(
            view,
            quotations=(),
            vox_pops=(),
            blocks=(),
            continued=True,
            more_quotations=999,
            page=999,
            pages=999,
        )
        room = TEXT_LIMIT - text_length(self._templates.render(template, language, {"view": bare}))
        match template:
            case "story":
                return view.block_page(room, page)
            case "quotations":
                return view.quotation_page(room, page)
            case _:
                return view.with_quotations(room, PUSHED_QUOTATIONS)

    # Searching

    def results(
        self,
        query: str,
        headlines: Sequence[Headline],
        *,
        total: int,
        page: int,
        page_size: int,
        language: str,
    ) -> Message:
        """One page of a search, ``page`` counted from 0, each article as a button.

        A ``total`` above MOST_FOUND is not told exactly.
        """
        shown = headlines[: min(page_size, LIST_LIMIT)]
        first = page * page_size + 1
        pages = max(1, -(-total // page_size))
        buttons = self._buttons(language)
        turning = buttons.pages(query, page, pages)
        values = {
            "query": echo(query),
            "headlines": clean_headlines(shown),
            "first": first,
            "total": min(total, MOST_FOUND),
            "uncounted": total > MOST_FOUND,
            "page": page + 1,
            "pages": pages,
            "turning": bool(turning),
        }
        html = self._templates.render("results", language, values)
        return Message(html, buttons.headlines(shown, first) + turning)

    def nothing_found(self, query: str, language: str) -> Message:
        """No article of the archive holds ``query``."""
        return self._plain("errors/nothing_found", language, query=echo(query))

    def how_to_search(self, language: str) -> Message:
        """The search command came without words."""
        return self._plain("errors/how_to_search", language)

    # Readers and their settings

    def help(self, language: str, commands: Sequence[tuple[str, str]]) -> Message:
        """All commands, each as (name without the slash, description in ``language``)."""
        return self._plain("help", language, commands=commands)

    def choose_language(self, language: str) -> Message:
        """All languages as buttons."""
        row = self._buttons(language).language_row()
        return Message(self._templates.render("language", language, {}), (row,))

    def stopped(self, language: str) -> Message:
        """The reader has stopped the news."""
        return replace(self._plain("stopped", language), buttons=self._buttons(language).subscribe())

    def privacy(self, language: str) -> Message:
        """What is kept about a reader."""
        return self._plain("privacy", language, contact=one_line(self._contact or ""))

    # What did not work

    def empty_archive(self, language: str) -> Message:
        """There is no article yet."""
        return self._plain("errors/empty_archive", language)

    def not_found(self, language: str) -> Message:
        """The article asked for is not in the archive."""
        return self._plain("errors/not_found", language)

    def unknown_command(self, language: str) -> Message:
        """There is no such command."""
        return self._plain("errors/unknown_command", language)

    def free_text(self, text: str, language: str) -> Message:
        """The reader wrote ``text``, which is no command: offers a search for it."""
        rows = self._buttons(language).search(one_line(text))
        return replace(self._plain("errors/free_text", language), buttons=rows)

    def failure(self, language: str) -> Message:
        """Something broke on our side."""
        return self._plain("errors/failure", language)

    def slow_down(self, language: str) -> Message:
        """One person asks more than is served; said once."""
        return self._plain("errors/slow_down", language)

    def bad_filter(self, fault: BadFilter, language: str) -> Message:
        """A search has a filter that cannot be read."""
        return self._plain(
            "errors/bad_filter",
            language,
            name=echo(fault.name),
            value=echo(fault.value),
            start=echo(fault.start),
        )

    def only_administrators(self, language: str) -> Message:
        """Only a group's administrators may ask for this."""
        return self._plain("errors/only_administrators", language)

    # Answers to the press of a button: plain texts of at most 200 characters

    def notice_saved(self, language: str) -> str:
        """A setting was changed."""
        return self._notice(N_("Saved."), language)

    def notice_gone(self, language: str) -> str:
        """What the button shows is no longer in the archive."""
        return self._notice(N_("This is no longer available."), language)

    def notice_unknown_button(self, language: str) -> str:
        """The button's data means nothing (any more)."""
        return self._notice(N_("This button is out of date. Please send the command again."), language)

    def notice_too_fast(self, language: str) -> str:
        """One person presses more than is served."""
        return self._notice(N_("That was too fast for us. Please wait a moment."), language)

    def notice_only_administrators(self, language: str) -> str:
        """Only a group's administrators may press this."""
        return self._notice(N_("In a group, only its administrators may change this."), language)

    def notice_failure(self, language: str) -> str:
        """Something broke on our side."""
        return self._notice(
            N_("We are sorry, something went wrong on our side. Please try again in a moment."), language
        )

    def _notice(self, msgid: str, language: str) -> str:
        return shorten_text(self.gettext(language, msgid), NOTICE_LIMIT)

    # The newsroom's administrators

    def desk_unreadable(self, name: str, reason: str, language: str) -> Message:
        """A file or an address could not be read as an article."""
        return self._desk("unreadable", name, reason, language)

    def desk_refused(self, title: str, reason: str, language: str) -> Message:
        """Telegram refused an article's message."""
        return self._desk("refused", title, reason, language)

    def desk_channel_lost(self, name: str, reason: str, language: str) -> Message:
        """A channel takes no messages any more."""
        return self._desk("channel_lost", name, reason, language)

    def desk_channel_back(self, name: str, language: str) -> Message:
        """A channel that was lost takes messages again."""
        return self._desk("channel_back", name, "", language)

    def desk_source_dead(self, name: str, reason: str, language: str) -> Message:
        """A source has not answered for long."""
        return self._desk("source_dead", name, reason, language)

    def desk_source_back(self, name: str, language: str) -> Message:
        """A source that was called dead answers again."""
        return self._desk("source_back", name, "", language)

    def desk_source_flood(self, name: str, address: str, count: int, language: str) -> Message:
        """``count`` new articles of a source came at once and wait for a person's word."""
        address = shorten_text(one_line(address), REASON_LIMIT)
        return self._desk("source_flood", name, "", language, address=address, articles=count)

    def desk_paused(self, title: str, publication_id: int, reason: str, language: str) -> Message:
        """A publication was paused; says how to go on with it."""
        return self._desk("paused", title, reason, language, number=publication_id)

    def desk_unsure(self, title: str, article_id: int, recipients: int, language: str) -> Message:
        """Nobody knows whether some recipients got an article; says how to look, and how to send again."""
        return self._desk("unsure", title, "", language, number=article_id, recipients=recipients)

    def desk_digest_missed(self, slot: datetime, readers: int, language: str) -> Message:
        """A digest came to so late that it was left out."""
        return self._plain("digest_missed", language, slot=slot, readers=readers)

    def _desk(self, event: str, name: str, reason: str, language: str, **values: object) -> Message:
        name = shorten_text(one_line(name), TITLE_LIMIT)
        reason = shorten_text(one_line(reason), REASON_LIMIT)
        return self._plain("desk", language, event=event, name=name, reason=reason, **values)

    def _plain(self, template: str, language: str, **values: object) -> Message:
        return Message(self._templates.render(template, language, values))

    def _article(self, template: str, archived: ArchivedArticle, language: str, rows: Rows) -> Message:
        html = self.render_article(template, ArticleView.of(archived), language)
        preview = web_address(archived.article.url) if template in (*self.post_templates, "latest") else None
        return Message(html, rows, preview)

    def _buttons(self, language: str) -> ReadingButtons:
        return ReadingButtons(*self._of_buttons(language))

    def _choice_buttons(self, language: str) -> ChoiceButtons:
        return ChoiceButtons(*self._of_buttons(language))

    def _of_buttons(self, language: str) -> tuple[Languages, str, str, str | None]:
        languages = self._templates.languages
        return languages, languages.choose(language), self._templates.newspaper, self._bot_username


_ARTICLE_TEMPLATES = ("push", "latest", "story", "quotations")
