import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.article import Quotation
from bot.core.quotations import find_quotations
from bot.core.rmid import parse_page


def only(*paragraphs: str) -> Quotation:
    (quotation,) = find_quotations(paragraphs)
    return quotation


def test_the_real_article_s_four_quotations_are_found_with_who_said_them(real_page: str) -> None:
    madden, peskov, sullivan, again = find_quotations(parse_page(real_page).paragraphs)
    assert (madden.speaker, madden.cue) == ("Michael Madden", "kata")
    assert madden.role == "pengamat Korea Utara di Stimson Center"
    assert (peskov.speaker, peskov.role, peskov.cue) == ("Dmitry Peskov", "Juru Bicara Kremlin", "cetusnya")
    assert (sullivan.speaker, sullivan.cue) == ("Jake Sullivan", "kata peringatan")
    assert sullivan.role == "Penasihat Keamanan Nasional AS"
    assert (again.speaker, again.role, again.cue) == (sullivan.speaker, sullivan.role, "kata")
    assert again.text == "Kami terus menekan basis industri pertahanan Rusia"


def test_a_quotation_is_verbatim_without_marks_and_the_attribution_s_comma() -> None:
    found = only("“Kami (warga) siap. Ya, siap,” kata Damar Wibisana.")
    assert found == Quotation("Kami (warga) siap. Ya, siap", "Damar Wibisana", None, "kata", 0)


@pytest.mark.parametrize(
    "paragraph",
    [
        'Lagu "Hujan Pagi" jelas merdu.',
        "Program “Kota Hijau” itu disebut “gagal” oleh warga.",
        "Diskusi bertajuk “Air Untuk Semua: Siapa Peduli?” digelar, Selasa.",
        "Damar mengatakan, kotanya siap menampung pengungsi.",
        "Damar menilai langkah itu “setengah hati”.",
        "Koran itu memuat judul “Kertasari Banjir” di halaman depan.",
        'Pasal itu berbunyi "barang siapa" saja.',
        "",
    ],
)
def test_titles_slogans_scare_quotes_and_indirect_speech_are_no_quotations(paragraph: str) -> None:
    assert find_quotations([paragraph]) == ()


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("Damar Wibisana mengingatkan, “Jangan buang sampah ke sungai.”", "Jangan buang sampah ke sungai."),
        ("Kata Damar Wibisana: “Kami siap bekerja.”", "Kami siap bekerja."),
        ("Seperti dikatakan Damar Wibisana, “Kami siap bekerja.”", "Kami siap bekerja."),
        ("“Kami siap,” Damar Wibisana menegaskan.", "Kami siap"),
        ('"Siapa yang mau?" tanya Damar Wibisana.', "Siapa yang mau?"),
        ("“Sudah kamu lihat lagi?”. Begitu tanya Damar Wibisana.", "Sudah kamu lihat lagi?"),
        ("“Kami siap,”tanya Damar Wibisana", "Kami siap"),
        ("Kami siap bekerja,” kata Damar Wibisana.", "Kami siap bekerja"),
        ("“Kami siap bekerja, kata Damar Wibisana.", "Kami siap bekerja"),
    ],
)
def test_the_attribution_may_stand_anywhere_and_a_mark_may_be_lost(paragraph: str, text: str) -> None:
    found = only(paragraph)
    assert found.text == text
    assert found.speaker == "Damar Wibisana"


def test_a_quotation_that_its_attribution_parts_is_one() -> None:
    found = only("“Kami siap,” kata Damar Wibisana, “dan kami akan menang.”")
    assert found.text == "Kami siap, dan kami akan menang."
    assert found.speaker == "Damar Wibisana"


def test_a_sentence_after_the_attribution_s_full_stop_is_a_quotation_of_its_own() -> None:
    first, second = find_quotations(["“Kami siap,” kata Damar Wibisana. “Besok kita mulai bekerja.”"])
    assert (first.text, second.text) == ("Kami siap", "Besok kita mulai bekerja.")
    assert second.speaker == "Damar Wibisana"


def test_a_quotation_over_several_paragraphs_is_one_and_belongs_to_the_first() -> None:
    found = only("Rapat dimulai.", "“Kami siap. Ini janji.", "“Kami akan menang,” kata Damar Wibisana.")
    assert found.text == "Kami siap. Ini janji.\nKami akan menang"
    assert (found.paragraph, found.speaker) == (1, "Damar Wibisana")


def test_a_quotation_after_a_handle_is_its_owner_s() -> None:
    assert only("Akun @warga_kertasari menulis, “Mantap sekali, Pak Wali.”").speaker == "@warga_kertasari"
    assert only("Netizen @warga_kertasari: “Macet lagi, macet lagi.”").speaker == "@warga_kertasari"


def test_several_speakers_in_one_paragraph_are_kept_apart() -> None:
    damar, laras = find_quotations(
        ["“Kami siap,” kata Damar Wibisana. Beda dengan warga. “Kami belum,” ujar Laras Ayuningtyas."]
    )
    assert (damar.speaker, laras.speaker) == ("Damar Wibisana", "Laras Ayuningtyas")


def test_a_quotation_with_one_inside_is_taken_whole() -> None:
    assert only('"Warga bilang "cukup" kepada kami," kata Damar Wibisana.').text == (
        'Warga bilang "cukup" kepada kami'
    )


def test_an_article_without_quotations_gives_none() -> None:
    assert find_quotations(["Hujan turun.", "", "Warga pulang."]) == ()
    assert find_quotations([]) == ()


PIECES = [
    "“",
    "”",
    '"',
    "kata ",
    "Damar Wibisana",
    "ujarnya",
    ", ",
    ". ",
    "Kami siap",
    "dia ",
    "(37)",
    "itu ",
    "@a ",
    "\n",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=5))
def test_mangled_paragraphs_raise_nothing_and_quote_only_what_they_print(paragraphs: list[str]) -> None:
    printed = "\n".join(paragraphs)
    for found in find_quotations(paragraphs):
        assert 0 <= found.paragraph < len(paragraphs)
        assert found.text
        assert all(word in printed for word in found.text.split())
