"""For conversations whose subject is not the pace: readers tap, and the bot answers, as fast as may be."""

import pytest

from bot.core.pacing import Rate

ANY = Rate(10_000, 1.0, burst=10_000)


@pytest.fixture
def at_any_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """No reader is slowed, no answer waits for another, no press is answered before its words are there."""
    monkeypatch.setattr("handlers.door.ONE_READER", ANY)
    monkeypatch.setattr("bot.telegram.paced_answers.ONE_CHAT_ANSWERS", ANY)
    monkeypatch.setattr("bot.telegram.paced_answers.ONE_GROUP_ANSWERS", ANY)
    monkeypatch.setattr("handlers.presses.LONGEST_WAIT", 30.0)
