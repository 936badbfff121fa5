"""What delivery reports of its work to whoever counts it. Nothing is decided by it."""

from typing import Protocol

from bot.core.outcome import Outcome


class SendReports(Protocol):
    """Hears of each look at the ledger and of each send."""

    def looked(self) -> None:
        """The ledger is looked at: the pusher is alive."""
        ...

    def answered(self, kind: str, outcome: Outcome, seconds: float) -> None:
        """A send of a publication of ``kind`` took ``seconds`` and ended in ``outcome``."""
        ...
