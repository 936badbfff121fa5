import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.sentences import split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Ia tinggal di Jl. Mawar No. 5 sejak lama.",
        "Dr. H. Damar Wibisana, S.H., M.Si. membuka rapat.",
        "Biayanya Rp. 1,5 triliun dan dibayar pada (12/9) pukul 09.30 WIB.",
        "Prof. Tirta B. Wardana dan A. Laras datang.",
        "PT. Kertasari Jaya Tbk. untung besar.",
        "Ia lahir 12 Sept. 1980 di RT. 01/RW. 02 Kertasari.",
        "Hadir Kol. (Purn.) Damar Wibisana dan Brigjen (Pol.) Laras.",
        "“Kami siap. Kami menang,” kata Damar Wibisana.",
        '"Siapa yang datang?" tanya Damar.',
        "“Selamat pagi.” Bunyi salah satu sapaan.",
        "Ia berkata, “Ya. Tidak.”",
        '"Kamu belum lihat lagi?".',
        "Warga (antara lain Damar. Juga Laras) pulang.",
    ],
)
def test_what_is_one_sentence_stays_one(sentence: str) -> None:
    assert split_sentences(f"{sentence} Semua pulang.") == [sentence, "Semua pulang."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ia minum vitamin C. Setelah itu ia pulang.", ["Ia minum vitamin C.", "Setelah itu ia pulang."]),
        ("Acara dibuka Damar, S.H. Ia lalu pulang.", ["Acara dibuka Damar, S.H.", "Ia lalu pulang."]),
        ("Untuk segala hal. Ia siap.", ["Untuk segala hal.", "Ia siap."]),
        ("1. Damar Wibisana", ["1. Damar Wibisana"]),
        ("Selesai. 12 orang datang.", ["Selesai.", "12 orang datang."]),
        ("Ia pulang… Lalu hujan! Begitu?", ["Ia pulang…", "Lalu hujan!", "Begitu?"]),
        ("Mereka tiba.“Kami siap,” kata Damar.", ["Mereka tiba.", "“Kami siap,” kata Damar."]),
        ("", []),
        ("  ", []),
        ("tanpa titik", ["tanpa titik"]),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(st.text(alphabet='aB1 .,!?“”"()\u00a0', max_size=80))
def test_sentences_are_verbatim_and_lose_nothing_but_space(text: str) -> None:
    sentences = split_sentences(text)
    assert all(sentence in text and sentence.strip() == sentence for sentence in sentences)
    assert "".join("".join(sentences).split()) == "".join(text.split())
