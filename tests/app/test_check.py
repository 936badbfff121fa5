"""What `kabar check` says of the updates' way, asked of the local Telegram."""

from pathlib import Path

from telegram import Bot

from bot.app.check import Finding, check
from bot.config import settings_for
from bot.simulator.actors import Telegram
from tests.databases import new_file
from tests.fakes.newsroom import TOKEN

NOBODY = "http://127.0.0.1:9/kabar"


async def _updates(folder: Path, telegram: Telegram, **settings: str) -> Finding:
    return await _finding("updates", folder, telegram, **settings)


async def _finding(subject: str, folder: Path, telegram: Telegram, **settings: object) -> Finding:
    values = {
        "bot_token": TOKEN,
        "telegram_api_url": telegram.address,
        "database_url": new_file(folder),
        "articles_dir": folder / "articles",
        **settings,
    }
    (found,) = [finding async for finding in check(settings_for(values)) if finding.subject == subject]
    return found


async def test_polling_names_the_webhook_that_it_would_take_away(tmp_path: Path, telegram: Telegram) -> None:
    assert await _updates(tmp_path, telegram) == Finding(True, "updates", "fetched by polling")
    async with Bot(TOKEN, base_url=f"{telegram.address}/bot") as bot:
        await bot.set_webhook(NOBODY)
        found = await _updates(tmp_path, telegram)
        assert found.works
        assert NOBODY in found.text


async def test_a_folder_of_articles_that_cannot_be_made_is_a_fault(
    tmp_path: Path, telegram: Telegram
) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    folder = tmp_path / "berkas" / "masuk"
    found = await _finding("articles", tmp_path, telegram, articles_dir=folder)
    assert not found.works
    assert found.text.startswith(f"ARTICLES_DIR {folder} cannot be made in {tmp_path / 'berkas'}")
    assert (await _finding("articles", tmp_path, telegram)).works


async def test_a_webhook_that_telegram_cannot_reach_is_a_fault(tmp_path: Path, telegram: Telegram) -> None:
    ours = {"webhook_url": NOBODY, "webhook_secret": "s" * 32}
    reader = telegram.user("Sekar")
    assert (await _updates(tmp_path, telegram, **ours)).text == f"brought to {NOBODY} from the start on"
    async with Bot(TOKEN, base_url=f"{telegram.address}/bot") as bot:
        await bot.set_webhook(NOBODY)
        assert await _updates(tmp_path, telegram, **ours) == Finding(True, "updates", f"brought to {NOBODY}")
        await reader.send("/start")
        await telegram.until(lambda event: event.kind == "webhook", what="an attempt")
        found = await _updates(tmp_path, telegram, **ours)
    assert not found.works
    assert "1 wait" in found.text
