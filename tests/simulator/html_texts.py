"""Texts as a bot might send them with parse_mode=HTML: well-formed, nearly so, and hostile."""

import random

_TAGS = [
    "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "code", "pre", "tg-spoiler", "span",
    "blockquote", "tg-emoji", "tg-time",
]  # fmt: skip
_STRANGE_TAGS = ["x", "p", "B", "Tg-Time", "br", "script", ""]

PIECES = [
    "a", "b ", "Kabar ", "\n", "é", "😀", "👩‍👩‍👧", "&", "&lt;", "&gt", "&amp;", "&quot;", "&nbsp;", "&#65;",
    "&#x41;", "&#128512;", "&#0;", "&#xd800;", "&#;", "&#x;", "&ampx", "<", "</", ">", "/", '"', "'", "=",
    "\0", "\t", "http://a.b", "x.y", " ", "&#1114111;", "&#12345678", "&#1234567", "\u2028", "\r", "&lt",
    "\v", "\x0c", "\xa0", "É", "\u202e", "\u0333", "<!-- -->", "<![CDATA[", "]]>", "<?", "@kabar",
    "#tag", "/start",
]  # fmt: skip
"""What the texts are made of beside tags."""

_LINKS = [
    "tg://user/?id=5", "tg://user?id=1099511627775", "tg://user?id=1099511627776", "tg:user?a&id=5",
    "tg://user?id=5&id=6", "tg://user?id=5#", "tg://user?id=x&id=6", "tg://user?xid=6", "tg://user?id=06",
    "tg://user#?id=6", "tg:///user?id=6", "tg://user?ID=6", "tg://user?id=%36", " tg://user?id=6",
    "http://tg://user?id=6", "http://a.b", "x.y/z?q=1&amp;r", "a.b", "", "tg://user?id=5", "TG:user?id=12&x",
    "a b.c", "http://a.b:80/", "&#120;.y", "é.id", "a.b\0c", "http://[::1]/", "//a.b", "a.b#x", "ftp://a.b",
    "tg://x?y", "ton:a", "a.b:0", "a.b:65536", "u:p@a.b", "javascript:alert(1)", "http://a.b/%00", "HTTP://A.B/C",
]  # fmt: skip
_ATTRIBUTES = [
    *(f"href='{link}'" for link in _LINKS),
    'href="x.y/z?q=1&amp;r"', "href=a.b", "HREF='a.b'", "class='tg-spoiler'", "class=tg-spoiler",
    "class='language-py'", 'class="language-"', "class=language-js", "class='a&lt;b'", "class='TG-SPOILER'",
    "class='tg-'", "expandable", "expandable=''", "expandable=1", "emoji-id='5'", "emoji-id=5",
    "emoji-id='x'", "unix='5'", "unix=7", "unix='5x'", "unix='-4294967291'", "unix='99999999999'",
    "format='wDT'", "format=r", "format='q'", "format='Dd'", "format='Tt'", 'format="dDtT"', "x", "x=",
    "x='1", 'x="', "=", "y = z", "y= 'q'", "onclick='x'", "style=color:red",
]  # fmt: skip


def hostile_text(source: random.Random, depth: int = 0) -> str:
    """One text, of nested elements and stray pieces."""
    parts = []
    for _ in range(source.randint(0, 4)):
        kind = source.random()
        if kind < 0.5:
            parts += source.choices(PIECES, k=source.randint(1, 3))
        elif kind < 0.85 and depth < 4:
            parts.append(_element(source, depth))
        else:
            parts.append(_stray_tag(source))
    return "".join(parts)


def _element(source: random.Random, depth: int) -> str:
    tag = source.choice(_TAGS)
    attributes = source.choices(_ATTRIBUTES, k=source.choice([0, 0, 0, 1, 1, 2]))
    if source.random() < 0.9:
        match tag:
            case "span":
                attributes.append("class='tg-spoiler'")
            case "tg-emoji":
                attributes.append(f"emoji-id='{source.randint(1, 99)}'")
            case "tg-time":
                attributes.append(f"unix='{source.randint(1, 99)}'")
            case "a":
                attributes.append(f"href='{source.choice(_LINKS)}'")
            case _:
                pass
    end = source.choice([tag] * 12 + [tag.upper(), "", f"{tag} ", "b"])
    opened = "".join(f" {attribute}" for attribute in attributes)
    return f"<{tag}{opened}>{hostile_text(source, depth + 1)}</{end}>"


def _stray_tag(source: random.Random) -> str:
    attributes = source.choices(_ATTRIBUTES, k=source.choice([0, 0, 1, 1, 2]))
    spaced = "".join(source.choice([" ", "  ", "\n", "\t"]) + attribute for attribute in attributes)
    tag = source.choice(_TAGS + _STRANGE_TAGS)
    return f"<{tag}{spaced}{source.choice(['', '', ' '])}{source.choice(['>', '>', '>', '>', '', '/>'])}"
