"""Texts as a bot might send them with parse_mode=MarkdownV2 or Markdown: well-formed, nearly so, hostile."""

import random

_MARKS = ["*", "_", "__", "~", "||", "`", "```", "**", "___"]
PIECES = [
    "a", "b ", "é", "😀", "\n", "\n>", "\n>", ">", "**>", "||", "||\n", "\\.", "\\*", "\\", "\\é", "\\\\",
    "py\n", "py", "\r\n", "\r", ".", "!", "#", "[", "]", "(", ")", "{", "-", "x.y", "\0", "\t", " ", "\\`",
    "\x7f", "\\\x7f", *_MARKS,
]  # fmt: skip
"""What the texts are made of beside links."""
_ADDRESSES = [
    "http://a.b", "x.y/z", "bad", "", "tg://user?id=5", "tg://user?id=0", "tg://emoji?id=5",
    "tg:emoji?id=6", "tg://emoji?id=", "tg://emoji?id=-7", "tg://emoji/?id=7", "tg://emoji?x&id=8",
    "tg://emoji?id=9&x", "TG://emoji?id=9", "tg://emoji?id=9#", "tg://emoji?id=99999999999999999999",
    "tg://emoji?id=0", "tg://emoji?id=5x", "tg://EMOJI?id=5", "tg://time?unix=5",
    "tg://time?unix=5&format=wDT", "tg://time?format=r&unix=7", "tg://time?unix=5&format=q",
    "tg://time?unix=0", "tg://time?unix=-5", "tg://time?unix=x", "tg://time?unix=99999999999",
    "tg://time?", "tg:time?unix=5", "tg://time?unix=5x", "tg://time?unix=5&format=",
    "tg://time?unix=5&unix=6", "tg://time/?unix=5", "tg://time?unix=05", "a\\.b", "a.b\\)c", "a.b\\",
    "tg://time?unix=5&format=td", "tg://emoji", "a.b(c", "tg://time?unix=%35",
]  # fmt: skip


def hostile_text(source: random.Random, depth: int = 0) -> str:
    """One text, of nested entities and stray pieces."""
    parts = []
    for _ in range(source.randint(0, 4)):
        kind = source.random()
        if kind < 0.4:
            parts += source.choices(["a", "b ", "é", "😀", "\n", "\\."], k=source.randint(1, 3))
        elif kind < 0.55:
            parts.append(source.choice(PIECES))
        elif kind < 0.7:
            begin = source.choice(["[", "[", "!["])
            parts.append(f"{begin}{hostile_text(source, 4)}]({source.choice(_ADDRESSES)})")
        elif kind < 0.8:
            parts.append(
                source.choice(["", "\n", "**"])
                + ">"
                + hostile_text(source, 4)
                + source.choice(["", "||", "\n"])
            )
        elif depth < 3:
            mark = source.choice(_MARKS)
            parts.append(f"{mark}{hostile_text(source, depth + 1)}{mark}")
    return "".join(parts)
