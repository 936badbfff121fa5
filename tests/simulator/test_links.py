import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.links import NotALink, checked_link, user_of_link


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("contoh.id", "http://contoh.id/"),
        ("HTTPS://Contoh.ID#F", "https://contoh.id/#F"),
        ("http://contoh.id:080/a b", "http://contoh.id:80/a%20b"),
        ("contoh.id?x", "http://contoh.id/?x"),
        ("u:p@contoh.id", "http://u:p@contoh.id/"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("https://é.id/ü", "https://é.id/ü"),
        ("http://%41.b", "http://%41.b/"),
        ("TG:resolve?domain=x", "tg://resolve?domain=x"),
        ("tg://user", "tg://user/"),
        ("ton:x", "ton://x/"),
        ("mailto:a@b.c", "http://mailto:a@b.c/"),
    ],
)
def test_a_link_is_written_as_telegram_writes_it(url: str, written: str) -> None:
    assert checked_link(url) == written


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "URL host is empty"),
        ("localhost", "Wrong HTTP URL"),
        ("ftp://contoh.id", "Unsupported URL protocol"),
        ("javascript:alert(1)", "Wrong port number specified in the URL"),
        ("http://contoh.id:0", "Wrong port number specified in the URL"),
        ("http://contoh.id:99999", "Wrong port number specified in the URL"),
        ("http://con toh.id", "Disallowed character in URL host"),
        ("http://u@v@contoh.id", "Disallowed character in URL userinfo"),
        ("http://[zz]", "Wrong IPv6 address specified in the URL"),
        ("http://.", "Host is invalid"),
        ("tg://a.b/x", "Unallowed characters in URL host"),
        ("tg://a:80", "Wrong tg URL"),
    ],
)
def test_an_address_that_is_no_link_says_why(url: str, reason: str) -> None:
    with pytest.raises(NotALink) as refused:
        checked_link(url)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("url", "user"),
    [
        ("tg://user?id=5", 5),
        ("TG:USER?a=b&ID=7#x", 7),
        ("tg://user/?id=5", 5),
        ("tg://user?id=0", None),
        ("tg://user?id=05", None),
        ("tg://user?id=5x", None),
        ("tg://user?id=99999999999999", None),
        ("http://contoh.id/user?id=5", None),
    ],
)
def test_a_link_to_a_user_names_the_user(url: str, user: int | None) -> None:
    assert user_of_link(url) == user


@given(st.text())
def test_any_text_is_a_link_with_a_scheme_or_none(url: str) -> None:
    try:
        link = checked_link(url)
    except NotALink:
        return
    assert link.startswith(("http://", "https://", "tg://", "ton://", "tonsite://"))
