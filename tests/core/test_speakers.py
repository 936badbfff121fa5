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
        ("kata Ketua Umum Partai Lentera Bima Pradana.", "Bima Pradana", "Ketua Umum Partai Lentera"),
        ("teriak Komandan Brigade Al Wana, Bima Pradana.", "Bima Pradana", "Komandan Brigade Al Wana"),
        ("ujar Bekas Menteri Perhubungan Bima Pradana.", "Bima Pradana", "Bekas Menteri Perhubungan"),
        ("kata Prof. Dr. Bima Pradana, SH, M.Si., MIP, Ketua Panitia.", "Bima Pradana", "Ketua Panitia"),
        ("kata Bima Pradana alias Bipra di Kertasari.", "Bima Pradana", None),
        ("kata juru bicara Presiden Joko Pradana, Laras Ayuningtyas.", "Laras Ayuningtyas",
         "juru bicara Presiden Joko Pradana"),
        ("kata juru bicara Presiden Joko Pradana, kemarin.", "Joko Pradana", None),
        ("kata istri Gubernur Sagara Joko Pradana, Laras Ayuningtyas.", "Laras Ayuningtyas", None),
        ("kata istri Joko Pradana.", None, "istri Joko Pradana"),
        ("kata kakak kandung Gubernur Joko Pradana.", None, "kakak kandung Gubernur Joko Pradana"),
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
        ("Damar Wibisana alias Awi hadir.", "Awi"),
        ("Peneliti Damar Wibisana hadir.", "Damarwi"),
        ("Peneliti Damar Wibisana hadir.", "Damwib"),
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


SAID = "“Kami siap bekerja,” katanya."


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Laras Ayuningtyas, koordinator kapal untuk Sagara, juga menyampaikan itu.", "Laras Ayuningtyas"),
        ("Laras Ayuningtyas, kuasa hukum Damar Wibisana, menyatakan siap.", "Laras Ayuningtyas"),
        ("Laras mengatakan, Bupati Bima Pradana menyampaikan laporan kemarin.", "Laras"),
        ("Laras dari PT House of Wana mengatakan, pesanan berkurang.", "Laras"),
        ("Ketua Network for Integrity Bima Pradana Wiguna menuturkan, laporan belum lengkap.",
         "Bima Pradana Wiguna"),
        ("Pengamat dari Wana Finance, Laras Ayuningtyas, menilai harga akan turun.", "Laras Ayuningtyas"),
        ("Pendiri sekaligus Pembina Komunitas Sepeda Laras Ayuningtyas yakin.", "Laras Ayuningtyas"),
        ("Wali kota juga kembali mengatakan hal itu. Wali Kota juga kembali mengingatkan warga.",
         "Damar Wibisana"),
    ],
)  # fmt: skip
def test_a_pronoun_means_the_subject_and_not_who_is_named_beside_it(before: str, speaker: str) -> None:
    assert last(MAYOR, "“Air surut,” kata Laras.", before, SAID).speaker == speaker


@pytest.mark.parametrize(
    "told_on",
    [
        "Ia juga mengatakan, Bupati Bima Pradana menyampaikan laporan kemarin.",
        "Apalagi, Bupati Bima Pradana sudah menyampaikan laporan kemarin.",
    ],
)
def test_what_somebody_is_told_to_say_of_another_is_still_that_somebody_s(told_on: str) -> None:
    assert last(MAYOR, told_on, SAID).speaker == "Damar Wibisana"


def test_an_office_that_nobody_is_named_for_leaves_a_pronoun_to_nobody() -> None:
    for said in ("katanya", "kata dia"):
        found = last(
            MAYOR, "Sejarawan Universitas Sagara mengatakan, wabah itu lama.", f"“Itu benar,” {said}."
        )
        assert (found.speaker, found.role) == (None, "Sejarawan Universitas Sagara")


@pytest.mark.parametrize(
    "said",
    [
        "“Kami siap bekerja,” kata anak buah Joko Pradana itu.",
        "“Kami siap bekerja,” kata putra Joko Pradana ini.",
        "Anak buah Joko Pradana ini menambahkan, “Kami siap bekerja.”",
        "Suami Laras Ayuningtyas itu enggan berjanji. “Kami siap bekerja,” katanya.",
    ],
)
def test_whose_follower_or_kin_somebody_is_is_not_who_speaks(said: str) -> None:
    assert last(MAYOR, said).speaker == "Damar Wibisana"


@pytest.mark.parametrize(
    "lead",
    [
        "Kapolres Brigjen ",
        "Kapolres AKBP ",
        "Bupati Bandung ",
        "Kepala Dinas Pasar Bandung ",
        "Wali Kota Bandung ",
        "peneliti Universitas Wana, ",
    ],
)
def test_a_name_that_no_list_has_is_whole_though_its_middle_is_used_alone(lead: str) -> None:
    found = last(f"Hal itu dikatakan {lead}Tezora Wopibak Kesodar.", "“Kami siap,” kata Wopibak.")
    assert found.speaker == "Tezora Wopibak Kesodar"


def test_an_age_between_commas_does_not_hide_who_says_something() -> None:
    found = last("Laras Ayuningtyas, 23, mahasiswi, mengaku takut.", "“Takut sekali,” katanya.")
    assert found.speaker == "Laras Ayuningtyas"


def test_two_who_stand_for_election_together_are_not_one_person() -> None:
    found = last("Warga memilih pasangan Damar Wibisana-Laras Ayuningtyas.", "“Kami siap,” kata Damar.")
    assert found.speaker == "Damar Wibisana"


def test_the_last_of_a_list_has_the_office_beside_the_name() -> None:
    found = last(
        "Hadir Bupati Sagara Bima Pradana, dan Wali Kota Kertasari Damar Wibisana.",
        "“Kami siap bekerja,” kata Damar.",
    )
    assert (found.speaker, found.role) == ("Damar Wibisana", "Wali Kota Kertasari")


def test_a_rank_after_a_body_s_short_form_is_no_part_of_the_role() -> None:
    found = last(
        "“Kami siap,” kata Direktur Operasi Badan Penolong (Banong) Brigadir Jenderal (Mar) Damar Wibisana."
    )
    assert (found.speaker, found.role) == ("Damar Wibisana", "Direktur Operasi Badan Penolong (Banong)")
