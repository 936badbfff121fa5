"""What a visitor of the demonstration sees, in a real browser."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.app.demo import ALREADY_PRINTED, run_demo
from bot.samples import samples

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLES = [sample.text.split("\n")[2] for sample in samples()]


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncIterator[str]:
    """The address of a running demonstration."""
    stop, ready = asyncio.Event(), asyncio.get_running_loop().create_future()
    main = asyncio.create_task(run_demo(port=0, stop=stop, ready=ready.set_result))
    await asyncio.wait({main, ready}, return_when=asyncio.FIRST_COMPLETED)
    if main.done():
        await main
    yield ready.result()
    stop.set()
    await main


async def _say(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


async def test_a_visitor_subscribes_reads_and_is_sent_what_is_new(page: Page, address: str) -> None:
    await page.goto(address)
    await expect(page.get_by_test_id("connection")).to_have_attribute("data-state", "open")
    chat = page.get_by_test_id("messages")
    await page.get_by_role("button", name=re.compile("^start$", re.IGNORECASE)).click()
    await expect(chat).to_contain_text("Selamat datang")

    await _say(page, "/terbaru")
    story = chat.locator("[data-message-id]").last
    await expect(story).to_contain_text("Baca lengkap")
    number = await story.get_attribute("data-message-id")
    await story.get_by_role("button", name=re.compile("Kutipan")).click()
    edited = chat.locator(f'[data-message-id="{number}"]')
    await expect(edited).to_contain_text("Ringkasan")
    await expect(edited.locator("blockquote").first).to_be_visible()

    await page.get_by_test_id("action-new-article").click()
    arrived = TITLES[ALREADY_PRINTED]
    await expect(chat).to_contain_text(arrived, timeout=2000)
    await page.get_by_test_id(re.compile("^chat--100")).click()
    await expect(page.get_by_test_id("messages")).to_contain_text(arrived, timeout=2000)
    await expect(page.get_by_test_id("wire")).to_contain_text("sendMessage")


async def test_a_channels_button_opens_the_story_in_the_readers_chat(page: Page, address: str) -> None:
    await page.goto(address)
    await page.get_by_test_id("action-new-article").click()
    await page.get_by_test_id(re.compile("^chat--100")).click()
    post = page.get_by_test_id("messages").locator("[data-message-id]").last
    await post.get_by_role("link", name=re.compile("Baca lengkap")).click()
    await expect(page.get_by_test_id("messages")).to_contain_text("/start f_")
    await expect(page.get_by_test_id("messages")).to_contain_text(TITLES[ALREADY_PRINTED])


async def test_a_blocked_bot_is_told_and_comes_back(page: Page, address: str) -> None:
    await page.goto(address)
    await page.get_by_role("button", name=re.compile("^start$", re.IGNORECASE)).click()
    chat = page.get_by_test_id("messages")
    await expect(chat).to_contain_text("Selamat datang")
    await page.get_by_test_id("block").click()
    await page.get_by_test_id("action-new-article").click()
    await expect(page.get_by_test_id("wire")).to_contain_text("sendMessage")
    await expect(chat).not_to_contain_text(TITLES[ALREADY_PRINTED])
    await page.get_by_test_id("unblock").click()
    await page.get_by_test_id("action-new-article").click()
    await expect(chat).to_contain_text(TITLES[ALREADY_PRINTED + 1], timeout=2000)
