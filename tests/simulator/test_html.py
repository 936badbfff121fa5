import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.simulator.entities import Entity, EntityType, utf16_length
from bot.simulator.html import ParseError, parse_html


def shown(text: str) -> tuple[str, list[tuple[object, ...]]]:
    """Plain text and entities without the options that are not set."""
    parsed = parse_html(text)
    options = ("url", "language", "user_id", "custom_emoji_id", "unix_time", "date_time_format")
    return parsed.text, [
        (
            one.type.value,
            one.offset,
            one.length,
            *(value for name in options if (value := getattr(one, name))),
        )
        for one in parsed.entities
    ]


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("", "", []),
        ("kabar", "kabar", []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1, "py")]),
        ('<code class="language-py"><pre>a</pre></code>', "a", [("pre", 0, 1, "py")]),
        ('<pre><code class="language-py">a</code> </pre>', "a ", [("pre", 0, 2), ("code", 0, 1)]),
        ("<pre><code>a</code></pre>", "a", [("pre", 0, 1), ("code", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote expandable='' >a</blockquote >", "a", [("expandable_blockquote", 0, 1)]),
        (
            '<a href="http://contoh.id/a?b=1&amp;c=2">x</a>',
            "x",
            [("text_link", 0, 1, "http://contoh.id/a?b=1&c=2")],
        ),
        ("<a href=contoh.id>x</a>", "x", [("text_link", 0, 1, "http://contoh.id/")]),
        ("<a>contoh.id</a>", "contoh.id", [("text_link", 0, 9, "http://contoh.id/")]),
        ("<a href='localhost'>x</a>", "x", []),
        ("<a href='javascript:alert(1)'>x</a>", "x", []),
        ("<a href='tg://user?id=7'>x</a>", "x", [("text_mention", 0, 1, 7)]),
        ("<a href='tg://user?id=0'>x</a>", "x", [("text_link", 0, 1, "tg://user?id=0")]),
        (
            "<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>",
            "👍",
            [("custom_emoji", 0, 2, "5368324170671202286")],
        ),
        ("<tg-time unix='5' format='TDW'>a</tg-time>", "a", [("date_time", 0, 1, 5, "wDT")]),
        ("<tg-time unix='5' format='R'>a</tg-time>", "a", [("date_time", 0, 1, 5, "r")]),
        ("<tg-time unix='0'>a</tg-time>", "a", []),
        ("<b>😀x</b>é<i>y</i>", "😀xéy", [("bold", 0, 3), ("italic", 4, 1)]),
        ("<i><b>x</b></i>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<B>x</b>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>", "", []),
        ("<b what='ever' and='more'>x</b>", "x", [("bold", 0, 1)]),
        ("&lt;&gt;&amp;&quot;&#65;&#x42;", '<>&"AB', []),
        ("&lt&gt b&amp", "<> b&", []),
        ("&nbsp;&apos;&X41;&#;&#x;&", "&nbsp;&apos;&X41;&#;&#x;&", []),
        ("&#0;&#1114111;&#123456789;", "&#0;&#1114111;&#123456789;", []),
        ("&#128512;<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("a > b", "a > b", []),
    ],
)
def test_a_text_gives_what_telegram_gives(text: str, plain: str, entities: list[tuple[object, ...]]) -> None:
    assert shown(text) == (plain, entities)


SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
    " surrogate code units"
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("😀é <X y>", 'Unsupported start tag "x" at byte offset 7'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b/>x", 'Unsupported start tag "b/" at byte offset 0'),
        ("<", "Unclosed start tag at byte offset 0"),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<b x=", 'Unclosed start tag "b" at byte offset 0'),
        ('<b x="y>z', "Unclosed start tag at byte offset 0"),
        ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b x />y</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=http://a.b/c>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</ b>", "Unclosed end tag at byte offset 4"),
        ("<b>a<i>b</b>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "<tg-emoji emoji-id='9223372036854775808'>x</tg-emoji>",
            "Invalid custom emoji identifier specified",
        ),
        ("<tg-time unix='5' format='x'>a</tg-time>", "Invalid date format used"),
        (
            "&#55357;&#56832;",
            SURROGATES,
        ),
    ],
)
def test_a_text_is_refused_in_telegrams_words(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_html(text)
    assert str(refused.value) == reason


PIECES = st.sampled_from(
    [
        *(
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "</>",
            "<a href='x.y'>",
            "</a>",
            "<code>",
            "</code>",
            "<pre>",
            "</pre>",
        ),
        *("<blockquote>", "<blockquote expandable>", "</blockquote>", "<code class='language-x'>"),
        *("<tg-emoji emoji-id='5'>", "<tg-time unix=5>", "<", ">", "</", "&", "&lt;", "&#65;", "&#x1F600;"),
        *("&#xd800;", "'", '"', "=", "/", "\0", "😀", "é", "kabar"),
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(st.one_of(PIECES, st.text())).map("".join))
)
@example("<a href='\ud83d.b'>x</a>")
def test_any_text_gives_entities_within_it_or_is_refused(text: str) -> None:
    try:
        parsed = parse_html(text)
    except ParseError:
        return
    length = utf16_length(parsed.text)
    assert all(0 <= one.offset < one.end <= length for one in parsed.entities)
    assert [one.offset for one in parsed.entities] == sorted(one.offset for one in parsed.entities)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = parse_html(f"<b>{escaped}</b>")
    assert parsed.text == text
    assert parsed.entities == ((Entity(EntityType.BOLD, 0, utf16_length(text)),) if text else ())
