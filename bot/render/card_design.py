"""What a quotation card looks like: paper, ink, one accent, and where everything stands."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from bot.core.actions import CardShape
from bot.render.cards import CardText
from bot.render.lettering import Face, Style, cut, draw, drawable, lines, width

PAPER = "#fbf7f0"
INK = "#1d1a17"
QUIET = "#6d655c"
HAIRLINE = "#ddd4c7"
ACCENT = "#c8102e"

LEADING = 1.24
"""The height of a line of the quotation, in parts of its size."""

HANGS = 0.42
"""How far the mark stands over the words, in parts of its size; its upper part is air."""


@dataclass(frozen=True, slots=True)
class Design:
    """The measures of one shape, in pixels. ``largest`` and ``smallest`` are sizes of the quotation."""

    width: int
    height: int
    margin: int
    mark: int
    largest: int
    smallest: int
    speaker: int
    small: int
    name: int

    @property
    def room(self) -> int:
        """The width of a line."""
        return self.width - 2 * self.margin


DESIGNS = {
    CardShape.UPRIGHT: Design(1080, 1350, 92, 320, 112, 40, 46, 34, 46),
    CardShape.WIDE: Design(1200, 675, 76, 200, 76, 28, 35, 26, 35),
}


def draw_card(text: CardText, shape: CardShape) -> bytes | None:
    """The card as a PNG; None when our fonts lack a letter of what stands on it."""
    design = DESIGNS[shape]
    if not all(drawable(line, Face.SERIF_SEMIBOLD) for line in (text.words, text.speaker, text.role)):
        return None
    image = Image.new("RGB", (design.width, design.height), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, design.width, design.margin // 6), fill=ACCENT)
    top = _head(pen, text, design)
    bottom = _foot(pen, text, design)
    _quotation(pen, text, design, top, bottom)
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _head(pen: ImageDraw.ImageDraw, text: CardText, design: Design) -> float:
    """The section above; returns where the quotation may begin."""
    y = design.margin * 1.16
    if text.section:
        style = Style(Face.SANS_SEMIBOLD, design.small, tracking=0.09)
        (line,) = cut(text.section.upper(), style, design.room, 1)
        draw(pen, (design.margin, y), line, style, ACCENT)
    return y + design.small * 0.9


def _foot(pen: ImageDraw.ImageDraw, text: CardText, design: Design) -> float:
    """The newspaper's name and the date below; returns where the quotation must end."""
    baseline = design.height - design.margin * 0.8
    date = Style(Face.SANS, design.small)
    room = design.room - width(text.date, date) - design.small * 2
    (name,) = cut(text.newspaper, Style(Face.SERIF_BOLD, design.name), room, 1)
    draw(pen, (design.margin, baseline), name, Style(Face.SERIF_BOLD, design.name), ACCENT)
    right = design.width - design.margin - width(text.date, date)
    draw(pen, (right, baseline), text.date, date, QUIET)
    line = baseline - design.name * 1.5
    pen.rectangle((design.margin, line, design.width - design.margin, line + 1), fill=HAIRLINE)
    return line


def _quotation(pen: ImageDraw.ImageDraw, text: CardText, design: Design, top: float, bottom: float) -> None:
    """The mark, the words as large as they fit, and who said them, in the middle between the two."""
    speaker = Style(Face.SANS_SEMIBOLD, design.speaker)
    role = Style(Face.SANS, design.small)
    named = cut(text.speaker or text.role[:1].upper() + text.role[1:], speaker, design.room, 2)
    called = cut(text.role, role, design.room, 2) if text.speaker else []
    attribution = _lines_height(named, speaker) + _lines_height(called, role)
    below = design.small * 3.1 + attribution if attribution else design.small
    left = bottom - top - below - design.small * 1.8
    mark = design.mark
    if not _fits(text.words, design.smallest, design, left - mark * HANGS):
        mark //= 3
    above = mark * HANGS
    style, said = _fitted(text.words, design, left - above)
    height = above + len(said) * style.size * LEADING + below
    y = top + (bottom - top - height) / 2 + above
    # Serif marks start a little right of where letters do.
    draw(
        pen,
        (design.margin - mark * 0.045, y + mark * 0.31),
        "“",
        Style(Face.SERIF_BOLD, mark),
        ACCENT,
    )
    for line in said:
        y += style.size * LEADING
        draw(pen, (design.margin, y), line, style, INK)
    if not attribution:
        return
    y += design.small * 1.9
    pen.rectangle((design.margin, y, design.margin + design.speaker * 1.7, y + 5), fill=ACCENT)
    y += design.small * 0.5
    for these, its, ink in ((named, speaker, INK), (called, role, QUIET)):
        y += design.small * 0.3
        for line in these:
            y += its.size * 1.3
            draw(pen, (design.margin, y), line, its, ink)


def _fitted(words: str, design: Design, height: float) -> tuple[Style, list[str]]:
    """The largest size at which ``words`` fit into ``height``, and their lines; cut at the smallest."""
    smallest, largest = design.smallest, design.largest
    while smallest < largest:
        size = (smallest + largest + 1) // 2
        if _fits(words, size, design, height):
            smallest = size
        else:
            largest = size - 1
    style = _words(smallest)
    return style, cut(words, style, design.room, max(1, int(height / (smallest * LEADING))))


def _fits(words: str, size: int, design: Design, height: float) -> bool:
    return len(lines(words, _words(size), design.room)) * size * LEADING <= height


def _words(size: int) -> Style:
    return Style(Face.SERIF_SEMIBOLD, size)


def _lines_height(written: list[str], style: Style) -> float:
    return len(written) * style.size * 1.3
