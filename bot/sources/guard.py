"""Which places of the network may be asked: public ones on the web's ports, whatever an address pretends.

The last word falls when the socket is made, on the address that it is about to connect to: what a name
resolved to before, and how often it changes, does not count.
"""

import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FetchFailed

PORTS = frozenset({80, 443})

Endpoint = tuple[str, int]
"""A host's name or IP address, and a port."""

_UNICAST = IPv6Network("2000::/3")
"""All that IANA has given out of IPv6 (RFC 4291, 2.4); the rest leads to nobody, or home by a translator."""
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_DOCUMENTATION = IPv6Network("3fff::/20")
"""Not global (IANA's registry of special-purpose addresses), which older Pythons do not know."""


class Refused(OSError):
    """A connection was not made because of where it would have gone; the text says where."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network, and so is the IPv4 address that it may carry."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    carried = _carried(ip) if isinstance(ip, IPv6Address) else None
    if carried is not None:
        return _is_public(carried)
    return _is_public(ip)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or ip in _COMPATIBLE:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and (ip not in _UNICAST or ip in _DOCUMENTATION):
        return False
    return ip.is_global and not ip.is_multicast


class Guard:
    """Refuses what is not public or not on PORTS; ``allowed`` are places of the newspaper's own that are.

    An allowed host name may use its port but has to be public; an allowed IP address may be private.
    """

    def __init__(self, allowed: Collection[Endpoint] = ()) -> None:
        self._allowed = frozenset((host.strip("[]").lower(), port) for host, port in allowed)
        self._ports = PORTS | {port for _, port in self._allowed}

    def checked(self, address: str, *, at: str) -> URL:
        """``address`` as it will be asked; raises FetchFailed, named ``at``, when it may not be."""
        try:
            url = URL(address)
            host, port = (url.host or "").lower().rstrip("."), url.port
        except ValueError as error:
            raise FetchFailed(f"{address!r} is not an address: {error}", name=at) from error
        if url.scheme not in ("http", "https") or not host or port is None:
            raise FetchFailed(f"{address!r} is not an address of http or https", name=at)
        if url.user is not None or url.password is not None:
            raise FetchFailed("an address with a user name or password is not asked", name=at)
        if port not in PORTS and (host, port) not in self._allowed:
            raise FetchFailed(
                f"port {port} is refused; if it is yours, set SOURCES_ALLOW={host}:{port}", name=at
            )
        return url.with_fragment(None)

    def connector(self, *, resolver: AbstractResolver | None = None) -> aiohttp.TCPConnector:
        """A connector whose every connection, also after a redirect or a change of the DNS, was checked."""
        # No connection is kept: a thousand idle ones would use up the files that a process may open.
        return aiohttp.TCPConnector(
            socket_factory=self._socket, resolver=resolver, force_close=True, limit=0, limit_per_host=1
        )

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = info
        host, port = str(place[0]), int(place[1])
        if (host, port) not in self._allowed and not is_public(host):
            allow = f"[{host}]" if ":" in host else host
            raise Refused(
                f"{host} is not an address of the public network; if it is yours, set"
                f" SOURCES_ALLOW={allow}:{port}"
            )
        if port not in self._ports:
            raise Refused(f"port {port} of {host} is refused")
        return socket.socket(family=family, type=kind, proto=protocol)
