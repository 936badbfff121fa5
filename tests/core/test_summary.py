import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.quotations import find_quotations
from bot.core.rmid import parse_page
from bot.core.sentences import split_sentences
from bot.core.summary import summarise

LEAD = "Jembatan Kertasari akhirnya dibuka untuk umum setelah dua tahun dibangun dengan biaya Rp 40 miliar."
NEXT = (
    "Jembatan sepanjang 300 meter itu menghubungkan Kertasari dan Wanakarta yang selama ini dilayani perahu."
)
LAST = (
    "Pemerintah kota berjanji memperbaiki jalan menuju jembatan sebelum musim hujan datang "
    "pada awal bulan November tahun depan di seluruh wilayah kota itu."
)


def test_the_real_article_is_carried_by_two_or_three_whole_sentences(real_page: str) -> None:
    paragraphs = parse_page(real_page).paragraphs
    summary = summarise(paragraphs, quotations=find_quotations(paragraphs))
    sentences = [sentence for paragraph in paragraphs for sentence in split_sentences(paragraph)]
    assert 2 <= len(summary) <= 3
    assert [sentence for sentence in sentences if sentence in summary] == list(summary)
    assert 45 <= sum(len(sentence.split()) for sentence in summary) <= 75


def test_the_first_sentences_near_sixty_words_are_taken_in_order() -> None:
    assert summarise([f"{LEAD} {NEXT}", LAST, "Hujan turun di Kertasari sepanjang hari itu."]) == (
        LEAD,
        NEXT,
        LAST,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "“Kami siap menerima warga dari mana saja,” kata Damar Wibisana di lokasi.",
        "Apakah jembatan itu kuat menahan banjir setinggi dua meter?",
        "Menurut kami semua, jembatan ini kuat sekali untuk dilalui.",
        "Warga pulang.",
        "Baca juga: Wanakarta Bangun Pasar Apung Baru Di Tepi Sungai",
        "kata Damar Wibisana di lokasi pada hari Rabu siang itu.",
        "“Kami siap menerima warga dari mana saja dan kapan saja.",
        "Damar Wibisana, Wali Kota Kertasari, di atas jembatan (Foto: Istimewa)",
        "Berikut daftar jembatan terpanjang di seluruh Kertasari dan Wanakarta:",
        "Setelah Pasar Apung, Wanakarta Bangun Dermaga",
        "Damar Wibisana, seperti dilansir Warta Kertasari, Kamis (25/5).",
        "Damar, dikutip dari laman resmi pemerintah kota.",
    ],
)
def test_what_cannot_stand_in_a_summary_is_passed_over(sentence: str) -> None:
    assert summarise([LEAD, sentence, NEXT, LAST]) == (LEAD, NEXT, LAST)


@pytest.mark.parametrize(
    "opening",
    [
        "Ia",
        "Hal itu",
        "Meski begitu jembatan",
        "Kendati demikian, jembatan",
        "Menurutnya,",
        "Menurut dia,",
        "Mereka",
        "Namun, dia",
        "Itulah yang",
        "Setelah itu, pasar",
        "Oleh karena itu, pasar",
        "Akibatnya pasar",
        "Pasar, kata dia,",
        "Pasar, sambungnya,",
        "Di sana pasar",
    ],
)
def test_a_sentence_that_leans_on_another_comes_only_right_after_it(opening: str) -> None:
    leaning = f"{opening} pernah dijanjikan kepada warga kota itu lima tahun silam oleh wali kota lama."
    quotation = "“Kami siap,” kata Damar Wibisana."
    assert leaning in summarise([LEAD, leaning, LAST])
    assert leaning not in summarise([LEAD, quotation, leaning, LAST])


@pytest.mark.parametrize("opening", ["Namun,", "Sementara itu,", "Apalagi", "Semua itu berubah:"])
def test_a_sentence_that_goes_on_from_another_opens_no_summary(opening: str) -> None:
    joining = f"{opening} pasar pernah dijanjikan kepada warga kota itu lima tahun silam oleh wali kota lama."
    assert summarise(["Ramadhan sebentar lagi.", joining, LEAD, LAST])[0] == LEAD


@pytest.mark.parametrize("subject", ["Rapat itu", "Rapat warga tersebut", "Dalam rapat itu", "Keputusan ini"])
def test_a_subject_brought_up_before_comes_only_with_what_brings_it_up(subject: str) -> None:
    about = f"{subject} pernah dijanjikan kepada warga kota lama lima tahun silam di balai desa."
    head = next(word for word in subject.lower().split() if word != "dalam")
    brought_up = f"Warga sudah lama menunggu {head} tentang jembatan dan pasar baru di kota mereka."
    quotation = "“Kami siap,” kata Damar Wibisana."
    assert about not in summarise([LEAD, quotation, about, LAST])
    assert about in summarise([LEAD, brought_up, quotation, about])


def test_days_and_additions_are_no_subject_brought_up_before() -> None:
    for opening in ("Saat ini", "Selain itu,", "Sementara itu,", "Tahun ini"):
        goes_on = f"{opening} pasar pernah dijanjikan kepada warga kota lama lima tahun silam."
        assert goes_on in summarise([LEAD, "“Kami siap,” kata Damar Wibisana.", goes_on, LAST])


def test_a_dateline_is_cut_off_and_the_rest_stays_verbatim() -> None:
    for dateline in [
        "Jakarta, CNN Indonesia -- ",
        "KERTASARI (Warta Kota) – ",
        "Bandung (WARTA) - ",
        "WARTA.com-",
        "Wartanews-",
    ]:
        assert summarise([f"{dateline}{LEAD}", NEXT, LAST])[0] == LEAD


def test_a_dash_inside_a_sentence_is_no_dateline() -> None:
    sentence = "Klub Kertasari - Wanakarta bertanding di stadion baru yang dibuka pekan lalu oleh wali kota."
    assert summarise([sentence])[0] == sentence


def test_short_sentences_may_be_four() -> None:
    short = [
        f"Hari ke-{number} pembangunan jembatan berjalan lancar tanpa hambatan berarti."
        for number in range(9)
    ]
    assert len(summarise(short)) == 4


def test_an_article_of_little_but_quotations_is_carried_by_whole_ones() -> None:
    quotation = "“Kami siap menerima pengungsi dari mana saja,” kata Damar Wibisana di lokasi banjir, Rabu."
    summary = summarise([quotation, "Begitu.", quotation.replace("siap", "mampu")])
    assert summary[0] == quotation


@pytest.mark.parametrize(("paragraphs", "summary"), [([], ()), ([""], ()), (["Hujan."], ("Hujan.",))])
def test_the_smallest_articles_have_a_summary_too(paragraphs: list[str], summary: tuple[str, ...]) -> None:
    assert summarise(paragraphs) == summary


@given(st.lists(st.text(alphabet='aB. ,?“”"-', max_size=60), max_size=6))
def test_every_sentence_is_verbatim(paragraphs: list[str]) -> None:
    for sentence in summarise(paragraphs):
        assert any(sentence in paragraph for paragraph in paragraphs)
