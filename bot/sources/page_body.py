"""The lines of an article's body to its blocks; what is printed between them gets its own place or goes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.article import Block, BlockKind
from bot.core.rmid_body import Body, read_body
from bot.sources.json_ld import squeezed
from bot.sources.page_lines import Line

MOST_LINES, LONGEST = 5_000, 1_000_000
"""Lines and characters; the longest articles have a twentieth of that."""

_RELATED = re.compile(
    r"[\s*>»•-]*(?:baca(?:\s+juga|\s+pula)?|lihat\s+juga|simak\s+juga|berita\s+terkait|artikel\s+terkait"
    r"|also\s+read|read\s+also|related(?:\s+(?:articles?|stor(?:y|ies)))?)\b\s*(?P<colon>:)?\s*",
    re.IGNORECASE,
)
_SHARE = r"facebook|twitter|x|whatsapp|telegram|linkedin|e-?mail|line|pinterest|threads|instagram|print|cetak"
_FURNITURE = re.compile(
    rf"(?:(?:{_SHARE}|bagikan|share|copy link|salin (?:link|tautan)|link copied)[\s,|/·•:]*)+"
    r"|advertisements?|iklan|ads|adv|sponsored|loading\.*|komentar|comments?|dark/light mode|dewan pers|foto"
    r"|(?:bagikan|share)(?: artikel| berita| this| article| ini| di| on| to| ke)*\s*:?"
    r"|scroll (?:to|untuk) .{0,60}|lanjutkan membaca.{0,40}|(?:tags?|topik)\s*:.{0,200}|\d+(?: \d+){0,9}"
    r"|(?:editor|reporter|penulis|pewarta|copyright)\s*[:©].{0,80}"
    r"|(?:ikuti|follow|gabung|simak|dapatkan|cek|update)\b.{0,120}\b(?:google news|whatsapp channel"
    r"|wa channel|saluran whatsapp|channel telegram|kanal telegram).{0,80}",
    re.IGNORECASE,
)
_SENTENCE_END = tuple(".?!:;,…\"”'’)")
_SUBHEAD_LIMIT, _BOLD_LIMIT = 200, 100


@dataclass(frozen=True, slots=True)
class PageBody:
    """What the lines held; ``has_next`` and ``page`` as a split article's text says them."""

    blocks: tuple[Block, ...]
    related: tuple[str, ...]
    page: int
    has_next: bool
    channel_link: str | None


def read_page_body(
    lines: Sequence[Line], *, besides: Sequence[str] = (), dateline: re.Pattern[str] | None = None
) -> PageBody:
    """The article in ``lines``, without those that stand elsewhere in it (``besides``: title, captions).

    ``dateline`` is what goes from the beginning of the first paragraph.
    """
    known = {squeezed(text) for text in besides}
    kept = [
        line for line in lines if squeezed(line.text) not in known and not _FURNITURE.fullmatch(line.text)
    ]
    texts = list(_as_printed(kept))
    if dateline is not None:
        _remove_dateline(texts, dateline)
    body = read_body(texts)
    subheads = {line.text for line in kept if _is_subhead(line)}
    return PageBody(
        blocks=tuple(_blocks(body, subheads)),
        related=tuple(dict.fromkeys(body.related)),
        page=body.page,
        # It may stand under the footer, too.
        has_next=body.has_next or any(line.text.lower() == "selanjutnya" for line in kept),
        channel_link=body.channel_link,
    )


def _as_printed(lines: Sequence[Line]) -> Iterator[str]:
    """``lines`` as an article's text has them: a blank one before each paragraph, related titles marked."""
    waiting = False
    for line in lines:
        if not line.joined:
            yield ""
        found = _RELATED.match(line.text)
        title = line.text[found.end() :] if found else ""
        alone = bool(line.linked) and line.linked == line.text
        if found and not title:
            waiting = True
        elif found and (found["colon"] or squeezed(title) == squeezed(line.linked) or alone):
            waiting = False
            yield f"Baca juga : {title if found['colon'] or not alone else line.text}"
        elif waiting and alone:
            yield f"Baca juga : {line.text}"
        else:
            waiting = False
            yield line.text


def _remove_dateline(texts: list[str], dateline: re.Pattern[str]) -> None:
    for at, text in enumerate(texts):
        if text:
            found = dateline.match(text)
            texts[at] = text[found.end() :] if found else text
            return


def _is_subhead(line: Line) -> bool:
    if line.heading:
        return len(line.text) <= _SUBHEAD_LIMIT
    return line.bold and len(line.text) <= _BOLD_LIMIT and not line.text.endswith(_SENTENCE_END)


def _blocks(body: Body, subheads: set[str]) -> list[Block]:
    blocks = [
        Block(BlockKind.SUBHEAD, block.text) if block.text in subheads else block for block in body.blocks()
    ]
    # A heading over nothing belongs to what follows the article.
    while blocks and blocks[-1].kind is BlockKind.SUBHEAD:
        blocks.pop()
    return blocks
