"""Whether an article goes to a reader now, later, in the digest or never."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.preferences import Preferences, Quiet, everything, newcomer
from bot.core.publication import PublicationKind
from bot.core.wanted import Facts, InDigest, Later, Never, Now, Today, Verdict, decide

NIGHT = datetime(2026, 11, 23, 16, tzinfo=UTC)  # 23:00 in Jakarta
REGULAR, BREAKING = Facts(PublicationKind.REGULAR), Facts(PublicationKind.BREAKING)
NEWCOMER = newcomer("Asia/Jakarta")
ALL = everything("Asia/Jakarta")
QUIET = Quiet(22 * 60, 6 * 60)
SIX = Later(datetime(2026, 11, 23, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wants", "facts", "today", "verdict"),
    [
        (NEWCOMER, REGULAR, Today(), InDigest()),
        (NEWCOMER, BREAKING, Today(breaking=2), Now()),
        (NEWCOMER, BREAKING, Today(breaking=3), InDigest()),
        (NEWCOMER, BREAKING, Today(breaking=1, story=True), InDigest()),
        (replace(NEWCOMER, follow_ups=True), BREAKING, Today(breaking=1, story=True), Now()),
        (NEWCOMER, replace(REGULAR, followed=True), Today(), Now()),
        (NEWCOMER, replace(REGULAR, followed=True), Today(story=True), InDigest()),
        (NEWCOMER, replace(BREAKING, followed=True, in_sections=False), Today(breaking=3), Now()),
        (NEWCOMER, replace(BREAKING, in_sections=False), Today(), Never()),
        (NEWCOMER, replace(BREAKING, muted=True), Today(), Never()),
        (NEWCOMER, replace(BREAKING, muted=True, followed=True), Today(), Never()),
        (replace(NEWCOMER, breaking=False), BREAKING, Today(), InDigest()),
        (replace(NEWCOMER, digest=False), REGULAR, Today(), Never()),
        (replace(NEWCOMER, quiet=QUIET), BREAKING, Today(), Now()),
        (replace(NEWCOMER, quiet=QUIET, breaking_passes=False), BREAKING, Today(), SIX),
        (ALL, REGULAR, Today(breaking=9, story=True), Now()),
        (replace(ALL, cap=1), BREAKING, Today(breaking=5), Now()),
        (replace(ALL, quiet=QUIET), REGULAR, Today(), SIX),
        (replace(ALL, paused_until=NIGHT + timedelta(hours=1)), BREAKING, Today(), Never()),
        (replace(ALL, paused_until=NIGHT), BREAKING, Today(), Now()),
        (replace(NEWCOMER, paused_until=NIGHT + timedelta(days=1)), BREAKING, Today(), InDigest()),
    ],
)
def test_each_reader_gets_what_they_chose(
    wants: Preferences, facts: Facts, today: Today, verdict: Verdict
) -> None:
    assert decide(wants, facts, today, NIGHT) == verdict
