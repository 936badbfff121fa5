import pytest

from bot.core.text import clean_lines, decode_page
from bot.errors import NotAnArticle

TEXT = "Jum’at di Kertasari\nbaris kedua\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert decode_page(TEXT.encode(encoding), name="a.txt") == TEXT


def test_utf_16_of_the_other_byte_order_is_read_by_its_mark() -> None:
    assert decode_page(b"\xfe\xff" + TEXT.encode("utf-16-be"), name="a.txt") == TEXT


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 32)) * 20, b"a\0b"])
def test_binary_data_is_refused_with_the_file_s_name(data: bytes) -> None:
    with pytest.raises(NotAnArticle, match=r"photo\.png: .*binary"):
        decode_page(data, name="photo.png")


def test_spaces_of_all_kinds_become_one_plain_space() -> None:
    assert clean_lines("\ufeffRM.id\u00a0\u00a0 Rakyat\tMerdeka\u200b \r\n\r\n isi ") == [
        "RM.id Rakyat Merdeka",
        "",
        "isi",
    ]


def test_every_kind_of_line_break_parts_lines() -> None:
    assert clean_lines("a\rb\r\nc\u2028d\u0085e") == ["a", "b", "c", "d", "e"]
