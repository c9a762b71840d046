"""When does a pair meet, for how long and over what, and when does an unanswered request rest?

Datetimes are aware; what comes back is UTC. No source proves one best rhythm: these are defaults that a pair changes.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from peerapp.rules.words import N_

SESSION_MINUTES = 45
EVERY_DAYS = 14
SESSIONS = 6
LAPSE_AFTER_DAYS = 7
NEW_RECRUIT_DAYS = 90
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    key: str
    name: str
    minutes: int
    prompt: str


AGENDA: tuple[AgendaPoint, ...] = (
    AgendaPoint("how", N_("How are you"), 5, N_("What is on your mind today, at work or beside it?")),
    AgendaPoint("actions", N_("Open actions"), 10, N_("What got done, what is in the way, what can be dropped?")),
    AgendaPoint(
        "goal", N_("One goal"), 20, N_("What do you want, where do you stand, what could you do, what will you do?")
    ),
    AgendaPoint(
        "feedback", N_("Feedback to each other"), 5, N_("One thing that helped, one thing to try differently.")
    ),
    AgendaPoint("next", N_("Next steps"), 5, N_("Who does what, and when do we meet again?")),
)


def next_date(last_planned: datetime, every_days: int, time_zone: str, now: datetime) -> datetime:
    """The next meeting: same hour on the wall, `every_days` on, in the future, on a working day."""
    if every_days < 1:
        raise ValueError("a rhythm is at least one day")
    zone = ZoneInfo(time_zone)
    last = last_planned.astimezone(zone)
    turns = max(1, (now.astimezone(zone).date() - last.date()).days // every_days)
    while _on_a_working_day(last + timedelta(days=turns * every_days)) <= now:
        turns += 1
    return _on_a_working_day(last + timedelta(days=turns * every_days)).astimezone(UTC)


def _on_a_working_day(wanted: datetime) -> datetime:
    """From a Saturday or Sunday to the Monday after; adding days to a local time keeps the hour on the wall."""
    over = wanted.weekday() - SATURDAY
    return wanted + timedelta(days=2 - over) if over >= 0 else wanted


def lapses_at(sent_at: datetime) -> datetime:
    """When a request without an answer rests, without blame."""
    return sent_at + timedelta(days=LAPSE_AFTER_DAYS)


def is_new_recruit(started_on: date | None, today: date) -> bool:
    """Whether the first 90 days are still running (or have yet to begin); unknown start dates are not new."""
    return started_on is not None and (today - started_on).days <= NEW_RECRUIT_DAYS
