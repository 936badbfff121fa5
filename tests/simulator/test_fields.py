import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.errors import BadRequest
from bot.simulator.fields import (
    MAX_DEPTH,
    NULL,
    Arguments,
    leading_integer,
    optional_array,
    optional_integer,
    optional_text,
    parse_json,
    required_long,
    required_object,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("5", 5), ("-5x", -5), ("x5", 0), (" 5", 0), ("+5", 0), ("٣", 0), ("--5", 0)],
)
def test_a_number_is_read_from_the_start_of_a_text(text: str, number: int) -> None:
    assert leading_integer(text) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), (" YES ", True), ("1", True), ("0", False), ("ya", False), ("", False)],
)
def test_flags_are_read_leniently(text: str, value: bool) -> None:
    assert Arguments({"x": text}).boolean("x") is value


def test_a_missing_argument_and_a_null_are_told_apart() -> None:
    arguments = Arguments({"null": "null", "broken": "{"})
    assert arguments.json("missing", "x") is None
    assert arguments.json("null", "x") is NULL
    assert arguments.json_or_none("null") is None
    assert arguments.json_or_none("broken") is None
    with pytest.raises(BadRequest) as refused:
        arguments.json("broken", "Can't parse x")
    assert refused.value.description == "Bad Request: can't parse x"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("x", 'Field "n" must be a valid Number'),
        (1.5, 'Field "n" must be a valid Number'),
        (2**31, 'Field "n" must be a valid Number'),
        (True, 'Field "n" must be of type Number'),
        ({}, 'Field "n" must be of type Number'),
    ],
)
def test_what_is_no_number_is_refused(value: object, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        optional_integer({"n": value}, "n")
    assert refused.value.reason == reason


def test_fields_of_the_wrong_type_are_named_with_the_right_one() -> None:
    for read, expected in ((optional_text, "String"), (optional_array, "Array"), (required_object, "Object")):
        with pytest.raises(BadRequest) as refused:
            read({"f": True}, "f")
        assert refused.value.reason == f'Field "f" must be of type {expected}'
    for missing in (required_object, required_long):
        with pytest.raises(BadRequest) as refused:
            missing({"f": None}, "f")
        assert refused.value.reason == 'Can\'t find field "f"'


def test_numbers_pass_for_text_and_text_for_numbers() -> None:
    assert optional_text({"f": 5}, "f") == "5"
    assert optional_integer({"f": "-5"}, "f") == -5
    assert optional_integer({}, "f", 7) == 7


def test_json_may_be_nested_as_deep_as_in_telegram() -> None:
    assert parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(ValueError, match="nested too deep"):
        parse_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@given(st.one_of(st.text(), st.binary()))
def test_any_text_is_json_or_a_value_error(text: str | bytes) -> None:
    try:
        parse_json(text)
    except ValueError:
        return
