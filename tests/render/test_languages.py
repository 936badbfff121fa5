from pathlib import Path

import pytest

from bot.errors import SettingsError, TemplateFault
from bot.render.languages import CATALOGUES, Languages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_the_languages_are_the_catalogues_found_and_the_default_comes_first() -> None:
    assert set(Languages().codes) == {path.stem for path in CATALOGUES.glob("*.po")}
    assert Languages().codes[0] == "id"
    assert Languages(default="en").codes[0] == "en"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("id", "id"),
        ("id-ID", "id"),
        ("en_GB", "en"),
        ("EN", "en"),
        ("in", "id"),
        ("de", "id"),
        ("", "id"),
        (None, "id"),
    ],
)
def test_a_code_as_telegram_gives_it_leads_to_a_language(code: str | None, language: str) -> None:
    assert Languages().choose(code) == language


def test_a_further_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "jv.po").write_text(HEADER + 'msgid "Share"\nmsgstr "Dum"\n', encoding="utf-8")
    languages = Languages(default="jv", folder=tmp_path)
    assert languages.gettext("jv", "Share") == "Dum"


def test_a_text_without_a_translation_stays_english() -> None:
    assert Languages().gettext("id", "Never written") == "Never written"
    assert Languages().gettext("en", "Share") == "Share"


def test_each_language_has_its_own_plural() -> None:
    singular, plural = "in the last day", "in the last %(count)s days"
    languages = Languages()
    assert languages.ngettext("en", singular, plural, 1) == singular
    assert languages.ngettext("en", singular, plural, 2) == plural
    assert languages.ngettext("id", singular, plural, 1) == languages.ngettext("id", singular, plural, 2)


def test_a_default_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"'de' in .*; there are: en, id"):
        Languages(default="de")


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "id.po").write_text(HEADER + "this is no catalogue\n", encoding="utf-8")
    with pytest.raises(TemplateFault, match=r"id\.po: not a catalogue"):
        Languages(folder=tmp_path)
