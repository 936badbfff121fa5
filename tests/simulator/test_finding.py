import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import utf16_length
from bot.simulator.finding import find_entities


def found(text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [
        (one.type.value, units[2 * one.offset : 2 * one.end].decode("utf-16-le"))
        for one in find_entities(text)
    ]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("", []),
        ("halo", []),
        ("/start a_12", [("bot_command", "/start")]),
        ("/start@kabar_bot", [("bot_command", "/start@kabar_bot")]),
        ("x/start //start /start/ 12/9 dan/atau", []),
        ("(/help), /start.", [("bot_command", "/help"), ("bot_command", "/start")]),
        ("😀 /help", [("bot_command", "/help")]),
        ("@kabar x@kabar @abc @gif", [("mention", "@kabar"), ("mention", "@gif")]),
        ("#berita #1 ##x #a#b x#y", [("hashtag", "#berita"), ("hashtag", "#x")]),
        ("$USD $usd", [("cashtag", "$USD")]),
        ("redaksi@contoh.id", [("email", "redaksi@contoh.id")]),
        (
            "Lihat https://contoh.id/a-b/1?c=(d). Lalu (contoh.id/x).",
            [("url", "https://contoh.id/a-b/1?c=(d)"), ("url", "contoh.id/x")],
        ),
        ("selesai.Di Rp1.500.000 a.b 3.5 C++ U.S.", []),
        (
            "tg://resolve?domain=kabar t.me/kabar",
            [("url", "tg://resolve?domain=kabar"), ("url", "t.me/kabar")],
        ),
        ("https:// http://localhost .id", []),
    ],
)
def test_entities_are_found_where_telegram_finds_them(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities


@given(st.text(alphabet="abAB12 \n@#$/.:_-()[]?é😀", max_size=200))
def test_entities_found_in_any_text_lie_within_it_and_do_not_overlap(text: str) -> None:
    entities = find_entities(text)
    ends = [0, *(one.end for one in entities)]
    assert all(end <= one.offset < one.end for end, one in zip(ends, entities, strict=False))
    assert ends[-1] <= utf16_length(text)
