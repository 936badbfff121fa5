"""What the webhook answers to whoever knocks, over HTTP."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.store.backlog import Backlog
from bot.store.database import Database
from bot.store.sources import Sources
from bot.web.health import Health
from bot.web.inbox import Inbox, Taken
from bot.web.metrics import Metrics
from bot.web.pages import Pages
from bot.web.server import serving
from bot.web.webhook import MAX_BODY, Webhook
from tests.databases import new_file
from tests.web.front import HEADER, SECRET

JSON = {"Content-Type": "application/json"}
SIGNED = JSON | {HEADER: SECRET}


@dataclass
class Room:
    """A served webhook and what it let in; ``full`` leaves no room for more."""

    url: str
    address: str
    inbox: Inbox
    metrics: Metrics
    session: aiohttp.ClientSession
    taken: list[Mapping[str, Any]] = field(default_factory=list)
    full: bool = False

    def deliver(self, update: Mapping[str, Any]) -> bool:
        if not self.full:
            self.taken.append(update)
        return not self.full

    async def post(self, body: object, headers: Mapping[str, str] = SIGNED) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with self.session.post(self.url, data=data, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def _room(tmp_path: Path) -> AsyncIterator[Room]:
    database = await Database.open(new_file(tmp_path))
    metrics, inbox = Metrics(version="0"), Inbox(set[int]())
    health = Health(database, last_update=lambda: None)
    pages = Pages(health, metrics, Backlog(database), sources=Sources(database), version="0")
    webhooks = {"/kabar": Webhook(inbox, SECRET, metrics).receive}
    try:
        async with serving(("127.0.0.1", 0), pages, webhooks) as address, aiohttp.ClientSession() as session:
            yield Room(f"{address}/kabar", address, inbox, metrics, session)
    finally:
        await database.close()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with _room(tmp_path) as served:
        served.inbox.open(served.deliver)
        yield served


async def test_an_update_with_the_secret_is_taken(room: Room) -> None:
    assert await room.post({"update_id": 7, "message": {}}) == 200
    assert room.taken == [{"update_id": 7, "message": {}}]


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "ÿ"])
async def test_whoever_does_not_know_the_secret_is_turned_away(room: Room, secret: str | None) -> None:
    headers = JSON if secret is None else JSON | {HEADER: secret}
    assert await room.post({"update_id": 7}, headers) == 403
    assert room.taken == []


async def test_a_stranger_is_logged_once_and_counted_each_time(room: Room) -> None:
    with structlog.testing.capture_logs() as lines:
        for _ in range(3):
            assert await room.post({"update_id": 7}, JSON) == 403
    assert [line["log_level"] for line in lines] == ["warning", "debug", "debug"]
    assert b'kabar_webhook_requests_total{status="403"} 3.0' in room.metrics.shown("")[0]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_nothing_but_post_is_taken(room: Room, method: str) -> None:
    async with room.session.request(method, room.url, headers=SIGNED) as answer:
        assert answer.status == 405


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_nothing_but_json_is_taken(room: Room, kind: str) -> None:
    assert await room.post({"update_id": 7}, SIGNED | {"Content-Type": kind}) == 415


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe", b"[]", b"7", b"null", b"{", b"{}", b'{"update_id": "7"}', b'{"update_id": true}',
        b'{"update_id": -1}', b'{"update_id": 1.5}', b'{"update_id": 9223372036854775808}', b"[" * 200_000,
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
async def test_what_is_no_update_is_refused_and_the_next_one_taken(room: Room, body: bytes) -> None:
    assert await room.post(body) == 400
    assert await room.post({"update_id": 8}) == 200


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_ODD_JSON = st.fixed_dictionaries({"update_id": _VALUES}, optional={"message": _VALUES}).map(
    lambda update: json.dumps(update).encode()
)


@given(bodies=st.lists(st.binary(max_size=300) | _ODD_JSON, min_size=1, max_size=40))
@settings(max_examples=15)
def test_no_bytes_make_the_webhook_fail(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
) -> None:
    async def knock() -> set[int]:
        async with _room(tmp_path_factory.mktemp("room")) as room:
            room.inbox.open(room.deliver)
            return {await room.post(body) for body in bodies}

    assert asyncio.run(knock()) <= {200, 400}


async def test_a_body_that_is_too_long_is_refused_while_it_is_read(room: Room) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65536
            yield b" " * 65536

    try:
        async with room.session.post(room.url, data=endless(), headers=SIGNED) as answer:
            assert answer.status == 413
    except aiohttp.ClientConnectionError:
        pass  # closed by the server while the body was still on its way
    assert sent < 20 * MAX_BODY, "it stopped long before any end"
    assert b'kabar_webhook_requests_total{status="413"} 1.0' in room.metrics.shown("")[0]
    assert await room.post({"update_id": 8}) == 200


async def test_a_body_that_says_it_is_too_long_is_refused(room: Room) -> None:
    long = io.BytesIO(b" " * (MAX_BODY + 1))
    async with room.session.post(room.url, data=long, headers=SIGNED) as answer:
        assert answer.status == 413


async def test_a_packed_body_is_measured_unpacked(room: Room) -> None:
    packed = gzip.compress(b" " * (50 * MAX_BODY))
    assert len(packed) < MAX_BODY
    assert await room.post(packed, SIGNED | {"Content-Encoding": "gzip"}) == 413


async def test_a_repeated_update_is_thanked_for_and_left(room: Room) -> None:
    assert [await room.post({"update_id": 7}) for _ in range(3)] == [200] * 3
    assert len(room.taken) == 1
    assert b"kabar_webhook_repeated_updates_total 2.0" in room.metrics.shown("")[0]


async def test_two_copies_at_the_same_moment_are_one(room: Room) -> None:
    assert await asyncio.gather(*(room.post({"update_id": 7}) for _ in range(20))) == [200] * 20
    assert len(room.taken) == 1


async def test_a_full_queue_leaves_the_update_with_telegram(room: Room) -> None:
    room.full = True
    async with room.session.post(room.url, json={"update_id": 7}, headers=SIGNED) as answer:
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "2"
    room.full = False
    assert await room.post({"update_id": 7}) == 200
    assert len(room.taken) == 1, "what was refused counts as never seen"


async def test_before_the_start_and_from_the_stop_on_updates_stay_with_telegram(tmp_path: Path) -> None:
    async with _room(tmp_path) as room:
        assert await room.post({"update_id": 7}) == 503
        room.inbox.open(room.deliver)
        assert await room.post({"update_id": 7}) == 200
        room.inbox.close()
        assert await room.post({"update_id": 8}) == 503
        assert await room.post({"update_id": 7}) == 200, "the first one was accepted"


def test_an_inbox_says_what_became_of_an_update() -> None:
    inbox = Inbox(set[int]())
    assert inbox.take(1, {}) is Taken.NOT_NOW
    inbox.open(lambda _: True)
    assert inbox.take(1, {}) is Taken.ACCEPTED
    assert inbox.take(1, {}) is Taken.SEEN_BEFORE


async def test_other_paths_are_nothing(room: Room) -> None:
    async with room.session.get(f"{room.address}/") as answer:
        assert answer.status == 404


async def test_a_port_that_is_taken_is_named_with_its_setting(room: Room) -> None:
    port = int(room.address.rpartition(":")[2])
    pages = Pages(None, room.metrics, None, sources=None, version="0")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=f"WEB_LISTEN: 127.0.0.1:{port} .* another program"):
        async with serving(("127.0.0.1", port), pages, {}):
            pass
