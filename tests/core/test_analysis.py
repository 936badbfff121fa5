from hypothesis import given
from hypothesis import strategies as st

from bot.core.analysis import analyse
from bot.core.article import Analysis
from bot.core.rmid import parse_page


def test_the_real_article_gets_everything(real_page: str) -> None:
    article = parse_page(real_page)
    analysis = analyse(article.paragraphs, title=article.title)
    assert len(analysis.quotations) == 4
    assert analysis.summary
    assert analysis.keywords


def test_quotations_and_vox_pops_together_are_all_that_is_said_as_printed() -> None:
    analysis = analyse(
        [
            "“Saya takut banjir lagi,” kata Laras (37), warga Wanakarta.",
            "“Kami siap bekerja,” kata Wali Kota Kertasari Damar Wibisana.",
        ]
    )
    assert [said.speaker for said in analysis.quotations] == ["Damar Wibisana"]
    assert [said.speaker for said in analysis.vox_pops] == ["Laras"]
    assert [said.speaker for said in analysis.said] == ["Laras", "Damar Wibisana"]


def test_an_empty_article_is_analysed_to_nothing() -> None:
    assert analyse([]) == Analysis((), (), ())
    assert analyse(["", " "]) == Analysis((), (), ())


@given(st.data())
def test_no_mangling_of_the_real_article_raises(real_page: str, data: st.DataObject) -> None:
    lines = [line for line in real_page.split("\n") if line]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, 200))
        lines[at] = data.draw(
            st.sampled_from([lines[at][cut:], lines[at][:cut], lines[at] * 2, lines[at][::-1]])
        )
    analysis = analyse(lines, title=lines[0])
    assert all(any(sentence in line for line in lines) for sentence in analysis.summary)


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_text_at_all_raises(paragraphs: list[str]) -> None:
    assert len(analyse(paragraphs).keywords) <= 5
