"""What Telegram does to a text and its entities before it accepts them.

The rules are those of TDLib's MessageEntity.cpp: control characters go, entities that may not overlap are
cut or dropped, white space at both ends is trimmed.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from bot.simulator.entities import Entity, EntityType, Formatted, in_order, utf16_length
from bot.simulator.errors import BadRequest

_SPLITTABLE = (
    EntityType.BOLD,
    EntityType.ITALIC,
    EntityType.UNDERLINE,
    EntityType.STRIKETHROUGH,
    EntityType.SPOILER,
)
_QUOTES = frozenset({EntityType.BLOCKQUOTE, EntityType.EXPANDABLE_BLOCKQUOTE})
_PRE = frozenset({EntityType.PRE, EntityType.CODE})
# These carry something that is not in the text, so that white space alone is enough for them.
_HIDDEN_DATA = frozenset(
    {EntityType.TEXT_LINK, EntityType.TEXT_MENTION, EntityType.CUSTOM_EMOJI, EntityType.DATE_TIME}
)
_CONTINUOUS = frozenset(EntityType) - frozenset(_SPLITTABLE) - _QUOTES

_WHITE = " \n"
# Combining long strokes and the marks for lines, paragraphs and directions: Telegram drops them.
_DROPPED = "\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a"
_CONTROL = "".join(map(chr, (*range(10), 11, 12, *range(14, 32))))
_UNCLEAN = re.compile(f"[{_DROPPED}{_CONTROL}]")
_DROP_UNCLEAN = {ord(letter): None for letter in _DROPPED} | {ord(letter): " " for letter in _CONTROL}


def at_most(limit: int, entities: Iterable[Entity]) -> list[Entity]:
    """The first ``limit`` entities; bold and its like give way to the others, as in Telegram."""
    ordered = list(entities)
    if len(ordered) <= limit:
        return ordered
    whole = [one for one in ordered if one.type not in _SPLITTABLE]
    return [*whole, *(one for one in ordered if one.type in _SPLITTABLE)][:limit]


def settle(text: str, entities: Iterable[Entity], find: Callable[[str], list[Entity]]) -> Formatted:
    """What Telegram keeps of a text: cleaned, trimmed, its entities in order, and those that ``find`` sees.

    Refuses entities that do not fit the text. The result may be empty.
    """
    given = fixed(one for one in _checked(text, entities) if one.length > 0)
    text, given = _clean(text, given)
    units = _units(text)
    given = fixed(_worth_keeping(units, given))
    units, given = _trimmed(units, given)
    text = _from_units(units)
    found = find(text) if text else []
    if found:
        given = _worth_keeping(units, _merged(given, found))
    return Formatted(text, tuple(given))


def _checked(text: str, entities: Iterable[Entity]) -> list[Entity]:
    checked = list(entities)
    if not checked:
        return checked
    units = _units(text)
    for one in checked:
        if not 0 <= one.offset <= 1_000_000:
            raise BadRequest(f"Receive an entity with incorrect offset {one.offset}")
        if not 0 <= one.length <= 1_000_000:
            raise BadRequest(f"Receive an entity with incorrect length {one.length}")
        if one.length and one.offset > len(units):
            raise BadRequest(f"Entity begins after the end of the text at UTF-16 offset {one.offset}")
        if one.end > len(units):
            raise BadRequest(
                f"Entity beginning at UTF-16 offset {one.offset} ends after the end of the text"
                f" at UTF-16 offset {one.end}"
            )
        if one.length and _splits_a_pair(units, one.offset):
            raise BadRequest(f"Entity begins in a middle of a UTF-16 symbol at byte offset {one.offset}")
        if one.length and _splits_a_pair(units, one.end):
            raise BadRequest(f"Entity ends in a middle of a UTF-16 symbol at byte offset {one.end}")
    return checked


def _splits_a_pair(units: str, place: int) -> bool:
    return place < len(units) and "\udc00" <= units[place] <= "\udfff"


def _units(text: str) -> str:
    """The text with one letter for each UTF-16 unit, so that offsets are indexes."""
    if utf16_length(text) == len(text):
        return text
    wide = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(wide[place] | wide[place + 1] << 8) for place in range(0, len(wide), 2))


def _from_units(units: str) -> str:
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    if not _UNCLEAN.search(text):
        return text, entities
    if entities:
        units = _units(text)
        dropped = [place for place, letter in enumerate(units) if letter in _DROPPED]
        entities = [_without(one, dropped) for one in entities]
        entities = [one for one in entities if one.length > 0]
    return text.translate(_DROP_UNCLEAN), entities


def _without(entity: Entity, dropped: list[int]) -> Entity:
    """The entity after the units at ``dropped``, in order, are gone."""
    before = bisect_left(dropped, entity.offset)
    inside = bisect_left(dropped, entity.end) - before
    return replace(entity, offset=entity.offset - before, length=entity.length - inside)


def _worth_keeping(units: str, entities: list[Entity]) -> list[Entity]:
    """Entities without those of white space alone; white space at an entity's beginning leaves it."""
    kept = []
    for one in entities:
        if one.type in _HIDDEN_DATA:
            kept.append(one)
            continue
        inside = units[one.offset : one.end]
        lead = len(inside) - len(inside.lstrip(_WHITE))
        if lead < len(inside):
            kept.append(replace(one, offset=one.offset + lead, length=one.length - lead) if lead else one)
    return in_order(kept)


def _trimmed(units: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    end = len(units.rstrip(_WHITE))
    units = units[:end]
    entities = [one for one in entities if one.offset < end]
    if any(one.end > end for one in entities):
        entities = in_order(replace(one, length=min(one.length, end - one.offset)) for one in entities)
    lead = len(units) - len(units.lstrip(_WHITE))
    if entities:
        lead = min(lead, entities[0].offset)
    if lead:
        units = units[lead:]
        entities = [replace(one, offset=one.offset - lead) for one in entities]
    return units, entities


def fixed(entities: Iterable[Entity]) -> list[Entity]:
    """Entities as Telegram lets them overlap.

    Block quotes do not nest; code holds nothing; links and their like hold no links; bold, italic and their
    like are merged where they touch and cut where another entity begins or ends.
    """
    ordered = in_order(entities)
    if _are_valid(ordered):
        return ordered
    continuous = _not_intersecting(one for one in ordered if one.type in _CONTINUOUS)
    quotes = _not_intersecting(one for one in ordered if one.type in _QUOTES)
    splittable = [one for one in ordered if one.type in _SPLITTABLE]
    whole = in_order([*_inside_quotes(continuous, quotes), *quotes])
    return in_order([*whole, *_split(splittable, whole)])


def _merged(given: list[Entity], found: list[Entity]) -> list[Entity]:
    """``given`` and those of ``found`` that meet none of its links or code and no edge of a quote."""
    quotes = [one for one in given if one.type in _QUOTES]
    continuous = [one for one in given if one.type in _CONTINUOUS]
    new = [
        one
        for one in _inside_quotes(found, quotes)
        if all(one.end <= old.offset or old.end <= one.offset for old in continuous)
    ]
    if not new:
        return given
    whole = in_order([*continuous, *new, *quotes])
    return in_order([*whole, *_split([one for one in given if one.type in _SPLITTABLE], whole)])


def _are_valid(entities: list[Entity]) -> bool:
    open_ones: list[Entity] = []
    ends: dict[EntityType, int] = {}
    for one in entities:
        while open_ones and one.offset >= open_ones[-1].end:
            open_ones.pop()
        if open_ones and not _may_nest(one, open_ones):
            return False
        if one.type in _SPLITTABLE:
            if ends.get(one.type, -1) >= one.offset:
                return False
            ends[one.type] = one.end
        open_ones.append(one)
    return True


def _may_nest(one: Entity, around: list[Entity]) -> bool:
    parent = around[-1]
    if one.end > parent.end or parent.type in _PRE:
        return False
    types = {other.type for other in around}
    if one.type in types:
        return False
    if one.type in _PRE and types - _QUOTES:
        return False
    if one.type in _QUOTES and types & _QUOTES:
        return False
    return one.type in _SPLITTABLE or not types & _CONTINUOUS


def _not_intersecting(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for one in entities:
        if not kept or one.offset >= kept[-1].end:
            kept.append(one)
    return kept


def _inside_quotes(entities: list[Entity], quotes: list[Entity]) -> list[Entity]:
    """The entities that cross no edge of a quote."""
    return [one for one in entities if not any(_crosses(one, quote) for quote in quotes)]


def _crosses(one: Entity, quote: Entity) -> bool:
    if one.end <= quote.offset or quote.end <= one.offset:
        return False
    return one.offset < quote.offset or one.end > quote.end


def _split(splittable: list[Entity], whole: list[Entity]) -> list[Entity]:
    """Bold and its like: merged by type, then cut at the edges of ``whole`` and left out inside code."""
    edges = sorted({edge for one in whole for edge in (one.offset, one.end)})
    code = [one for one in whole if one.type in _PRE]
    pieces = []
    for kind in _SPLITTABLE:
        for begin, end in _joined(one for one in splittable if one.type is kind):
            cuts = [begin, *(edge for edge in edges if begin < edge < end), end]
            pieces += [
                Entity(kind, first, last - first)
                for first, last in pairwise(cuts)
                if not any(one.offset <= first and last <= one.end for one in code)
            ]
    return pieces


def _joined(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for one in entities:
        if joined and one.offset <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], one.end))
        else:
            joined.append((one.offset, one.end))
    return joined
