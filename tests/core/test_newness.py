from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.newness import Known, Marks, content_mark, marks_of, new_places

PRINTED = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
FERRY = "https://koran.example/nasional/feri-12"


def _marks(
    address: str = FERRY,
    guid: str | None = "koran-12",
    title: str | None = "Feri Berlayar",
    at: datetime | None = PRINTED,
) -> Marks:
    return marks_of(address, guid, title, at)


def _known(*listed: Marks) -> Known:
    return Known(
        addresses=frozenset(marks.address for marks in listed),
        guids={marks.guid: marks.address for marks in listed if marks.guid},
        titles={marks.title: marks.address for marks in listed if marks.title},
    )


def test_what_nobody_saw_before_is_new() -> None:
    assert new_places([_marks()], Known()) == (0,)


def test_a_redated_article_is_not_new() -> None:
    redated = _marks(at=PRINTED + timedelta(days=3))
    assert new_places([redated], _known(_marks())) == ()


def test_an_article_is_known_on_every_make_of_the_site() -> None:
    mobile = _marks("http://m.koran.example/nasional/feri-12?utm_source=rss", guid="other-id", at=None)
    assert new_places([mobile], _known(_marks())) == ()


def test_a_feed_that_changes_all_its_ids_has_nothing_new() -> None:
    before = [_marks(f"{FERRY}{n}", f"old-{n}", f"Judul {n}") for n in range(50)]
    after = [_marks(f"{FERRY}{n}", f"new-{n}", f"Judul {n}") for n in range(50)]
    assert new_places(after, _known(*before)) == ()


def test_a_corrected_address_under_the_same_id_is_not_new() -> None:
    corrected = _marks("https://koran.example/nasional/feri-berlayar", title="Lain", at=None)
    assert new_places([corrected], _known(_marks())) == ()


def test_a_feed_that_hands_out_its_ids_anew_hides_nothing() -> None:
    before = _marks("https://koran.example/a-1", "tempat-1", "Satu", None)
    now = [
        _marks("https://koran.example/b-2", "tempat-1", "Dua", None),
        _marks("https://koran.example/a-1", "tempat-2", "Satu", None),
    ]
    assert new_places(now, _known(before)) == (0,)


def test_one_id_for_all_articles_is_none() -> None:
    same = [_marks(f"https://koran.example/a-{n}", "selalu-sama", None, None) for n in range(3)]
    assert new_places(same, _known(_marks("https://koran.example/a-9", "selalu-sama"))) == (0, 1, 2)


def test_numbers_of_places_are_no_ids() -> None:
    assert _marks(guid="3").guid is None


def test_the_same_title_in_the_same_minute_is_the_same_article() -> None:
    moved = _marks("https://koran.example/arsip/feri-99", None, "FERI, berlayar!")
    assert new_places([moved], _known(_marks())) == ()


def test_a_title_that_returns_every_day_is_new_every_day() -> None:
    tomorrow = _marks("https://koran.example/feri-13", None, at=PRINTED + timedelta(days=1))
    assert new_places([tomorrow], _known(_marks())) == (0,)


def test_an_article_that_is_listed_twice_is_new_once() -> None:
    assert new_places([_marks(), _marks(f"{FERRY}?page=2", "koran-12-2")], Known()) == (0,)


def test_the_content_is_the_words_and_not_their_marks() -> None:
    assert content_mark("Feri", ["Kapal “berlayar”."]) == content_mark("FERI", ['Kapal "berlayar".'])
    assert content_mark("Feri", ["Kapal berlayar."]) != content_mark("Feri", ["Kapal karam."])
    assert content_mark("Feri", ["Kapal", "karam"]) != content_mark("Feri", ["Kapal karam"])


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))))
def test_what_was_listed_once_is_never_new_again(listed: list[tuple[str, str, str]]) -> None:
    marks = [marks_of(address, guid, title, PRINTED) for address, guid, title in listed]
    assert new_places(marks, _known(*marks)) == ()
