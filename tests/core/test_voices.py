from bot.core.quotations import find_quotations
from bot.core.voices import key_quotations

MAYOR = "“Kami siap bekerja,” kata Wali Kota Kertasari Damar Wibisana."
RESIDENT = "“Saya takut banjir lagi,” kata Laras (37), warga Wanakarta."


def key_speakers(*paragraphs: str) -> list[str | None]:
    return [found.speaker for found in key_quotations(find_quotations(paragraphs), paragraphs)]


def test_who_speaks_for_something_goes_before_who_was_met_in_the_street() -> None:
    assert key_speakers(MAYOR, RESIDENT) == ["Damar Wibisana"]


def test_an_age_without_an_office_marks_a_private_person() -> None:
    assert key_speakers(MAYOR, "Laras (37) menangis.", "“Saya takut sekali,” kata Laras.") == [
        "Damar Wibisana"
    ]


def test_an_article_in_which_only_residents_speak_keeps_their_words() -> None:
    assert key_speakers(RESIDENT) == ["Laras"]


def test_a_quotation_of_somebody_unknown_is_kept() -> None:
    assert key_speakers(MAYOR, "“Semua aman,” cuit @satgas_kertasari.") == [
        "Damar Wibisana",
        "@satgas_kertasari",
    ]
