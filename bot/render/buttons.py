"""The rows of buttons under each message: what they say, and the action or the page behind them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from bot.core.actions import (
    Action,
    Campaign,
    Keep,
    Open,
    Search,
    SetLanguage,
    SetSubscribed,
    Show,
    Target,
    View,
    read,
    write,
    write_payload,
)
from bot.core.article import ArchivedArticle, Headline
from bot.core.choices import MuteStory
from bot.core.message import Button, one_line, shorten_text
from bot.render.languages import N_, Languages
from bot.render.sections import readable
from bot.render.view import web_address

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

LABEL_LIMIT = 60
"""Characters of a label; phones show about 40 of them."""
SHARED_TITLE_LIMIT = 200
HALF_ROW_LIMIT = 16
"""Characters of a label beside another one; more are cut on a phone of 360 px."""
NUMBERS_IN_ROW = 5
"""Numbers side by side; on a phone of 360 px each is as wide as a thumb."""
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
        timeline = self._action(N_("Timeline"), Show(article_id, View.TIMELINE))
        keep = self._action(N_("🔖 Save"), Keep(article_id))
        # Within Telegram a push is forwarded as it is; all else stands under the full story.
        return rows_of(first, (timeline, keep, *self._share_article(archived)[1:]))

    def channel(self, archived: ArchivedArticle) -> Rows:
        """Under a channel's post: addresses only, as a press there would change the post for everybody."""
        count = len(archived.analysis.said)
        first = (
            self._deep_link(N_("📖 Full story"), Open(archived.id, View.FULL)),
            self._deep_link(N_("💬 Quotations (%(count)s)"), Open(archived.id, View.QUOTATIONS), count=count)
            if count
            else None,
        )
        bot = self._deep_link(N_("📬 News for you"), Campaign("channel"))
        return rows_of(first, (self._page(archived), bot))

    def neighbours(self, older: int | None, newer: int | None) -> Rows:
        """The way to the articles before and after."""
        return rows_of(
            (
                self._action(N_("‹ Older"), Show(older)) if older is not None else None,
                self._action(N_("Newer ›"), Show(newer)) if newer is not None else None,
            )
        )

    def view(self, archived: ArchivedArticle, view: View, *, page: int = 1, pages: int = 1) -> Rows:
        """Under every view but the summary: the way back, the other views, and what to do with the article.

        ``page`` of ``pages`` is shown, counted from 1.
        """
        article_id = archived.id
        others: list[Button | None] = [self._action(N_("‹ Summary"), Show(article_id))]
        if view is not View.FULL:
            others.append(self._action(N_("📖 Full story"), Show(article_id, View.FULL)))
        count = len(archived.analysis.said)
        if view is not View.QUOTATIONS and count:
            label = N_("💬 Quotations (%(count)s)")
            others.append(self._action(label, Show(article_id, View.QUOTATIONS), count=count))
        turning = self.turning(page - 1, page < pages, lambda to: Show(article_id, view, to))
        match view:
            case View.FULL:
                around = (
                    self._action(N_("Related stories"), Show(article_id, View.RELATED)),
                    self._action(N_("Timeline"), Show(article_id, View.TIMELINE)),
                )
                keep = (self._action(N_("🔖 Save"), Keep(article_id)), *self._share_article(archived))
                return rows_of(turning, others, around, keep, (self._page(archived),))
            case View.QUOTATIONS:
                return rows_of(turning, others, self._share_article(archived))
            case View.TIMELINE:
                mute = (self._action(N_("🔇 Mute this story"), MuteStory(article_id)),)
                return rows_of(turning, others[:2], others[2:], mute)
            case _:
                return rows_of(turning, others[:2], others[2:])

    def headlines(self, headlines: Sequence[Headline], first: int) -> Rows:
        """A number for each article, from ``first``, as in the list above: titles are cut on a button."""
        numbered = enumerate(headlines, first)
        return in_rows([self._plain(str(number), Open(headline.id)) for number, headline in numbered])

    def pages(self, query: str, page: int, pages: int) -> Rows:
        """The way to the search's pages before and after; empty when the query is too long for a button."""
        return rows_of(self.turning(page, page + 1 < pages, lambda to: Search(query, to)))

    def turning(self, page: int, more: bool, to: Callable[[int], Action]) -> Row:
        """The way to the pages before and after ``page`` (from 0), as far as they fit into a button."""
        before, after = to(max(page - 1, 0)), to(page + 1)
        buttons = (
            self._action(N_("‹ Previous"), before) if page > 0 and write(before) else None,
            self._action(N_("Next ›"), after) if more and write(after) else None,
        )
        return tuple(button for button in buttons if button is not None)

    def search(self, query: str) -> Rows:
        """A search for ``query``; empty when it is too long for a button."""
        asks = Search(query, 0)
        if not query or write(asks) is None:
            return ()
        return ((self._action(N_("Search for “%(query)s”"), asks, query=query),),)

    def by_name(self, sections: Iterable[str]) -> list[str]:
        """The sections in the order of their names as readers see them."""
        return sorted(sections, key=lambda section: (self.name_of(section).casefold(), section))

    def name_of(self, section: str) -> str:
        """A section's readable name in this language."""
        return self.languages.gettext(self.language, readable(section))

    def language_row(self) -> Row:
        """All languages, each named in itself, the present one marked."""
        return tuple(
            self._plain(
                marked(self.languages.gettext(code, ENGLISH), code == self.language), SetLanguage(code)
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

    def _deep_link(self, label: str, opens: Target, **values: object) -> Button | None:
        url = self.start_link(opens)
        return None if url is None else Button(self.languages.gettext(self.language, label) % values, url=url)

    def _page(self, archived: ArchivedArticle) -> Button | None:
        url = web_address(archived.article.url)
        if url is None:
            return None
        label = self.languages.gettext(self.language, N_("Read at %(newspaper)s"))
        return Button(shorten_text(label % {"newspaper": self.newspaper}, LABEL_LIMIT), url=url)

    def _share_article(self, archived: ArchivedArticle) -> Row:
        url = web_address(archived.article.url) or self.start_link(Open(archived.id))
        return self.share(url, archived.article.title)

    def share(self, url: str | None, words: str) -> Row:
        """Passing ``url`` on with ``words`` before it, by Telegram and WhatsApp; empty without an address."""
        if url is None:
            return ()
        words = shorten_text(one_line(words), SHARED_TITLE_LIMIT)
        telegram = f"https://t.me/share/url?{urlencode({'url': url, 'text': words})}"
        whatsapp = f"https://wa.me/?{urlencode({'text': f'{words} {url}'})}"
        return (
            Button(self.languages.gettext(self.language, N_("Share")), url=telegram),
            Button(self.languages.gettext(self.language, N_("WhatsApp")), url=whatsapp),
        )

    def start_link(self, target: Target) -> str | None:
        """The address that opens ``target`` in a chat with the bot; None without the bot's name."""
        if self.bot_username is None:
            return None
        return f"https://t.me/{self.bot_username}?start={write_payload(target)}"


# Shown on buttons: a catalogue translates it with its own language's name.
ENGLISH = N_("English")


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Short buttons in rows of nearly one length, NUMBERS_IN_ROW at most: wide enough for a thumb."""
    rows = -(-len(buttons) // NUMBERS_IN_ROW)
    ends = [len(buttons) * row // rows for row in range(rows + 1)] if rows else []
    return tuple(tuple(buttons[start:end]) for start, end in pairwise(ends))


def in_pairs(buttons: Sequence[Button]) -> Rows:
    """The buttons in rows of two, a long one in a row of its own: a phone of 360 px cuts it otherwise."""
    rows: list[Row] = []
    for button in buttons:
        short = len(button.label) <= HALF_ROW_LIMIT
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0].label) <= HALF_ROW_LIMIT:
            rows[-1] = (rows[-1][0], button)
        else:
            rows.append((button,))
    return tuple(rows)


def comes_back(action: Action) -> bool:
    """Whether a button can carry ``action`` and it is read again as it was."""
    data = write(action)
    return data is not None and read(data) == action


def rows_of(*rows: Sequence[Button | None]) -> Rows:
    """The rows without the buttons that there are not, and without empty rows."""
    kept = (tuple(button for button in row if button is not None) for row in rows)
    return tuple(row for row in kept if row)


def marked(label: str, holds: bool) -> str:
    """``label`` with a mark when it is what ``holds`` now."""
    return f"✓ {label}" if holds else label
