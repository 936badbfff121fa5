"""The settings: the only reader of the environment and of .env, and all of their validation."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.publication import AT_LEAST_ONCE, PublicationKind
from bot.errors import SettingsError

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}", re.ASCII)
_CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-\d{5,20}", re.ASCII)

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
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="how much is logged")

    @field_validator("channels", mode="before")
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
            if _CHANNEL.fullmatch(channel) is None:
                raise ValueError(f"{channel!r} is neither @name nor a number such as -1001234567890")
        return value

    @field_validator("bot_token", "templates_dir", mode="before")
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

    @field_validator("time_zone", mode="before")
    @classmethod
    def _zone_exists(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except (ZoneInfoNotFoundError, ValueError) as error:
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
    def token(self) -> str:
        """The token; raises SettingsError when there is none."""
        if self.bot_token is None:
            raise SettingsError(
                "BOT_TOKEN is not set: put BOT_TOKEN=... into .env (the README says how to get one from "
                "@BotFather), or try `kabar demo`, which needs none"
            )
        return self.bot_token.get_secret_value()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The texts that must never be shown."""
        return (self.bot_token.get_secret_value(),) if self.bot_token is not None else ()


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this run, from the environment first and ``env_file`` second.

    Raises SettingsError that names each wrong setting, what is wrong, and never its value when it is secret.
    """
    return _checked({"_env_file": env_file})


def settings_for(values: Mapping[str, object]) -> Settings:
    """Settings from ``values`` before the environment, without a file; for the demo and for tests."""
    return _checked({"_env_file": None, **values})


def _checked(values: Mapping[str, object]) -> Settings:
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [
            f"{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False, include_url=False)
        ]
        # from None: pydantic's own text repeats the values, and one of them is the token.
        raise SettingsError("; ".join(lines)) from None
