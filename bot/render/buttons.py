"""The rows of buttons under each message: what they say, and the action or the page behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.core.actions import (
    Action,
    Open,
    Search,
    SetLanguage,
    SetSilent,
    SetSubscribed,
    Show,
    ToggleSection,
    View,
    read,
    write,
    write_payload,
)
from bot.core.article import ArchivedArticle, Headline
from bot.core.audience import Subscriber
from bot.core.message import Button, one_line, shorten_text
from bot.render.languages import N_, Languages
from bot.render.sections import readable
from bot.render.view import web_address

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

LABEL_LIMIT = 60
"""Characters of a label; phones show about 40 of them."""
SHARED_TITLE_LIMIT = 200
SECTION_BUTTONS = 60
"""Sections offered at most: Telegram takes 100 buttons."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Labels in one language; links to the bot itself only when ``bot_username`` is known."""

    languages: Languages
    language: str
    newspaper: str
    bot_username: str | None

    def summary(self, archived: ArchivedArticle) -> Rows:
        """Under a summary in a chat with a reader."""
        count = len(archived.analysis.said)
        article_id = archived.id
        first = (
            self._action(N_("📖 Full story"), Show(article_id, View.FULL)),
            self._action(N_("💬 Quotations (%(count)s)"), Show(article_id, View.QUOTATIONS), count=count)
            if count
            else None,
        )
        second = (
            self._action(N_("Related stories"), Show(article_id, View.RELATED)),
            self._share(archived),
        )
        return _rows(first, second)

    def channel(self, archived: ArchivedArticle) -> Rows:
        """Under a channel's post: addresses only, as a press there would change the post for everybody."""
        count = len(archived.analysis.said)
        first = (
            self._deep_link(N_("📖 Full story"), Open(archived.id, View.FULL)),
            self._deep_link(N_("💬 Quotations (%(count)s)"), Open(archived.id, View.QUOTATIONS), count=count)
            if count
            else None,
        )
        return _rows(first, (self._page(archived),))

    def neighbours(self, older: int | None, newer: int | None) -> Rows:
        """The way to the articles before and after."""
        return _rows(
            (
                self._action(N_("‹ Older"), Show(older)) if older is not None else None,
                self._action(N_("Newer ›"), Show(newer)) if newer is not None else None,
            )
        )

    def view(self, archived: ArchivedArticle, view: View) -> Rows:
        """Under the full story, the quotations or the related stories: the way back and the other views."""
        article_id = archived.id
        others: list[Button | None] = [self._action(N_("‹ Summary"), Show(article_id))]
        if view is not View.FULL:
            others.append(self._action(N_("📖 Full story"), Show(article_id, View.FULL)))
        count = len(archived.analysis.said)
        if view is not View.QUOTATIONS and count:
            label = N_("💬 Quotations (%(count)s)")
            others.append(self._action(label, Show(article_id, View.QUOTATIONS), count=count))
        return _rows(others, (self._page(archived) if view is View.FULL else None, self._share(archived)))

    def headlines(self, headlines: Sequence[Headline], first: int) -> Rows:
        """One row for each article, numbered from ``first``."""
        return tuple(
            (self._plain(f"{number}. {headline.title}", Open(headline.id)),)
            for number, headline in enumerate(headlines, first)
        )

    def pages(self, query: str, page: int, pages: int) -> Rows:
        """The way to the search's pages before and after; empty when the query is too long for a button."""
        before, after = Search(query, page - 1), Search(query, page + 1)
        return _rows(
            (
                self._action(N_("‹ Previous"), before) if page > 0 and write(before) else None,
                self._action(N_("Next ›"), after) if page + 1 < pages and write(after) else None,
            )
        )

    def search(self, query: str) -> Rows:
        """A search for ``query``; empty when it is too long for a button."""
        asks = Search(query, 0)
        if not query or write(asks) is None:
            return ()
        return ((self._action(N_("Search for “%(query)s”"), asks, query=query),),)

    def settings(self, subscriber: Subscriber, sections: Sequence[str]) -> Rows:
        """Every setting as a switch that says what a press brings; the sections with a mark."""
        wanted = subscriber.subscribed
        switches = (
            self._action(
                N_("Stop the news") if wanted else N_("Send me the news"), SetSubscribed(not wanted)
            ),
            self._action(
                N_("Turn sound on") if subscriber.silent else N_("Turn sound off"),
                SetSilent(not subscriber.silent),
            ),
        )
        everything = (self._section(None, not subscriber.sections),)
        # A chosen section that the archive has nothing of can still be taken out.
        offered = [*sections, *sorted(subscriber.sections.difference(sections))]
        named = [
            self._section(section, section in subscriber.sections)
            for section in offered[:SECTION_BUTTONS]
            if _comes_back(ToggleSection(section))
        ]
        pairs = [tuple(named[start : start + 2]) for start in range(0, len(named), 2)]
        return _rows(switches, self.language_row(), everything if named else (), *pairs)

    def language_row(self) -> Row:
        """All languages, each named in itself, the present one marked."""
        return tuple(
            self._plain(
                _marked(self.languages.gettext(code, ENGLISH), code == self.language), SetLanguage(code)
            )
            for code in self.languages.codes
        )

    def subscribe(self) -> Rows:
        """The way back for whoever has stopped."""
        return ((self._action(N_("Send me the news"), SetSubscribed(wanted=True)),),)

    def _action(self, label: str, action: Action, **values: object) -> Button:
        return self._plain(self.languages.gettext(self.language, label) % values, action)

    def _plain(self, label: str, action: Action) -> Button:
        return Button(shorten_text(one_line(label), LABEL_LIMIT), data=write(action))

    def _section(self, section: str | None, wanted: bool) -> Button:
        name = readable(section) if section else N_("All sections")
        label = _marked(self.languages.gettext(self.language, name), wanted)
        return self._plain(label, ToggleSection(section))

    def _deep_link(self, label: str, opens: Open, **values: object) -> Button | None:
        if self.bot_username is None:
            return None
        return Button(
            self.languages.gettext(self.language, label) % values, url=_start(self.bot_username, opens)
        )

    def _page(self, archived: ArchivedArticle) -> Button | None:
        url = web_address(archived.article.url)
        if url is None:
            return None
        label = self.languages.gettext(self.language, N_("Read at %(newspaper)s"))
        return Button(shorten_text(label % {"newspaper": self.newspaper}, LABEL_LIMIT), url=url)

    def _share(self, archived: ArchivedArticle) -> Button | None:
        url = web_address(archived.article.url)
        if url is None and self.bot_username is not None:
            url = _start(self.bot_username, Open(archived.id))
        if url is None:
            return None
        title = shorten_text(one_line(archived.article.title), SHARED_TITLE_LIMIT)
        address = f"https://t.me/share/url?{urlencode({'url': url, 'text': title})}"
        return Button(self.languages.gettext(self.language, N_("Share")), url=address)


# Shown on buttons: a catalogue translates it with its own language's name.
ENGLISH = N_("English")


def _start(bot_username: str, opens: Open) -> str:
    return f"https://t.me/{bot_username}?start={write_payload(opens)}"


def _marked(label: str, marked: bool) -> str:
    return f"✓ {label}" if marked else label


def _comes_back(action: Action) -> bool:
    data = write(action)
    return data is not None and read(data) == action


def _rows(*rows: Sequence[Button | None]) -> Rows:
    kept = (tuple(button for button in row if button is not None) for row in rows)
    return tuple(row for row in kept if row)
