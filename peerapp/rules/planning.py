"""May a session be planned for this moment, and when has one been missed?"""

from datetime import UTC, datetime, timedelta

from peerapp.rules import cadence, limits
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState
from peerapp.rules.words import N_

COUNTED = (SessionState.HELD, SessionState.RUNNING, SessionState.PLANNED)  # "Session 4 of 6": missed ones are none
COUNTED_MOST = 500  # beyond that nobody counts
SOON = timedelta(minutes=15)
GRACE = timedelta(days=1)  # nobody is told that they missed something on the very same day
FRESH = timedelta(days=3)  # so long after the end one is asked what one takes along
FIRST_HOUR = 10
QUARTER = 15
PAST = N_("That time has already passed. Pick one from now on, or start a session now.")
TOO_FAR = N_("That is more than a year away. Pick a day within the next twelve months.")


def may_be_planned(moment: datetime, now: datetime) -> Refusal | None:
    if moment <= now:
        return Refusal(PAST)
    if moment > now + timedelta(days=limits.PLANNED_AHEAD_DAYS):
        return Refusal(TOO_FAR)
    return None


def is_missed(planned_for: datetime, minutes: int, now: datetime) -> bool:
    """Whether its time, its length and a day of grace have gone by."""
    return now > planned_for + timedelta(minutes=minutes) + GRACE


def is_due(planned_for: datetime, now: datetime) -> bool:
    """Whether it is time to begin, or a little before."""
    return now >= planned_for - SOON


def nth(state: SessionState, before: int) -> int | None:
    """Which session this is, when so many that count stand before it; None for one that was missed or cancelled."""
    return before + 1 if state in COUNTED and before < COUNTED_MOST - 1 else None


def first_date(zone: str, now: datetime) -> datetime:
    """A date to propose where the pair has never met: in two days or the Monday after, in the morning."""
    morning = on_the_wall(now, zone).replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    return cadence.next_date(morning, 2, zone, now)


def quarter_hour(moment: datetime) -> datetime:
    """The quarter of an hour that has begun: what a session started on the spot was planned for."""
    return moment.astimezone(UTC).replace(minute=moment.minute - moment.minute % QUARTER, second=0, microsecond=0)
