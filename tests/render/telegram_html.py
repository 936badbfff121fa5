"""Reads HTML as Telegram does, independently of bot/: fails where Telegram would refuse it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}


@dataclass
class Parsed:
    """What remains of a message: its text, and the tags with what stood inside each."""

    text: str = ""
    spans: list[tuple[str, str]] = field(default_factory=list)

    def inside(self, tag: str) -> list[str]:
        return [text for name, text in self.spans if name == tag]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parsed = Parsed()
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed: dict[str, set[str]] = {"a": {"href"}, "blockquote": {"expandable"}}
        assert tag in _TAGS, f"unsupported start tag <{tag}>"
        assert {name for name, _ in attrs} <= allowed.get(tag, set()), f"attributes of <{tag}>: {attrs}"
        if tag == "blockquote":
            assert tag not in [name for name, _ in self.open], "block quotes do not nest"
        self.open.append((tag, len(self.parsed.text)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> {attrs}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        name, start = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        self.parsed.spans.append((tag, self.parsed.text[start:]))

    def handle_data(self, data: str) -> None:
        assert "<" not in data, f"a bare < in {data!r}"
        assert "&" not in data, f"a bare & in {data!r}"
        self.parsed.text += data

    def handle_entityref(self, name: str) -> None:
        self.parsed.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]

    def handle_charref(self, name: str) -> None:
        self.parsed.text += chr(int(name[1:], 16) if name.startswith("x") else int(name))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"<!{decl}>")


def parse(html: str) -> Parsed:
    """The message's text and tags; AssertionError with the reason where Telegram would refuse it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"<{reader.open[-1][0]}> is never closed"
    return reader.parsed
