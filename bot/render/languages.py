"""The languages that readers may choose: one catalogue ``<code>.po`` each, compiled when they are read."""

import gettext
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

import bot
from bot.errors import SettingsError, TemplateFault

CATALOGUES = Path(bot.__file__).parent / "locale"
"""The folder of our own catalogues."""


def N_(msgid: str) -> str:  # noqa: N802 (the name that Babel extracts by)
    """``msgid`` itself: marks a text that is translated where it is shown."""
    return msgid


class Languages:
    """The catalogues of one folder. Texts are written in English; a text without a translation stays so.

    ``default`` is the code that stands in for every language without a catalogue. Raises SettingsError when
    it has none itself, TemplateFault when a catalogue cannot be read.
    """

    def __init__(self, *, default: str = "id", folder: Path = CATALOGUES) -> None:
        self._translations = {
            path.stem: _compiled(path, path.read_bytes()) for path in sorted(folder.glob("*.po"))
        }
        if default not in self._translations:
            known = ", ".join(self._translations) or "none"
            raise SettingsError(f"no catalogue for the language {default!r} in {folder}; there are: {known}")
        self.default = default

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all languages, the default first."""
        return (self.default, *(code for code in self._translations if code != self.default))

    def choose(self, code: str | None) -> str:
        """The language for a code as Telegram gives it (``id``, ``en-GB``, None); else the default."""
        language = (code or "").replace("_", "-").partition("-")[0].lower()
        # Old Android phones call Indonesian `in`.
        aliases: Mapping[str, str] = get_global("language_aliases")
        language = aliases.get(language, language)
        return language if language in self._translations else self.default

    def locale(self, language: str) -> Locale:
        """Babel's names of days and months for ``language``."""
        return Locale.parse(self.choose(language))

    def gettext(self, language: str, msgid: str) -> str:
        """``msgid`` in ``language``."""
        return self._translations[self.choose(language)].gettext(msgid)

    def ngettext(self, language: str, singular: str, plural: str, number: int) -> str:
        """The form for ``number`` in ``language``; its placeholders are not yet filled."""
        return self._translations[self.choose(language)].ngettext(singular, plural, number)


@lru_cache(maxsize=16)
def _compiled(path: Path, written: bytes) -> gettext.GNUTranslations:
    try:
        catalogue = read_po(io.BytesIO(written), locale=path.stem, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise TemplateFault(f"{path}: not a catalogue of translations: {error}") from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
