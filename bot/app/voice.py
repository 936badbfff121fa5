"""The newspaper's voice: its messages in every language, from our templates and its own."""

from bot.config import Settings
from bot.render.cards import Cards
from bot.render.environment import Templates
from bot.render.languages import Languages
from bot.render.messages import Messages


def messages_for(settings: Settings, bot_username: str | None) -> Messages:
    """The messages in the newspaper's name; raises SettingsError or TemplateFault that says what is wrong."""
    languages = Languages(default=settings.language)
    templates = Templates(
        languages, newspaper=settings.newspaper, zone=settings.time_zone.key, own=settings.templates_dir
    )
    return Messages(templates, bot_username=bot_username, contact=settings.privacy_contact)


def cards_for(settings: Settings) -> Cards:
    """Quotation cards in the newspaper's name and language."""
    return Cards(
        Languages(default=settings.language),
        newspaper=settings.newspaper,
        zone=settings.time_zone,
    )
