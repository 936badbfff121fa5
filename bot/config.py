"""The settings: the only reader of the environment and of .env, and all of their validation."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.preferences import Preferences, everything, newcomer
from bot.core.publication import AT_LEAST_ONCE, PublicationKind
from bot.errors import SettingsError

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}", re.ASCII)
CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-\d{5,20}", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}", re.ASCII)
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):(\d{1,5})", re.ASCII)

WEBHOOK_LISTEN = "127.0.0.1:8080"
"""Where a webhook is served unless WEB_LISTEN says otherwise: behind a proxy on the same machine."""

WEB_PATHS = ("/healthz", "/livez", "/metrics")
"""What is served beside a webhook, which therefore has another path."""

_SECRETS_FORM = "32 to 256 letters, digits, _ and -, such as `openssl rand -hex 32` prints"

_PLACE = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):\d{1,5}", re.ASCII)

_List = Annotated[tuple[str, ...], NoDecode]


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", value) if part)


class Settings(BaseSettings):
    """Every setting; each is an environment variable of the same name in capitals, or a line of .env."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8"
    )

    bot_token: SecretStr | None = Field(None, description="the bot's token from @BotFather")
    telegram_api_url: str = Field("https://api.telegram.org", description="where the Bot API answers")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///data/kabar.db"), description="sqlite:///FILE or postgresql://..."
    )
    channels: _List = Field((), description="channels to post to: @name or -100..., with commas between")
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="user numbers of the newsroom's administrators, with commas between"
    )
    articles_dir: Path = Field(
        Path("data/articles"), description="a folder; articles dropped into it are sent"
    )
    channels_file: Path = Field(
        Path("channels.toml"),
        description="the file that describes channels and groups of the newspaper, if there is one",
    )
    sources_file: Path = Field(
        Path("sources.toml"),
        description="the file that names the sources to read; `kabar sources add` writes it",
    )
    sources_contact: str = Field(
        "", description="an address or mailbox where the owners of those sites find you"
    )
    sources_allow: _List = Field(
        (), description="places outside of the public web that may be read: host:port, with commas between"
    )
    profiles_dir: Path | None = Field(
        None, description="a folder with profiles of newspapers' sites (*.toml)"
    )
    unknown: Literal["by-kind", "again", "leave"] = Field(
        "by-kind",
        description="whether a message is sent again when nobody knows if Telegram took it; by-kind does so"
        " with breaking news, corrections and retractions",
    )
    paid_broadcast: bool = Field(
        False, description="send up to 1,000 a second; each message above 30 costs Telegram Stars"
    )
    retention_days: int = Field(
        180, ge=3, description="days for which it is kept who got what; so long can it be corrected in place"
    )
    templates_dir: Path | None = Field(None, description="a folder with the newspaper's own templates")
    newspaper: str = Field(
        "Rakyat Merdeka", min_length=1, description="the newspaper's name, as readers see it"
    )
    language: str = Field("id", description="the language of channels and of newcomers")
    time_zone: ZoneInfo = Field(ZoneInfo("Asia/Jakarta"), description="the zone in which dates are shown")
    webhook_url: str | None = Field(
        None, description="https address at which Telegram reaches this bot; without one it polls"
    )
    webhook_secret: SecretStr | None = Field(
        None, description="32 or more letters, digits, _ and -, by which a webhook knows Telegram"
    )
    web_listen: str | None = Field(
        None, description="host:port for the webhook, /healthz and /metrics; unset and polling: none"
    )
    newcomers: Literal["digest", "everything"] = Field(
        "digest",
        description="what who subscribes gets at first: digest is breaking news, three a day at most, and one"
        " digest a day; everything is each article",
    )
    privacy_contact: str | None = Field(
        None, max_length=200, description="whom readers may ask about their data, as /privacy says it"
    )
    forget_key: SecretStr | None = Field(
        None, description="the key of the marks of who was forgotten; without one it is made from BOT_TOKEN"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")

    @field_validator("channels", "sources_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _parts(value) if isinstance(value, str) else value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        for part in _parts(value):
            if re.fullmatch(r"\d{1,20}", part, re.ASCII) is None:
                raise ValueError(f"{part!r} is not a user's number such as 123456789")
        return _parts(value)

    @field_validator("language")
    @classmethod
    def _language_is_a_code(cls, value: str) -> str:
        if re.fullmatch("[a-z]{2,3}", value) is None:
            raise ValueError(f"{value!r} is not a language's code such as id or en")
        return value

    @field_validator("channels")
    @classmethod
    def _channels_are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for channel in value:
            if CHANNEL.fullmatch(channel) is None:
                raise ValueError(f"{channel!r} is neither @name nor a number such as -1001234567890")
        return value

    @field_validator("sources_allow")
    @classmethod
    def _allowed_places_have_ports(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for place in value:
            if _PLACE.fullmatch(place) is None:
                raise ValueError(f"{place!r} is not a host and a port such as 10.0.0.5:8080")
        return value

    @field_validator(
        "bot_token",
        "templates_dir",
        "profiles_dir",
        "webhook_url",
        "webhook_secret",
        "web_listen",
        "privacy_contact",
        "forget_key",
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _TOKEN.fullmatch(value.get_secret_value()) is None:
            raise ValueError("this is not a token as @BotFather writes it: 123456789:AA...")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _address_is_http(cls, value: str) -> str:
        if re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", value) is None:
            raise ValueError(f"{value!r} is not an address such as https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _webhook_is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if (
            re.fullmatch(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/[^\s?#{}]*)?", value)
            is None
        ):
            raise ValueError(
                f"{value!r} is not an address such as https://bot.example.com/kabar, without query or user"
            )
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError above 65535
        if (parts.path or "/") in WEB_PATHS:
            raise ValueError(f"{value!r} is kept for monitoring: choose another path")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _SECRET.fullmatch(value.get_secret_value()) is None:
            raise ValueError(
                f"this is not a secret as Telegram takes it and nobody guesses it: {_SECRETS_FORM}"
            )
        return value

    @field_validator("web_listen")
    @classmethod
    def _listen_is_host_and_port(cls, value: str | None) -> str | None:
        if value is None:
            return None
        found = _LISTEN.fullmatch(value)
        if found is None or int(found[2]) > 65535:
            raise ValueError(f"{value!r} is not host:port such as {WEBHOOK_LISTEN}")
        return value

    @model_validator(mode="after")
    def _webhook_has_its_secret(self) -> Self:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise ValueError(
                f"WEBHOOK_SECRET is not set, and WEBHOOK_URL is not served without: {_SECRETS_FORM}"
            )
        return self

    @field_validator("time_zone", mode="before")
    @classmethod
    def _zone_exists(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        # A folder of zones, such as America, is no zone.
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is not a time zone such as Asia/Jakarta") from error

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def again(self) -> frozenset[PublicationKind]:
        """The kinds that are sent again when nobody knows whether Telegram took them."""
        every = frozenset(PublicationKind)
        return {"by-kind": AT_LEAST_ONCE, "again": every, "leave": frozenset[PublicationKind]()}[self.unknown]

    @property
    def newcomer(self) -> Preferences:
        """What who subscribes gets until they choose."""
        return (everything if self.newcomers == "everything" else newcomer)(self.time_zone.key)

    @property
    def key_to_forget(self) -> bytes | None:
        """The key of the marks of who was forgotten; None without FORGET_KEY and BOT_TOKEN."""
        secret = self.forget_key or self.bot_token
        return (
            None
            if secret is None
            else hashlib.sha256(f"forget {secret.get_secret_value()}".encode()).digest()
        )

    @property
    def token(self) -> str:
        """The token; raises SettingsError when there is none."""
        if self.bot_token is None:
            raise SettingsError(
                "BOT_TOKEN is not set: put BOT_TOKEN=... into .env (the README says how to get one from "
                "@BotFather), or try `kabar demo`, which needs none"
            )
        return self.bot_token.get_secret_value()

    @property
    def allowed_places(self) -> tuple[tuple[str, int], ...]:
        """The hosts and ports of ``sources_allow``."""
        places = (place.rpartition(":") for place in self.sources_allow)
        return tuple((host.strip("[]"), int(port)) for host, _, port in places)

    @property
    def webhook_path(self) -> str | None:
        """The path of WEBHOOK_URL, at which updates are taken; None when they are polled."""
        return None if self.webhook_url is None else urlsplit(self.webhook_url).path or "/"

    @property
    def listen(self) -> tuple[str, int] | None:
        """Host and port to serve at; None when nothing is served. Port 0 is any free one."""
        value = self.web_listen or (WEBHOOK_LISTEN if self.webhook_url is not None else None)
        if value is None:
            return None
        host, _, port = value.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be shown."""
        kept = (self.bot_token, self.webhook_secret, self.forget_key)
        return tuple(secret.get_secret_value() for secret in kept if secret is not None)


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this run, from the environment first and ``env_file`` second.

    Raises SettingsError that names each wrong setting, what is wrong, and never its value when it is secret.
    """
    try:
        return _checked({"_env_file": env_file})
    except UnicodeDecodeError as error:
        raise SettingsError(f"{env_file} is not UTF-8 text: save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{env_file} cannot be read: {error.strerror}") from error


def settings_for(values: Mapping[str, object]) -> Settings:
    """Settings from ``values`` before the environment, without a file; for the demo and for tests."""
    return _checked({"_env_file": None, **values})


def _checked(values: Mapping[str, object]) -> Settings:
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            # What concerns several settings names them itself.
            ": ".join([*(str(name).upper() for name in fault["loc"][:1]), fault["msg"]]).replace(
                "Value error, ", ""
            )
            for fault in error.errors(include_input=False, include_url=False)
        ]
        # from None: pydantic's own text repeats the values, and one of them is the token.
        raise SettingsError("; ".join(lines)) from None
