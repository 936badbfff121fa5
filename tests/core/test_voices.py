from bot.core.quotations import find_quotations
from bot.core.voices import part_voices

MAYOR = "“Kami siap bekerja,” kata Wali Kota Kertasari Damar Wibisana."
RESIDENT = "“Saya takut banjir lagi,” kata Laras (37), warga Wanakarta."


def speakers(*paragraphs: str) -> tuple[list[str | None], list[str | None]]:
    """Who is quoted, and whose words are a vox pop."""
    quotations, vox_pops = part_voices(find_quotations(paragraphs), paragraphs)
    return [found.speaker for found in quotations], [found.speaker for found in vox_pops]


def test_the_words_of_who_was_met_in_the_street_are_a_vox_pop() -> None:
    assert speakers(MAYOR, RESIDENT) == (["Damar Wibisana"], ["Laras"])


def test_an_age_without_an_office_marks_a_private_person() -> None:
    found = speakers(MAYOR, "Laras (37) menangis.", "“Saya takut sekali,” kata Laras.")
    assert found == (["Damar Wibisana"], ["Laras"])


def test_an_article_in_which_only_residents_speak_quotes_them() -> None:
    assert speakers(RESIDENT) == (["Laras"], [])


def test_a_quotation_of_somebody_unknown_is_no_vox_pop() -> None:
    found = speakers(MAYOR, "“Semua aman,” cuit @satgas_kertasari.")
    assert found == (["Damar Wibisana", "@satgas_kertasari"], [])


def test_a_head_of_neighbours_and_a_small_trader_speak_as_residents() -> None:
    chairman = "“Kami bergantian jaga,” kata Ketua RT 003 Bima Pradana."
    trader = "“Modal kami habis,” kata Rini Ayuningtyas, pelaku usaha kecil."
    assert speakers(MAYOR, chairman, trader) == (["Damar Wibisana"], ["Bima Pradana", "Rini Ayuningtyas"])
