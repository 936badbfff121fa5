"""The rows of buttons under the settings, the first minute and the digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.actions import Open, SetSilent, SetSubscribed
from bot.core.audience import ChatKind, Keyword, Subscriber
from bot.core.choices import (
    Ask,
    Change,
    DropKeyword,
    Forget,
    Page,
    Prompt,
    ShowPage,
    ToggleSection,
    mark_of,
)
from bot.core.message import Button
from bot.core.preferences import DAY, HALF_HOUR, Preferences, Setting
from bot.render.buttons import SECTION_BUTTONS, Buttons, Row, Rows, comes_back, in_pairs, marked, rows_of
from bot.render.clock import clock
from bot.render.languages import N_

NUMBERS_IN_A_ROW = 5
TIMES_IN_A_ROW = 6

FIRST_TIMES = (6 * 60, 7 * 60, 12 * 60, 18 * 60)
"""The digest's times that a newcomer is offered; the settings have all."""

NIGHTS = ((21, 5), (22, 6), (23, 7))
"""Quiet hours that are one press away."""

CAPS = (1, 3, 5)

ZONES = (("WIB", "Asia/Jakarta"), ("WITA", "Asia/Makassar"), ("WIT", "Asia/Jayapura"))


@dataclass(frozen=True, slots=True)
class ChoiceButtons(Buttons):
    """Every switch says by a mark what holds now; a press on it changes that."""

    def main(self, reader: Subscriber) -> Rows:
        """The ways to all pages, and what takes one press."""
        silent = reader.silent
        wanted = reader.subscribed
        return (
            (self._to(N_("What comes"), Page.WHAT), self._to(N_("Sections"), Page.TOPICS)),
            (self._to(N_("Digest"), Page.DIGEST), self._to(N_("Keywords"), Page.KEYWORDS)),
            (self._to(N_("Quiet hours"), Page.QUIET), self._to(N_("Time zone"), Page.ZONE)),
            (
                self._action(N_("Turn sound on") if silent else N_("Turn sound off"), SetSilent(not silent)),
                self._to(N_("Pause"), Page.PAUSE),
            ),
            self.language_row(),
            (
                self._action(
                    N_("Stop the news") if wanted else N_("Send me the news"), SetSubscribed(not wanted)
                ),
            ),
        )

    def what(self, preferences: Preferences, page: Page = Page.WHAT) -> Rows:
        """The kinds of news, and how much breaking news a day."""
        kinds = (
            (self._switch(N_("Breaking news"), Setting.BREAKING, preferences.breaking, page),),
            (self._switch(N_("One digest a day"), Setting.DIGEST, preferences.digest, page),),
            (self._switch(N_("Every story at once"), Setting.EVERY, preferences.every_article, page),),
        )
        if page is not Page.WHAT:
            return kinds
        caps = tuple(
            self._plain(
                marked(self._text(N_("%(count)s a day"), count=cap), preferences.cap == cap),
                Change(Setting.CAP, str(cap), page),
            )
            for cap in CAPS
        )
        every = marked(self._text(N_("All")), preferences.cap is None)
        more = self._switch(N_("Follow-ups the same day"), Setting.FOLLOW_UPS, preferences.follow_ups, page)
        return (*kinds, (*caps, self._plain(every, Change(Setting.CAP, "0", page))), (more,), self._back())

    def topics(self, sections: Iterable[str], chosen: frozenset[str], page: Page) -> Rows:
        """Every section with a mark at those chosen, and all of them at once."""
        offered = self.by_name({*sections, *chosen})
        named = [
            self._plain(marked(self.name_of(section), section in chosen), ToggleSection(section, page))
            for section in offered[:SECTION_BUTTONS]
            if comes_back(ToggleSection(section, page))
        ]
        every = self._plain(marked(self._text(N_("All sections")), not chosen), ToggleSection(None, page))
        last = self._back() if page is Page.TOPICS else (self._to(N_("Done"), Page.READY),)
        return rows_of((every,) if named else (), *in_pairs(named), last)

    def keywords(self, keywords: Sequence[Keyword]) -> Rows:
        """Adding some, and taking each out again."""
        drops = [
            self._plain(f"✕ {'🔇 ' if word.muted else ''}{word.text}", DropKeyword(mark_of(word.key)))
            for word in keywords
        ]
        asks = (
            self._action(N_("➕ Follow"), Ask(Prompt.FOLLOW)),
            self._action(N_("🔇 Mute"), Ask(Prompt.MUTE)),
        )
        return rows_of(asks, *in_pairs(drops), self._back())

    def quiet(self, preferences: Preferences) -> Rows:
        """Some nights, other hours in words, and whether breaking news passes."""
        now = preferences.quiet
        nights = tuple(
            self._plain(
                marked(f"{begin}–{end}", now is not None and (now.begin, now.end) == (begin * 60, end * 60)),
                Change(Setting.QUIET, f"{begin}-{end}", Page.QUIET),
            )
            for begin, end in NIGHTS
        )
        none = self._plain(
            marked(self._text(N_("No quiet hours")), now is None), Change(Setting.QUIET, "0", Page.QUIET)
        )
        passes = self._switch(
            N_("Breaking news may pass"), Setting.PASSES, preferences.breaking_passes, Page.QUIET
        )
        others = self._action(N_("Other hours …"), Ask(Prompt.QUIET))
        return (nights, (none, others), (passes,), self._back())

    def digest(self, preferences: Preferences) -> Rows:
        """On or off, on which days, and every half hour."""
        page = Page.DIGEST
        on = self._switch(N_("One digest a day"), Setting.DIGEST, preferences.digest, page)
        days = (
            self._plain(
                marked(self._text(N_("Every day")), not preferences.weekdays),
                Change(Setting.WEEKDAYS, "0", page),
            ),
            self._plain(
                marked(self._text(N_("Monday to Friday")), preferences.weekdays),
                Change(Setting.WEEKDAYS, "1", page),
            ),
        )
        times = self._times(preferences, range(0, DAY, HALF_HOUR), page)
        rows = (times[start : start + TIMES_IN_A_ROW] for start in range(0, len(times), TIMES_IN_A_ROW))
        return ((on,), days, *rows, self._back())

    def zone(self, preferences: Preferences) -> Rows:
        """Indonesia's three zones, and any other in words."""
        named = tuple(
            self._plain(marked(name, preferences.zone == zone), Change(Setting.ZONE, name.lower(), Page.ZONE))
            for name, zone in ZONES
        )
        return (named, (self._action(N_("Another zone …"), Ask(Prompt.ZONE)),), self._back())

    def pause(self, *, paused: bool) -> Rows:
        """A day, a week, or no longer."""
        days = (
            self._action(N_("For a day"), Change(Setting.PAUSE, "1", Page.MAIN)),
            self._action(N_("For a week"), Change(Setting.PAUSE, "7", Page.MAIN)),
        )
        end = self._action(N_("Go on now"), Change(Setting.PAUSE, "0", Page.MAIN)) if paused else None
        return rows_of(days, (end,), self._back())

    def first(self, preferences: Preferences) -> Rows:
        """A newcomer's first question: what, and the digest when."""
        times = self._times(preferences, FIRST_TIMES, Page.FIRST) if preferences.digest else ()
        on = (self._to(N_("Next: sections ›"), Page.FIRST_TOPICS),)
        return rows_of(*self.what(preferences, Page.FIRST), times, on)

    def ready(self, kind: ChatKind) -> Rows:
        """The way to all settings, and into a group."""
        group = None
        if self.bot_username is not None and kind is ChatKind.PRIVATE:
            url = f"https://t.me/{self.bot_username}?startgroup=1"
            group = Button(self._text(N_("Add to a group")), url=url)
        return rows_of((self._to(N_("All settings"), Page.MAIN),), (group,))

    def forget(self) -> Rows:
        """Erasing everything, or not."""
        return (
            (self._action(N_("Yes, delete everything"), Forget(confirmed=True)),),
            (self._action(N_("No, keep it"), Forget(confirmed=False)),),
        )

    def stories(self, article_ids: Sequence[int]) -> Rows:
        """A number for each story of a digest, and the way to its settings."""
        numbers = tuple(
            self._plain(str(number), Open(article_id)) for number, article_id in enumerate(article_ids, 1)
        )
        rows = (numbers[at : at + NUMBERS_IN_A_ROW] for at in range(0, len(numbers), NUMBERS_IN_A_ROW))
        return (*rows, (self._to(N_("Settings"), Page.DIGEST),))

    def _times(self, preferences: Preferences, minutes: Iterable[int], page: Page) -> Row:
        return tuple(
            self._plain(
                marked(
                    clock(self.languages, self.language, minute),
                    preferences.digest and preferences.digest_at == minute,
                ),
                Change(Setting.DIGEST_AT, str(minute), page),
            )
            for minute in minutes
        )

    def _switch(self, label: str, setting: Setting, on: bool, page: Page) -> Button:
        return self._plain(marked(self._text(label), on), Change(setting, f"{not on:d}", page))

    def _to(self, label: str, page: Page) -> Button:
        return self._action(label, ShowPage(page))

    def _back(self) -> Row:
        return (self._to(N_("‹ Settings"), Page.MAIN),)

    def _text(self, label: str, **values: object) -> str:
        return self.languages.gettext(self.language, label) % values
