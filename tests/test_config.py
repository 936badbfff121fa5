import re
from pathlib import Path

import pytest

from bot.config import Settings, load_settings, settings_for
from bot.errors import SettingsError
from tests.conftest import ROOT

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def test_the_example_names_every_setting_and_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert named.keys() == {name.upper() for name in Settings.model_fields}
    defaults = settings_for({name.lower(): value for name, value in named.items() if value})
    assert defaults == settings_for({})


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in readme]
    assert not missing


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("bot_token", "rahasia", "BotFather"),
        ("channels", "rakyatmerdeka", "'rakyatmerdeka'"),
        ("telegram_api_url", "ftp://x", "'ftp://x'"),
        ("time_zone", "Jakarta", "Asia/Jakarta"),
        ("time_zone", "America", "Asia/Jakarta"),
        ("log_level", "LOUD", "INFO"),
        ("admin_ids", "budi", "123456789"),
        ("sources_allow", "10.0.0.5", "10.0.0.5:8080"),
        ("language", "Indonesia", "'Indonesia'"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_for({name: value})
    assert name.upper() in str(caught.value)
    assert told in str(caught.value)


def test_a_wrong_token_is_not_repeated_in_the_error() -> None:
    with pytest.raises(SettingsError) as caught:
        settings_for({"bot_token": "rahasia sekali"})
    assert "rahasia" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_lists_are_written_with_commas() -> None:
    settings = settings_for({"channels": "@rakyatmerdeka, -1001234567890", "admin_ids": "1,2"})
    assert settings.channels == ("@rakyatmerdeka", "-1001234567890")
    assert settings.admin_ids == (1, 2)


def test_allowed_places_are_hosts_and_ports() -> None:
    settings = settings_for({"sources_allow": "10.0.0.5:8080, [::1]:81"})
    assert settings.allowed_places == (("10.0.0.5", 8080), ("::1", 81))


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = tmp_path / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\nLOG_LEVEL=debug\nNEWSPAPER=Koran Contoh\n", encoding="utf-8")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = load_settings(env)
    assert settings.token == TOKEN
    assert settings.log_level == "ERROR"
    assert settings.newspaper == "Koran Contoh"


def test_a_missing_token_says_where_to_get_one() -> None:
    with pytest.raises(SettingsError, match="BotFather"):
        _ = settings_for({"bot_token": ""}).token


SECRET = "s3cret-of-32-characters-or-more_"


def test_a_webhook_without_a_secret_is_no_start() -> None:
    with pytest.raises(SettingsError) as caught:
        settings_for({"webhook_url": "https://bot.example.com/kabar"})
    assert str(caught.value).startswith("WEBHOOK_SECRET is not set")


@pytest.mark.parametrize("secret", ["short", SECRET[:31], f"{SECRET}!", "s" * 257, f"{SECRET}\n"])
def test_a_secret_that_telegram_refuses_or_somebody_guesses_is_no_start(secret: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_for({"webhook_url": "https://bot.example.com/kabar", "webhook_secret": secret})
    assert "WEBHOOK_SECRET" in str(caught.value)
    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "bot.example.com",
        "https://",
        "https://a b/",
        "https://x/y?z=1",
        "https://u:p@x/",
        "https://x/metrics",
        "https://x:y/",
        "https://x:99999/",
    ],
)
def test_an_address_that_cannot_be_a_webhook_is_named(url: str) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_URL"):
        settings_for({"webhook_url": url, "webhook_secret": SECRET})


@pytest.mark.parametrize("listen", ["8080", "localhost", "localhost:99999", "localhost:", ":8080", "a b:1"])
def test_a_place_to_listen_at_is_host_and_port(listen: str) -> None:
    with pytest.raises(SettingsError, match="WEB_LISTEN"):
        settings_for({"web_listen": listen})


def test_nothing_is_served_unless_it_is_asked_for() -> None:
    assert settings_for({}).listen is None
    assert settings_for({}).webhook_path is None
    assert settings_for({"web_listen": "[::1]:9100"}).listen == ("::1", 9100)
    webhook = settings_for({"webhook_url": "https://bot.example.com", "webhook_secret": SECRET})
    assert webhook.listen == ("127.0.0.1", 8080)
    assert webhook.webhook_path == "/"
    assert SECRET in webhook.secrets


def test_a_file_of_settings_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text(f"BOT_TOKEN={TOKEN}\n", encoding="utf-16")
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8 text") as refused:
        load_settings(env)
    assert TOKEN not in str(refused.value)
