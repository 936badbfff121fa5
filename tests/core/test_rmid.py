from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rmid import decode_page, parse_page
from bot.errors import NotAnArticle
from tests.core.pages import COLUMN, PAGE, SECOND_PAGE

ADDRESS = "https://rm.id/baca-berita/megapolitan/81234/jembatan-kertasari-dibuka"


def test_the_real_article_is_read_exactly(real_page: str) -> None:
    article = parse_page(real_page)
    assert article.title == "Kim Jong Un Tiba Di Rusia, Siap Jumpa Putin Di Tengah Ancaman AS"
    assert article.published_at == datetime.fromisoformat("2023-09-12T11:54+07:00")
    assert len(article.captions) == 1
    assert len(article.paragraphs) == 16
    assert article.subheads == ("Pasokan Senjata Korea Utara",)
    assert len(article.related) == 3
    assert article.related[2] == "PPP Tantang Banteng"
    assert article.channel_link == "https://t.me/officialrakyatmerdeka"
    assert article.kicker is None
    assert article.byline is None
    assert article.paragraphs[0].startswith("Pemimpin Korea Utara")
    assert article.paragraphs[-1].endswith("kata Sullivan.")
    assert not any("\u00a0" in text or "Light Mode" in text for text in article.paragraphs)


def test_a_page_gives_all_its_parts() -> None:
    article = parse_page(PAGE, name="a.txt", url=ADDRESS)
    assert article.title == "Jembatan Kertasari Dibuka, Warga Lega"
    assert article.section == "megapolitan"
    assert article.url == ADDRESS
    assert article.captions == (
        "Wali Kota Kertasari Damar Wibisana meresmikan jembatan, Rabu (7/7). (Foto: Ist)",
    )
    assert article.subheads == ("Biaya Pembangunan",)
    assert article.related == ('Wanakarta Bangun "Pasar Apung" Baru.', "Damar: Jembatan Rampung Juli")
    assert article.channel_link == "https://t.me/contohkanal"
    assert article.paragraphs[-1] == '"Sisanya untuk jalan desa," ujar Damar.'
    assert (article.page, article.has_next) == (1, False)


def test_the_title_is_the_last_line_before_the_date_and_what_stands_over_it_is_the_kicker() -> None:
    article = parse_page(
        PAGE.replace("Jembatan Kertasari Dibuka", "Kuat Mana?\n\nJembatan Kertasari Dibuka", 1)
    )
    assert (article.kicker, article.title) == ("Kuat Mana?", "Jembatan Kertasari Dibuka, Warga Lega")


def test_the_election_widget_and_the_press_council_s_line_are_no_part_of_the_article() -> None:
    widget = "Dewan Pers\n\nHasil Rekapitulasi KPU\nPaslon A\n1.000\nPaslon A\n1.000\nSumber: KPU\n\n"
    article = parse_page(widget + PAGE)
    assert article == parse_page(PAGE)


def test_a_widget_without_its_last_line_does_not_become_the_title() -> None:
    article = parse_page(
        "Hasil Rekapitulasi KPU\nPaslon A\n1.000\n\n" + PAGE.removeprefix("Dark/Light Mode\n")
    )
    assert (article.kicker, article.title) == (None, "Jembatan Kertasari Dibuka, Warga Lega")


def test_a_caption_broken_into_lines_in_one_copy_is_kept_once_and_whole() -> None:
    caption = "Wali Kota Kertasari Damar Wibisana meresmikan jembatan, Rabu (7/7). (Foto: Ist)"
    broken = caption.replace(", Rabu", ",\nRabu")
    article = parse_page(PAGE.replace(f"{caption}\n{caption}", f"{caption}\n{broken}"))
    assert article.captions == (caption,)


def test_a_caption_whose_second_copy_lacks_the_credit_is_kept_once_with_it() -> None:
    article = parse_page(SECOND_PAGE.replace(". (Foto: Ist)\n Sebelumnya", ".\n Sebelumnya"))
    assert article.captions == ("Wali Kota Kertasari. (Foto: Ist)",)


def test_two_different_captions_are_both_kept() -> None:
    article = parse_page(
        SECOND_PAGE.replace("Wali Kota Kertasari. (Foto: Ist)\n S", "Jembatan baru. (Foto: Ist)\n S")
    )
    assert article.captions == ("Wali Kota Kertasari. (Foto: Ist)", "Jembatan baru. (Foto: Ist)")


def test_a_split_article_s_first_page_says_that_more_follows() -> None:
    page = PAGE[: PAGE.index("Biaya Pembangunan")] + " Selanjutnya \n"
    article = parse_page(page)
    assert article.has_next
    assert article.paragraphs[-1].endswith("di lokasi.")


def test_a_second_page_is_known_by_the_way_back() -> None:
    article = parse_page(SECOND_PAGE)
    assert (article.page, article.has_next) == (2, False)
    assert article.paragraphs == ("Warga Wanakarta menyambut gembira.", "Mereka kini tak perlu memutar.")
    assert article.channel_link is None


def test_a_second_page_is_known_by_its_address() -> None:
    assert parse_page(PAGE, url=f"{ADDRESS}/2").page == 2


def test_an_address_in_another_form_gives_no_section() -> None:
    assert parse_page(PAGE, url="https://example.com/2021/07/jembatan-kertasari").section is None


def test_a_column_s_author_goes_to_the_byline() -> None:
    article = parse_page(COLUMN)
    assert article.byline == "TIRTA WARDANA"
    assert article.captions == ()
    assert article.published_at.utcoffset() == datetime.fromisoformat("2019-08-03T09:30+08:00").utcoffset()


def test_a_column_s_author_in_mixed_case_is_known_by_the_section() -> None:
    page = COLUMN.replace("TIRTA WARDANA", "Tirta Wardana")
    article = parse_page(page, url="https://rm.id/baca-berita/kolom/4321/musim-mangga")
    assert (article.byline, article.captions) == ("Tirta Wardana", ())


def test_a_coffee_column_gives_its_author_and_no_caption() -> None:
    page = COLUMN.replace(
        "TIRTA WARDANA\nTIRTA WARDANA\nPenjaga Kebun",
        "Ngopi - Musim Mangga Di Kertasari\nCatatan :\nTirta Wardana",
    )
    article = parse_page(page)
    assert (article.byline, article.captions) == ("Tirta Wardana", ())


def test_rows_of_a_list_are_no_subheads() -> None:
    rows = "Biaya Pembangunan\n\nTahap satu Rp 10 miliar\n\nTahap dua Rp 30 miliar"
    assert parse_page(PAGE.replace("Biaya Pembangunan", rows)).subheads == ()


def test_a_line_broken_inside_a_sentence_stays_one_paragraph() -> None:
    article = parse_page(
        PAGE.replace("menghubungkan Kertasari", "menghubungkan\nKertasari").replace("\nKerta", "\nkota Kerta")
    )
    assert (
        "Jembatan sepanjang 300 meter itu menghubungkan kota Kertasari dan Wanakarta." in article.paragraphs
    )


def test_a_republisher_s_page_without_a_dateline_is_read() -> None:
    article = parse_page(PAGE.replace("RM.id\u00a0 Rakyat Merdeka - ", ""))
    assert article.paragraphs == parse_page(PAGE).paragraphs
    assert article.captions == parse_page(PAGE).captions


FLAT = (
    "BREAKINGNEWS\n- Wanakarta Bangun Pasar\n- Panen Mangga Tiba\n"
    "RM.id Rakyat Merdeka – Jembatan Kertasari akhirnya dibuka.\nWarga lega.\n"
)


@pytest.mark.parametrize(
    "dateline", ["RM.id – Rakyat Merdeka – ", "RM.ID, Rakyat Merdeka—", "RM id Rakyat Merdeka - "]
)
def test_a_dateline_may_have_other_dashes_and_spaces(dateline: str) -> None:
    assert parse_page(PAGE.replace("RM.id\u00a0 Rakyat Merdeka - ", dateline)) == parse_page(PAGE)


def test_a_flattened_page_takes_title_and_date_from_whoever_knows_them() -> None:
    moment = datetime.fromisoformat("2021-07-08T05:25+07:00")
    article = parse_page(FLAT, title="Jembatan Kertasari Dibuka", published_at=moment)
    assert (article.title, article.published_at) == ("Jembatan Kertasari Dibuka", moment)
    assert article.paragraphs == ("Jembatan Kertasari akhirnya dibuka.", "Warga lega.")


def test_a_flattened_page_s_title_may_come_from_its_address() -> None:
    moment = datetime.fromisoformat("2021-07-08T05:25+07:00")
    url = "https://rm.id/baca-berita/megapolitan/81234/jembatan-quotkertasariquot-dibuka"
    assert parse_page(FLAT, url=url, published_at=moment).title == "Jembatan Kertasari Dibuka"


def test_a_flattened_page_without_a_date_is_refused() -> None:
    with pytest.raises(NotAnArticle, match="date line"):
        parse_page(FLAT, title="Jembatan Kertasari Dibuka")


def test_what_is_printed_counts_before_what_the_caller_knows() -> None:
    moment = datetime.fromisoformat("2000-01-01T00:00+07:00")
    assert parse_page(PAGE, title="Lain", published_at=moment) == parse_page(PAGE)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", "empty"),
        (" \n\u00a0\n", "empty"),
        ("Jembatan Kertasari Dibuka", "date line"),
        ("a\0b", "binary"),
        ("<!doctype html>\n<title>Jembatan</title>", "HTML"),
        ("Kamis, 8 Juli 2021 05:25 WIB\n\nRM.id  Rakyat Merdeka - Isi.", "title"),
        ("Jembatan Kertasari Dibuka\n\nKamis, 8 Juli 2021 05:25 WIB\n", "paragraph"),
        ("RM.id Rakyat Merdeka - Isi tanpa judul.\nBaris kedua.", "date line"),
        ("KERTASARI, KORAN LAIN — Jembatan dibuka pada 8 Juli 2021.", "date line"),
    ],
)
def test_what_is_no_article_says_what_is_missing_and_where(text: str, missing: str) -> None:
    with pytest.raises(NotAnArticle, match=missing) as raised:
        parse_page(text, name="arsip/a.txt")
    assert raised.value.name == "arsip/a.txt"


@given(st.data())
def test_a_mangled_page_gives_an_article_or_the_typed_error(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([PAGE, SECOND_PAGE, COLUMN])).split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "double", "cut", "swap", "noise"]))
        if change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "cut":
            lines[at] = lines[at][data.draw(st.integers(0, 40)) :]
        elif change == "swap":
            lines[at], lines[0] = lines[0], lines[at]
        else:
            lines[at] += data.draw(st.text(max_size=20))
    try:
        article = parse_page("\n".join(lines), url=ADDRESS)
    except NotAnArticle:
        return
    assert article.title
    assert article.paragraphs
    assert all(block.text == block.text.strip() != "" for block in article.blocks)


def test_a_text_of_more_lines_than_any_article_has_is_refused() -> None:
    lines = "Baris lagi.\n\n" * 5_000
    with pytest.raises(NotAnArticle, match=r"berita\.txt: .* the text has 10\d\d\d lines"):
        parse_page(PAGE + lines, name="berita.txt")
    assert parse_page(PAGE + lines[: len(lines) // 2]).paragraphs


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_the_typed_error(data: bytes) -> None:
    try:
        text = decode_page(data, name="x")
    except NotAnArticle:
        return
    assert "\0" not in text
