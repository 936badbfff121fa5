"""Times of day and time zones in words."""

from datetime import time

from babel.dates import format_time

from bot.render.languages import N_, Languages

ZONE_NAMES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}

# A pattern of Unicode's date fields (UTS 35), so that a language can write times as its readers do.
_CLOCK = N_("HH:mm")


def clock(languages: Languages, language: str, minute: int) -> str:
    """The time ``minute`` minutes after midnight."""
    pattern = languages.gettext(language, _CLOCK)
    return format_time(time(*divmod(minute, 60)), pattern, locale=languages.locale(language))


def zone_name(zone: str) -> str:
    """What readers call the zone ``Asia/Jakarta``: WIB; others by their place."""
    return ZONE_NAMES.get(zone) or zone.replace("_", " ")
