from dataclasses import replace
from itertools import permutations

from bot.core.pages import SplitPages, join_pages
from bot.core.rmid import parse_page
from tests.core.pages import PAGE, SECOND_PAGE

FIRST = parse_page(PAGE[: PAGE.index("Biaya Pembangunan")] + " Selanjutnya \n")
SECOND = parse_page(SECOND_PAGE)


def test_two_pages_become_one_article_in_whatever_order_they_come() -> None:
    for pages in permutations([FIRST, SECOND]):
        (article,) = join_pages(pages)
        assert article.paragraphs == FIRST.paragraphs + SECOND.paragraphs
        assert (article.page, article.has_next) == (1, False)


def test_captions_of_several_pages_are_kept_once() -> None:
    (article,) = join_pages([FIRST, replace(SECOND, captions=FIRST.captions)])
    assert article.captions == FIRST.captions


def test_a_second_page_alone_stays_as_it_is() -> None:
    assert join_pages([SECOND]) == (SECOND,)


def test_the_same_page_twice_counts_once() -> None:
    assert join_pages([FIRST, FIRST]) == (FIRST,)


def test_articles_with_different_titles_stay_apart() -> None:
    other = replace(SECOND, title="Panen Mangga Tiba")
    assert join_pages([other, FIRST]) == (other, FIRST)


def test_a_page_that_does_not_follow_stays_apart() -> None:
    third = replace(SECOND, page=3)
    assert join_pages([FIRST, third]) == (FIRST, third)


def test_a_split_article_is_whole_when_its_last_missing_page_comes() -> None:
    middle = replace(SECOND, has_next=True)
    third = replace(SECOND, page=3)
    for pages in permutations([("a", FIRST), ("b", middle), ("c", third)]):
        split = SplitPages()
        *waiting, last = [split.add(name, page) for name, page in pages]
        assert waiting == [None, None]
        assert last == ("a", *join_pages([FIRST, middle, third]))
        assert split.unfinished() == []


def test_an_article_of_one_page_waits_for_nothing() -> None:
    whole = replace(FIRST, has_next=False)
    assert SplitPages().add("a", whole) == ("a", whole)


def test_pages_that_never_became_whole_are_given_out_at_the_end() -> None:
    split = SplitPages()
    third = replace(SECOND, page=3)
    for name, page in (("c", third), ("a", FIRST), ("x", replace(SECOND, title="Panen Mangga Tiba"))):
        assert split.add(name, page) is None
    assert [(name, page.page) for name, page in split.unfinished()] == [("a", 1), ("c", 3), ("x", 2)]
