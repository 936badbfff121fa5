import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.pages import document

SENTENCE = "<p>“Dagangan saya habis,” kata Painah – penjual kopi café.</p>"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (SENTENCE.encode(), "text/html; charset=utf-8"),
        (SENTENCE.encode(), None),
        (SENTENCE.encode(), "text/html; charset=windows-1252"),
        (SENTENCE.encode(), "text/html; charset=no-such-charset"),
        (SENTENCE.encode("cp1252"), "text/html; charset=windows-1252"),
        (SENTENCE.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (SENTENCE.encode("cp1252"), "text/html; charset=utf-8"),
        (SENTENCE.encode("cp1252"), "text/html; charset=unicode_escape"),
        (SENTENCE.encode("cp1252"), None),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "text/html; charset=windows-1252"),
        (codecs.BOM_UTF8 * 2 + SENTENCE.encode(), None),
        (SENTENCE.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), "text/html; charset=utf-8"),
        (SENTENCE.encode("utf-16-le"), "text/html"),
        (SENTENCE.encode("utf-16-be"), None),
        (SENTENCE.encode("utf-32"), None),
    ],
)
def test_a_text_is_the_same_in_every_charset_be_it_named_rightly_wrongly_or_not_at_all(
    content: bytes, content_type: str | None
) -> None:
    assert document(content, content_type=content_type).text() == SENTENCE


def test_a_charset_that_only_the_document_names_is_heeded() -> None:
    page = '<html><meta charset="windows-1251"><p>Привет</p>'
    assert document(page.encode("cp1251"), content_type="text/html").text() == page
    feed = "<?xml version='1.0' encoding='windows-1251'?><rss>Привет</rss>"
    assert document(feed.encode("cp1251"), content_type=None).text() == feed


def test_utf_8_with_a_few_bytes_of_windows_1252_keeps_both() -> None:
    mixed = "“Kopi café,” ".encode() + "“katanya”".encode("cp1252")
    assert document(mixed).text() == "“Kopi café,” “katanya”"


def test_a_header_that_says_utf_16_of_plain_bytes_is_not_believed() -> None:
    assert document(b"<p>abc</p>", content_type="text/html; charset=utf-16").text() == "<p>abc</p>"


@given(st.binary(max_size=300), st.none() | st.text(max_size=60))
def test_any_bytes_under_any_header_have_a_text_that_can_be_written(
    content: bytes, header: str | None
) -> None:
    document(content, content_type=header).text().encode()
