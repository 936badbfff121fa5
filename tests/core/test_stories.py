from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Article, Block, BlockKind
from bot.core.stories import WINDOW, Candidate, StoryKey, find_story, least_likeness, likeness, story_key

MOMENT = datetime(2026, 3, 4, tzinfo=UTC)


def article(title: str, *paragraphs: str) -> Article:
    return Article(title, MOMENT, tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs))


FLOOD = article(
    "Tanggul Sungai Sagara Jebol, Ribuan Warga Mengungsi",
    "Tanggul Sungai Sagara di Kecamatan Wanakarta jebol sepanjang 38 meter, Senin (2/3) dini hari.",
    'Luapan merendam 2.417 rumah. "Air naik dalam sepuluh menit," kata Kepala BPBD Laras Ayuningtyas.',
    "Warga mengungsi ke gudang kapuk di Desa Tirtamulya. Perahu karet dikerahkan dari Pelabuhan Senja.",
)
FOLLOW_UP = article(
    "Karung Pasir Tutup Tanggul Sagara",
    "Tanggul Sungai Sagara yang jebol di Wanakarta ditutup karung pasir, Selasa (3/3).",
    "Sebagian warga pulang dari gudang kapuk. Sebanyak 2.417 rumah terendam sejak Senin.",
    '"Tinggal lumpur," kata Laras Ayuningtyas. Perahu karet masih disiagakan di Tirtamulya.',
)
ANOTHER_FLOOD = article(
    "Tanggul Kali Lembayung Jebol",
    "Tanggul Kali Lembayung di Kecamatan Candramala jebol sepanjang 12 meter, Rabu (4/3) pagi.",
    'Luapan merendam 317 rumah. "Air cepat surut," kata Kepala BPBD Damar Wibisana.',
    "Warga mengungsi ke balai desa. Perahu karet dikerahkan.",
)
SAME_PERSON = article(
    "Laras Ayuningtyas Latih Relawan Sagara",
    "Kepala BPBD Laras Ayuningtyas melatih relawan remaja di Wanakarta, Kamis (5/3).",
    "Latihan meliputi pertolongan pertama dan simpul tali. Piagam diserahkan kepada peserta.",
    '"Mereka cekatan," kata Laras di Desa Tirtamulya.',
)


def told_by(*told: Article, apart: timedelta = timedelta(hours=20), named: bool = False) -> list[Candidate]:
    """Candidates of the stories 1, 2, ..., one for each article."""
    return [Candidate(number, story_key(one), apart, named) for number, one in enumerate(told, start=1)]


def test_a_follow_up_joins_the_story_of_its_event() -> None:
    assert find_story(story_key(FOLLOW_UP), told_by(FLOOD)) == 1


def test_a_short_report_in_other_words_joins_the_story_by_the_names_it_shares() -> None:
    report = article(
        "Bencana Di Wanakarta Tewaskan Ternak",
        "Luapan Sagara memusnahkan ternak di Wanakarta. Dipimpin Laras Ayuningtyas, pertolongan berlanjut.",
        "Penghuni Tirtamulya bermalam di bangsal tua, ditemani relawan, dokter, dan juru masak kampung.",
    )
    candidates = told_by(FLOOD, apart=timedelta(hours=2))
    assert likeness(story_key(report), story_key(FLOOD)) < least_likeness(*candidates)
    assert find_story(story_key(report), candidates) == 1


def test_places_offices_and_round_figures_are_no_names_that_tell_an_event() -> None:
    frame = (
        "Menteri dan Gubernur Jawa Timur hadir di Jakarta, Surabaya, Bandung, Medan. Ada 30, ada 12. Singkat."
    )
    one = article("Pertemuan", frame, "Rapat membahas anggaran kapal, dermaga, mercusuar, jangkar dan layar.")
    other = article("Hujan", frame, "Genangan mengepung pasar, apotek, bengkel, kandang, sumur dan ladang.")
    assert find_story(story_key(other), told_by(one)) is None
    sagara = "Laras dan Damar dari Sagara hadir di Wanakarta, Tirtamulya, Lembayung, Candramala. Singkat."
    one, other = (
        replace(told, blocks=(Block(BlockKind.PARAGRAPH, sagara), told.blocks[1])) for told in (one, other)
    )
    assert find_story(story_key(other), told_by(one)) == 1


def test_an_update_of_an_article_joins_its_story() -> None:
    update = replace(FLOOD, title="Dua Tanggul Jebol", blocks=FLOOD.blocks[:2])
    assert find_story(story_key(update), told_by(FLOOD)) == 1


@pytest.mark.parametrize("other", [ANOTHER_FLOOD, SAME_PERSON], ids=["same topic", "same person"])
def test_another_event_of_the_same_topic_or_person_is_another_story(other: Article) -> None:
    assert find_story(story_key(other), told_by(FLOOD)) is None


def test_of_several_stories_the_most_alike_is_joined() -> None:
    assert find_story(story_key(FLOOD), told_by(SAME_PERSON, FOLLOW_UP, ANOTHER_FLOOD)) == 2
    copies = told_by(FOLLOW_UP, FLOOD)
    assert find_story(story_key(FLOOD), copies) == find_story(story_key(FLOOD), copies[::-1]) == 2


def test_articles_farther_apart_than_the_window_are_never_linked() -> None:
    assert find_story(story_key(FLOOD), told_by(FLOOD, apart=WINDOW)) == 1
    assert find_story(story_key(FLOOD), told_by(FLOOD, apart=-WINDOW)) == 1
    assert find_story(story_key(FLOOD), told_by(FLOOD, apart=WINDOW + timedelta(minutes=1))) is None


def test_the_farther_apart_the_more_alike_they_must_be() -> None:
    (near,), (far,) = told_by(FLOOD, apart=timedelta()), told_by(FLOOD, apart=-WINDOW)
    assert least_likeness(near) < least_likeness(far)


def test_one_that_names_the_other_as_further_reading_needs_less() -> None:
    report = article(
        "Gudang Kapuk Penuh",
        "Gudang kapuk di Tirtamulya penuh sejak Senin. Selimut dan bantal berdatangan dari Wanakarta.",
        "Juru masak menanak nasi, dibantu pelajar. Sayur kiriman petani dimasak sore hari.",
    )
    found = likeness(story_key(report), story_key(FLOOD))
    assert find_story(story_key(report), told_by(FLOOD)) is None, found
    assert find_story(story_key(report), told_by(FLOOD, named=True)) == 1, found
    assert find_story(story_key(ANOTHER_FLOOD), told_by(SAME_PERSON, named=True)) is None


def test_articles_of_one_story_share_telling_terms() -> None:
    shared = set(story_key(FLOOD).telling) & set(story_key(FOLLOW_UP).telling)
    assert len(shared) >= 2


def test_an_article_is_wholly_like_itself_and_not_at_all_like_nothing() -> None:
    assert likeness(story_key(FLOOD), story_key(FLOOD)) == pytest.approx(1)
    assert likeness(story_key(FLOOD), StoryKey()) == 0
    assert story_key(article("")) == StoryKey()


texts = st.text(st.characters(codec=None), max_size=80) | st.sampled_from(FLOOD.paragraphs)


@given(st.lists(texts, max_size=6), texts)
def test_any_text_has_a_key_whose_likeness_is_a_share(paragraphs: list[str], title: str) -> None:
    key = story_key(article(title, *paragraphs))
    assert len(key.names) <= 32
    assert len(key.words) <= 32
    assert all(0 <= number < 2**32 and 0 < weight < 256 for number, weight in key.names + key.words)
    assert 0 <= likeness(key, story_key(FLOOD)) <= 1
