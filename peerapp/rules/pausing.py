"""Until when may a pair pause? It always has a day on which it goes on by itself."""

from datetime import date, datetime, timedelta

from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

PROPOSED = timedelta(weeks=4)
LONGEST_DAYS = 183
PAST = N_("Pick a day after today. To go on today, do not pause.")
TOO_LONG = N_("Pick a day within the next six months. After that, a new beginning is easier than a long pause.")


def proposed(today: date) -> date:
    return today + PROPOSED


def may_pause_until(day: date, today: date) -> Refusal | None:
    if day <= today:
        return Refusal(PAST)
    return Refusal(TOO_LONG) if day > today + timedelta(days=LONGEST_DAYS) else None


def lies_in(moment: datetime, until: date) -> bool:
    """Whether a session planned for this moment (in UTC) lies in a pause that ends on this day."""
    return moment.date() < until


def is_over(until: date | None, today: date) -> bool:
    return until is not None and until <= today
