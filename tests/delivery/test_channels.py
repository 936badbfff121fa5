"""Channels and forums that the newspaper describes, through the local Telegram over HTTP."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.article import Analysis
from bot.core.message import CAPTION_LIMIT
from bot.core.publication import PublicationKind
from bot.samples import samples
from bot.simulator.actors import Actor, Answer, Telegram
from bot.simulator.community import FULL_ADMINISTRATOR, Member, Status
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.membership import set_member
from tests.fakes.newsroom import World, world
from tests.store.samples import article


def _described(folder: Path, *channels: str) -> dict[str, Any]:
    file = folder / "channels.toml"
    file.write_text("\n".join(f"[[channel]]\n{channel}" for channel in channels), encoding="utf-8")
    return {"channels_file": file}


async def _printed(running: World, section: str, **values: object) -> str:
    """A made-up article is announced; its title."""
    title = f"Kabar Rubrik {section}"
    printed = replace(article(title, "Teks berita.", section=section), **values)  # type: ignore[arg-type]
    await running.bot.house.archive.store(
        printed,
        Analysis(("Teks berita.",), (), ()),
        now=printed.published_at,
        announce=PublicationKind.REGULAR,
    )
    running.bot.wake()
    return title


async def test_each_channel_has_its_sections_kinds_language_and_template(
    tmp_path: Path, telegram: Telegram
) -> None:
    sport = telegram.channel("Olahraga", "kabar_olahraga")
    urgent = telegram.channel("Penting", "kabar_penting")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "push_singkat.html").write_text("Singkat: {{ view.title }}", encoding="utf-8")
    settings = _described(
        tmp_path,
        'chat = "@kabar_olahraga"\nsections = ["zona-sport"]\nlanguage = "en"\ntemplate = "push_singkat"',
        'chat = "@kabar_penting"\nkinds = ["breaking"]',
    )
    async with world(tmp_path, telegram, templates_dir=tmp_path / "own", **settings) as running:
        national = await _printed(running, "nasional")
        sports = await _printed(running, "zona-sport")
        post = await sport.expect(f"Singkat: {sports}")
        assert post.button("News for you")
        assert "startgroup" not in str(post.buttons)
        assert "start=c_channel" in post.button("News for you")["url"]
        await running.channel.expect(national)
        assert (await running.channel.expect(sports)).button("Berita untuk Anda")
        await running.bot.house.archive.publish(1, kind=PublicationKind.BREAKING, now=article().published_at)
        running.bot.wake()
        await urgent.expect(national)
        assert len(urgent.received()) == len(sport.received()) == 1


async def test_sections_go_to_topics_of_a_forum_that_are_opened_once(
    tmp_path: Path, telegram: Telegram
) -> None:
    forum = telegram.at(
        telegram.do(lambda: telegram.simulator.add_group("Forum", "kabar_forum", is_forum=True))
    )
    settings = _described(
        tmp_path, 'chat = "@kabar_forum"\nsections = ["zona-sport", "nasional"]\ntopics = true'
    )
    async with world(tmp_path, telegram, **settings):
        _make_bot(telegram, forum, FULL_ADMINISTRATOR)
    for _ in range(2):
        async with world(tmp_path, telegram, **settings):
            pass
    async with world(tmp_path, telegram, **settings) as running:
        opened = [
            event for event in telegram.timeline.events if _called(event.data, "createForumTopic", ok=True)
        ]
        assert len(opened) == 2
        title = await _printed(running, "zona-sport")
        post = await forum.expect(title)
        threads = (await running.bot.house.channels.style(forum.chat_id)).threads
        assert post.message["message_thread_id"] == threads["zona-sport"] != threads["nasional"]
        telegram.fault(
            Fault(
                FaultKind.REFUSAL,
                methods=frozenset({"sendMessage"}),
                chat_id=forum.chat_id,
                count=1,
                description="Bad Request: message thread not found",
            )
        )
        title = await _printed(running, "nasional")
        assert "message_thread_id" not in (await forum.expect(title)).message, "in the general topic"


def _called(call: dict[str, Any], method: str, *, ok: bool) -> bool:
    return call.get("method") == method and (call.get("status") == 200) is ok


def _make_bot(telegram: Telegram, chat: Actor, member: Member) -> None:
    simulator = telegram.simulator

    def make() -> None:
        (bot,) = simulator.bots.values()
        set_member(simulator, simulator.chats[chat.chat_id], bot.user, member, bot.user)

    telegram.do(make)


async def test_the_desk_is_told_when_a_channel_removes_the_bot_and_when_it_takes_it_back(
    tmp_path: Path, telegram: Telegram
) -> None:
    admin = telegram.user("Redaksi")
    async with world(tmp_path, telegram, admin_ids=str(admin.chat_id)) as running:
        await admin.send("/help")
        await admin.expect("/terbaru")
        _make_bot(telegram, running.channel, Member(Status.KICKED))
        told = await admin.expect("tidak lagi menerima pesan dari bot")
        assert "@kabar_contoh" in told.text
        _make_bot(telegram, running.channel, FULL_ADMINISTRATOR)
        assert "@kabar_contoh" in (await admin.expect("menerima pesan dari bot lagi")).text
        await running.channel.expect(await _printed(running, "nasional"))


async def test_the_desk_is_told_when_a_send_finds_that_a_channel_is_lost(
    tmp_path: Path, telegram: Telegram
) -> None:
    admin = telegram.user("Redaksi")
    async with world(tmp_path, telegram, admin_ids=str(admin.chat_id)) as running:
        await admin.send("/help")
        await admin.expect("/terbaru")
        telegram.fault(
            Fault(FaultKind.FORBIDDEN, methods=frozenset({"sendMessage"}), count=1, reason="deactivated")
        )
        await _printed(running, "nasional")
        assert str(running.channel.chat_id) in (await admin.expect("tidak lagi menerima pesan")).text


@pytest.mark.parametrize("fails", [False, True])
async def test_a_photo_comes_with_its_caption_and_without_it_the_text(
    tmp_path: Path, telegram: Telegram, fails: bool
) -> None:
    settings = _described(tmp_path, 'chat = "@kabar_contoh"\nphoto = true')
    async with world(tmp_path, telegram, **settings) as running:
        if fails:
            telegram.fault(
                Fault(
                    FaultKind.REFUSAL,
                    methods=frozenset({"sendPhoto"}),
                    count=1,
                    description="Bad Request: failed to get HTTP URL content",
                )
            )
        title = await _printed(running, "nasional", picture="https://contoh.example/foto.jpg")
        post = await running.channel.expect(title)
        assert ("photo" in post.message) is not fails
        plain = await _printed(running, "kolom")
        assert "photo" not in (await running.channel.expect(plain)).message


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_caption_has_its_limit_and_the_link_back(
    tmp_path: Path, telegram: Telegram, language: str
) -> None:
    settings = _described(tmp_path, f'chat = "@kabar_contoh"\nphoto = true\nlanguage = "{language}"')
    async with world(tmp_path, telegram, **settings) as running:
        long = "<b>Teks & \U0001f30a " * 300
        printed = replace(article("Judul " + "panjang " * 200), picture="https://contoh.example/foto.jpg")
        await running.bot.house.archive.store(
            printed, Analysis((long,), (), ()), now=printed.published_at, announce=PublicationKind.REGULAR
        )
        running.bot.wake()
        post = await running.channel.expect("Judul panjang")
        assert "photo" in post.message
        assert 900 < len(post.text) <= CAPTION_LIMIT
        assert "start=" in post.button("Berita untuk Anda" if language == "id" else "News for you")["url"]


async def test_a_correction_changes_the_caption_of_a_photo(tmp_path: Path, telegram: Telegram) -> None:
    settings = _described(tmp_path, 'chat = "@kabar_contoh"\nphoto = true')
    async with world(tmp_path, telegram, **settings) as running:
        title = await _printed(running, "nasional", picture="https://contoh.example/foto.jpg")
        post = await running.channel.expect(title)
        house = running.bot.house
        held = await house.archive.by_id(1)
        assert held is not None
        corrected = replace(held.article, blocks=article("x", "Teks yang dibetulkan.").blocks)
        await house.archive.store(
            corrected, Analysis(("Teks yang dibetulkan.",), (), ()), now=held.stored_at, announce=None
        )
        running.bot.wake()
        edited: Answer = await running.channel.expect("dibetulkan", edited=True)
        assert edited.message["message_id"] == post.message["message_id"]
        assert "photo" in edited.message


async def test_the_short_form_stays_and_what_was_described_is_undone(
    tmp_path: Path, telegram: Telegram
) -> None:
    settings = _described(tmp_path, 'chat = "@kabar_contoh"\nsections = ["kolom"]')
    async with world(tmp_path, telegram, **settings):
        pass
    async with world(tmp_path, telegram) as running:
        stored = await running.takes(samples()[0])
        await running.channel.expect(stored.archived.article.title)
