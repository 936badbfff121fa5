"""The manners towards one host: one request at a time, a pause between two, and its robots.txt obeyed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from protego import Protego

ROBOT = "Kabar"
"""The name under which robots.txt may speak to us."""

LONGEST_CRAWL_DELAY = 30.0
"""Seconds; a robots.txt that asks for more is obeyed this far."""

RULES_LAST = 24 * 3600.0
"""Seconds for which a robots.txt is kept (RFC 9309, 2.4)."""

_MOST_HOSTS = 4096


class Host:
    """One host: whose turn it is, and what its robots.txt says by origin (scheme, host and port)."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._turn = asyncio.Lock()
        self._free_at = 0.0
        self._rules: dict[str, tuple[float, Protego]] = {}
        self.reading_rules = asyncio.Lock()
        self.closed_until: datetime | None = None

    @property
    def idle(self) -> bool:
        """Whether nobody would miss what is remembered of the host."""
        busy = self._turn.locked() or self.reading_rules.locked()
        return not busy and self._free_at <= _clock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until nobody else asks the host and its pause is over; the next pause begins at the end."""
        async with self._turn:
            await asyncio.sleep(self._free_at - _clock())
            try:
                yield
            finally:
                self._free_at = _clock() + self._delay

    def rules(self, origin: str) -> Protego | None:
        """What the robots.txt of ``origin`` says; None when it has to be asked (again)."""
        read_at, rules = self._rules.get(origin, (0.0, None))
        return rules if rules is not None and _clock() - read_at < RULES_LAST else None

    def set_rules(self, origin: str, rules: Protego) -> None:
        """Keep the robots.txt of ``origin`` and its wish for a longer pause."""
        if self.rules(origin) is rules:
            return
        self._rules[origin] = (_clock(), rules)
        asked = rules.crawl_delay(ROBOT) or 0.0
        self._delay = max(self._delay, min(float(asked), LONGEST_CRAWL_DELAY))


class Hosts:
    """Every host that was asked lately, by name; ``delay`` is the pause between two requests in seconds."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        if name not in self._hosts:
            if len(self._hosts) >= _MOST_HOSTS:
                self._hosts = {known: host for known, host in self._hosts.items() if not host.idle}
            self._hosts[name] = Host(self._delay)
        return self._hosts[name]


def _clock() -> float:
    return asyncio.get_running_loop().time()
