"""The chat page of the local Telegram in a real browser: what its people see and do."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.simulator import RunningSimulator, Simulator, running
from bot.simulator.state import Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOKEN = "123456:AAH-example_token-of-no-bot-at-all_x"

# Two pictures of one colour each, 8 by 6 and 6 by 8.
PICTURES = tuple(
    base64.b64decode(text)
    for text in (
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAEUlEQVR4nGOI6tmCFTEMpAQAdqBM4ewl1UAAAAAASUVORK5CYII=",
        "iVBORw0KGgoAAAANSUhEUgAAAAYAAAAICAIAAABVpBlvAAAAEUlEQVR4nGPY0hOFhhgGgxAA5UJM4Qc8E6wAAAAASUVORK5CYII=",
    )
)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that only does what a test tells it to."""

    session: aiohttp.ClientSession

    async def call(self, method: str, **arguments: object) -> tuple[int, dict[str, object]]:
        """Status and answer; bytes go as an upload."""
        form = aiohttp.FormData()
        for name, value in arguments.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.png", content_type="image/png")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"/bot{TOKEN}/{method}", data=form) as response:
            return response.status, await response.json()

    async def ok(self, method: str, **arguments: object) -> dict[str, int]:
        status, answer = await self.call(method, **arguments)
        assert status == 200, answer
        result = answer["result"]
        return result if isinstance(result, dict) else {}

    async def control(self, path: str, **fields: object) -> dict[str, int]:
        async with self.session.post(f"/sim/{path}", json=fields) as response:
            answer = await response.json()
            assert response.status == 200, answer
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def simulator() -> Simulator:
    return Simulator()


@pytest_asyncio.fixture(loop_scope="session")
async def served(simulator: Simulator) -> AsyncIterator[RunningSimulator]:
    async with running(simulator) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def bot(served: RunningSimulator) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession(served.address) as session:
        bot = Bot(session)
        await bot.ok("getMe")
        yield bot


@pytest.fixture
def sekar(simulator: Simulator) -> Chat:
    return simulator.add_reader("Sekar", username="sekar_contoh", started=True)


@pytest.fixture
def bima(simulator: Simulator) -> Chat:
    return simulator.add_reader("Bima", started=True)


async def _open(page: Page, served: RunningSimulator, *chats: Chat) -> None:
    first, *beside = (str(chat.id) for chat in chats)
    others = f"&beside={','.join(beside)}" if beside else ""
    await page.goto(f"{served.address}/?chat={first}{others}")
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "open")


def _pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Conversation: {name}", exact=True)


def _message(page: Page, number: int) -> Locator:
    return page.locator(f'[data-message-id="{number}"]')


async def test_two_readers_talk_side_by_side(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, bima: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id(f"chat-{bima.id}").hover()
    await page.get_by_test_id(f"beside-{bima.id}").click()
    await expect(page.get_by_test_id("pane")).to_have_count(2)
    for name in ("Sekar", "Bima"):
        pane = _pane(page, name)
        await pane.get_by_test_id("composer").fill(f"Salam dari {name}")
        await pane.get_by_test_id("send").click()
        await expect(pane.get_by_test_id("messages")).to_contain_text(f"Salam dari {name}")
    await expect(_pane(page, "Sekar")).not_to_contain_text("Salam dari Bima")
    await bot.ok("sendMessage", chat_id=bima.id, text="Untuk Bima saja")
    await expect(_pane(page, "Bima")).to_contain_text("Untuk Bima saja")
    await expect(_pane(page, "Sekar")).not_to_contain_text("Untuk Bima saja")

    await page.reload()
    await expect(page.get_by_test_id("pane")).to_have_count(2)
    await _pane(page, "Sekar").get_by_test_id("close-pane").click()
    await expect(page.get_by_test_id("pane")).to_have_count(1)
    await expect(_pane(page, "Bima")).to_be_visible()


@pytest.mark.usefixtures("bot", "bima")
async def test_the_split_button_opens_a_second_chat_and_closes_it_again(
    page: Page, served: RunningSimulator, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    split = page.get_by_role("button", name="Conversations side by side")
    await split.click()
    await expect(_pane(page, "Bima")).to_be_visible()
    await expect(split).to_have_attribute("aria-pressed", "true")
    await split.click()
    await expect(page.get_by_test_id("pane")).to_have_count(1)


async def test_a_text_that_is_not_sent_yet_stays_with_its_chat(
    page: Page, served: RunningSimulator, sekar: Chat, bima: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("composer").fill("Belum selesai")
    await page.get_by_test_id(f"chat-{bima.id}").click()
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id(f"chat-{sekar.id}").click()
    await expect(page.get_by_test_id("composer")).to_have_value("Belum selesai")


async def test_an_album_is_one_message_and_its_pictures_open_over_the_page(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    album = [
        {"type": "photo", "media": "attach://one", "caption": "Dua <b>gambar</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]
    await bot.ok("sendMediaGroup", chat_id=sekar.id, media=album, one=PICTURES[0], two=PICTURES[1])
    await expect(page.locator("[data-message-id]")).to_have_count(1)
    group = page.get_by_role("group", name="Album of 2")
    await expect(group.get_by_role("button")).to_have_count(2)
    await expect(page.get_by_test_id("messages").locator("strong")).to_have_text("gambar")
    image = group.locator("img").first
    assert await image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 8

    await group.get_by_role("button", name="Photo: Dua gambar").click()
    large = page.get_by_test_id("look")
    await expect(large.locator("figcaption")).to_have_text("Dua gambar")
    await page.keyboard.press("ArrowRight")
    await expect(large.locator("figcaption")).to_have_text("")
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()


async def test_a_picture_that_is_elsewhere_is_named_and_never_fetched(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    await _open(page, served, sekar)
    await bot.ok("sendPhoto", chat_id=sekar.id, photo="https://gambar.example/satu.jpg", caption="Satu")
    await expect(page.get_by_role("link", name="Photo at gambar.example")).to_be_visible()
    assert asked
    assert all(url.startswith((f"{served.address}/", "data:")) for url in asked)


async def test_a_hidden_picture_is_shown_when_it_is_pressed(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendPhoto", chat_id=sekar.id, photo=PICTURES[0], has_spoiler=True)
    await page.get_by_role("button", name="Hidden picture: press to show it").press("Enter")
    await expect(page.get_by_role("button", name="Photo", exact=True)).to_be_focused()


async def test_a_document_can_be_downloaded(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendDocument", chat_id=sekar.id, document=PICTURES[0], caption="Lampiran")
    document = page.get_by_role("link", name=re.compile("Document: document.png"))
    await expect(document).to_contain_text(f"{len(PICTURES[0])} B")
    async with page.expect_download() as download:
        await document.click()
    saved = await (await download.value).path()
    assert Path(saved).read_bytes() == PICTURES[0]  # noqa: ASYNC240 - a file of some bytes


async def test_an_edit_is_marked_and_a_deleted_message_goes(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    sent = await bot.ok("sendMessage", chat_id=sekar.id, text="Kemarin")
    shown = _message(page, sent["message_id"])
    await expect(shown).not_to_contain_text("edited")
    await bot.ok("editMessageText", chat_id=sekar.id, message_id=sent["message_id"], text="Hari ini")
    await expect(shown).to_contain_text("Hari ini")
    await expect(shown).to_contain_text("edited")
    await bot.ok("deleteMessage", chat_id=sekar.id, message_id=sent["message_id"])
    await expect(page.get_by_test_id("messages").locator("li")).to_have_count(0)
    await expect(page.get_by_text("Sekar has not talked to this bot yet.")).to_be_visible()


async def test_a_notice_takes_the_place_of_the_one_before(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    keys = {"inline_keyboard": [[{"text": "Suka", "callback_data": "s"}]]}
    await bot.ok("sendMessage", chat_id=sekar.id, text="Berita", reply_markup=keys)
    await _open(page, served, sekar)
    for text in ("Satu", "Dua"):
        await page.get_by_role("button", name="Suka").click()
        query = await _next_update(bot, "callback_query")
        await bot.ok("answerCallbackQuery", callback_query_id=query["id"], text=text)
        await expect(page.get_by_test_id("toast")).to_have_text([text])


async def test_what_a_press_brings_is_seen_wherever_the_button_stands(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    keys = {"inline_keyboard": [[{"text": f"Berita {number}", "callback_data": "b"}] for number in range(30)]}
    await bot.ok("sendMessage", chat_id=sekar.id, text="Hasil pencarian", reply_markup=keys)
    await _open(page, served, sekar)
    await page.get_by_role("button", name="Berita 0").click()
    await _next_update(bot, "callback_query")
    found = await bot.ok("sendMessage", chat_id=sekar.id, text="Isi berita")
    await expect(_message(page, found["message_id"])).to_be_in_viewport()
    # What comes after it does not disturb the reading.
    await page.get_by_role("button", name="Berita 0").scroll_into_view_if_needed()
    await expect(page.get_by_test_id("to-end")).to_be_visible()
    other = await bot.ok("sendMessage", chat_id=sekar.id, text="Berita lain")
    await expect(page.get_by_test_id("to-end")).to_contain_text("1")
    await expect(_message(page, other["message_id"])).not_to_be_in_viewport()


async def test_a_reader_replies_with_the_keyboard_alone(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    sent = await bot.ok("sendMessage", chat_id=sekar.id, text="Dari mana?")
    await _open(page, served, sekar)
    reply = page.get_by_role("button", name="Reply to Kabar: Dari mana?")
    await reply.press("Enter")
    await expect(page.get_by_test_id("replying")).to_contain_text("Dari mana?")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("replying")).to_be_hidden()
    await reply.press("Enter")
    await page.get_by_test_id("composer").fill("Kenari")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("replying")).to_be_hidden()
    answer = await _next_update(bot, "message")
    assert answer["text"] == "Kenari"
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]  # type: ignore[index]


async def test_a_reply_that_is_asked_for_is_begun(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendMessage", chat_id=sekar.id, text="Nama?", reply_markup={"force_reply": True})
    await expect(page.get_by_test_id("replying")).to_contain_text("Nama?")


async def test_a_bots_reply_keyboard_writes_for_the_reader_and_goes_when_it_is_taken_away(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    rows = [["Ya", "Tidak"], [{"text": "Nomor saya", "request_contact": True}]]
    await bot.ok("sendMessage", chat_id=sekar.id, text="Mau?", reply_markup={"keyboard": rows})
    keys = page.get_by_role("group", name="Reply keyboard")
    await expect(keys.get_by_role("button", name="Nomor saya")).to_be_disabled()
    await keys.get_by_role("button", name="Tidak").click()
    assert (await _next_update(bot, "message"))["text"] == "Tidak"
    await expect(keys).to_be_visible()
    await bot.ok("sendMessage", chat_id=sekar.id, text="Baik", reply_markup={"remove_keyboard": True})
    await expect(keys).to_be_hidden()


async def test_a_reply_keyboard_for_one_time_goes_when_the_reader_has_written(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    once = {"keyboard": [["Ya"]], "one_time_keyboard": True, "input_field_placeholder": "Ya atau tidak"}
    await bot.ok("sendMessage", chat_id=sekar.id, text="Mau?", reply_markup=once)
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Ya atau tidak")
    await page.get_by_role("button", name="Ya", exact=True).click()
    await expect(page.get_by_role("group", name="Reply keyboard")).to_be_hidden()
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message")


@pytest.mark.parametrize("width", [768, 1280])
async def test_two_conversations_fit_side_by_side(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, bima: Chat, width: int
) -> None:
    await page.set_viewport_size({"width": width, "height": 780})
    await bot.ok("sendMessage", chat_id=bima.id, text="Berita")
    await _open(page, served, sekar, bima)
    await expect(_pane(page, "Bima").get_by_test_id("close-pane")).to_be_in_viewport(ratio=1)
    assert await page.locator("#panes").evaluate("(panes) => panes.scrollWidth - panes.clientWidth") <= 0
    # The list shows pictures alone, and still says who they are.
    await expect(page.get_by_role("link", name="Bima")).to_be_in_viewport()


async def test_the_last_message_stays_in_view_when_the_box_grows(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    for number in range(30):
        await bot.ok("sendMessage", chat_id=sekar.id, text=f"Berita {number}")
    await _open(page, served, sekar)
    rows = [[f"Pilihan {number}"] for number in range(4)]
    last = await bot.ok("sendMessage", chat_id=sekar.id, text="Pilih", reply_markup={"keyboard": rows})
    await expect(page.get_by_role("button", name="Pilihan 3")).to_be_in_viewport()
    await expect(_message(page, last["message_id"])).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
async def test_a_deleted_message_fades_only_for_whoever_wants_motion(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, motion: str
) -> None:
    await page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    await _open(page, served, sekar)
    sent = await bot.ok("sendMessage", chat_id=sekar.id, text="Sebentar")
    await expect(_message(page, sent["message_id"])).to_be_visible()
    await page.evaluate(
        """() => {
          const list = document.querySelector("[data-testid=messages]");
          let faded = false;
          window.fading = new Promise((resolve) => {
            new MutationObserver(() => {
              faded ||= Boolean(list.querySelector(".leaving"));
              if (!list.querySelector("article")) resolve(faded);
            }).observe(list, { childList: true, subtree: true, attributes: true });
          });
        }"""
    )
    await bot.ok("deleteMessage", chat_id=sekar.id, message_id=sent["message_id"])
    async with asyncio.timeout(10):
        assert await page.evaluate("window.fading") is (motion == "no-preference")


async def test_what_is_pinned_stands_on_top_and_leads_to_its_message(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    pinned = await bot.ok("sendMessage", chat_id=sekar.id, text="Aturan redaksi")
    for number in range(30):
        await bot.ok("sendMessage", chat_id=sekar.id, text=f"Baris {number}")
    await bot.ok("pinChatMessage", chat_id=sekar.id, message_id=pinned["message_id"])
    bar = page.get_by_test_id("pinned")
    await expect(bar).to_contain_text("Aturan redaksi")
    await expect(_message(page, pinned["message_id"])).not_to_be_in_viewport()
    await bar.click()
    await expect(_message(page, pinned["message_id"])).to_be_in_viewport()
    await bot.ok("unpinAllChatMessages", chat_id=sekar.id)
    await expect(bar).to_be_hidden()


async def test_a_silent_message_carries_a_bell(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    loud = await bot.ok("sendMessage", chat_id=sekar.id, text="Siang")
    quiet = await bot.ok("sendMessage", chat_id=sekar.id, text="Malam", disable_notification=True)
    await expect(_message(page, quiet["message_id"])).to_contain_text("Sent silently.")
    await expect(_message(page, loud["message_id"])).not_to_contain_text("Sent silently.")


@pytest.mark.usefixtures("bot")
async def test_in_a_group_everybody_can_be_played(
    page: Page, served: RunningSimulator, simulator: Simulator, sekar: Chat, bima: Chat
) -> None:
    group = simulator.add_group("Ruang Redaksi")
    await _open(page, served, group)
    for reader in (sekar, bima):
        await page.get_by_label("Who you are here").select_option(str(reader.id))
        await page.get_by_test_id("composer").fill(f"Ini {reader.id}")
        await page.get_by_test_id("send").click()
        await expect(page.locator(".outgoing").last).to_contain_text(f"Ini {reader.id}")
    first = page.locator("[data-message-id]").first
    await expect(first.get_by_text("Sekar")).to_be_visible()
    await expect(first.locator(".incoming")).to_have_count(1)
    senders = [message.sender.first_name for message in group.messages.values() if message.sender]
    assert senders == ["Sekar", "Bima"]


async def test_a_groups_topics_are_read_and_written_one_by_one(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    group = await bot.control("chats", type="supergroup", title="Ruang Redaksi", is_forum=True)
    await bot.control(f"chats/{group['id']}/messages", text="Di luar topik", user_id=sekar.id)
    await bot.control(f"chats/{group['id']}/topics", name="Foto", user_id=sekar.id)
    await bot.control(f"chats/{group['id']}/topics", name="Koreksi", user_id=sekar.id)
    await page.goto(f"{served.address}/?chat={group['id']}")
    topics, messages = page.get_by_test_id("topics"), page.get_by_test_id("messages")
    await topics.get_by_role("button", name="Foto").click()
    await page.get_by_test_id("composer").fill("Gambar sudah masuk")
    await page.get_by_test_id("send").click()
    await expect(messages).to_contain_text("Gambar sudah masuk")
    await expect(messages).not_to_contain_text("Di luar topik")
    await topics.get_by_role("button", name="Koreksi").click()
    await expect(messages).not_to_contain_text("Gambar sudah masuk")
    await topics.get_by_role("button", name="General").click()
    await expect(messages).to_contain_text("Di luar topik")
    await expect(messages).not_to_contain_text("Gambar sudah masuk")
    await topics.get_by_role("button", name="All topics").click()
    await expect(messages).to_contain_text("Gambar sudah masuk")


async def test_a_groups_topic_with_a_quick_bot_shows_its_answer(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    group = await bot.control("chats", type="supergroup", title="Ruang Redaksi", is_forum=True)
    topic = await bot.control(f"chats/{group['id']}/topics", name="Foto", user_id=sekar.id)
    await page.goto(f"{served.address}/?chat={group['id']}")
    await page.get_by_test_id("topics").get_by_role("button", name="Foto").click()
    thread = topic["message_thread_id"]
    await bot.ok("sendMessage", chat_id=group["id"], message_thread_id=thread, text="Di dalam")
    await bot.ok("sendMessage", chat_id=group["id"], text="Di luar")
    await expect(page.get_by_test_id("messages")).to_contain_text("Di dalam")
    await expect(page.get_by_test_id("messages")).not_to_contain_text("Di luar")


async def test_an_inline_result_is_chosen_with_the_keyboard(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await bot.control("bot", inline=True)
    await _open(page, served, sekar)
    await page.get_by_test_id("composer").fill("@kabar_demo_bot pasar")
    update = await _next_update(bot, "inline_query")
    assert update["query"] == "pasar"
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": title,
            "input_message_content": {"message_text": f"Isi {title}"},
        }
        for number, title in enumerate(("Pasar Terapung", "Pasar Malam"))
    ]
    await bot.call("answerInlineQuery", inline_query_id=update["id"], results=results, cache_time=0)
    options = page.get_by_role("listbox", name="Inline results").get_by_role("option")
    await expect(options).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    sent = page.get_by_test_id("messages").locator("[data-message-id]")
    await expect(sent).to_contain_text("Isi Pasar Malam")
    await expect(sent).to_contain_text("via @kabar_demo_bot")
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def _next_update(bot: Bot, kind: str) -> dict[str, object]:
    offset = 0
    async with asyncio.timeout(10):
        while True:
            _, answer = await bot.call("getUpdates", offset=offset, timeout=5)
            updates = answer["result"]
            assert isinstance(updates, list)
            for update in updates:
                offset = update["update_id"] + 1
                if kind in update:
                    await bot.call("getUpdates", offset=offset)
                    found = update[kind]
                    assert isinstance(found, dict)
                    return found


async def test_a_fault_is_set_seen_and_ended(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("faults-toggle").click()
    panel = page.get_by_test_id("faults")
    await panel.get_by_role("button", name="403 blocked").click()
    await expect(page.get_by_test_id("fault-list")).to_contain_text("403 Forbidden")
    status, answer = await bot.call("sendMessage", chat_id=sekar.id, text="Apa kabar?")
    assert status == 403
    assert answer["description"] == "Forbidden: bot was blocked by the user"

    form = page.get_by_test_id("fault-form")
    await form.get_by_role("combobox", name="Kind").select_option("server_error")
    await form.get_by_role("combobox", name="Status").select_option("503")
    await form.get_by_role("combobox", name="Chat").select_option("Sekar")
    await page.get_by_test_id("add-fault").click()
    await expect(page.get_by_test_id("fault-list")).to_contain_text("503")
    assert (await bot.call("sendMessage", chat_id=sekar.id, text="Lagi"))[0] == 503
    await panel.get_by_role("button", name=re.compile("End this fault: 5xx server error")).click()
    await expect(page.get_by_test_id("fault-list")).not_to_contain_text("5xx")
    await bot.ok("sendMessage", chat_id=sekar.id, text="Sampai")
    await expect(page.get_by_test_id("messages")).to_contain_text("Sampai")


@pytest.mark.parametrize(
    ("kind", "label", "value"),
    [
        ("too_many_requests", "retry_after, seconds", "7"),
        ("refusal", "Description", "Bad Request: chat not found"),
        ("reset", None, None),
        ("silence", None, None),
        ("delay", "median", "0.01"),
        ("forbidden", None, None),
    ],
)
async def test_every_kind_of_fault_has_its_form(
    page: Page, served: RunningSimulator, kind: str, label: str | None, value: str | None
) -> None:
    await page.goto(served.address)
    await page.get_by_test_id("faults-toggle").click()
    form = page.get_by_test_id("fault-form")
    await form.get_by_role("combobox", name="Kind").select_option(kind)
    if label and value:
        await form.get_by_label(label).fill(value)
    await form.get_by_role("combobox", name="Calls").select_option("one")
    await form.get_by_role("textbox", name="Method").fill("sendPoll")
    await page.get_by_test_id("add-fault").click()
    await expect(page.get_by_test_id("fault-list").get_by_role("listitem")).to_have_count(1)
    await expect(page.get_by_test_id("fault-list")).to_contain_text("sendPoll", ignore_case=True)


async def test_the_rates_are_switched_on_and_changed(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("faults-toggle").click()
    await page.get_by_label("In one chat: at once").fill("1")
    await page.get_by_label("In one chat: at once").press("Tab")
    await page.get_by_test_id("limits-enabled").check()
    await expect(page.get_by_test_id("limits-enabled")).to_be_checked()
    await bot.ok("sendMessage", chat_id=sekar.id, text="Satu")
    assert (await bot.call("sendMessage", chat_id=sekar.id, text="Dua"))[0] == 429


async def test_botfathers_switches_are_set_and_shown(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("faults-toggle").click()
    await page.get_by_role("switch", name="Inline mode").check()
    await page.get_by_role("switch", name="Privacy mode in groups").uncheck()
    await expect(page.get_by_role("switch", name="Privacy mode in groups")).to_be_focused()
    await bot.control("bot", can_join_groups=False)
    await expect(page.get_by_role("switch", name="May be added to groups")).not_to_be_checked()
    me = await bot.ok("getMe")
    assert me["supports_inline_queries"]
    assert me["can_read_all_group_messages"]


async def test_the_clock_goes_to_another_hour_and_back(
    page: Page, served: RunningSimulator, bot: Bot, simulator: Simulator, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("faults-toggle").click()
    before = simulator.now()
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.get_by_test_id("clock")).to_have_class(re.compile("set"))
    sent = await bot.ok("sendMessage", chat_id=sekar.id, text="Besok")
    assert 0 <= sent["date"] - before - 86_400 < 120
    await expect(page.locator(".day")).to_have_text("Today")
    await page.get_by_role("button", name="To 18:00").click()
    await expect(page.get_by_test_id("clock")).to_contain_text("18:00")
    await page.get_by_role("button", name="Back to the real time").click()
    await expect(page.get_by_test_id("clock")).not_to_have_class(re.compile("set"))
    assert simulator.clock.offset == 0


async def test_calls_are_shown_after_the_panel_was_cleared_and_the_clock_set_back(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendMessage", chat_id=sekar.id, text="Satu")
    await expect(page.get_by_test_id("wire")).to_contain_text("sendMessage")
    await page.get_by_test_id("wire-clear").click()
    await expect(page.get_by_test_id("call")).to_have_count(0)
    await bot.control("clock", offset_seconds=-3600)
    await bot.ok("sendMessage", chat_id=sekar.id, text="Dua")
    await expect(page.get_by_test_id("call")).to_have_count(1)


async def test_a_conversation_is_exported_as_a_page_that_stands_alone(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, tmp_path: Path
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendPhoto", chat_id=sekar.id, photo=PICTURES[0], caption="<b>Tebal</b>", parse_mode="HTML")
    await bot.ok("sendMessage", chat_id=sekar.id, text="Sudah <script>alert(1)</script>")
    await page.get_by_role("button", name="More").click()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Export as a page (HTML)").click()
    saved = await download.value
    assert re.fullmatch(r"Sekar-\d{4}-\d\d-\d\d\.html", saved.suggested_filename)
    file = tmp_path / saved.suggested_filename
    await saved.save_as(file)

    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(file.as_uri())
    await expect(page.get_by_role("main")).to_contain_text("Sudah <script>alert(1)</script>")
    await expect(page.locator("strong")).to_have_text("Tebal")
    await expect(page.locator(".day")).to_have_text(re.compile(r"\d{4}$"))
    assert await page.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 8
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]


async def test_a_conversation_is_exported_as_the_bot_apis_messages(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, tmp_path: Path
) -> None:
    await _open(page, served, sekar)
    await bot.ok("sendMessage", chat_id=sekar.id, text="Halo <b>Sekar</b>", parse_mode="HTML")
    await expect(page.get_by_test_id("messages")).to_contain_text("Halo Sekar")
    await page.get_by_role("button", name="More").press("Enter")
    items = page.locator(".menu:popover-open button")
    await expect(items.first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(items.nth(1)).to_be_focused()
    async with page.expect_download() as download:
        await page.keyboard.press("Enter")
    file = tmp_path / "sekar.json"
    await (await download.value).save_as(file)
    exported = json.loads(file.read_text("utf-8"))
    assert exported["chat"]["first_name"] == "Sekar"
    assert exported["bot"]["username"] == "kabar_demo_bot"
    assert exported["messages"][0]["entities"] == [{"type": "bold", "offset": 5, "length": 5}]


async def test_a_narrow_page_shows_one_pane_and_never_scrolls_sideways(
    page: Page, served: RunningSimulator, bot: Bot, sekar: Chat, bima: Chat
) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await bot.ok("sendMessage", chat_id=sekar.id, text="Panjang" * 80)
    await bot.ok("sendPhoto", chat_id=sekar.id, photo=PICTURES[0], caption="Gambar")
    await page.goto(served.address)
    await expect(page.get_by_role("navigation", name="Chats")).to_be_visible()
    await expect(page.get_by_role("main")).to_be_visible()
    await page.get_by_test_id(f"chat-{sekar.id}").click()
    await expect(page.get_by_role("navigation", name="Chats")).to_be_hidden()
    await expect(page.get_by_test_id("messages")).to_contain_text("Gambar")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.locator(".scroller").evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id(f"chat-{sekar.id}")).to_be_focused()
    await _open(page, served, sekar, bima)
    await expect(page.get_by_test_id("composer").locator("visible=true")).to_have_count(1)


@pytest.mark.usefixtures("bot")
async def test_a_new_group_is_made_and_can_lose_the_bot(
    page: Page, served: RunningSimulator, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.get_by_test_id("add-reader").click()
    await page.get_by_test_id("new-kind").select_option("Group")
    await page.get_by_label("Title").fill("Warga Kenari")
    await page.get_by_role("button", name="Add").click()
    await expect(_pane(page, "Warga Kenari")).to_be_visible()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Remove the bot").click()
    await expect(page.get_by_test_id("pane")).to_contain_text("without the bot")
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Let the bot in again").click()
    await expect(page.get_by_test_id("pane")).not_to_contain_text("without the bot")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing(
    browser: Browser,
    served: RunningSimulator,
    bot: Bot,
    simulator: Simulator,
    axe: str,
    width: int,
    theme: str,
) -> None:
    sekar = simulator.add_reader("Sekar", started=True)
    group, channel = (
        simulator.add_group("Ruang Redaksi"),
        simulator.add_channel("Kabar Contoh", "kabar_contoh"),
    )
    await _fill(bot, sekar, group, channel)
    page = await browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    for path in (
        "",
        *(f"?chat={chat.id}" for chat in (sekar, group, channel)),
        f"?chat={sekar.id}&beside={group.id}",
    ):
        await page.goto(f"{served.address}/{path}")
        await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "open")
        await _check(page, axe)
    await page.get_by_role("button", name="More").locator("visible=true").first.click()
    await _check(page, axe)
    await page.keyboard.press("Escape")
    await page.get_by_test_id("composer").locator("visible=true").first.press("/")
    await _check(page, axe)
    await page.get_by_test_id("faults-toggle").click()
    await page.get_by_test_id("faults").get_by_role("button", name="403 blocked").click()
    await expect(page.get_by_test_id("fault-list")).to_contain_text("403")
    await _check(page, axe)
    if width == 360:
        await page.keyboard.press("Escape")
    await page.get_by_test_id("wire-toggle").click()
    await page.get_by_test_id("call").first.click()
    await _check(page, axe)
    await page.close()


async def _fill(bot: Bot, sekar: Chat, group: Chat, channel: Chat) -> None:
    """Something of everything that a message can be."""
    keys = {
        "inline_keyboard": [
            [{"text": "Kutipan", "callback_data": "k"}, {"text": "Baca", "url": "https://a.example"}]
        ]
    }
    text = (
        "<b>Judul</b> <i>miring</i> <code>kode</code> <tg-spoiler>rahasia</tg-spoiler> #Nusantara /terbaru"
        " <a href='https://a.example'>tautan</a>\n"
        "<blockquote expandable>“Kutipan.”\nbaris\nbaris\nbaris</blockquote>"
    )
    await bot.control(f"chats/{group.id}/members", user_id="bot", status="administrator")
    await bot.ok("setMyCommands", commands=[{"command": "terbaru", "description": "berita terbaru"}])
    asked = await bot.control(f"chats/{sekar.id}/messages", text="/terbaru dan https://a.example")
    for chat in (sekar, group, channel):
        await bot.ok("sendMessage", chat_id=chat.id, text=text, parse_mode="HTML", reply_markup=keys)
        photo = await bot.ok("sendPhoto", chat_id=chat.id, photo=PICTURES[0], caption="Gambar")
        await bot.ok("sendPhoto", chat_id=chat.id, photo=PICTURES[1])
        await bot.ok("sendPhoto", chat_id=chat.id, photo="https://gambar.example/satu.jpg")
        await bot.ok("sendDocument", chat_id=chat.id, document=PICTURES[0], disable_notification=True)
        await bot.ok("pinChatMessage", chat_id=chat.id, message_id=photo["message_id"])
    await bot.ok(
        "sendMessage", chat_id=sekar.id, text="Jawaban", reply_parameters={"message_id": asked["message_id"]}
    )
    await bot.control(f"chats/{group.id}/messages", text="Dari Sekar", user_id=sekar.id)
    rows = [["Ya", {"text": "Nomor saya", "request_contact": True}]]
    await bot.ok("sendMessage", chat_id=group.id, text="Setuju?", reply_markup={"keyboard": rows})
    await bot.ok("sendMessage", chat_id=sekar.id, text="Nama?", reply_markup={"force_reply": True})


# Contrast is not measured on a patterned ground, so the patterns are taken away and the darkest colour stays.
FLAT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .wallpaper { background: var(--wall-2) !important; }
    .wallpaper::before, .bubble::after, .quote::before { display: none !important; }
    .avatar { background: var(--to) !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


async def _check(page: Page, axe: str) -> None:
    await page.evaluate(FLAT)
    await page.evaluate(axe)
    found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    wrong = [
        (one["id"], one["impact"], [(node["html"], node["failureSummary"]) for node in one["nodes"]])
        for one in found["violations"]
    ]
    assert not wrong, wrong


@pytest.mark.usefixtures("bot")
async def test_the_skip_link_leads_into_the_conversation(
    page: Page, served: RunningSimulator, sekar: Chat
) -> None:
    await _open(page, served, sekar)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.closest('[data-testid=pane]') !== null")


async def test_the_keyboard_alone_reaches_everything(
    page: Page, served: RunningSimulator, bot: Bot, simulator: Simulator, sekar: Chat
) -> None:
    group, channel = simulator.add_group("Warga"), simulator.add_channel("Kabar Contoh", "kabar_contoh")
    await _fill(bot, sekar, group, channel)
    await page.goto(f"{served.address}/?chat={sekar.id}&beside={group.id}")
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "open")
    await page.get_by_test_id("faults-toggle").click()
    wanted = await page.evaluate(
        """() => {
          window.reached = new Set();
          window.wanted = [...document.querySelectorAll(
            "a[href], button, input, select, textarea, summary, [tabindex='0']",
          )].filter((one) => !one.disabled && !one.closest("[inert]") && one.checkVisibility());
          document.addEventListener("focusin", ({ target }) => reached.add(target));
          document.querySelector(".skip").focus();
          return wanted.length;
        }"""
    )
    for _ in range(wanted + 20):
        await page.keyboard.press("Tab")
    missed = await page.evaluate("wanted.filter((one) => !reached.has(one)).map((one) => one.outerHTML)")
    assert wanted > 50
    assert not missed
