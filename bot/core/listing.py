"""Lists that are shown page by page: one page of a list, and a long text or list divided into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """One page of a list; ``more`` when another page follows."""

    items: tuple[Item, ...]
    more: bool


def listing(found: Iterable[Item], limit: int) -> Listing[Item]:
    """The first ``limit`` of ``found``, which was asked for one more to learn whether more follow."""
    items = tuple(found)
    return Listing(items[:limit], len(items) > limit)


def divide(lengths: Sequence[int], room: int, most: int) -> tuple[range, ...]:
    """Which items stand on which page: as many as fit into ``room``, ``most`` at most, one at least.

    There is always a page, an empty one for no items.
    """
    pages: list[range] = []
    start, left = 0, room
    for index, length in enumerate(lengths):
        if index > start and (length > left or index - start >= most):
            pages.append(range(start, index))
            start, left = index, room
        left -= length
    return (*pages, range(start, len(lengths)))
