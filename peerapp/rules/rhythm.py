"""How often do the two meet, for how long, and how many times to begin with? What a pair may choose."""

from collections.abc import Mapping
from dataclasses import dataclass

from peerapp.rules import limits

WEEKS = (1, 2, 3, 4)
SESSIONS_MOST = 24
FROM, TO = limits.SESSION_MINUTES_MIN, limits.SESSION_MINUTES_MAX


@dataclass(frozen=True, slots=True)
class Rhythm:
    """So many minutes, every so many days, so many sessions."""

    minutes: int
    every_days: int
    sessions: int

    def said(self) -> dict[str, int]:
        """By the names that the form and the history have for its parts."""
        return {"every": self.every_days, "minutes": self.minutes, "sessions": self.sessions}


def rhythm_in(said: Mapping[str, int]) -> Rhythm:
    """The same as a rhythm."""
    return Rhythm(said["minutes"], said["every"], said["sessions"])
