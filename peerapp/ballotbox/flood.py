"""How much nonsense does the box put up with? One count for everybody, because an address would tell who answers when.

Only refused requests are counted: a ballot that counts has a paper, and there are no more papers than people asked.
"""

from datetime import datetime
from threading import Lock

BURST = 1_000
PER_SECOND = 50


class Flood:
    """A bucket of refusals that fills up again with time."""

    def __init__(self, now: datetime, burst: int = BURST, per_second: int = PER_SECOND) -> None:
        self._burst, self._per_second = burst, per_second
        self._left, self._seen = float(burst), now
        self._turn = Lock()

    def is_on(self, now: datetime) -> bool:
        """Whether so much was refused lately that nothing more is looked at."""
        with self._turn:
            passed = max(0.0, (now - self._seen).total_seconds())
            self._seen = now
            self._left = min(self._burst, self._left + passed * self._per_second)
            return self._left < 1

    def refused(self) -> None:
        """One more was refused."""
        with self._turn:
            self._left -= 1
