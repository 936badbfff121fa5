import pytest

from bot.core.article import Quotation
from bot.core.quotations import find_quotations

MAYOR = "Wali Kota Kertasari Damar Wibisana mengatakan, jembatan itu kuat."


def last(*paragraphs: str) -> Quotation:
    return find_quotations(paragraphs)[-1]


@pytest.mark.parametrize(
    ("attribution", "speaker", "role"),
    [
        ("kata Laras Ayuningtyas, peneliti Universitas Kertasari yang hadir.", "Laras Ayuningtyas",
         "peneliti Universitas Kertasari"),
        ("kata peneliti Universitas Kertasari (UK), Laras Ayuningtyas, Rabu.", "Laras Ayuningtyas",
         "peneliti Universitas Kertasari (UK)"),
        ("ujar Kepala Dusun Wana, Desa Sarimulya, Kecamatan Tirta, Laras Ayuningtyas.", "Laras Ayuningtyas",
         "Kepala Dusun Wana, Desa Sarimulya, Kecamatan Tirta"),
        ("tutur Direktur Utama PT Bahtera Rini Ayuningtyas di Kertasari.", "Rini Ayuningtyas",
         "Direktur Utama PT Bahtera"),
        ("kata Kapolres Kertasari AKBP Laras Ayuningtyas kepada wartawan.", "Laras Ayuningtyas", None),
        ("ucap Laras dari Forum Warga.", "Laras", None),
        ("kata Dr. H. Laras B. Ayuningtyas.", "Laras B. Ayuningtyas", None),
        ("cuit @warga_kertasari.", "@warga_kertasari", None),
        ("kata dia.", None, None),
        ("kata seorang warga.", None, "seorang warga"),
        ("katanya.", None, None),
    ],
)  # fmt: skip
def test_name_and_role_are_read_from_the_attribution(
    attribution: str, speaker: str | None, role: str | None
) -> None:
    found = last(f"“Kami siap bekerja,” {attribution}")
    assert found.speaker == speaker
    if role:
        assert found.role == role


@pytest.mark.parametrize(
    "attribution",
    [
        "kata Wibisana",
        "kata Damar",
        "ujarnya",
        "kata dia",
        "tutur beliau",
        "kata Wali Kota",
        "ujar wali kota itu",
    ],
)
def test_short_names_pronouns_and_roles_lead_back_to_the_full_name(attribution: str) -> None:
    found = last(MAYOR, "Warga gembira.", f"“Kami siap bekerja,” {attribution}.")
    assert (found.speaker, found.role) == ("Damar Wibisana", "Wali Kota Kertasari")


def test_degrees_after_a_name_are_no_part_of_it() -> None:
    assert last("“Kami siap bekerja,” kata Ketua Panitia Damar Wibisana SH MH.").speaker == "Damar Wibisana"


def test_a_pronoun_means_who_begins_the_sentence_before() -> None:
    found = last(MAYOR, "Ramli punya cara lain. Ia menanam pohon.", "“Ini baik sekali,” ujarnya.")
    assert found.speaker == "Ramli"


def test_who_something_is_said_by_may_follow_the_verb() -> None:
    found = last(MAYOR, "Hal senada disampaikan Laras Ayuningtyas.", "“Saya sepakat dengan itu,” ujarnya.")
    assert found.speaker == "Laras Ayuningtyas"


def test_a_pronoun_means_whom_the_text_was_last_about() -> None:
    found = last(
        MAYOR,
        "“Kami siap,” katanya.",
        "Ketua Forum Warga Laras Ayuningtyas menilai sebaliknya.",
        "“Kami belum tahu,” ujarnya.",
    )
    assert found.speaker == "Laras Ayuningtyas"


@pytest.mark.parametrize(
    ("introduction", "short"),
    [
        ("Peneliti Damar Wibisana (Awi) hadir.", None),
        ("Peneliti Damar Wibisana (Damar) hadir.", "Damar"),
        ("Damar Bayu Wibisana (DBW) hadir.", "DBW"),
        ("Damar Wibisana, yang akrab disapa Awi, hadir.", "Awi"),
        ("Awi, sapaan akrab Damar Wibisana, hadir.", "Awi"),
        ("Peneliti Damar Wibisana hadir.", "Damarwi"),
    ],
)
def test_an_alias_leads_to_the_full_name(introduction: str, short: str | None) -> None:
    found = last(introduction, f"“Kami siap bekerja,” kata {short or 'Awi'}.")
    assert (found.speaker or "").endswith("Wibisana") == (short is not None)


def test_an_apostrophe_in_a_surname_is_part_of_it() -> None:
    found = last("Peneliti Laras Ma'arif menilai itu baik.", "“Kami siap bekerja,” kata Ma'arif.")
    assert found.speaker == "Laras Ma'arif"


def test_the_role_comes_from_where_the_person_is_introduced() -> None:
    found = last(
        "Juru bicara Satgas Banjir Kertasari, Laras Ayuningtyas, mengatakan air surut.",
        "“Warga boleh pulang,” kata Laras.",
    )
    assert found.role == "Juru bicara Satgas Banjir Kertasari"


def test_an_office_nobody_is_named_for_gives_the_role_alone() -> None:
    found = last("“Kami siap bekerja,” kata Kapolsek.")
    assert (found.speaker, found.role) == (None, "Kapolsek")


def test_a_paragraph_that_is_a_quotation_goes_on_with_the_last_speaker() -> None:
    found = last("“Kami siap,” kata Damar Wibisana.", "“Besok kita mulai bekerja.”")
    assert (found.speaker, found.cue) == ("Damar Wibisana", None)


def test_an_answer_to_a_question_is_nobody_s_rather_than_the_asker_s() -> None:
    found = last("“Kapan mulai?” tanya Damar Wibisana.", "“Besok kita mulai bekerja.”")
    assert found.speaker is None


@pytest.mark.parametrize(
    ("attribution", "speaker", "role"),
    [
        (
            "Ketua Koperasi Pedagang Ikan, Hj. Siti Rahmawati",
            "Siti Rahmawati",
            "Ketua Koperasi Pedagang Ikan",
        ),
        ("Ketua Asosiasi Pedagang Pasar, H. Abdul Malik", "Abdul Malik", "Ketua Asosiasi Pedagang Pasar"),
        ("Direktur PT Maju Contoh, Dr. Budi Santosa, M.Si", "Budi Santosa", "Direktur PT Maju Contoh"),
    ],
)
def test_a_title_between_role_and_name_belongs_to_neither(attribution: str, speaker: str, role: str) -> None:
    (found,) = find_quotations([f"“Harga naik terus sejak pekan lalu,” kata {attribution}."])
    assert (found.speaker, found.role) == (speaker, role)
