"""Web and mail addresses that stand in a text without any markup, where Telegram sees them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ENDINGS = Path(__file__).parent / "endings.txt"
"""The last parts of names that make a link without a protocol, a line each, as TDLib knows them.

TDLib 1.8.69 was asked for all of two and three letters and for those of the public suffix lists of 2019 and
2026.
"""

_SPACES = r" \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Of general punctuation an address holds dashes and what joins letters.
_OUTSIDE = r" \u00a0\u1680\u2000-\u200b\u200e\u200f\u2016-\u206f\u3000"
_PROTOCOL = re.compile(rf"(?:[A-Za-z0-9+-]|[^\x00-\x7f{_SPACES}])*")
_USER = re.compile(rf"[^\n/\[\]{{}}()'`<>\"@\xab\xbb{_OUTSIDE}]*")
_HOST = re.compile(rf"(?:[.A-Za-z0-9_~-]|[^\x00-\xbf{_OUTSIDE}])*")
_HOST_OR_AT = re.compile(rf"(?:[.A-Za-z0-9_~@-]|[^\x00-\xbf{_OUTSIDE}])*")
_PATH = re.compile(rf"[/?#][^\n<>\"\xab\xbb{_OUTSIDE}]*")
_PORT = re.compile(r":0*([1-9][0-9]{0,4})(?![0-9])")
_NUMBER = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{3}}")
_NO_NAME = re.compile(r"[0-9.]*")
_PATH_BEGIN = re.compile(r"[/?#]")
_PUNYCODE = re.compile(r"xn--[A-Za-z0-9]{2,}")
_EMAIL = re.compile(
    r"(?:[A-Za-z0-9_-]{0,26}[.+]){0,10}[A-Za-z0-9_-]{1,35}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9_-]{0,28}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,8}"
)
# The name is looked for backwards: in tg://ton://a it ends one link and begins another.
_OWN = re.compile(
    r"://(?:(?<=tg://)|(?<=ton://)|(?<=tonsite://))[A-Za-z0-9_-]{1,253}", re.IGNORECASE | re.ASCII
)
_OWN_NAME = re.compile(r"(?:tg|ton|tonsite)\Z", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"(?:https?|ftp|tonsite)://", re.IGNORECASE | re.ASCII)
# With the protocols that end alike and make no link.
_SCHEMES = {"http": {"shttp"}, "https": set[str](), "ftp": {"tftp", "sftp"}, "tonsite": set[str]()}
_FAKE = "teiegram.org"
# Marks of the sentence around an address.
_AFTER = ".:;,('?!`"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_LONGEST_PART = 63
_LAST_PORT = 65535


def find_own_links(text: str) -> Iterator[tuple[int, int]]:
    """Where links into Telegram's own apps begin and end: ``tg://``, ``ton://`` and ``tonsite://``."""
    place = 0
    while found := _OWN.search(text, place):
        place = _path_end(text, found.end())
        name = _OWN_NAME.search(text, max(0, found.start() - len("tonsite")), found.start())
        if name is not None:
            yield name.start(), place


def find_addresses(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where addresses begin and end, and whether it is a mail address."""
    if "." not in text:
        return
    for begin, end in _candidates(text):
        address = text[begin:end]
        skipped = len("mailto:") if address.startswith("mailto:") else 0
        if _EMAIL.fullmatch(address, skipped):
            yield begin + skipped, end, True
        elif length := _link_length(address):
            yield begin, begin + length, False


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Whatever is around a dot and may be an address."""
    scan = _Scan(text)
    size = len(text)
    while 0 <= (dot := text.find(".", scan.free)) < size - 1:
        if text[dot + 1] == " ":
            scan.free = dot + 2
            continue
        begin, end = scan.around(dot)
        if begin is None:
            scan.free = text.rindex(".", dot, end) + 1
            continue
        if end > dot + 1:
            yield begin, end
        scan.free = end
        while scan.free < size and text[scan.free] == ".":
            scan.free += 1


class _Scan:
    """Reads a text from a dot in both directions, never back beyond ``free``, up to where it is done."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.free = 0
        self._backwards = text[::-1]

    def around(self, dot: int) -> tuple[int | None, int]:
        """Where the address around a dot begins, None if there can be none, and where it ends."""
        text = self.text
        begin = self._run_before(dot, _HOST)
        end = _end(_HOST_OR_AT, text, dot)
        has_at = text.find("@", dot, end) >= 0
        if has_at:
            begin = self._run_before(begin, _USER)
        end = _path_end(text, _port_end(text, end))
        while end > dot + 1 and text[end - 1] == ".":
            end -= 1
        if begin > self.free and text[begin - 1] == "@":
            user = self._run_before(begin - 1, _USER)
            if has_at or user == begin - 1:
                return None, end
            begin = user
        return self._scheme_begin(begin), end

    def _scheme_begin(self, begin: int) -> int | None:
        """Where the protocol before ``begin`` begins, ``begin`` if there is none, None where no link is."""
        text = self.text
        if begin == self.free:
            return begin
        if not text.endswith("://", self.free, begin):
            before = text[begin - 1]
            return None if before in "/#@_" or before.isalnum() else begin
        protocol = text[self._run_before(begin - 3, _PROTOCOL) : begin - 3].lower()
        for name, longer in _SCHEMES.items():
            if protocol.endswith(name) and protocol not in longer:
                return begin - 3 - len(name)
        return None

    def _run_before(self, place: int, pattern: re.Pattern[str]) -> int:
        """Where the letters before ``place`` begin that fit."""
        size = len(self.text)
        found = pattern.match(self._backwards, size - place, size - self.free)
        return size - found.end() if found else place


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _port_end(text: str, end: int) -> int:
    found = _PORT.match(text, end)
    return found.end() if found and int(found[1]) <= _LAST_PORT else end


def _path_end(text: str, end: int) -> int:
    """Where the path that begins at ``end`` is over, ``end`` if there is none."""
    stop = _end(_PATH, text, end)
    while stop > end + 1 and text[stop - 1] in _AFTER:
        stop -= 1
    return stop if stop > end + 1 or text.startswith("/", end) else end


def _link_length(address: str) -> int:
    """How much of ``address`` is a link, 0 if it is none."""
    scheme = _SCHEME.match(address)
    begin = scheme.end() if scheme else 0
    path = _PATH_BEGIN.search(address, begin)
    path_begin = path.start() if path else len(address)
    domain = address[begin:path_begin]
    domain = domain[domain.find("@") + 1 :]
    if ":" in domain:
        domain = domain[: domain.rindex(":")]
    if not _is_host(domain, has_scheme=scheme is not None):
        return 0
    end = _balanced_end(address, path_begin)
    while end > path_begin and address[end - 1] in _AFTER:
        end -= 1
    return end


def _balanced_end(address: str, begin: int) -> int:
    """Where the first bracket stands that closes none, else the end."""
    opened = dict.fromkeys(_PAIRS.values(), 0)
    for place in range(begin, len(address)):
        letter = address[place]
        if letter in opened:
            opened[letter] += 1
        elif letter in _PAIRS:
            if not opened[_PAIRS[letter]]:
                return place
            opened[_PAIRS[letter]] -= 1
    return len(address)


def _is_host(domain: str, *, has_scheme: bool) -> bool:
    parts = domain.split(".")
    if len(parts) == 1 or domain.lower() == _FAKE:
        return False
    if any(not part or part.endswith("-") or len(part.encode()) > _LONGEST_PART for part in parts):
        return False
    if _IPV4.fullmatch(domain):
        return True
    ending = parts[-1]
    if _NO_NAME.fullmatch(domain) or len(ending) == 1 or "_" in parts[-2]:
        return False
    if ending.startswith("xn--"):
        return _PUNYCODE.fullmatch(ending) is not None
    if "_" in ending or "-" in ending:
        return False
    return has_scheme or _is_common(ending)


def _is_common(ending: str) -> bool:
    """Whether a name may end so without a protocol: not with a capital alone, as a sentence begins."""
    small = ending.lower()
    if small != ending and small[1:] == ending[1:]:
        return False
    return small in _endings()


@cache
def _endings() -> frozenset[str]:
    return frozenset(_ENDINGS.read_text(encoding="utf-8").split())
