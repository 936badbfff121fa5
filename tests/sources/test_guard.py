import contextlib
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchFailed
from bot.sources.guard import Guard, Refused, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "4000::1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:0a00:0001::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "localhost",
        "",
    ],
)
def test_what_is_not_of_the_public_network_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_however_ipv6_carries_it(address: object) -> None:
    carried = int(address)  # type: ignore[call-overload]
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert is_public(f"64:ff9b::{carried >> 16:x}:{carried & 0xFFFF:x}") == is_public(str(address))
    assert is_public(f"2002:{carried >> 16:x}:{carried & 0xFFFF:x}::1") == is_public(str(address))


def _info(host: str, port: int) -> tuple[int, int, int, str, tuple[str, int]]:
    return (socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port))


def test_the_socket_is_refused_before_it_is_made() -> None:
    guard = Guard()
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        guard._socket(_info("127.0.0.1", 80))
    with pytest.raises(Refused, match="port 25"):
        guard._socket(_info("8.8.8.8", 25))


def test_an_allowed_place_of_the_newspapers_own_passes_on_its_port_alone() -> None:
    guard = Guard([("127.0.0.1", 8080)])
    guard._socket(_info("127.0.0.1", 8080)).close()
    with pytest.raises(Refused):
        guard._socket(_info("127.0.0.1", 80))
    with pytest.raises(Refused):
        guard._socket(_info("127.0.0.2", 8080))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://koran.example/a", "http"),
        ("file:///etc/passwd", "http"),
        ("http://", "http"),
        ("http:///a", "http"),
        ("koran.example/a", "http"),
        ("http://koran.example:22/", "port 22"),
        ("http://koran.example:99999/", "not an address"),
        ("http://budi:rahasia@koran.example/", "user name"),
        ("http://[::1/", "not an address"),
    ],
)
def test_an_address_that_may_not_be_asked_is_told_why(address: str, told: str) -> None:
    with pytest.raises(FetchFailed, match=told):
        Guard().checked(address, at=address)


@given(st.text())
def test_any_text_is_checked_without_a_fault_of_ours(text: str) -> None:
    for address in (text, f"http://{text}", f"https://koran.example/{text}"):
        with contextlib.suppress(FetchFailed):
            assert Guard().checked(address, at=address).port in {80, 443}
