"""One fetched document: its bytes, where they came from, and their text in whatever charset they are."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)
_IN_DOCUMENT = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_CHARSETS = re.compile(
    r"utf-8|iso8859-\d+|cp(?:125\d|874|932|949)|gb(?:k|18030)|big5|shift_jis|euc_\w+|koi8-\w"
)
"""Python's names of charsets that sites are written in; its codecs know others that no page may ask for."""
_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""What browsers take these names for."""

_STRAY_BYTES = {0xDC00 + byte: bytes((byte,)).decode("cp1252", "ignore") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Document:
    """What a server (or a file) gave.

    ``address`` is the final one, after redirects; ``content_type`` is the header as it was sent, if it was;
    ``fetched_at`` is aware.
    """

    address: str
    content: bytes
    content_type: str | None
    fetched_at: datetime

    def text(self) -> str:
        """The text of ``content``, whatever is said of its charset. Raises nothing.

        A byte order mark decides, then UTF-8 wherever the bytes are that, then the charset that the header or
        the document names, if they fit it. What is left is UTF-8 with stray bytes, each read as Windows-1252,
        so that a page wholly in that is read too.
        """
        for mark, charset in _BYTE_ORDER_MARKS:
            if self.content.startswith(mark):
                return self.content.decode(charset, "replace").lstrip("\ufeff")
        if wide := _wide(self.content):
            return self.content.decode(wide, "replace")
        try:
            return self.content.decode()
        except UnicodeDecodeError:
            pass
        for charset in self._named():
            try:
                return self.content.decode(charset)
            except UnicodeDecodeError:
                continue
        return self.content.decode("utf-8", "surrogateescape").translate(_STRAY_BYTES)

    def _named(self) -> Iterator[str]:
        """The charsets that the header and then the document name, as far as pages may be in them."""
        header = _IN_HEADER.search(self.content_type or "")
        inside = _IN_DOCUMENT.search(self.content[:_HEAD])
        names = [header[1]] if header else []
        if inside:
            names.append((inside[1] or inside[2]).decode("ascii", "replace"))
        for name in names:
            try:
                charset = codecs.lookup(name).name
            except (LookupError, ValueError):
                continue
            charset = _READ_AS.get(charset, charset)
            if charset != "utf-8" and _CHARSETS.fullmatch(charset):
                yield charset


def _wide(content: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by the zeros beside the first bracket."""
    start = content[:64].lstrip(b" \t\r\n\0")
    zeros = content[:_HEAD].count(0) * 3 > len(content[:_HEAD])
    if not zeros or not start.startswith((b"<", b"{")):
        return None
    return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
