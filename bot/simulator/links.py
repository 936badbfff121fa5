"""Which addresses Telegram takes as links, and how it writes them, by the rules of TDLib."""

import ipaddress
import re

_SCHEMES = ("tg", "ton", "tonsite")
_HEX = "[0-9a-fA-F]"
# What RFC 3986 allows in a host, plus everything beyond ASCII, which Telegram lets pass.
_HOST = re.compile(rf"(?:[A-Za-z0-9._!$,~*'();&+=\x80-\U0010ffff-]|%{_HEX}{{2}})*")
_USERINFO = re.compile(rf"(?:[A-Za-z0-9._!$,~*'();&+=:\x80-\U0010ffff-]|%{_HEX}{{2}})*")
_PROTOCOL = re.compile(r"([^:/?#@\[\]]*)://")
_AFTER_AUTHORITY = re.compile(r"[/?#]")
_SPACES = " \t\r\n\0\v"
_OWN_HOST = re.compile(r"[A-Za-z0-9_-]*")
_LAST_USER = 2**40 - 1
_USER_LINK = re.compile(r"tg:(?://)?user/?\?(?:(?!id=)[^#&]*&)*id=([1-9][0-9]{0,18})(?=&|#|$)", re.IGNORECASE)


class NotALink(ValueError):
    """An address that Telegram does not take; ``str()`` is its reason."""


def user_of_link(url: str) -> int | None:
    """The user whom ``tg://user?id=...`` mentions, None for other addresses."""
    found = _USER_LINK.match(url)
    user_id = int(found[1]) if found else 0
    return user_id if 0 < user_id <= _LAST_USER else None


def checked_link(url: str) -> str:
    """``url`` as Telegram writes it (scheme added, host in small letters, a path); NotALink otherwise."""
    lowered = url.lower()
    for scheme in _SCHEMES:
        if lowered.startswith(f"{scheme}:"):
            return _own_link(scheme, url[len(scheme) + 1 :].removeprefix("//"))
    protocol, userinfo, host, port, rest = _parts(url)
    if "." not in host and not host.startswith("["):
        raise NotALink("Wrong HTTP URL")
    sign_in = f"{userinfo}@" if userinfo else ""
    at_port = f":{port}" if port else ""
    return f"{protocol}://{sign_in}{host}{at_port}{rest}"


def _own_link(scheme: str, address: str) -> str:
    protocol, userinfo, host, port, rest = _parts(address)
    wrong = address.lower().startswith("http://") or protocol == "https"
    if wrong or userinfo or port or host.startswith("["):
        raise NotALink(f"Wrong {scheme} URL")
    if len(rest) > 1 and rest[1] == "?":
        rest = rest[1:]
    if not _OWN_HOST.fullmatch(host):
        raise NotALink("Unallowed characters in URL host")
    return f"{scheme}://{host}{rest}"


def _parts(url: str) -> tuple[str, str, str, int, str]:
    """Protocol, userinfo, host, port (0: not given) and the rest, which begins with a slash."""
    protocol = "http"
    if named := _PROTOCOL.match(url):
        protocol = named[1].lower()
        if protocol not in {"http", "https"}:
            raise NotALink("Unsupported URL protocol")
        url = url[named.end() :]
    cut = _AFTER_AUTHORITY.search(url)
    authority, rest = (url[: cut.start()], url[cut.start() :]) if cut else (url, "")
    authority, port = _split_port(authority)
    userinfo, _, host = authority.rpartition("@")
    _check_host(userinfo, host)
    return protocol, userinfo, _small(host), port, _path(rest)


def _split_port(authority: str) -> tuple[str, int]:
    place = len(authority) - 1
    while place > 0 and authority[place] not in ":]@":
        place -= 1
    if place <= 0 or authority[place] != ":":
        return authority, 0
    digits = authority[place + 1 :]
    if (
        not re.fullmatch(r"[0-9]+", digits)
        or not 0 < int(digits[-10:]) <= 65535
        or len(digits.lstrip("0")) > 5
    ):
        raise NotALink("Wrong port number specified in the URL")
    return authority[:place], int(digits)


def _check_host(userinfo: str, host: str) -> None:
    if not host:
        raise NotALink("URL host is empty")
    if host == ".":
        raise NotALink("Host is invalid")
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError as error:
            raise NotALink("Wrong IPv6 address specified in the URL") from error
        return
    if not _HOST.fullmatch(host):
        raise NotALink("Disallowed character in URL host")
    if not _USERINFO.fullmatch(userinfo):
        raise NotALink("Disallowed character in URL userinfo")


def _small(host: str) -> str:
    return host.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _path(rest: str) -> str:
    rest = rest.rstrip(_SPACES) or "/"
    if rest[0] != "/":
        rest = f"/{rest}"
    return "".join(f"%{ord(letter):02X}" if letter <= " " else letter for letter in rest)
