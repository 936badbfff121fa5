from bot.core.quotations import find_quotations
from bot.core.voices import key_quotations

MAYOR = "“Kami siap bekerja,” kata Wali Kota Kertasari Damar Wibisana."
RESIDENT = "“Saya takut banjir lagi,” kata Laras (37), warga Wanakarta."


def key_speakers(*paragraphs: str) -> list[str | None]:
    return [found.speaker for found in key_quotations(find_quotations(paragraphs), paragraphs)]


def test_who_is_printed_with_an_age_and_no_office_is_no_key_voice() -> None:
    assert key_speakers(MAYOR, RESIDENT) == ["Damar Wibisana"]
    assert key_speakers(MAYOR, "Laras (37) menangis.", "“Saya takut,” kata Laras.") == ["Damar Wibisana"]


def test_an_age_beside_an_office_does_not_matter() -> None:
    official = "“Air surut besok,” kata Kepala Dinas Sungai Laras Ayuningtyas (51)."
    assert key_speakers(MAYOR, official) == ["Damar Wibisana", "Laras Ayuningtyas"]


def test_a_resident_without_an_age_is_kept() -> None:
    assert key_speakers(MAYOR, RESIDENT.replace(" (37)", "")) == ["Damar Wibisana", "Laras"]


def test_an_article_in_which_only_private_persons_speak_keeps_their_words() -> None:
    assert key_speakers(RESIDENT) == ["Laras"]


def test_a_quotation_of_somebody_unknown_is_kept() -> None:
    tweet = "“Semua aman,” cuit @satgas_kertasari."
    assert key_speakers(MAYOR, tweet, "“Entahlah,” katanya.")[:2] == ["Damar Wibisana", "@satgas_kertasari"]
