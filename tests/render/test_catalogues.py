"""The Indonesian catalogue has exactly the texts that the project says."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from bot.render.languages import CATALOGUES
from tests.conftest import ROOT
from tests.render.telegram_html import parse

Text = str | tuple[str, ...]


@cache
def written() -> frozenset[Text]:
    """All texts marked for translation."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return frozenset(
        _together(text)
        for folder in ("bot/render", "handlers", "templates")
        for _, _, text, _, _ in extract_from_dir(ROOT / folder, methods, options)
    )


def catalogue(code: str) -> Catalog:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def translations() -> list[tuple[Text, tuple[str, ...]]]:
    """Each text of the Indonesian catalogue with its forms."""
    return [
        (_together(message.id), _forms(message.string or "")) for message in catalogue("id") if message.id
    ]


def _together(text: str | list[str] | tuple[str, ...]) -> Text:
    return text if isinstance(text, str) else tuple(text)


def _forms(translation: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (translation,) if isinstance(translation, str) else tuple(translation)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)\w|%%|%", text))


def test_texts_are_found_in_templates_code_and_commands() -> None:
    assert {"Your settings", "Share", "Saved.", "The latest story"} <= written()


def test_every_text_has_an_indonesian_translation() -> None:
    missing = written() - {text for text, _ in translations()}
    assert not missing, f"add to bot/locale/id.po (make messages): {sorted(map(str, missing))}"


def test_no_indonesian_translation_is_left_over() -> None:
    unused = {text for text, _ in translations()} - written()
    assert not unused, f"take out of bot/locale/id.po: {sorted(map(str, unused))}"


def test_no_indonesian_translation_is_empty_or_doubtful() -> None:
    empty = [text for text, forms in translations() if not all(forms)]
    doubtful = [message.id for message in catalogue("id") if message.id and message.fuzzy]
    assert not empty
    assert not doubtful


def test_placeholders_agree() -> None:
    for text, forms in translations():
        expected = placeholders(text if isinstance(text, str) else text[-1])
        assert all(placeholders(form) == expected for form in forms), f"{text!r}: {forms}"


def test_tags_agree() -> None:
    for text, forms in translations():
        if "<" not in str(text):
            continue
        expected = sorted(tag for tag, _ in parse(text if isinstance(text, str) else text[-1]).spans)
        assert all(sorted(tag for tag, _ in parse(form).spans) == expected for form in forms), (
            f"{text!r}: {forms}"
        )


@pytest.mark.parametrize("code", sorted(path.stem for path in CATALOGUES.glob("*.po")))
def test_a_catalogue_names_its_language_and_its_plural(code: str) -> None:
    header = dict(catalogue(code).mime_headers)
    assert header["Language"] == code
    assert re.fullmatch(r"nplurals=\d; plural=.+;", header["Plural-Forms"])
