import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.addresses import absolute, site

BASE = "https://rm.id/nasional/hari-ini"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/baca-berita/x/1/y", "https://rm.id/baca-berita/x/1/y"),
        ("besok", "https://rm.id/nasional/besok"),
        ("//m.rm.id/x", "https://m.rm.id/x"),
        (" https://rm.id/x#komentar \n", "https://rm.id/x"),
        ("https://rm.id/a b", "https://rm.id/a%20b"),
        ("https://rm.id/a\u0000\u200bb", "https://rm.id/a\u200bb"),
    ],
)
def test_an_address_is_made_whole(written: str, address: str) -> None:
    assert absolute(BASE, written) == address


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@contoh.example",
        "ftp://rm.id/x",
        "file:///etc/hostname",
        "https://[::1",
        "https://rm.id:99999/",
        "https://user:secret@rm.id/",
        "https://rm.id/" + "x" * 3_000,
        "",
        "  ",
        None,
        ["https://rm.id/"],
    ],
)
def test_what_leads_to_no_web_page_is_none(written: object) -> None:
    assert absolute(BASE, written) is None


def test_mobile_and_desktop_are_one_site_and_a_longer_name_is_another() -> None:
    assert {site(f"https://{prefix}rm.id/x") for prefix in ("", "www.", "m.", "amp.")} == {"rm.id"}
    assert site("https://firm.id/") == "firm.id"
    assert site("https://rm.id.contoh.example/") != "rm.id"
    assert site("nothing") == ""


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_give_an_address_of_the_web_or_none(base: str, written: str) -> None:
    address = absolute(base, written)
    assert address is None or address.startswith(("http://", "https://"))
