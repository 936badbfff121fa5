"""The table of commands: dispatch, /help and Telegram's command menu all read it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.render.languages import N_
from handlers import bookmarks, keywords, popular, quoted, rights, search, settings, topics, views, welcome
from handlers.request import Request

Handler = Callable[[Request], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its names, Indonesian first, English second, and its line in the menu (a msgid).

    ``also`` are names that are understood and shown nowhere.
    """

    names: tuple[str, ...]
    description: str
    run: Handler
    also: tuple[str, ...] = ()

    def name_in(self, language: str) -> str:
        """The name that a menu in ``language`` shows."""
        return self.names[0] if language == "id" else self.names[-1]


async def help_command(request: Request) -> None:
    """/help: every command with what it does."""
    messages = request.newsroom.messages
    await request.answer(messages.help(request.language, menu(request.language, messages.gettext)))


COMMANDS = (
    Command(("terbaru", "latest"), N_("The latest story"), views.latest),
    Command(("topik", "topics"), N_("Stories by section"), topics.topics, ("rubrik", "sections")),
    Command(("kutipan", "quotes"), N_("Who said what; with a name: that person"), quoted.quotations),
    Command(("cari", "search"), N_("Search the archive"), search.search),
    Command(("cerita", "story"), N_("How a story developed"), views.timeline),
    Command(("populer", "popular"), N_("What is read most"), popular.popular),
    Command(("simpanan", "saved"), N_("What you saved"), bookmarks.kept),
    Command(("simpan", "save"), N_("Save the story that you answer"), bookmarks.keep),
    Command(("langganan", "settings"), N_("What you get, and how"), settings.settings, ("pengaturan",)),
    Command(("ikuti", "follow"), N_("Follow a word, such as /follow rice prices"), keywords.follow),
    Command(("bisukan", "mute"), N_("Hear nothing more of a word"), keywords.mute),
    Command(("bahasa", "language"), N_("Choose your language"), settings.choose_language),
    Command(("berhenti", "stop"), N_("Stop the news"), settings.stop),
    Command(("start",), N_("Subscribe"), welcome.start, ("mulai",)),
    Command(("help",), N_("What this bot can do"), help_command, ("bantuan",)),
    Command(("privacy",), N_("What is kept about you"), rights.privacy, ("privasi",)),
    Command(("dataku", "mydata"), N_("What is kept about you, as a file"), rights.my_data),
    Command(("hapus", "forget"), N_("Delete what is kept about you"), rights.forget),
)


def menu(language: str, gettext: Callable[[str, str], str]) -> list[tuple[str, str]]:
    """The commands as (name, description) in ``language``."""
    return [(command.name_in(language), gettext(language, command.description)) for command in COMMANDS]
