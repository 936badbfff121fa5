"""How many rows are written under one lock: fewer when that was slow, more when it was quick. No I/O here."""

FIRST = 5_000
"""Rows of the first chunk."""

FEWEST, MOST = 1_000, 20_000
"""Rows of any chunk. Beyond the most, the statements around the rows hardly cost any more."""

SLOW = 0.1
"""Seconds for a chunk that are enough: nobody is to wait longer than 0.2 for the lock."""


def next_size(size: int, seconds: float) -> int:
    """Rows of the next chunk, after one of ``size`` rows took ``seconds``.

    A slow chunk halves the next. A chunk is doubled only where the double is sure to be quick enough.
    """
    if seconds > SLOW:
        return max(FEWEST, size // 2)
    if seconds < SLOW / 4:
        return min(MOST, size * 2)
    return size
