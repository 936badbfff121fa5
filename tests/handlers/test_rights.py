"""What a reader may know and have deleted, through the local Telegram over HTTP."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.audience import ChatKind
from bot.samples import samples
from bot.simulator.actors import Actor, Telegram
from tests.fakes.newsroom import World, world
from tests.store.samples import reader as any_reader

pytestmark = pytest.mark.usefixtures("at_any_pace")


@pytest.fixture
async def room(tmp_path: Path, telegram: Telegram) -> AsyncIterator[World]:
    async with world(tmp_path, telegram, privacy_contact="data@contoh.example") as running:
        yield running


async def test_privacy_is_said_in_plain_words_with_somebody_to_ask(room: World) -> None:
    await room.reader.send("/privacy")
    said = await room.reader.expect("Data Anda")
    assert "data@contoh.example" in said.text
    assert "/dataku" in said.text
    guest = room.telegram.user("Robin", language="en")
    await guest.send("/privacy")
    assert "/mydata" in (await guest.expect("What we keep about you")).text


async def _file(actor: Actor, command: str) -> Any:
    await actor.send(command)
    sent = await actor.expect("")
    document = sent.message["document"]
    assert document["file_name"] == "kabar.json"
    simulator = actor.telegram.simulator
    content = actor.telegram.do(lambda: simulator.files.find(document["file_id"]).content)
    assert content is not None
    return json.loads(content.read_bytes() if isinstance(content, Path) else content)


async def test_a_reader_gets_everything_that_is_kept_as_a_file(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    await room.reader.send("/ikuti beras, !pilkada")
    await room.reader.expect("Kata kunci")
    stored = await room.takes(samples()[0])
    push = await room.reader.expect(stored.archived.article.title)
    await push.click("Simpan")
    await room.reader.expect_notice()
    kept = await _file(room.reader, "/dataku")
    assert kept["chat"][0]["chat_id"] == room.reader.chat_id
    assert kept["chat"][0]["zone"] == "Asia/Jakarta"
    assert kept["keywords"] == [{"text": "beras", "muted": False}, {"text": "pilkada", "muted": True}]
    assert [saved["title"] for saved in kept["saved"]] == [stored.archived.article.title]
    assert [(sent["title"], sent["state"]) for sent in kept["sent"]] == [
        (stored.archived.article.title, "sent")
    ]


async def test_of_a_stranger_nothing_is_kept(room: World) -> None:
    guest = room.telegram.user("Robin", language="en")
    assert set(map(str, (await _file(guest, "/mydata")).values())) == {"[]"}
    assert await room.bot.house.subscribers.get(guest.chat_id) is None


@pytest.mark.parametrize(("command", "language", "ask", "yes", "done"), [
    ("/hapus", "id", "Hapus semuanya?", "Ya, hapus", "Selesai"),
    ("/forget", "en", "Delete everything?", "Yes, delete", "Done"),
])  # fmt: skip
async def test_one_confirmation_deletes_everything_and_an_import_does_not_bring_it_back(
    room: World, command: str, language: str, ask: str, yes: str, done: str
) -> None:
    guest = room.telegram.user("Tamu", language=language)
    house = room.bot.house
    await guest.send("/start")
    await guest.expect("Tamu")
    await guest.send(command)
    question = await guest.expect(ask)
    assert await house.subscribers.get(guest.chat_id) is not None
    await question.click(yes)
    await guest.expect(done, edited=True)
    assert await house.subscribers.get(guest.chat_id) is None
    kept = await house.rights.kept_about(guest.chat_id)
    assert not any((kept.chat, kept.sections, kept.keywords, kept.muted_stories, kept.saved, kept.sent))
    imported = await house.subscribers.import_many([any_reader(guest.chat_id), any_reader(5)])
    assert (imported.added, imported.forgotten) == (1, 1)
    assert await house.subscribers.get(guest.chat_id) is None
    await guest.send("/start")
    await guest.expect("Tamu")
    await house.subscribers.forget(5)
    again = await house.subscribers.import_many([any_reader(guest.chat_id)])
    assert (again.kept, again.forgotten) == (1, 0), "who comes back by themselves is a reader like any other"


async def test_of_who_is_forgotten_nothing_is_left_and_nothing_more_comes(room: World) -> None:
    house, reader = room.bot.house, room.reader
    await reader.send("/start")
    await reader.expect("Selamat datang")
    await reader.send("/ikuti beras, !pilkada")
    await reader.expect("Kata kunci")
    stored = await room.takes(samples()[0])
    push = await reader.expect(stored.archived.article.title)
    await push.click("Simpan")
    await reader.expect_notice()
    await house.subscribers.mute_story(reader.chat_id, stored.archived.id)
    await house.subscribers.toggle_section(reader.chat_id, "kolom")
    kept = await house.rights.kept_about(reader.chat_id)
    assert all((kept.chat, kept.sections, kept.keywords, kept.muted_stories, kept.saved, kept.sent)), (
        "there is something of everything to forget"
    )
    await reader.send("/hapus")
    await (await reader.expect("Hapus semuanya?")).click("Ya, hapus")
    await reader.expect("Selesai", edited=True)
    kept = await house.rights.kept_about(reader.chat_id)
    assert not any((kept.chat, kept.sections, kept.keywords, kept.muted_stories, kept.saved, kept.sent))
    number = len(reader.received())
    later = await room.takes(samples()[10])
    await room.channel.expect(later.archived.article.title)
    await reader.send("/help")
    await reader.expect("/terbaru")
    assert len(reader.received()) == number + 1, "nobody asked for anything else"
    assert await house.subscribers.get(reader.chat_id) is None, "reading alone keeps nothing"


async def test_who_says_no_keeps_everything(room: World) -> None:
    await room.reader.send("/start")
    await room.reader.expect("Selamat datang")
    await room.reader.send("/hapus")
    question = await room.reader.expect("Hapus semuanya?")
    await question.click("Tidak")
    await room.reader.expect("Tidak ada yang dihapus", edited=True)
    assert await room.bot.house.subscribers.get(room.reader.chat_id) is not None


async def test_in_a_group_only_administrators_may_know_or_delete(room: World) -> None:
    group = room.telegram.group("Warga Contoh")
    house = room.bot.house
    await house.subscribers.join(
        group.chat_id, kind=ChatKind.GROUP, language="id", now=any_reader(1).joined_at
    )
    for command in ("/dataku", "/hapus", "/ikuti beras"):
        await group.send(command)
        await group.expect("hanya admin")
    assert await house.subscribers.get(group.chat_id) is not None
