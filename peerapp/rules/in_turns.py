"""A session by writing, in turns: how long does a turn last, and when would a pair rather write than meet?"""

from datetime import datetime, timedelta
from enum import StrEnum

from peerapp.rules.local_time import on_the_wall

TURN_LASTS = timedelta(days=3)
NEAR_ITS_END = timedelta(days=1)  # then whoever has the turn is reminded of it, once
WORKDAY_HOURS = 8
HOURS_TO_MEET = 2  # of a working day that both share; with fewer, one of the two stays up late


class SessionKind(StrEnum):
    MEETING = "meeting"
    TURNS = "turns"


def until(begun: datetime) -> datetime:
    """The end of a turn that begins at this moment."""
    return begun + TURN_LASTS


def hours_shared(one: str, other: str, now: datetime) -> float:
    """How many hours of their working day two people in these zones share."""
    here, there = (on_the_wall(now, zone).utcoffset() or timedelta(0) for zone in (one, other))
    apart = abs(here - there) / timedelta(hours=1)
    return max(0.0, WORKDAY_HOURS - min(apart, 24 - apart))


def would_rather_write(one: str, other: str, now: datetime) -> bool:
    """Whether their working days hardly meet."""
    return hours_shared(one, other, now) < HOURS_TO_MEET
