"""What readers write when they are asked for keywords."""

import pytest

from bot.core.choices import KEYWORD_LIMIT, mark_of, read_keywords


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harga beras", [("harga beras", False)]),
        (" harga   beras,!pilkada ; bulu tangkis\ngempa", [
            ("harga beras", False), ("pilkada", True), ("bulu tangkis", False), ("gempa", False)]),
        ("! pilkada", [("pilkada", True)]),
        ("beras, beras", [("beras", False)]),
        (",;!!", []),
        ("x" * 500, [("x" * KEYWORD_LIMIT, False)]),
    ],
)  # fmt: skip
def test_keywords_are_parted_by_commas_and_muted_by_a_mark(text: str, found: list[tuple[str, bool]]) -> None:
    assert list(read_keywords(text, muted=False)) == found


def test_what_is_to_be_muted_needs_no_mark() -> None:
    assert read_keywords("pilkada, !gempa", muted=True) == (("pilkada", True), ("gempa", True))


def test_a_mark_is_short_and_its_keywords_own() -> None:
    assert len(mark_of("kata " * 50)) == 12
    assert mark_of("beras") != mark_of("gula")
