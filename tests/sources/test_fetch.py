"""The guest's manners and its distrust, against a local server that does each thing over HTTP."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FetchFailed
from bot.sources.bodies import SMALL
from bot.sources.fetch import LARGE_AT_ONCE, LARGEST, Fetched, Fetcher, NotModified, Validators
from bot.sources.guard import Endpoint
from tests.fakes.site import Answer, Asked, Names, Site, serving

NOW = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
HOST = "koran.example"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


def fetching(
    site: Site,
    *,
    allowed: list[Endpoint] | None = None,
    names: Names | None = None,
    delay: float = 0,
    seconds: float = 20,
) -> Fetcher:
    ours = [("127.0.0.1", site.port), (HOST, site.port), ("lain.example", site.port)]
    return Fetcher(
        contact="https://koran.example/bot",
        now=lambda: NOW,
        allowed=ours if allowed is None else allowed,
        delay=delay,
        seconds=seconds,
        resolver=names or Names(),
    )


async def got(fetcher: Fetcher, address: str, validators: Validators | None = None) -> Fetched | NotModified:
    async with fetcher.fetch(address, validators) as answer:
        return answer


async def fetched(site: Site, path: str = "/a", **options: float) -> Fetched:
    async with fetching(site, **options) as fetcher:  # type: ignore[arg-type]
        answer = await got(fetcher, site.at(HOST, path))
    assert isinstance(answer, Fetched)
    return answer


async def failure(site: Site, path: str = "/a", **options: float) -> FetchFailed:
    async with fetching(site, **options) as fetcher:  # type: ignore[arg-type]
        with pytest.raises(FetchFailed) as caught:
            await got(fetcher, site.at(HOST, path))
    return caught.value


async def test_a_document_comes_with_its_address_type_and_time(site: Site) -> None:
    site.pages["/a"] = Answer("isi", headers={"Content-Type": "text/html; charset=windows-1252"})
    document = (await fetched(site)).document
    assert document.content == b"isi"
    assert document.address == site.at(HOST, "/a")
    assert document.content_type == "text/html; charset=windows-1252"
    assert document.fetched_at == NOW


async def test_the_guest_says_who_it_is_and_how_to_reach_it(site: Site) -> None:
    site.pages["/a"] = Answer("isi")
    await fetched(site)
    (asked,) = site.asked
    assert asked.headers["user-agent"] == "Kabar (+https://koran.example/bot)"
    assert "cookie" not in asked.headers


# Conditional requests and freshness


async def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def page(asked: Asked) -> Answer:
        same = asked.headers.get("if-none-match") == '"satu"'
        return Answer(status=304) if same else Answer("isi", headers={"ETag": '"satu"', "Last-Modified": "x"})

    site.pages["/a"] = page
    first = await fetched(site)
    assert first.validators == Validators('"satu"', "x")
    async with fetching(site) as fetcher:
        assert isinstance(await got(fetcher, site.at(HOST, "/a"), first.validators), NotModified)
    assert site.asked[-1].headers["if-modified-since"] == "x"


@pytest.mark.parametrize("etag", ['"\u00ff\udcff"', f'"{"e" * 2000}"'])
async def test_a_mark_that_no_server_would_take_back_is_not_kept(site: Site, etag: str) -> None:
    async def odd(writer: asyncio.StreamWriter) -> None:
        mark = etag.encode("utf-8", "surrogateescape")
        writer.write(b"HTTP/1.1 200 OK\r\nETag: " + mark + b"\r\nContent-Length: 3\r\n\r\nisi")
        await writer.drain()

    site.writers["/a"] = odd
    first = await fetched(site)
    assert first.validators == Validators()


async def test_a_server_that_calls_everything_unchanged_is_not_believed_the_first_time(site: Site) -> None:
    site.pages["/a"] = Answer(status=304)
    assert "304" in (await failure(site)).cause


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "max-age=600, no-cache"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=nanti"}, None),
        ({}, None),
    ],
)
async def test_the_servers_word_on_freshness_is_kept(
    site: Site, headers: dict[str, str], seconds: int | None
) -> None:
    site.pages["/a"] = Answer("isi", headers=headers)
    until = NOW + timedelta(seconds=seconds) if seconds else None
    assert (await fetched(site)).fresh_until == until


@pytest.mark.parametrize(
    ("said", "retry_at"),
    [
        ("120", NOW + timedelta(seconds=120)),
        ("Wed, 04 Mar 2026 07:00:00 GMT", NOW + timedelta(hours=1)),
        ("nanti", None),
        ("Sun, 06 Nov 99999999999 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37 +99999999999999", None),
        ("", None),
    ],
)
async def test_a_busy_server_says_when_to_come_back(site: Site, said: str, retry_at: datetime | None) -> None:
    site.pages["/a"] = Answer(status=429, headers={"Retry-After": said})
    failed = await failure(site)
    assert failed.retry_at == retry_at
    assert "429 Too Many Requests" in failed.cause


async def test_a_host_that_asked_for_quiet_is_left_alone_by_all_its_sources(site: Site) -> None:
    site.pages["/a"] = Answer(status=503, headers={"Retry-After": "120"})
    site.pages["/b"] = Answer("isi")
    async with fetching(site) as fetcher:
        for path in ("/a", "/b"):
            with pytest.raises(FetchFailed) as caught:
                await got(fetcher, site.at(HOST, path))
            assert caught.value.retry_at == NOW + timedelta(seconds=120)
        assert isinstance(await got(fetcher, site.at("lain.example", "/b")), Fetched)
    assert [asked.host for asked in site.asked] == [HOST, "lain.example"]


async def test_an_address_that_is_gone_is_told_from_one_that_fails(site: Site) -> None:
    site.pages["/a"] = Answer(status=410)
    assert (await failure(site)).gone
    site.pages["/a"] = Answer(status=404)
    assert not (await failure(site)).gone


# Robots, turns and pauses


async def test_robots_are_obeyed_and_read_once_for_each_host(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /dalam\n")
    site.pages["/a"] = site.pages["/dalam/b"] = Answer("isi")
    async with fetching(site) as fetcher:
        await asyncio.gather(*(got(fetcher, site.at(HOST, "/a")) for _ in range(5)))
        with pytest.raises(FetchFailed, match=r"robots\.txt of koran.example"):
            await got(fetcher, site.at(HOST, "/dalam/b"))
    assert len(site.robots_asked) == 1
    assert site.paths() == ["/a"] * 5


async def test_robots_may_speak_to_us_by_name(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: Kabar\nAllow: /\n\nUser-agent: *\nDisallow: /\n")
    site.pages["/a"] = Answer("isi")
    assert (await fetched(site)).document.content == b"isi"


async def test_robots_are_asked_again_on_the_host_that_a_redirect_names(site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": site.at("lain.example", "/b")})
    site.pages["lain.example/robots.txt"] = Answer("User-agent: *\nDisallow: /b\n")
    assert "robots.txt of lain.example" in (await failure(site)).cause


async def test_a_server_whose_robots_fail_is_not_asked_further(site: Site) -> None:
    site.pages["/robots.txt"] = Answer(status=500)
    assert "500" in (await failure(site)).cause
    assert site.asked == []


async def test_robots_without_end_are_read_so_far_and_no_further(site: Site) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nUser-agent: *\nDisallow: /a\n")
        while True:
            writer.write(b"Disallow: /x\n" * 1000)
            await writer.drain()

    site.writers["/robots.txt"] = endless
    assert "robots.txt" in (await failure(site)).cause


async def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(site: Site) -> None:
    site.pages["/a"] = Answer("isi")
    async with fetching(site, delay=0.05) as fetcher:
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(got(fetcher, site.at(HOST, "/a")) for _ in range(4)))
        # Robots and four documents: four pauses between them, however fast the machine.
        assert asyncio.get_running_loop().time() - start >= 4 * 0.05
    assert site.most_at_once[HOST] == 1


async def test_robots_may_ask_for_a_longer_pause(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.1\n")
    site.pages["/a"] = Answer("isi")
    async with fetching(site) as fetcher:
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(got(fetcher, site.at(HOST, "/a")) for _ in range(3)))
        assert asyncio.get_running_loop().time() - start >= 2 * 0.1


async def test_a_slow_host_holds_up_no_other(site: Site) -> None:
    arrived, released = asyncio.Event(), asyncio.Event()

    async def slow(writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await released.wait()
        writer.write(Answer("lambat").written())

    site.writers[f"{HOST}/a"] = slow
    site.pages["/a"] = Answer("cepat")
    async with fetching(site) as fetcher:
        waiting = asyncio.create_task(got(fetcher, site.at(HOST, "/a")))
        await arrived.wait()
        answer = await got(fetcher, site.at("lain.example", "/a"))
        assert isinstance(answer, Fetched)
        assert answer.document.content == b"cepat"
        assert not waiting.done()
        released.set()
        assert isinstance(await waiting, Fetched)


# Redirects


async def test_five_redirects_are_followed_and_the_last_address_is_the_documents(site: Site) -> None:
    for number in range(5):
        site.pages[f"/{number}"] = Answer(status=301 + number % 2, headers={"Location": f"/{number + 1}"})
    site.pages["/5"] = Answer("isi")
    assert (await fetched(site, "/0")).document.address == site.at(HOST, "/5")


async def test_a_sixth_redirect_is_not_followed(site: Site) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": "/a"})
    assert "more than 5" in (await failure(site)).cause
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("http://127.0.0.1/", "not an address of the public network"),
        ("http://[::1]/", "not an address of the public network"),
        ("http://[::ffff:127.0.0.1]/", "not an address of the public network"),
        ("http://[64:ff9b::7f00:1]/", "not an address of the public network"),
        ("http://169.254.169.254/latest/meta-data", "not an address of the public network"),
        ("http://2130706433/", "refused|not known|not an address"),
        ("http://0x7f.1/", "refused|not known|not an address"),
        ("http://dalam.example/", "not an address of the public network"),
        ("http://koran.example:22/", "port 22"),
        ("ftp://koran.example/", "http"),
        ("file:///etc/passwd", "http"),
        ("http://[", "no address"),
        ("", "nowhere"),
    ],
)
async def test_a_redirect_to_a_forbidden_place_ends_there(site: Site, target: str, told: str) -> None:
    site.pages["/a"] = Answer(status=302, headers={"Location": target} if target else {})
    async with fetching(site) as fetcher:
        with pytest.raises(FetchFailed, match=told):
            await got(fetcher, site.at(HOST, "/a"))


# The network's lies


async def test_a_name_that_leads_home_is_refused_at_the_socket(site: Site) -> None:
    async with fetching(site, allowed=[(HOST, site.port)]) as fetcher:
        with pytest.raises(FetchFailed, match=r"refused: 127\.0\.0\.1"):
            await got(fetcher, site.at(HOST, "/a"))
    assert site.asked == site.robots_asked == []


async def test_a_name_that_changes_its_mind_after_the_first_answer_is_refused(site: Site) -> None:
    names = Names({"goyah.example": ["127.0.0.1", "127.0.0.1", "10.0.0.1"]})
    site.pages["/a"] = Answer("isi")
    allowed = [("127.0.0.1", site.port), ("goyah.example", site.port)]
    async with fetching(site, allowed=allowed, names=names) as fetcher:
        fetcher._session.connector._use_dns_cache = False  # type: ignore[union-attr]
        assert isinstance(await got(fetcher, site.at("goyah.example", "/a")), Fetched)
        with pytest.raises(FetchFailed, match=r"refused: 10\.0\.0\.1"):
            await got(fetcher, site.at("goyah.example", "/a"))


async def test_one_private_address_among_several_is_never_connected_to(site: Site) -> None:
    names = Names({"dua.example": ["127.0.0.1 ::1"]})
    async with fetching(site, allowed=[("dua.example", site.port)], names=names) as fetcher:
        with pytest.raises(FetchFailed, match="refused"):
            await got(fetcher, site.at("dua.example", "/a"))
    assert site.asked == site.robots_asked == []


# Bodies


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"isi " * 1000)),
        ("x-gzip", gzip.compress(b"isi " * 500) + gzip.compress(b"isi " * 500)),
        ("gzip", gzip.compress(b"isi " * 1000) + b"\0" * 20),
        ("deflate", zlib.compress(b"isi " * 1000)),
        ("deflate", zlib.compress(b"isi " * 1000, wbits=-15)),
        ("identity", b"isi " * 1000),
        ("", gzip.compress(b"isi " * 1000)),
    ],
    ids=["gzip", "two members", "padded", "zlib", "bare deflate", "plain", "a gzip file"],
)
async def test_a_compressed_body_is_opened(site: Site, encoding: str, packed: bytes) -> None:
    site.pages["/a"] = Answer(packed, headers={"Content-Encoding": encoding} if encoding else {})
    assert (await fetched(site)).document.content == b"isi " * 1000


def _bomb(wbits: int) -> bytes:
    """A hundred megabytes of nothing."""
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(100)) + packer.flush()


GZIP, DEFLATE = 31, 15


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", _bomb(GZIP)),
        ("deflate", _bomb(DEFLATE)),
        ("deflate", _bomb(-DEFLATE)),
        ("", _bomb(GZIP)),
        ("gzip", gzip.compress(_bomb(GZIP))),
        ("gzip", gzip.compress(bytes(1_000_000)) * 100),
    ],
    ids=["gzip", "zlib", "bare deflate", "a gzip file", "twice", "a hundred members"],
)
async def test_a_bomb_is_refused_while_it_goes_off(site: Site, encoding: str, packed: bytes) -> None:
    assert len(packed) < 1_000_000
    site.pages["/a"] = Answer(packed, headers={"Content-Encoding": encoding} if encoding else {})
    assert "larger than 10 MB" in (await failure(site)).cause


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "entah"])
async def test_an_encoding_that_was_not_asked_for_is_not_opened(site: Site, encoding: str) -> None:
    site.pages["/a"] = Answer(b"\x28\xb5\x2f\xfd", headers={"Content-Encoding": encoding})
    assert "not asked for" in (await failure(site)).cause
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "body", [b"bukan gzip", gzip.compress(b"isi " * 1000)[:-20]], ids=["none", "cut short"]
)
async def test_a_broken_body_is_told_as_such(site: Site, body: bytes) -> None:
    site.pages["/a"] = Answer(body, headers={"Content-Encoding": "gzip"})
    assert "cannot be decompressed" in (await failure(site)).cause


async def test_a_page_that_never_ends_is_left_at_ten_megabytes(site: Site) -> None:
    sent = 0

    async def endless(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>")
        while True:
            writer.write(b"<p>lagi</p>" * 10_000)
            sent += 110_000
            await writer.drain()

    site.writers["/a"] = endless
    assert "larger than 10 MB" in (await failure(site)).cause
    # What a socket and its buffers hold beyond that is the system's business.
    assert sent < LARGEST + 20_000_000


async def test_large_documents_are_in_memory_a_few_at_a_time_however_many_servers_send_them(
    site: Site,
) -> None:
    names = [f"surat{number}.example" for number in range(3 * LARGE_AT_ONCE)]
    site.pages["/a"] = Answer(b"x" * (SMALL + 1))
    site.pages["/kecil"] = Answer("isi")
    in_hand, most = 0, 0
    enough, go_on = asyncio.Event(), asyncio.Event()

    async def read(fetcher: Fetcher, name: str) -> None:
        nonlocal in_hand, most
        async with fetcher.fetch(site.at(name, "/a")):
            in_hand += 1
            most = max(most, in_hand)
            if in_hand == LARGE_AT_ONCE:
                enough.set()
            await go_on.wait()
            in_hand -= 1

    async with fetching(site, allowed=[(name, site.port) for name in [*names, HOST, "127.0.0.1"]]) as fetcher:
        reading = asyncio.gather(*(read(fetcher, name) for name in names))
        await enough.wait()
        # Small ones pass the large ones that wait.
        assert isinstance(await got(fetcher, site.at(HOST, "/kecil")), Fetched)
        go_on.set()
        await reading
    assert most == LARGE_AT_ONCE


async def test_waiting_for_room_is_not_held_against_the_server(site: Site) -> None:
    site.pages["/a"] = Answer(b"x" * (SMALL + 1))
    names = [f"surat{number}.example" for number in range(LARGE_AT_ONCE + 1)]
    allowed = [(name, site.port) for name in [*names, "127.0.0.1"]]
    async with fetching(site, allowed=allowed, seconds=0.5) as fetcher, AsyncExitStack() as places:
        for name in names[1:]:
            await places.enter_async_context(fetcher.fetch(site.at(name, "/a")))
        late = asyncio.create_task(got(fetcher, site.at(names[0], "/a")))
        await asyncio.wait([late], timeout=0.7)
        assert not late.done()
        await places.aclose()
        assert isinstance(await late, Fetched)


async def test_a_small_answer_that_unpacks_to_a_large_one_waits_for_its_room_too(site: Site) -> None:
    site.pages["/a"] = Answer(gzip.compress(b"x" * (SMALL + 1)), headers={"Content-Encoding": "gzip"})
    site.pages["/b"] = Answer(gzip.compress(b"x" * (SMALL + 1)))
    names = [f"surat{number}.example" for number in range(LARGE_AT_ONCE + 2)]
    allowed = [(name, site.port) for name in [*names, "127.0.0.1"]]
    async with fetching(site, allowed=allowed) as fetcher, AsyncExitStack() as places:
        for name in names[2:]:
            await places.enter_async_context(fetcher.fetch(site.at(name, "/a")))
        late = [
            asyncio.create_task(got(fetcher, site.at(names[0], "/a"))),
            asyncio.create_task(got(fetcher, site.at(names[1], "/b"))),
        ]
        await asyncio.wait(late, timeout=0.3)
        assert not any(task.done() for task in late)
        await places.aclose()
        await asyncio.gather(*late)


async def _never(writer: asyncio.StreamWriter) -> None:
    del writer
    await asyncio.Event().wait()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.01)


async def _headers_without_end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Lagi: " + b"x" * 100 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0)


async def _break_off(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _no_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 koran.example ESMTP\r\n\r\n")


async def _long_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nETag: " + b"x" * 100_000 + b"\r\n\r\n")


Writing = Callable[[asyncio.StreamWriter], Awaitable[None]]


@pytest.mark.parametrize(
    ("writing", "told"),
    [
        (_never, "no whole answer within"),
        (_drip, "no whole answer within"),
        (_break_off, "broke off"),
        (_hang_up, "closed the connection"),
        (_no_http, "does not speak HTTP"),
        (_long_header, "does not speak HTTP"),
        (_headers_without_end, "does not speak HTTP|no whole answer"),
    ],
)
async def test_a_server_that_does_not_answer_as_it_should_is_given_up(
    site: Site, writing: Writing, told: str
) -> None:
    site.writers["/a"] = writing
    async with fetching(site, seconds=0.5) as fetcher:
        with pytest.raises(FetchFailed, match=told):
            await got(fetcher, site.at(HOST, "/a"))


async def test_redirects_share_the_time_of_one_document(site: Site) -> None:
    async def slowly(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(Answer(status=302, headers={"Location": "/a"}).written())

    site.writers["/a"] = slowly
    assert "no whole answer" in (await failure(site, seconds=0.5)).cause
    assert len(site.asked) <= 3


async def test_a_port_where_nobody_listens_is_told_in_plain_words(site: Site) -> None:
    async with serving() as gone:
        port = gone.port
    async with fetching(site, allowed=[("127.0.0.1", port)]) as fetcher:
        with pytest.raises(FetchFailed, match=r"127\.0\.0\.1 cannot be reached"):
            await got(fetcher, f"http://127.0.0.1:{port}/a")


async def test_an_unknown_host_is_told_in_plain_words() -> None:
    async with Fetcher(contact="", now=lambda: NOW, delay=0) as fetcher:
        with pytest.raises(FetchFailed, match=r"tidak-ada\.invalid is not known"):
            await got(fetcher, "http://tidak-ada.invalid/a")
