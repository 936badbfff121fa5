from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Listing, divide, listing


def test_a_list_knows_whether_more_follows() -> None:
    assert listing([1, 2, 3], 2) == Listing((1, 2), more=True)
    assert listing([1, 2], 2) == Listing((1, 2), more=False)
    assert listing([], 2) == Listing((), more=False)


def test_nothing_has_one_empty_page() -> None:
    assert divide([], 100, 5) == (range(0),)


@given(st.lists(st.integers(0, 200)), st.integers(1, 100), st.integers(1, 9))
def test_every_item_stands_on_one_page_and_pages_are_full(lengths: list[int], room: int, most: int) -> None:
    pages = divide(lengths, room, most)
    assert [index for page in pages for index in page] == list(range(len(lengths)))
    for page, following in pairwise(pages):
        assert 1 <= len(page) <= most
        held = sum(lengths[index] for index in page)
        assert held <= room or len(page) == 1
        assert len(page) == most or held + lengths[following.start] > room
