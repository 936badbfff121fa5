import html as html_escapes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.message import (
    ENTITY_LIMIT,
    TEXT_LIMIT,
    Button,
    shorten,
    shorten_text,
    split_text,
    text_length,
    unlinked,
)
from tests.render.telegram_html import parse

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))
words = st.one_of(texts, st.sampled_from(("Kata. ", "dua kata ", "👨‍👩‍👧", "& <b>", "Prof. Ali ", "é", "\n")))


@st.composite
def message_html(draw: st.DrawFn) -> str:
    """Valid Telegram HTML: nested tags around escaped text."""

    def inside(depth: int, quoted: bool) -> str:
        parts = []
        for _ in range(draw(st.integers(0, 4))):
            text = html_escapes.escape(draw(words))
            tag = draw(st.sampled_from(("", "", "b", "i", "a", "blockquote")))
            if not tag or depth == 0 or (quoted and tag == "blockquote"):
                parts.append(text)
                continue
            opening = {
                "a": '<a href="https://example.org/?a=1&amp;b=2">',
                "blockquote": "<blockquote expandable>",
            }
            body = inside(depth - 1, quoted or tag == "blockquote")
            parts.append(f"{opening.get(tag, f'<{tag}>')}{text}{body}</{tag}>")
        return "".join(parts)

    return inside(3, quoted=False)


def test_the_length_counts_characters_after_entities_are_parsed() -> None:
    assert text_length("<b>a &amp; b</b> &#39;&#x1F600;&quot;") == len("a & b '😀\"")


def test_the_length_counts_a_joined_emoji_by_its_code_points() -> None:
    assert text_length("👨‍👩‍👧") == 5


def test_entities_that_telegram_does_not_know_stay_text() -> None:
    assert text_length("a&nbsp;b") == len("a&nbsp;b")
    assert text_length("&#0;") == len("&#0;")


@given(message_html())
def test_the_length_is_that_of_what_an_independent_reader_sees(html: str) -> None:
    assert text_length(html) == len(parse(html).text)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>x</p>", "none of Telegram's tags"),
        ("<span>x</span>", "none of Telegram's tags"),
        ("<b>x</i>", "closes <b>"),
        ("x</b>", "closes nothing"),
        ("<b>x", "never closed"),
        ("1 < 2", "bare <"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "do not nest"),
    ],
)
def test_html_that_telegram_refuses_is_named(html: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        text_length(html)
    with pytest.raises(ValueError, match=reason):
        shorten(html)


def test_a_spoiler_may_be_a_span() -> None:
    assert text_length('<span class="tg-spoiler">x</span>') == 1


def test_a_message_within_the_limit_is_left_as_it_is() -> None:
    html = '<b>Judul</b>\n<a href="https://example.org/">x &amp; y</a>'
    assert shorten(html) == html
    assert shorten(html, text_length(html)) == html


def test_a_long_text_ends_at_a_sentence() -> None:
    html = "Satu kalimat selesai. Dua kalimat selesai. Tiga kalimat tidak muat"
    assert shorten(html, 60) == "Satu kalimat selesai. Dua kalimat selesai. …"


def test_a_sentence_within_quotation_marks_ends_after_them() -> None:
    assert shorten_text("Katanya, “Kami siap.” Lalu ia pergi ke pasar", 40) == "Katanya, “Kami siap.” …"


def test_a_title_before_a_name_ends_no_sentence() -> None:
    text = "Rapat itu dipimpin oleh Prof. Dr. Contoh Sekali dari kampus"
    assert shorten_text(text, 40) == "Rapat itu dipimpin oleh Prof. Dr. …"


def test_a_full_stop_before_a_lower_case_word_ends_no_sentence() -> None:
    assert shorten_text("Harganya naik dsb. dan seterusnya terus", 30) == "Harganya naik dsb. dan …"


def test_a_text_without_sentences_ends_between_words() -> None:
    assert shorten("satu dua tiga empat lima", 16) == "satu dua tiga …"


def test_a_single_long_word_is_cut() -> None:
    assert shorten("x" * 10_000) == "x" * (TEXT_LIMIT - 2) + " …"


def test_a_cut_inside_tags_closes_them() -> None:
    html = "<blockquote expandable><b>Nama</b> satu dua tiga empat</blockquote>"
    assert shorten(html, 16) == "<blockquote expandable><b>Nama</b> satu dua …</blockquote>"


def test_an_entity_is_never_cut_in_two() -> None:
    assert shorten("&amp;" * 100, 12) == "&amp;" * 10 + " …"


def test_joined_emoji_stay_whole() -> None:
    family = "👨‍👩‍👧"
    assert shorten_text(family * 10, 19) == family * 3 + " …"


def test_what_is_too_short_for_a_word_is_only_the_mark() -> None:
    assert shorten("<b>satu</b>", 2) == "…"
    assert shorten_text("satu", 1) == "…"


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="shortened to 0"):
        shorten_text("satu", 0)


def test_tags_beyond_the_hundredth_are_left_out_and_their_text_stays() -> None:
    html = "".join(f"<b>{number}</b>" for number in range(150))
    parsed = parse(shorten(html))
    assert len(parsed.spans) == ENTITY_LIMIT
    assert parsed.text == "".join(str(number) for number in range(150))


@given(message_html(), st.integers(1, 200))
def test_a_shortened_message_is_valid_within_the_limit_and_begins_like_the_whole(
    html: str, limit: int
) -> None:
    whole = parse(html).text
    short = shorten(html, limit)
    text = parse(short).text
    assert len(text) <= limit
    if len(whole) <= limit:
        assert short == html
    else:
        assert text.endswith("…")
        assert whole.startswith(text.removesuffix("…").removesuffix(" "))


@given(words, st.integers(1, 60))
def test_a_shortened_text_is_within_the_limit_and_begins_like_the_whole(text: str, limit: int) -> None:
    short = shorten_text(text, limit)
    assert len(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…").removesuffix(" "))


@given(st.text(alphabet="<>/&;\"'= abtx#\n", max_size=200))
def test_any_text_is_either_refused_or_shortened(html: str) -> None:
    try:
        length = text_length(html)
    except ValueError:
        return
    assert text_length(shorten(html, 5)) <= min(5, length)


def test_a_button_needs_either_data_or_an_address() -> None:
    with pytest.raises(ValueError, match="either data or url"):
        Button("x")
    with pytest.raises(ValueError, match="either data or url"):
        Button("x", data="a", url="https://example.org/")


def test_a_button_refuses_data_that_telegram_would_refuse() -> None:
    with pytest.raises(ValueError, match="66 bytes"):
        Button("x", data="é" * 33)


@given(texts, st.integers(3, 50))
def test_a_divided_text_loses_nothing_but_white_space(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_divided_at_sentences() -> None:
    assert split_text("Satu dua tiga. Empat lima enam.", 20) == ("Satu dua tiga.", "Empat lima enam.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kata @warga_contoh", "kata @\u2060warga_contoh"),
        ("sari@contoh.id", "sari@\u2060contoh.id"),
        ("harga @ Rp 5", "harga @ Rp 5"),
        ("@", "@"),
    ],
)
def test_a_handle_is_kept_apart_from_its_sign(text: str, shown: str) -> None:
    assert unlinked(text) == shown
