"""What a newspaper prints and what is found in it: the values that travel through every other room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter


class BlockKind(StrEnum):
    """What a piece of the body is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body, in its printed order; ``text`` is one line without outer white space."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article, or one page of a split one, as the newspaper printed it.

    ``published_at`` is aware, in the zone that was printed (WIB, WITA, WIT). ``section`` is the site's
    own slug (``zona-sport``). ``related`` holds the titles of its `Baca juga` lines. ``page`` counts from 1.
    ``picture`` is the address of its main picture.
    """

    title: str
    published_at: datetime
    blocks: tuple[Block, ...]
    kicker: str | None = None
    section: str | None = None
    byline: str | None = None
    captions: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    url: str | None = None
    page: int = 1
    has_next: bool = False
    channel_link: str | None = None
    picture: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs in order, without subheads."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.PARAGRAPH)

    @property
    def subheads(self) -> tuple[str, ...]:
        """The body's subheads in order."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.SUBHEAD)

    @property
    def subhead_places(self) -> tuple[int, ...]:
        """For each of ``subheads`` the number of paragraphs before it."""
        places, paragraphs = [], 0
        for block in self.blocks:
            if block.kind is BlockKind.SUBHEAD:
                places.append(paragraphs)
            paragraphs += block.kind is BlockKind.PARAGRAPH
        return tuple(places)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, verbatim, as printed between quotation marks.

    ``text`` leaves out the outer marks and a comma that belongs to the attribution. ``speaker`` is the
    fullest name that the article gives, ``role`` the role or affiliation as printed, ``cue`` the words of
    saying as printed (``kata``, ``cetusnya``); each is None when the article does not say. ``paragraph``
    counts from 0.
    """

    text: str
    speaker: str | None
    role: str | None
    cue: str | None
    paragraph: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one article: whole sentences that carry it, who is quoted, its keywords.

    ``quotations`` are the words of those who speak for something, in printed order; ``vox_pops`` those of
    residents and passers-by beside them.
    """

    summary: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    keywords: tuple[str, ...]
    vox_pops: tuple[Quotation, ...] = ()

    @property
    def said(self) -> tuple[Quotation, ...]:
        """Quotations and vox pops in one, paragraph after paragraph."""
        return in_printed_order(self.quotations, self.vox_pops)


def in_printed_order(
    quotations: tuple[Quotation, ...], vox_pops: tuple[Quotation, ...]
) -> tuple[Quotation, ...]:
    """Both in one, paragraph after paragraph; within a paragraph the quotations come first."""
    return tuple(sorted((*quotations, *vox_pops), key=attrgetter("paragraph")))


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """An article as the archive holds it: its newest revision, counted from 1, and that revision's analysis.

    ``stored_at`` is when this revision arrived, aware, in UTC. ``story_id`` is the same for all articles
    about one event: the id of the article that began it.
    """

    id: int
    revision: int
    article: Article
    analysis: Analysis
    stored_at: datetime
    story_id: int


@dataclass(frozen=True, slots=True)
class Headline:
    """An archived article as one line of a list."""

    id: int
    title: str
    section: str | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class QuotationKey:
    """Which quotation: its article, the revision that it was found in, its place there, counted from 0."""

    article_id: int
    revision: int
    position: int


@dataclass(frozen=True, slots=True)
class ArchivedQuotation:
    """A quotation with its source: the article's title, section, time (aware, in UTC) and address."""

    key: QuotationKey
    quotation: Quotation
    title: str
    section: str | None
    published_at: datetime
    url: str | None = None
