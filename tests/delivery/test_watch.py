"""What readers get of what sources list, and what they do not, over real HTTP and a real database."""

import asyncio
import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.checking import DEAD_AFTER, LONGEST
from bot.core.listed import Sending, Tally
from bot.delivery.listed import MOST_CORRECTED
from bot.sources.register import Source, SourceKind
from tests.delivery.newsdesk import HOSTS, START, Newsdesk, newsdesk
from tests.fakes.press import Printed, feed, page, prints
from tests.fakes.site import Answer, Asked, Site
from tests.render.values import messages

HOST, OTHER = HOSTS[:2]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def old(number: int) -> Printed:
    return Printed(number, START - timedelta(hours=30) + number * MINUTE)


def new(number: int, *, after: timedelta = MINUTE) -> Printed:
    return Printed(number, START + after)


def written(site: Site, key: str) -> Answer:
    page = site.pages[key]
    assert isinstance(page, Answer)
    return page


def titles(*printed: Printed) -> list[str]:
    return [one.headline for one in printed]


async def contacted(desk: Newsdesk, *printed: Printed, host: str = HOST) -> str:
    """A feed that was looked at once and listed ``printed`` then; its address."""
    prints(desk.site, host, *printed)
    address = desk.site.at(host, "/rss")
    desk.named.append(Source(address))
    await desk.look()
    return address


# First contact


async def test_first_contact_archives_the_newest_and_sends_nothing(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = [old(number) for number in range(30, 0, -1)]
        address = await contacted(desk, *printed)
        assert await desk.sent() == []
        kept = [archived.article.title for archived in await desk.archived()]
        assert kept == titles(*reversed(printed[:10]))
        assert (await desk.records.tally(since=START - DAY))[address] == Tally(taken=10)


async def test_a_backfill_sends_as_many_as_were_asked_for(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = [old(number) for number in range(30, 0, -1)]
        prints(desk.site, HOST, *printed)
        desk.named.append(Source(desk.site.at(HOST, "/rss"), backfill=3))
        await desk.look()
        assert await desk.sent() == titles(*reversed(printed[:3]))


async def test_what_comes_after_first_contact_is_sent_in_the_order_in_which_it_was_printed(
    tmp_path: Path,
) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        later = [new(4, after=3 * MINUTE), new(3, after=2 * MINUTE), new(2)]
        prints(desk.site, HOST, *later, old(1))
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == titles(*reversed(later))


async def test_the_article_is_what_its_page_says_and_the_record_says_where_from(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        (archived,) = await desk.archived()
        article = archived.article
        assert article.title == old(1).headline
        assert article.paragraphs == old(1).paragraphs
        assert article.published_at == old(1).at
        assert article.url == desk.site.at(HOST, old(1).path)
        assert archived.analysis.quotations[0].speaker == "Sagara Wirawan"
        async with desk.database.reading() as connection:
            origins = (await connection.exec_driver_sql("SELECT origins FROM source_items")).scalar_one()
        assert '"title": "json-ld"' in origins


# What is new and what is not


async def test_an_unchanged_feed_is_asked_for_conditionally_and_not_read_again(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:

        def answer(asked: Asked) -> Answer:
            if asked.headers.get("if-none-match") == '"satu"':
                return Answer(status=304)
            return Answer(feed(desk.site, HOST, old(1)), headers={"ETag": '"satu"'})

        prints(desk.site, HOST, old(1))
        desk.site.pages[f"{HOST}/rss"] = answer
        desk.named.append(Source(desk.site.at(HOST, "/rss")))
        for _ in range(3):
            await desk.look(after=6 * HOUR)
        assert desk.site.paths() == ["/rss", old(1).path, "/rss", "/rss"]
        assert [asked.headers.get("if-none-match") for asked in desk.site.asked] == [
            None, None, '"satu"', '"satu"',
        ]  # fmt: skip


async def test_a_redated_article_is_not_sent_again(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        prints(desk.site, HOST, replace(old(1), at=START + HOUR))
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        assert len(await desk.archived()) == 1


async def test_a_feed_that_changes_all_its_ids_sends_nothing(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = [old(number) for number in range(30)]
        await contacted(desk, *printed)
        prints(desk.site, HOST, *(replace(one, guid=f"baru-{one.number}") for one in printed))
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        assert desk.told.notices == []


async def test_the_same_words_under_a_new_address_id_and_date_are_not_sent(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        moved = Printed(77, START + HOUR, title=old(1).headline, text=old(1).paragraphs[0])
        prints(desk.site, HOST, moved)
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        assert len(await desk.archived()) == 1


async def test_an_article_that_two_sources_list_is_fetched_and_sent_once(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        desk.site.pages[f"{HOST}/bagian"] = Answer(feed(desk.site, HOST, old(1)))
        desk.named.append(Source(desk.site.at(HOST, "/bagian")))
        await desk.look(after=6 * HOUR)
        both = feed(desk.site, HOST, new(2), old(1))
        prints(desk.site, HOST, new(2), old(1))
        desk.site.pages[f"{HOST}/bagian"] = Answer(both)
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == titles(new(2))
        assert desk.site.paths().count(new(2).path) == 1


async def test_an_old_article_that_a_section_lists_anew_is_archived_and_not_sent(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        years_old = Printed(2, START - 900 * DAY)
        prints(desk.site, HOST, years_old, old(1))
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        assert len(await desk.archived()) == 2


async def test_a_corrected_title_is_read_again_as_a_revision(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        prints(desk.site, HOST, replace(old(1), title="Kapal Feri Batal Berlayar"))
        await desk.look(after=6 * HOUR)
        (archived,) = await desk.archived()
        assert (archived.revision, archived.article.title) == (2, "Kapal Feri Batal Berlayar")
        assert await desk.sent() == []


async def test_a_feed_that_rewrites_all_its_titles_makes_no_page_be_fetched_again(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = [old(number) for number in range(8)]
        await contacted(desk, *printed)
        desk.site.asked.clear()
        prints(desk.site, HOST, *(replace(one, title=f"{one.headline} | Koran") for one in printed))
        await desk.look(after=6 * HOUR)
        assert desk.site.paths() == ["/rss"]


# Corrections


async def sent_once(desk: Newsdesk, *, text: str | None = None) -> Printed:
    """An article that came after first contact and was sent."""
    await contacted(desk, old(1))
    printed = replace(new(2), text=text)
    prints(desk.site, HOST, printed, old(1))
    await desk.look(after=6 * HOUR)
    assert await desk.sent() == titles(printed)
    desk.site.asked.clear()
    return printed


async def test_a_text_that_was_corrected_after_it_was_sent_is_a_revision(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = await sent_once(desk)
        corrected = replace(printed, text="Pelabuhan Teluk Baruna melayani tujuh perjalanan sejak Rabu pagi.")
        desk.site.pages[HOST + printed.path] = Answer(page(corrected))
        await desk.look(after=15 * MINUTE)
        archived = (await desk.archived())[-1]
        assert archived.revision == 2
        assert archived.article.paragraphs == corrected.paragraphs
        # The second publication is the correction of what the first one sent.
        assert await desk.sent() == titles(printed, corrected)


async def test_a_sent_articles_page_is_asked_conditionally_less_and_less_often_for_two_days(
    tmp_path: Path,
) -> None:
    async with newsdesk(tmp_path) as desk:
        asked = list[timedelta]()

        def answer(request: Asked) -> Answer:
            if request.headers.get("if-none-match") == '"satu"':
                asked.append(desk.now - taken_at)
                return Answer(status=304)
            return Answer(page(new(2)), headers={"ETag": '"satu"'})

        await contacted(desk, old(1))
        prints(desk.site, HOST, new(2), old(1))
        desk.site.pages[HOST + new(2).path] = answer
        await desk.look(after=6 * HOUR)
        taken_at = desk.now
        for _ in range(4 * 24 * 4):
            await desk.look(after=15 * MINUTE)
        assert [pause // MINUTE for pause in asked] == [15, 45, 105, 225, 465, 945, 1905]
        assert (await desk.archived())[-1].revision == 1


async def test_a_text_is_still_looked_at_after_its_title_was_corrected(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = replace(await sent_once(desk), title="Kapal Feri Batal Berlayar")
        prints(desk.site, HOST, printed, old(1))
        await desk.look(after=6 * HOUR)
        assert (await desk.archived())[-1].revision == 2
        prints(desk.site, HOST, replace(printed, text="Pelabuhan itu kini melayani tujuh perjalanan sehari."))
        await desk.look(after=15 * MINUTE)
        assert (await desk.archived())[-1].revision == 3


async def test_a_page_that_only_looks_different_is_no_correction(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = await sent_once(desk)
        redated = replace(printed, at=printed.at + HOUR)
        desk.site.pages[HOST + printed.path] = Answer(page(redated).replace("</body>", "<nav>x</nav></body>"))
        await desk.look(after=15 * MINUTE)
        assert printed.path in desk.site.paths()
        assert (await desk.archived())[-1].revision == 1


async def test_an_article_that_was_not_sent_is_not_looked_at_again(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, Printed(1, START - MINUTE))
        desk.site.asked.clear()
        await desk.look(after=15 * MINUTE)
        assert "/nasional/1/kapal-feri-1" not in desk.site.paths()


async def test_a_page_that_is_gone_stops_no_other_and_leaves_the_article(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        printed = await sent_once(desk)
        desk.site.pages[HOST + printed.path] = Answer(status=404)
        await desk.look(after=15 * MINUTE)
        assert desk.site.paths() == [printed.path]
        assert (await desk.archived())[-1].article.title == printed.headline
        prints(desk.site, HOST, replace(printed, text="Pelabuhan itu kini melayani tujuh perjalanan sehari."))
        await desk.look(after=30 * MINUTE)
        assert (await desk.archived())[-1].revision == 2


async def test_a_site_that_changes_all_its_pages_corrects_few(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        desk.named[0] = Source(address, at_once=100)
        many = [new(number, after=number * MINUTE) for number in range(2, 22)]
        prints(desk.site, HOST, *many)
        await desk.look(after=6 * HOUR)
        for one in many:
            changed = replace(one, text=f"Dengarkan berita ini. Perjalanan ke-{one.number} lancar sekali.")
            desk.site.pages[HOST + one.path] = Answer(page(changed))
        for _ in range(5):
            await desk.look(after=15 * MINUTE / 5)
        await desk.look(after=12 * MINUTE)
        revised = [archived for archived in await desk.archived() if archived.revision > 1]
        assert 0 < len(revised) <= MOST_CORRECTED


# Floods


async def test_far_more_news_than_ever_is_held_and_the_desk_told_once(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, *(old(number) for number in range(3)))
        flood = [new(100 + number, after=number * MINUTE) for number in range(40)]
        prints(desk.site, HOST, *flood)
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        assert desk.told.notices == [("flood", address, address, "40")]
        await desk.look(after=6 * HOUR)
        assert len(desk.told.notices) == 1
        assert (await desk.records.tally(since=START))[address].held == 40


@pytest.mark.parametrize(("sending", "sent"), [(Sending.ASKED, 40), (Sending.QUIET, 0)])
async def test_a_person_releases_what_is_held(tmp_path: Path, sending: Sending, sent: int) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        prints(desk.site, HOST, *(new(100 + number, after=number * MINUTE) for number in range(40)))
        await desk.look(after=6 * HOUR)
        await desk.records.release(address, sending=sending, now=desk.now)
        for _ in range(2):
            await desk.look()
        assert len(await desk.sent()) == sent
        assert len(await desk.archived()) == 41


async def test_a_newsroom_that_prints_many_at_once_may_say_so(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        prints(desk.site, HOST, old(1))
        desk.named.append(Source(desk.site.at(HOST, "/rss"), at_once=40))
        await desk.look()
        prints(desk.site, HOST, *(new(100 + number) for number in range(15)))
        await desk.look(after=6 * HOUR)
        assert len(await desk.sent()) == 15


# Failures


async def test_a_dead_source_is_told_once_and_once_more_when_it_is_back(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        desk.site.pages[f"{HOST}/rss"] = Answer(status=500)
        for _ in range(DEAD_AFTER + 4):
            await desk.look(after=LONGEST)
        assert desk.told.notices == [("dead", address, "the server answers 500 Internal Server Error")]
        prints(desk.site, HOST, new(2, after=DAY), old(1))
        await desk.look(after=LONGEST)
        assert desk.told.notices[1:] == [("back", address)]
        assert (await desk.remembered(address)).course.failures == 0
        assert await desk.sent() == titles(new(2))


async def test_a_failing_source_is_left_alone_for_longer_and_longer(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        desk.site.pages[f"{HOST}/rss"] = Answer(status=500)
        pauses = []
        for _ in range(3):
            await desk.look(after=6 * HOUR)
            next_at = (await desk.remembered(address)).course.next_at
            assert next_at is not None
            pauses.append(next_at - desk.now)
        assert pauses == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE]
        assert await desk.look(after=19 * MINUTE) == 0


async def test_a_feed_that_became_a_page_without_articles_is_a_failure(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        desk.site.pages[f"{HOST}/rss"] = Answer("<html><body>Situs sedang dirawat.</body></html>")
        await desk.look(after=6 * HOUR)
        course = (await desk.remembered(address)).course
        assert course.failures == 1
        assert "links to no article" in (course.cause or "")


async def test_a_server_that_asks_to_wait_is_left_alone_so_long(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        desk.site.pages[f"{HOST}/rss"] = Answer(status=429, headers={"Retry-After": "7200"})
        await desk.look(after=6 * HOUR)
        assert (await desk.remembered(address)).course.next_at == desk.now + 2 * HOUR


async def test_a_page_that_is_not_there_yet_is_read_when_it_is(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        prints(desk.site, HOST, new(2), old(1))
        there = desk.site.pages.pop(HOST + new(2).path)
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == []
        desk.site.pages[HOST + new(2).path] = there
        await desk.look(after=5 * MINUTE)
        assert await desk.sent() == titles(new(2))


async def test_a_page_that_never_becomes_an_article_is_given_up_and_told(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        address = await contacted(desk, old(1))
        prints(desk.site, HOST, new(2), new(3, after=2 * MINUTE), old(1))
        desk.site.pages[HOST + new(2).path] = Answer("<html><body><img src='a.jpg'></body></html>")
        for _ in range(8):
            await desk.look(after=6 * HOUR)
        assert await desk.sent() == titles(new(3))
        assert [notice[:2] for notice in desk.told.notices] == [
            ("unreadable", desk.site.at(HOST, new(2).path))
        ]
        assert desk.site.paths().count(new(2).path) == 5
        assert (await desk.remembered(address)).waiting_at is None


async def test_a_host_that_asks_for_quiet_among_its_pages_loses_no_article(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        prints(desk.site, HOST, new(3, after=2 * MINUTE), new(2), old(1))
        there = desk.site.pages[HOST + new(2).path]
        desk.site.pages[HOST + new(2).path] = Answer(status=429, headers={"Retry-After": "600"})
        await desk.look(after=6 * HOUR)
        assert new(3).path not in desk.site.paths()
        desk.site.pages[HOST + new(2).path] = there
        await desk.look(after=11 * MINUTE)
        assert sorted(await desk.sent()) == titles(new(2), new(3))


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>")
    while True:
        writer.write(b"<p>lagi</p>" * 10_000)
        await writer.drain()


async def _silent(writer: asyncio.StreamWriter) -> None:
    del writer
    await asyncio.Event().wait()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;">]>
<rss version="2.0"><channel><title>&e;</title></channel></rss>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"""


async def test_no_misbehaving_source_keeps_the_others_out(tmp_path: Path) -> None:
    bad = {
        "surat0.example": Answer(BOMB),
        "surat1.example": Answer(FILE),
        "surat2.example": Answer(b"\x00\x01\x02"),
        "surat3.example": Answer(""),
        "surat5.example": Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        "surat6.example": Answer(status=302, headers={"Location": "/rss"}),
        "surat7.example": Answer(b"\x1f\x8b\x08broken", headers={"Content-Encoding": "gzip"}),
        "surat8.example": Answer("isi", headers={"Content-Encoding": "br"}),
        "surat9.example": Answer(status=410),
        "surat10.example": Answer("[" * 100_000, headers={"Content-Type": "application/json"}),
        "surat11.example": Answer(status=999),
        "surat12.example": Answer(
            gzip.compress(b"<p>lagi</p>" * 1_000_000), headers={"Content-Encoding": "gzip"}
        ),
        "surat13.example": Answer(status=301, headers={"Location": "http://[::ffff:10.0.0.1]/rss"}),
        "surat14.example": Answer(status=301, headers={"Location": "http://dalam.example/rss"}),
        "surat16.example": Answer("<div>" * 500_000),
        "surat17.example": Answer("\xff\xfe<rss>".encode("utf-16"), headers={"Content-Type": "text/xml"}),
    }
    async with newsdesk(tmp_path, seconds=2) as desk:
        for host, answer in bad.items():
            desk.site.pages[f"{host}/rss"] = answer
        desk.site.writers["surat20.example/rss"] = _endless
        desk.site.writers["surat21.example/rss"] = _silent
        desk.site.pages["surat22.example/robots.txt"] = Answer("User-agent: *\nDisallow: /")
        faulty = [*bad, "surat20.example", "surat21.example", "surat22.example"]
        desk.named += [Source(desk.site.at(host, "/rss")) for host in faulty]
        outside = f"<!DOCTYPE rss SYSTEM '{desk.site.at('surat15.example', '/rss.dtd')}'><rss></rss>"
        desk.site.pages["surat15.example/rss"] = Answer(outside)
        desk.named.insert(0, Source(desk.site.at("surat15.example", "/rss")))
        await contacted(desk, old(1))
        prints(desk.site, HOST, new(2), old(1))
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == titles(new(2))
        assert "/rss.dtd" not in desk.site.paths()
        remembered = await desk.records.remembered()
        causes = {source.address: remembered[source.address].course.cause for source in desk.named[1:-1]}
        silent = [address for address, cause in causes.items() if not cause]
        assert silent == []
        assert not any("fault of ours" in (cause or "") for cause in causes.values()), causes


@pytest.mark.parametrize(
    ("charset", "said"),
    [
        ("windows-1252", "; charset=utf-8"),
        ("windows-1252", ""),
        ("utf-8", "; charset=windows-1252"),
        ("utf-8", "; charset=tidak-ada"),
        ("utf-16", "; charset=utf-8"),
    ],
)
async def test_an_article_is_read_whatever_charset_its_server_says_that_it_has(
    tmp_path: Path, charset: str, said: str
) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        printed = replace(
            new(2), title="Kafé “Senja” Dibuka – Harga Rp10.000", text="Kopi Améa dijual mulai Rabu."
        )
        prints(desk.site, HOST, printed, old(1))
        for path in ("/rss", printed.path):
            body = str(written(desk.site, HOST + path).body).replace("<meta charset='utf-8'>", "")
            headers = {"Content-Type": f"text/html{said}"}
            desk.site.pages[HOST + path] = Answer(body.encode(charset), headers=headers)
        await desk.look(after=6 * HOUR)
        assert await desk.sent() == titles(printed)
        assert (await desk.archived())[-1].article.paragraphs == printed.paragraphs


async def test_nothing_of_a_page_reaches_telegram_unescaped(tmp_path: Path) -> None:
    hostile = Printed(
        1,
        START - HOUR,
        title="<a href='tg://x'>Judul</a> & <b>lain",
        text="<script>alert(1)</script> Isi & lagi.",
    )
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, hostile)
        (archived,) = await desk.archived()
        html = messages().push(archived, "id").html
        assert "<script" not in html
        assert "<a" not in html
        assert html.startswith("<b>Judul &amp; lain</b>")


# Other kinds of sources


async def test_a_single_article_is_a_source_whose_changes_are_revisions(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        prints(desk.site, HOST, old(1))
        desk.named.append(Source(desk.site.at(HOST, old(1).path), kind=SourceKind.ARTICLE))
        await desk.look()
        corrected = replace(old(1), text="Pelabuhan ditutup lagi sejak Kamis siang karena gelombang tinggi.")
        desk.site.pages[HOST + old(1).path] = Answer(page(corrected))
        await desk.look(after=6 * HOUR)
        (archived,) = await desk.archived()
        assert archived.revision == 2
        assert archived.article.paragraphs == corrected.paragraphs


async def test_a_sitemap_index_leads_to_the_articles_of_its_newest_sitemaps(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        maps = "".join(
            f"<sitemap><loc>{desk.site.at(HOST, f'/peta-{day}.xml')}</loc>"
            f"<lastmod>2026-03-0{day}</lastmod></sitemap>"
            for day in (1, 2, 3, 4)
        )
        desk.site.pages[f"{HOST}/peta.xml"] = Answer(f"<sitemapindex {space}>{maps}</sitemapindex>")
        prints(desk.site, HOST, old(4), old(2))
        for day, one in ((4, old(4)), (2, old(2))):
            desk.site.pages[f"{HOST}/peta-{day}.xml"] = Answer(
                f"<urlset {space}><url><loc>{desk.site.at(HOST, one.path)}</loc></url></urlset>"
            )
        desk.site.pages[f"{HOST}/peta-3.xml"] = Answer(f"<urlset {space}></urlset>")
        desk.named.append(Source(desk.site.at(HOST, "/peta.xml")))
        await desk.look()
        assert sorted(one.article.title for one in await desk.archived()) == sorted(titles(old(2), old(4)))
        assert "/peta-1.xml" not in desk.site.paths()


async def test_a_site_is_read_by_its_pages_for_each_day(tmp_path: Path) -> None:
    def profile(site: Site) -> Path:
        (tmp_path / "koran.toml").write_text(
            f"""
            name = "Koran"
            hosts = ["{HOST}"]
            time_zone = "Asia/Jakarta"
            [index]
            by_day = "{site.at(HOST, "/indeks-{day:%Y-%m-%d}-{offset}")}"
            per_page = 3
            item = ["li"]
            link = ["a"]
            """
        )
        return tmp_path

    def listed(desk: Newsdesk, day: str, *printed: Printed) -> None:
        for offset in range(0, len(printed) + 1, 3):
            items = "".join(
                f"<li><a href='{one.path}'>{one.headline}</a></li>" for one in printed[offset : offset + 3]
            )
            desk.site.pages[f"{HOST}/indeks-{day}-{offset}"] = Answer(
                f"<html><body><ul>{items}</ul></body></html>", headers={"Content-Type": "text/html"}
            )

    async with newsdesk(tmp_path, profiles=profile) as desk:
        first = [old(number) for number in range(7, 0, -1)]
        prints(desk.site, HOST, *first)
        listed(desk, "2026-03-04", *first)
        desk.named.append(Source(desk.site.at(HOST), kind=SourceKind.DAYS))
        await desk.look()
        assert sorted(one.article.title for one in await desk.archived()) == sorted(titles(*first))
        # Past midnight in Jakarta both days are read, and lately looked at: the first page is enough.
        desk.site.asked.clear()
        later = [new(9, after=15 * HOUR), new(8, after=14 * HOUR)]
        prints(desk.site, HOST, *later)
        listed(desk, "2026-03-04", *later, *first)
        listed(desk, "2026-03-05")
        await desk.look(after=17 * HOUR)
        assert sorted(await desk.sent()) == sorted(titles(*later))
        desk.site.asked.clear()
        await desk.look(after=30 * MINUTE)
        lists = [path for path in desk.site.paths() if path.startswith("/indeks")]
        assert lists == ["/indeks-2026-03-05-0", "/indeks-2026-03-04-0"]


async def test_a_database_that_cannot_be_written_makes_no_server_be_asked_again_and_again(
    tmp_path: Path,
) -> None:
    async with newsdesk(tmp_path) as desk:
        prints(desk.site, HOST, old(1))
        desk.named.append(Source(desk.site.at(HOST, "/rss")))
        desk.records.full = True
        for _ in range(3):
            await desk.look(after=MINUTE)
        desk.records.full = False
        assert desk.site.paths() == ["/rss"]
        await desk.look(after=5 * MINUTE)
        assert len(await desk.archived()) == 1


async def test_a_page_cannot_speak_for_another_newspaper(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        await contacted(desk, old(1))
        false = page(new(2)).replace(
            "</head>", f"<link rel='canonical' href='{desk.site.at(HOST, old(1).path)}'></head>"
        )
        desk.site.pages[OTHER + new(2).path] = Answer(false)
        desk.site.pages[f"{OTHER}/rss"] = Answer(feed(desk.site, OTHER, new(2)))
        desk.named.append(Source(desk.site.at(OTHER, "/rss"), backfill=1))
        await desk.look()
        first, second = await desk.archived()
        assert (first.revision, first.article.title) == (1, old(1).headline)
        assert second.article.url == desk.site.at(OTHER, new(2).path)


# The register and the run


async def test_sources_come_and_go_while_it_runs(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        assert await desk.look() == 0
        await contacted(desk, old(1))
        desk.named.clear()
        assert await desk.look(after=DAY) == 0


async def test_a_source_under_way_is_not_looked_at_twice(tmp_path: Path) -> None:
    async with newsdesk(tmp_path) as desk:
        arrived, released = asyncio.Event(), asyncio.Event()

        async def slow(writer: asyncio.StreamWriter) -> None:
            arrived.set()
            await released.wait()
            writer.write(Answer(feed(desk.site, HOST)).written())

        desk.site.writers[f"{HOST}/rss"] = slow
        desk.named.append(Source(desk.site.at(HOST, "/rss")))
        first = asyncio.create_task(desk.watch.look_once())
        await arrived.wait()
        assert await desk.watch.look_once() == 0
        released.set()
        assert await first == 1
