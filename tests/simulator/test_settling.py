from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import Entity, EntityType, Formatted, utf16_length
from bot.simulator.errors import BadRequest
from bot.simulator.finding import find_entities
from bot.simulator.html import parse_html
from bot.simulator.settling import at_most, fixed, settle


def settled(html: str) -> Formatted:
    parsed = parse_html(html)
    return settle(parsed.text, parsed.entities, lambda _: [])


def spans(entities: tuple[Entity, ...]) -> list[tuple[str, int, int]]:
    return [(one.type.value, one.offset, one.length) for one in entities]


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("  kabar \n", "kabar", []),
        (" \n ", "", []),
        ("  <b> kabar </b>  ", "kabar", [("bold", 0, 5)]),
        ("<b>  </b>x", "x", []),
        ("a<b>  </b>x", "a  x", []),
        ("<a href='x.y'> </a>x", " x", [("text_link", 0, 1)]),
        ("x<a href='x.y'> </a>", "x", []),
        ("😀 <b> x</b>", "😀  x", [("bold", 4, 1)]),
        ("a\tb\x00c\r\nd", "a b c\nd", []),
        ("a\r<b>b\rc</b>\rd", "abcd", [("bold", 1, 2)]),
        ("\u202ex<b>y</b>", "xy", [("bold", 1, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
        (
            "<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
            "ab",
            [("blockquote", 0, 1), ("expandable_blockquote", 1, 1)],
        ),
        ("<b>a<b>b</b>c</b>", "abc", [("bold", 0, 3)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<b>a<i>b</i>c</b>", "abc", [("bold", 0, 3), ("italic", 1, 1)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<code>a<b>b</b>c</code>", "abc", [("code", 0, 3)]),
        ("<a href='x.y'>a<a href='z.y'>b</a></a>", "ab", [("text_link", 0, 2)]),
        (
            "<blockquote><b>a</b> <a href='x.y'>b</a></blockquote>",
            "a b",
            [("blockquote", 0, 3), ("bold", 0, 1), ("text_link", 2, 1)],
        ),
    ],
)
def test_texts_are_trimmed_and_entities_nested_as_telegram_does(
    html: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    kept = settled(html)
    assert (kept.text, spans(kept.entities)) == (text, entities)


TOO_LONG = (
    "Bad Request: entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 7"
)


@pytest.mark.parametrize(
    ("text", "entity", "reason"),
    [
        ("abc", Entity(EntityType.BOLD, -1, 1), "Bad Request: receive an entity with incorrect offset -1"),
        ("abc", Entity(EntityType.BOLD, 0, -1), "Bad Request: receive an entity with incorrect length -1"),
        (
            "abc",
            Entity(EntityType.BOLD, 9, 1),
            "Bad Request: entity begins after the end of the text at UTF-16 offset 9",
        ),
        (
            "abc",
            Entity(EntityType.BOLD, 2, 5),
            TOO_LONG,
        ),
        (
            "😀c",
            Entity(EntityType.BOLD, 1, 1),
            "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 1",
        ),
        (
            "😀c",
            Entity(EntityType.BOLD, 0, 1),
            "Bad Request: entity ends in a middle of a UTF-16 symbol at byte offset 1",
        ),
    ],
)
def test_an_entity_that_does_not_fit_the_text_is_refused(text: str, entity: Entity, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        settle(text, [entity], find_entities)
    assert refused.value.description == reason


def test_a_link_found_in_the_text_gives_way_to_code_and_cuts_bold() -> None:
    parsed = parse_html("<code>rm.id</code> <b>baca rm.id ya</b>")
    kept = settle(parsed.text, parsed.entities, find_entities)
    assert spans(kept.entities) == [
        ("code", 0, 5),
        ("bold", 6, 5),
        ("url", 11, 5),
        ("bold", 11, 5),
        ("bold", 17, 2),
    ]


def test_bold_gives_way_when_there_are_too_many_entities() -> None:
    links = [Entity(EntityType.TEXT_LINK, place, 1, url="http://x.y/") for place in range(3)]
    bold = [Entity(EntityType.BOLD, place, 1) for place in range(3)]
    assert at_most(4, [*bold, *links]) == [*links, bold[0]]
    assert at_most(6, [*bold, *links]) == [*bold, *links]


ENTITIES = st.builds(
    Entity, st.sampled_from(list(EntityType)), st.integers(min_value=0, max_value=40), st.integers(0, 40)
)


@given(st.text(alphabet="ab \n\r\té@/.", max_size=60), st.lists(ENTITIES, max_size=8))
def test_whatever_is_given_what_is_kept_is_trimmed_and_well_nested(text: str, entities: list[Entity]) -> None:
    kept = settle(text, [one for one in entities if one.end <= len(text)], find_entities)
    assert not kept.text.endswith((" ", "\n"))
    assert all(0 <= one.offset < one.end <= utf16_length(kept.text) for one in kept.entities)
    quotes = [one for one in kept.entities if "blockquote" in one.type.value]
    assert all(first.end <= second.offset for first, second in pairwise(quotes))


@given(st.lists(ENTITIES.filter(lambda one: one.length > 0), max_size=8))
def test_entities_in_order_stay_as_they_are(entities: list[Entity]) -> None:
    once = fixed(entities)
    assert fixed(once) == once
