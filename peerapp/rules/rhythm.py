"""How often do the two meet, for how long, and how many times to begin with? What a pair may choose."""

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


def merged(mine: Rhythm, seen: Rhythm, now: Rhythm) -> Rhythm:
    """What I changed of what I saw, put into what stands now: the other may have changed another part meanwhile."""
    return Rhythm(
        mine.minutes if mine.minutes != seen.minutes else now.minutes,
        mine.every_days if mine.every_days != seen.every_days else now.every_days,
        mine.sessions if mine.sessions != seen.sessions else now.sessions,
    )
