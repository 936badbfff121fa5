"""The channels of a newspaper: CHANNELS, the short form, and channels.toml, which describes each."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from bot.app.voice import messages_for
from bot.config import CHANNEL, Settings
from bot.core.channels import Channel
from bot.errors import SettingsError

_KINDS = {"breaking", "regular"}
_OPTIONS = {"chat", "sections", "kinds", "language", "template", "photo", "topics"}


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """Every channel of ``settings``; one that is named in both places is as the file describes it.

    Raises SettingsError that names the file, the channel and what is wrong with it.
    """
    described = _described(settings)
    short = (Channel(chat, settings.language) for chat in settings.channels if chat not in described)
    return (*described.values(), *short)


def _described(settings: Settings) -> Mapping[str, Channel]:
    file = settings.channels_file
    if not file.exists():
        if "channels_file" in settings.model_fields_set:
            raise SettingsError(f"CHANNELS_FILE: there is no {file}")
        return {}
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    rows = told.get("channel", [])
    if set(told) - {"channel"} or not isinstance(rows, list):
        raise SettingsError(f"{file}: channels are tables called [[channel]]")
    if not rows:
        return {}
    messages = messages_for(settings, None)
    known = {"languages": messages.languages, "templates": messages.post_templates}
    channels: dict[str, Channel] = {}
    for row in rows:
        channel = _channel(row, settings, known)
        if channel.chat in channels:
            raise SettingsError(f"{file}: {channel.chat} is described twice")
        channels[channel.chat] = channel
    return channels


def _channel(row: Any, settings: Settings, known: Mapping[str, tuple[str, ...]]) -> Channel:
    chat = str(row.get("chat", "")) if isinstance(row, dict) else ""

    def wrong(text: str) -> SettingsError:
        return SettingsError(f"{settings.channels_file}: {chat or 'a channel'}: {text}")

    if CHANNEL.fullmatch(chat) is None:
        raise wrong(f"chat {chat!r} is neither @name nor a number such as -1001234567890")
    if strange := sorted(set(row) - _OPTIONS):
        raise wrong(f"there is no {strange[0]!r}; there are: {', '.join(sorted(_OPTIONS))}")
    kinds, sections = _texts(row, "kinds", wrong) or tuple(_KINDS), _texts(row, "sections", wrong)
    if set(kinds) not in ({"breaking"}, _KINDS):
        raise wrong('kinds are ["breaking"] or ["breaking", "regular"]')
    language, template = row.get("language", settings.language), row.get("template", "push")
    if language not in known["languages"]:
        raise wrong(f"language {language!r} is none of {', '.join(known['languages'])}")
    if template not in known["templates"]:
        raise wrong(f"template {template!r} is none of {', '.join(known['templates'])}")
    switches = {name: row.get(name, False) for name in ("photo", "topics")}
    if not all(isinstance(value, bool) for value in switches.values()):
        raise wrong("photo and topics are true or false")
    if switches["topics"] and not sections:
        raise wrong("topics need the sections that are to have one")
    return Channel(chat, language, sections, "regular" not in kinds, template, **switches)


def _texts(row: Mapping[str, Any], name: str, wrong: Callable[[str], SettingsError]) -> tuple[str, ...]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise wrong(f"{name} is a list of texts")
    return tuple(value)
