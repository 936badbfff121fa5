from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.query import Question, read_question
from bot.errors import BadFilter

WIB = timezone(timedelta(hours=7))


def day(year: int, month: int = 1, date: int = 1) -> datetime:
    return datetime(year, month, date, tzinfo=WIB)


def test_words_without_filters_are_only_words() -> None:
    assert read_question("  harga   beras 12:30 ", WIB) == Question("harga beras 12:30")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("dari:2023", day(2023), None),
        ("dari:2023-09", day(2023, 9), None),
        ("sejak:2023-9-5", day(2023, 9, 5), None),
        ("from:2023-09-12", day(2023, 9, 12), None),
        ("sampai:2023", None, day(2024)),
        ("until:2023-12", None, day(2024)),
        ("hingga:2024-02-29", None, day(2024, 3)),
        ("to:2023-01-31", None, day(2023, 2)),
        ("DARI:2023-02 Sampai:2023-02", day(2023, 2), day(2023, 3)),
    ],
)
def test_days_months_and_years_count_whole(text: str, since: datetime | None, until: datetime | None) -> None:
    assert read_question(text, WIB) == Question("", since=since, until=until)


def test_days_are_those_of_the_newspapers_zone() -> None:
    assert read_question("dari:2023-09-12", WIB).since == datetime(2023, 9, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "speakers", "words"),
    [
        ("kata:wening banjir", ("wening",), "banjir"),
        ("banjir said:Wening", ("Wening",), "banjir"),
        ('kata:"rara wening" banjir', ("rara wening",), "banjir"),
        ("kata:“rara wening” kata:sari", ("rara wening", "sari"), ""),
    ],
)
def test_speakers_may_be_several_and_have_several_words(
    text: str, speakers: tuple[str, ...], words: str
) -> None:
    assert read_question(text, WIB) == Question(words, speakers=speakers)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("dari:", "dari", ""),
        ("kata:", "kata", ""),
        ('kata:""', "kata", ""),
        ("dari: 2023", "dari", ""),
        ("beras dari:kemarin", "dari", "kemarin"),
        ("sampai:2023-13", "sampai", "2023-13"),
        ("dari:2023-02-29", "dari", "2023-02-29"),
        ("dari:12-09-2023", "dari", "12-09-2023"),
        ("dari:٢٠٢٣", "dari", "٢٠٢٣"),
        ("dari:2023-09 until:2023-08", "until", "2023-08"),
    ],
)
def test_what_cannot_be_read_is_named_as_it_was_written(text: str, name: str, value: str) -> None:
    with pytest.raises(BadFilter) as fault:
        read_question(text, WIB)
    assert (fault.value.name, fault.value.value) == (name, value)


@given(st.text() | st.from_regex(r"((dari|sampai|kata):\S* ?){1,4}", fullmatch=True))
def test_any_text_is_a_question_or_a_faulty_filter(text: str) -> None:
    try:
        question = read_question(text, WIB)
    except BadFilter:
        return
    assert question.empty == (question == Question(""))
