from bot.store.archive import Archive
from bot.store.related import keyword_keys
from tests.store.samples import NOTHING_FOUND, NOW, analysis, article, minutes_later


async def _titles(archive: Archive, article_id: int, limit: int = 10) -> list[str]:
    return [headline.title for headline in await archive.related(article_id, limit=limit)]


async def test_what_the_article_names_comes_first_in_its_order_then_what_shares_most_keywords(
    archive: Archive,
) -> None:
    for title, keywords in (
        ("Pelabuhan Dibuka", ()),
        ("Ombak Reda", ()),
        ("Satu Sama", ("feri",)),
        ("Dua Sama", ("feri", "Laut")),
        ("Tidak Sama", ("parlemen",)),
    ):
        await archive.store(article(title), analysis(keywords=keywords), now=NOW)
    named = ("“Ombak” REDA?", "Belum Pernah Ada", "Pelabuhan dibuka!")
    stored = await archive.store(
        article("Kapal", related=named), analysis(keywords=("Feri", "laut", "kapal")), now=NOW
    )
    found = await _titles(archive, stored.archived.id)
    assert found == ["Ombak Reda", "Pelabuhan Dibuka", "Dua Sama", "Satu Sama"]
    assert await _titles(archive, stored.archived.id, limit=1) == ["Ombak Reda"]
    assert await _titles(archive, stored.archived.id, limit=3) == found[:3]


async def test_the_rest_of_its_story_comes_before_what_shares_keywords(archive: Archive) -> None:
    await archive.store(article("Sama Kata"), analysis(keywords=("feri",)), now=NOW)
    report = "Tanggul Sungai Sagara jebol di Desa Tirtasari. Ribuan warga Tirtasari mengungsi ke balai desa."
    told = [
        await archive.store(
            article(f"Tanggul Sagara Jebol {number}", report, published_at=minutes_later(number)),
            analysis(keywords=("feri",) if number == 3 else ()),
            now=NOW,
        )
        for number in range(1, 4)
    ]
    assert len({one.archived.story_id for one in told}) == 1
    found = await _titles(archive, told[2].archived.id)
    assert found == ["Tanggul Sagara Jebol 2", "Tanggul Sagara Jebol 1", "Sama Kata"]
    await archive.retract(told[1].archived.id, now=NOW)
    assert "Tanggul Sagara Jebol 2" not in await _titles(archive, told[2].archived.id)


async def test_an_article_is_not_related_to_itself(archive: Archive) -> None:
    stored = await archive.store(
        article("Kapal", related=("Kapal",)), analysis(keywords=("feri", "laut")), now=NOW
    )
    assert await _titles(archive, stored.archived.id) == []


async def test_of_two_with_the_named_title_the_newer_is_meant(archive: Archive) -> None:
    older = await archive.store(article("Cuaca"), NOTHING_FOUND, now=NOW)
    newer = await archive.store(article("Cuaca", published_at=minutes_later(60)), NOTHING_FOUND, now=NOW)
    stored = await archive.store(article("Kapal", related=("Cuaca", "Cuaca")), NOTHING_FOUND, now=NOW)
    (found,) = await archive.related(stored.archived.id, limit=10)
    assert found.id == newer.archived.id != older.archived.id


async def test_of_those_that_share_as_much_the_newest_comes_first(archive: Archive) -> None:
    for title, minute in (("Lama", 1), ("Baru", 9), ("Tengah", 5)):
        await archive.store(
            article(title, published_at=minutes_later(minute)), analysis(keywords=("feri",)), now=NOW
        )
    stored = await archive.store(article("Kapal"), analysis(keywords=("feri",)), now=NOW)
    assert await _titles(archive, stored.archived.id) == ["Baru", "Tengah", "Lama"]


async def test_a_corrected_article_is_related_by_its_new_keywords(archive: Archive) -> None:
    stored = await archive.store(article("Kapal"), analysis(keywords=("feri",)), now=NOW)
    other = await archive.store(article("Ombak"), analysis(keywords=("feri",)), now=NOW)
    await archive.store(article("Kapal", "Lain."), analysis(keywords=("parlemen",)), now=NOW)
    assert await _titles(archive, stored.archived.id) == []
    assert await _titles(archive, other.archived.id) == []


def test_keywords_are_the_same_in_any_spelling_and_none_is_empty() -> None:
    assert keyword_keys(("Kapal Feri", "kapal-feri", "😀", "Jum'at")) == ("kapal feri", "jumat")
    assert [len(key) for key in keyword_keys(("panjang " * 100,))] == [100]
