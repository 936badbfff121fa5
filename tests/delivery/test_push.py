"""From an article that arrives to what stands in the chats, through the local Telegram over HTTP."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.core.audience import ChatKind
from bot.core.publication import DeliveryState, PublicationState
from bot.samples import correction, samples
from bot.simulator.actors import Actor, Telegram
from bot.simulator.timeline import Event
from bot.store.archive import Change
from tests.fakes.newsroom import World, world


async def _subscribe(running: World) -> None:
    await running.reader.send("/start")
    await running.reader.expect("Selamat datang")


async def test_a_new_article_reaches_the_channel_and_each_subscriber_once(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with world(tmp_path, telegram) as running:
        await _subscribe(running)
        stored = await running.takes(samples()[0])
        title = stored.archived.article.title
        push = await running.reader.expect(title)
        post = await running.channel.expect(title)
        assert all(quotation.text in push.text for quotation in stored.archived.analysis.quotations[:5])
        assert all("url" in button for button in post.buttons), "a press under a post would change it for all"
        assert (await running.takes(samples()[0])).change is Change.UNCHANGED
        await running.takes(samples()[1])
        await running.channel.expect(samples()[1].text.split("\n")[2])
        assert sum(title in message["text"] for message in running.reader.received()) == 1
        progress = await running.bot.house.publications.progress(1)
        assert progress[DeliveryState.SENT] == 2


async def test_the_real_article_brings_its_four_quotations(
    tmp_path: Path, shared: Path, telegram: Telegram
) -> None:
    (file,) = sorted((shared / "articles").glob("*.txt"))
    async with world(tmp_path, telegram) as running:
        await _subscribe(running)
        (tmp_path / "articles" / "kim.txt").write_bytes(file.read_bytes())
        push = await running.reader.expect("Kim Jong Un Tiba Di Rusia, Siap Jumpa Putin Di Tengah Ancaman AS")
        assert push.text.count("Jake Sullivan") == 2
        assert "Michael Madden" in push.text
        assert "Dmitry Peskov" in push.text
        quoted = [entity for entity in push.message["entities"] if "blockquote" in entity["type"]]
        assert len(quoted) == 4


async def test_an_article_without_sections_wanted_is_not_sent(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as running:
        await _subscribe(running)
        await running.bot.house.subscribers.toggle_section(running.reader.chat_id, "zona-sport")
        unwanted = await running.takes(samples()[0])
        wanted = await running.takes(samples()[2])
        assert wanted.archived.article.section == "zona-sport"
        await running.reader.expect(wanted.archived.article.title)
        await running.channel.expect(unwanted.archived.article.title)
        assert len(running.reader.received()) == 2, "the welcome and the wanted one"


async def test_a_correction_is_edited_into_what_was_sent(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as running:
        await _subscribe(running)
        fixed = correction()
        (first,) = [sample for sample in samples() if sample.url == fixed.url]
        stored = await running.takes(first)
        title = stored.archived.article.title
        push = await running.reader.expect(title)
        post = await running.channel.expect(title)
        assert (await running.takes(fixed)).archived.revision == 2
        edited = await running.reader.expect("Diperbarui", edited=True)
        edited_post = await running.channel.expect("Diperbarui", edited=True)
        assert edited.message["message_id"] == push.message["message_id"]
        assert edited_post.message["message_id"] == post.message["message_id"]
        assert edited.buttons == push.buttons
        assert sum(title in message["text"] for message in running.reader.received()) == 1


async def test_a_retracted_article_is_deleted_everywhere_and_no_longer_shown(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with world(tmp_path, telegram) as running:
        await _subscribe(running)
        stored = await running.takes(samples()[0])
        title = stored.archived.article.title
        push = await running.reader.expect(title)
        post = await running.channel.expect(title)
        assert await running.bot.house.archive.retract(stored.archived.id, now=datetime.now(UTC))
        running.bot.wake()
        for chat, message in ((running.reader, push), (running.channel, post)):
            await telegram.until(partial(_deletes, chat, message.message["message_id"]), what="a deletion")
        await running.reader.send("/terbaru")
        await running.reader.expect("Belum ada berita")


async def test_a_restart_in_the_middle_goes_on_where_it_was(tmp_path: Path, telegram: Telegram) -> None:
    """Ninety recipients take three seconds at thirty a second; the bot is stopped in the first one."""
    readers = [telegram.user(f"Pembaca {number}", started=True) for number in range(90)]
    async with world(tmp_path, telegram, channels="") as first:
        for reader in readers:
            await first.bot.house.subscribers.join(
                reader.chat_id, kind=ChatKind.PRIVATE, language="id", now=datetime.now(UTC)
            )
        await first.takes(samples()[0])
        await telegram.until(lambda event: event.kind == "message", what="the first push")
    sent = sum(bool(reader.received()) for reader in readers)
    assert 0 < sent < 90, "stopped in the middle"
    async with world(tmp_path, telegram, channels="") as second:
        await _until_done(second)
        progress = await second.bot.house.publications.progress(1)
        assert progress[DeliveryState.SENT] == 90
        assert [len(reader.received()) for reader in readers] == [1] * 90, "neither skipped nor repeated"


async def _until_done(running: World, publication_id: int = 1) -> None:
    """The ledger tells nobody when it changes, so it is asked again and again."""
    async with asyncio.timeout(15):
        while True:
            publication = await running.bot.house.publications.one(publication_id)
            if publication is not None and publication.state is PublicationState.DONE:
                return
            await asyncio.sleep(0.05)


def _deletes(chat: Actor, message_id: int, event: Event) -> bool:
    deleted = {"chat_id": chat.chat_id, "message_id": message_id}
    return event.kind == "delete" and event.data == deleted


@pytest.mark.parametrize("name", ["catatan.part", ".tersembunyi.txt", "gambar.jpg"])
async def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, name: str, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as running:
        folder = tmp_path / "articles"
        (folder / name).write_text(samples()[0].text, encoding="utf-8")
        (folder / "berita.txt").write_text(samples()[1].text, encoding="utf-8")
        await running.channel.expect(samples()[1].text.split("\n")[2])
        assert len(running.channel.received()) == 1


async def test_a_half_written_file_is_read_when_it_is_whole(tmp_path: Path, telegram: Telegram) -> None:
    async with world(tmp_path, telegram) as running:
        text = samples()[3].text
        with (tmp_path / "articles" / "panjang.txt").open("w", encoding="utf-8") as file:
            for start in range(0, len(text), 200):
                file.write(text[start : start + 200])
                file.flush()
                await asyncio.sleep(0.05)
        await running.channel.expect("")
        stored = await running.bot.house.archive.by_id(1)
        assert stored is not None
        assert stored.revision == 1
        assert stored.article.paragraphs[-1] in text


async def test_a_file_that_is_no_article_is_told_to_the_desk_and_stops_nothing(
    tmp_path: Path, telegram: Telegram
) -> None:
    admin = telegram.user("Redaksi")
    async with world(tmp_path, telegram, admin_ids=str(admin.chat_id)) as running:
        await admin.send("/help")
        await admin.expect("/terbaru")
        folder = tmp_path / "articles"
        (folder / "a-rusak.txt").write_bytes(b"\x00\x01\x02")
        (folder / "b-baik.txt").write_text(samples()[0].text, encoding="utf-8")
        await admin.expect("a-rusak.txt")
        await running.channel.expect("")
