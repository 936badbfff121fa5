import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.images import image_size, image_type
from tests.simulator.pictures import png

JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 4)
    + b"ab\xff\xff\xc2"
    + struct.pack(">HBHH", 8, 8, 30, 40)
    + b"\0" * 9
)
WEBP = b"RIFF\0\0\0\0WEBP"


@pytest.mark.parametrize(
    ("content", "size", "media_type"),
    [
        (png(40, 30), (40, 30), "image/png"),
        (JPEG, (40, 30), "image/jpeg"),
        (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30), "image/gif"),
        (b"BM" + b"\0" * 16 + struct.pack("<ii", 40, -30), (40, 30), "image/bmp"),
        (WEBP + b"VP8 " + b"\0" * 10 + struct.pack("<HH", 40, 30), (40, 30), "image/webp"),
        (WEBP + b"VP8L" + b"\0" * 5 + struct.pack("<I", 39 | 29 << 14), (40, 30), "image/webp"),
        (WEBP + b"VP8X" + b"\0" * 8 + b"\x27\0\0\x1d\0\0", (40, 30), "image/webp"),
    ],
)
def test_a_picture_tells_its_size_and_type(content: bytes, size: tuple[int, int], media_type: str) -> None:
    assert image_size(content) == size
    assert image_type(content) == media_type


@pytest.mark.parametrize(
    "content",
    [b"", b"halo", b"\xff\xd8", png()[:20], b"GIF89a\0\0\0\0", WEBP + b"VP9 ", JPEG[:8], b"%PDF-1.7"],
)
def test_what_is_no_whole_picture_has_no_size(content: bytes) -> None:
    assert image_size(content) is None


@given(st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", WEBP]), st.binary(max_size=60))
def test_any_bytes_have_a_size_or_none(beginning: bytes, rest: bytes) -> None:
    size = image_size(beginning + rest)
    assert size is None or min(size) > 0
