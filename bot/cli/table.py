"""Rows of texts as lines with straight columns."""

from collections.abc import Iterable


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """One line for each row, every column as wide as its widest text and two spaces apart."""
    listed = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in listed
    ]
