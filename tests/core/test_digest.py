"""What stands in a digest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.article import Quotation
from bot.core.digest import MOST_LINES, Candidate, DigestReader, digest_for, quotation_of_the_day
from bot.core.preferences import newcomer

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
READER = DigestReader(
    "id", newcomer("Asia/Jakarta"), frozenset(), frozenset(), frozenset(), frozenset(), frozenset()
)


def story(number: int, section: str | None = "nasional", **values: object) -> Candidate:
    made = Candidate(number, number, f"Kabar {number}", section, None, NOON, False, 0, frozenset(), None)
    return replace(made, announced_at=NOON + timedelta(minutes=number), **values)  # type: ignore[arg-type]


def titles(reader: DigestReader, *candidates: Candidate) -> list[str]:
    digest = digest_for(reader, candidates)
    return [] if digest is None else [line.title for line in digest.lines]


def test_an_empty_digest_is_none() -> None:
    assert digest_for(READER, []) is None
    assert digest_for(replace(READER, had=frozenset({1})), [story(1)]) is None


def test_what_matters_most_comes_first_and_sections_stay_together() -> None:
    reader = replace(READER, followed=frozenset({"beras"}))
    found = digest_for(
        reader,
        [
            story(1, "kolom"),
            story(2, "nasional", opened=5),
            story(3, "kolom", breaking=True),
            story(4, "nasional", keys=frozenset({"beras"})),
            story(5, None),
        ],
    )
    assert found is not None
    assert [(section, [line.article_id for line in lines]) for section, lines in found.groups] == [
        ("kolom", [3, 1]),
        ("nasional", [4, 2]),
        (None, [5]),
    ]


def test_a_story_stands_once_and_none_that_was_sent_or_muted() -> None:
    reader = replace(READER, had=frozenset({1}), muted_stories=frozenset({2}), muted=frozenset({"pilkada"}))
    follow_up = story(11, story_id=1)
    twice = (story(3, breaking=True), story(13, story_id=3))
    assert titles(reader, story(1), follow_up, story(2), *twice, story(4, keys=frozenset({"pilkada"}))) == [
        "Kabar 3"
    ]


def test_other_sections_come_only_with_a_followed_word() -> None:
    reader = replace(READER, sections=frozenset({"kolom"}), followed=frozenset({"beras"}))
    found = titles(reader, story(1), story(2, "kolom"), story(3, keys=frozenset({"beras"})))
    assert found == ["Kabar 3", "Kabar 2"]


def test_a_digest_is_short() -> None:
    assert len(titles(READER, *(story(number) for number in range(1, 50)))) == MOST_LINES


def test_one_quotation_of_somebody_that_can_stand_alone() -> None:
    words = "Harga beras akan turun sebelum akhir tahun ini."
    spoken = Quotation(words, "Sari Contoh", "Kepala Dinas", "kata", 0)
    quotations = [
        replace(spoken, text="Ya."),
        replace(spoken, speaker=None),
        replace(spoken, text=words * 9),
        spoken,
    ]
    assert quotation_of_the_day(quotations) == spoken
    assert quotation_of_the_day(quotations[:3]) is None
    found = digest_for(READER, [story(1, quotation=spoken), story(2)])
    assert found is not None
    assert found.said is not None
    assert found.said.article_id == 1
