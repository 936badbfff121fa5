"""Telegram's own parsers of HTML and Markdown, from TDLib, without any connection."""

import json
import os
import re
from typing import Any

import pytest

try:
    import tdjson
except ImportError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("needs tdjson, which has no build for this platform", allow_module_level=True)

Outcome = tuple[str, list[tuple[object, ...]]] | str
"""The plain text with its entities, or the reason of a refusal."""

_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}

HIDDEN = "hidden"

_FOUND = {
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
}
"""What Telegram finds in a plain text, so far as a bot is told of it."""

# TDLib 1.8.69 leaves out the first four letters of tonsite://name, which can be nobody's meaning.
_CUT = re.compile("tonsite://".encode("utf-16-le"), re.IGNORECASE)


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"null")
    return answer


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


HTML: dict[str, object] = {"@type": "textParseModeHTML"}
MARKDOWN_V2: dict[str, object] = {"@type": "textParseModeMarkdown", "version": 2}
MARKDOWN: dict[str, object] = {"@type": "textParseModeMarkdown", "version": 1}


def telegrams_outcome(text: str, mode: dict[str, object] = HTML) -> Outcome:
    """What Telegram makes of ``text``. A lone surrogate in an href would abort the process."""
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        message: str = answer["message"]
        return message.removeprefix("Can't parse entities: ")
    return answer["text"], [_entity(one) for one in answer["entities"]]


def telegrams_findings(text: str) -> list[tuple[str, int, int]]:
    """What Telegram finds in ``text`` by itself: types, offsets and lengths.

    Times like 10:30 and numbers of bank cards, of which Telegram tells no bot, are HIDDEN.
    """
    answer = _execute({"@type": "getTextEntities", "text": text})
    units = text.encode("utf-16-le")
    found: list[tuple[str, int, int]] = []
    for one in answer["entities"]:
        kind, offset, length = (
            one["type"]["@type"].removeprefix("textEntityType"),
            one["offset"],
            one["length"],
        )
        if kind == "Url" and offset >= 4 and _CUT.match(units, 2 * offset - 8):
            offset, length = offset - 4, length + 4
        found.append((_FOUND.get(kind, HIDDEN), offset, length))
    return found


def _entity(one: dict[str, Any]) -> tuple[object, ...]:
    kind = one["type"]
    number = kind.get("custom_emoji_id")
    return (
        _TYPES[kind["@type"].removeprefix("textEntityType")],
        one["offset"],
        one["length"],
        kind.get("url"),
        kind.get("language"),
        kind.get("user_id"),
        None if number is None else str(number),
        kind.get("unix_time"),
        _time_format(kind.get("formatting_type")),
    )


def _time_format(shown: dict[str, Any] | None) -> str | None:
    if not shown:
        return None
    if shown["@type"].endswith("Relative"):
        return "r"
    date = {"None": "", "Short": "d", "Long": "D"}[
        shown["date_precision"]["@type"].rpartition("Precision")[2]
    ]
    time = {"None": "", "Short": "t", "Long": "T"}[
        shown["time_precision"]["@type"].rpartition("Precision")[2]
    ]
    return ("w" if shown["show_day_of_week"] else "") + date + time
