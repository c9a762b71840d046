"""When does a zone change its clocks, as a calendar program wants to be told?

A program that does not know a zone by its name follows the changes that a calendar brings along. Where they fall on the
same weekday of the same month every year, they are told as that rule; else one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ALWAYS = datetime(1970, 1, 1)  # noqa: DTZ001 - on the wall there
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Change:
    """From `onset` (on the wall, before the clocks change) the offset to UTC is `after`; every year where `day` is given.

    `day` is a weekday of the month of `onset`, as in -1SU for its last Sunday.
    """

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    day: str = ""

    @property
    def is_daylight(self) -> bool:
        return self.after > self.before


@lru_cache(maxsize=256)
def changes_between(zone: str, first: int, last: int) -> tuple[Change, ...]:
    """What one has to know of the zone's clocks to read a time in these years, a year before or after them."""
    found = tuple(_changes(zone, first - 1, last + 1))
    if not found:
        start = datetime(first, 1, 1, tzinfo=ZoneInfo(zone))
        offset = _offset(start, zone)
        return (Change(ALWAYS, offset, offset, start.tzname() or zone),)
    return _as_rules(found, years=last - first + 3) or (_first(zone, first - 1), *found)


def _changes(zone: str, first: int, last: int) -> Iterator[Change]:
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        before, after = _offset(at, zone), _offset(at + DAY, zone)
        if before != after:
            moment = _first_minute(at, zone)
            name = moment.astimezone(ZoneInfo(zone)).tzname() or zone
            yield Change((moment + before).replace(tzinfo=None), before, after, name)
        at += DAY


def _first(zone: str, year: int) -> Change:
    """What the clocks show when the year begins."""
    start = datetime(year, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    offset = _offset(start, zone)
    return Change(start.replace(tzinfo=None), offset, offset, start.tzname() or zone)


def _first_minute(at: datetime, zone: str) -> datetime:
    """The minute of the day after `at` in which the clocks change."""
    low, high, before = 0, DAY // MINUTE, _offset(at, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(at + middle * MINUTE, zone) == before else (low, middle)
    return at + high * MINUTE


def _as_rules(found: tuple[Change, ...], years: int) -> tuple[Change, ...]:
    """The first spring and the first autumn as rules for every year; nothing where they follow none."""
    rules = []
    for kind in (True, False):
        same = [change for change in found if change.is_daylight is kind]
        days = set.intersection(*[_days(change.onset) for change in same]) if same else set()
        alike = {(c.onset.year, c.onset.month, c.onset.time(), c.before, c.after) for c in same}
        if len(alike) != years or len({each[1:] for each in alike}) != 1 or not days:
            return ()
        rules.append(Change(same[0].onset, same[0].before, same[0].after, same[0].name, min(days)))
    return tuple(rules)


def _days(day: datetime) -> set[str]:
    """How one can name this day of its month: by its place from the start and, where it is the last of its kind, so."""
    weekday = WEEKDAYS[day.weekday()]
    from_the_start = {f"{(day.day - 1) // 7 + 1}{weekday}"}
    return from_the_start | ({f"-1{weekday}"} if (day + 7 * DAY).month != day.month else set())


def _offset(moment: datetime, zone: str) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
