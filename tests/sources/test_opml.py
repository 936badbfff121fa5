import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnreadableSource
from bot.sources.opml import Outline, read_opml, write_opml
from tests.sources.pages import document

outlines = st.lists(
    st.builds(
        Outline,
        st.integers(0, 10**6).map(lambda number: f"https://harian.example/{number}?a=1&b=2"),
        st.sampled_from(['Harian "Kertasari" & Kawan', "3 < 5", "Pasar Senja"]),
        st.none() | st.just("https://harian.example/"),
        st.lists(st.sampled_from(["Koran", "Daerah & Kota"]), max_size=3).map(tuple),
    ),
    unique_by=lambda outline: outline.address,
    max_size=6,
)


def test_nested_outlines_are_read_with_the_folders_they_stand_in() -> None:
    file = """<opml version="1.1"><head><title>x</title></head><body>
    <outline text="Koran"><outline text="Daerah"><outline type="rss" text="Kertasari &amp; Kawan"
    xmlUrl="https://harian.example/rss" htmlUrl="https://harian.example/"/></outline>
    <outline title="Pusat" xmlURL="https://pusat.example/rss"/></outline>
    <outline text="Lagi" xmlUrl="https://harian.example/rss"/><outline text="Tautan" url="https://x.example"/>
    </body></opml>"""
    assert read_opml(document(file)) == (
        Outline(
            "https://harian.example/rss", "Kertasari & Kawan", "https://harian.example/", ("Koran", "Daerah")
        ),
        Outline("https://pusat.example/rss", "Pusat", None, ("Koran",)),
    )


@given(outlines)
def test_what_is_written_is_read_again(written: list[Outline]) -> None:
    read = read_opml(document(write_opml(written, title="Sumber <kami>")))
    assert sorted(read, key=lambda one: one.address) == sorted(written, key=lambda one: one.address)


@pytest.mark.parametrize(
    "content", ["", "<rss/>", "<opml/>", "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body/></opml>"]
)
def test_what_is_no_opml_is_refused(content: str) -> None:
    with pytest.raises(UnreadableSource):
        read_opml(document(content))


def test_outlines_without_end_are_read_as_far_as_they_are_sane() -> None:
    assert read_opml(document("<opml><body>" + "<outline text='a'>" * 100_000)) == ()
