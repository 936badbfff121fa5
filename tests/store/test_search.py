import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.archive import Archive
from bot.store.search import MOST_QUERY_WORDS, SearchPage, Term, read_query
from tests.store.samples import NOTHING_FOUND, NOW, analysis, article, minutes_later

ALL = 50


async def _titles(archive: Archive, query: str) -> list[str]:
    page = await archive.search(query, limit=ALL)
    assert page.total == len(page.hits)
    return [headline.title for headline in page.hits]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        ("  \n\t ", ()),
        ("😀 “” * - () \0", ()),
        ("kapal", (Term(("kapal",), open_ended=True),)),
        ("kapal ", (Term(("kapal",)),)),
        ("ka", (Term(("ka",)),)),
        ("Kapal FERI", (Term(("kapal",)), Term(("feri",), open_ended=True))),
        ("12/9", (Term(("12", "9")),)),
        ("C++", (Term(("c",)),)),
        ("Covid-19", (Term(("covid", "19")),)),
        ('"kapal feri"', (Term(("kapal",)), Term(("feri",)))),
        ("kapal OR NOT feri*", tuple(Term((word,)) for word in ("kapal", "or", "not", "feri"))),
        ("title:feri", (Term(("title", "feri"), open_ended=True),)),
        ("kapal kapal feri", (Term(("kapal",)), Term(("feri",), open_ended=True))),
    ],
)
def test_a_query_is_read_as_words_and_nothing_else(query: str, terms: tuple[Term, ...]) -> None:
    assert read_query(query) == terms


def test_of_an_endless_query_only_the_first_words_are_looked_for() -> None:
    for query in (" ".join(f"kata{number}" for number in range(1000)), "/".join("abc" for _ in range(1000))):
        assert sum(len(term.words) for term in read_query(query)) == MOST_QUERY_WORDS


async def test_every_word_has_to_be_there_in_title_text_or_speakers(archive: Archive) -> None:
    await archive.store(
        article("Kapal Feri Berlayar", "Pelabuhan dibuka."), analysis(speakers=("Sari Laut",)), now=NOW
    )
    await archive.store(article("Kapal Selam", "Tidak ada yang tahu."), NOTHING_FOUND, now=NOW)
    assert sorted(await _titles(archive, "kapal")) == ["Kapal Feri Berlayar", "Kapal Selam"]
    assert await _titles(archive, "sari pelabuhan KAPAL") == ["Kapal Feri Berlayar"]
    assert await _titles(archive, "kapal terbang") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("12/9", True),
        ("9/12", False),
        ("12 9", True),
        ("C++", True),
        ("covid-19", True),
        ("COVID 19", True),
        ("jumat", True),
        ("Jum’at", True),
        ("kafe", True),
        ("kafé", True),
        ("perundang", True),
        ("perundang ", False),
        ("undangan", False),
        ('"feri"', True),
        ("feri*", True),
        ("feri AND", False),
        ("feri -kapal", False),
        ("feri)", True),
        ("😀", False),
        ("feri😀", True),
        ("feri\0", True),
    ],
)
async def test_what_readers_type_finds_what_they_mean(archive: Archive, query: str, found: bool) -> None:
    text = "Tanggal 12/9, hari Jum'at, kelas C++ di Kafé Covid-19 membahas perundangan."
    await archive.store(article("Feri", text), NOTHING_FOUND, now=NOW)
    assert bool(await _titles(archive, query)) is found


async def test_a_word_in_the_title_counts_more_than_many_in_the_text(archive: Archive) -> None:
    await archive.store(article("Cuaca", "Feri itu feri. Feri!"), NOTHING_FOUND, now=NOW)
    await archive.store(article("Feri", "Cuaca cerah hari ini."), NOTHING_FOUND, now=NOW)
    await archive.store(article("Laut", "Angin."), analysis(speakers=("Feri Karang",)), now=NOW)
    assert await _titles(archive, "feri") == ["Feri", "Laut", "Cuaca"]


async def test_of_equals_the_newest_comes_first(archive: Archive) -> None:
    for minute in (3, 9, 1):
        published_at = minutes_later(minute)
        await archive.store(
            article("Feri", f"Berita {minute}", published_at=published_at), NOTHING_FOUND, now=NOW
        )
    page = await archive.search("feri", limit=ALL)
    assert [headline.published_at for headline in page.hits] == [minutes_later(m) for m in (9, 3, 1)]


async def test_pages_hold_every_hit_once_and_the_total(archive: Archive) -> None:
    for number in range(7):
        await archive.store(
            article(f"Feri {number}", published_at=minutes_later(number)), NOTHING_FOUND, now=NOW
        )
    pages = [await archive.search("feri", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert len({headline.id for page in pages for headline in page.hits}) == 7


async def test_words_written_together_are_not_looked_for_across_title_speakers_and_text(
    archive: Archive,
) -> None:
    await archive.store(article("Feri", "Angin kencang."), analysis(speakers=("Sari Laut",)), now=NOW)
    assert await _titles(archive, "angin/kencang") == ["Feri"]
    for query in ("feri/sari", "laut/angin", "feri/angin"):
        assert await _titles(archive, query) == []


async def test_a_headline_says_section_and_time(archive: Archive) -> None:
    stored = await archive.store(article("Feri", section="parpol"), NOTHING_FOUND, now=NOW)
    (hit,) = (await archive.search("feri", limit=ALL)).hits
    assert (hit.id, hit.section) == (stored.archived.id, "parpol")
    assert hit.published_at == stored.archived.article.published_at


async def test_a_corrected_article_is_found_by_its_new_words_alone(archive: Archive) -> None:
    await archive.store(article("Feri", "Ombak tinggi."), NOTHING_FOUND, now=NOW)
    await archive.store(article("Feri", "Ombak reda."), NOTHING_FOUND, now=NOW)
    assert await _titles(archive, "tinggi") == []
    assert await _titles(archive, "reda") == ["Feri"]


async def test_a_very_long_article_is_found_by_its_first_words(archive: Archive) -> None:
    text = "pertama " + " ".join(f"kata{number}" for number in range(30_000)) + " kata kata" * 500
    await archive.store(article("Feri", text), NOTHING_FOUND, now=NOW)
    assert await _titles(archive, "pertama kata17") == ["Feri"]


@given(st.text(st.characters(codec=None), max_size=1000))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_query_gets_an_answer(archive: Archive, query: str) -> None:
    page = await archive.search(query, limit=ALL)
    assert page == SearchPage((), 0)


tricky = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR(", "*", '"', "'", "-", ":", "^", "<->", "!", "|", "&", "\\", "%"]
)


@given(st.lists(tricky | st.sampled_from(["feri", "kapal"]), max_size=12), st.sampled_from(["", " "]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_operators_of_either_database_are_words_or_nothing(
    archive: Archive, parts: list[str], between: str
) -> None:
    await archive.store(article("Kapal and or not near feri feri", "kapal"), NOTHING_FOUND, now=NOW)
    query = between.join(parts)
    page = await archive.search(query, limit=ALL)
    if between and any(character.isalpha() for character in query):
        assert page.total == 1


@given(st.text(st.characters(categories=["Ll", "Nd"], max_codepoint=0x24F), min_size=1, max_size=20))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_article_is_found_by_any_word_of_its_title(archive: Archive, word: str) -> None:
    stored = await archive.store(article(f"Judul {word} berita"), NOTHING_FOUND, now=NOW)
    page = await archive.search(f"{word} ", limit=10_000)
    assert stored.archived.id in {headline.id for headline in page.hits}
