"""Which moment is meant by a day and a time on somebody's wall, and do two people's clocks agree then?

Twice a year a zone's clocks jump: an hour that does not exist is refused, one that comes twice means its first time.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

NO_SUCH_TIME = N_(
    "On that day the clocks in %(zone)s go forward and skip %(time)s. Pick a time an hour earlier or later."
)
OUT_OF_RANGE = N_("That date is too far away to plan for.")


class Zone(str):
    """A time zone in a sentence: told by its city, which the page can say in the reader's language."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return str.__str__(self)

    def __str__(self) -> str:
        return city(self.name)


def moment_of(day: date, at: time, zone: str) -> datetime | Refusal:
    """The moment in UTC; the first one where the hour comes twice, a refusal where it never comes."""
    wall = datetime.combine(day, at.replace(tzinfo=None), ZoneInfo(zone))
    try:
        moment = wall.astimezone(UTC)
        again = moment.astimezone(wall.tzinfo)
    except OverflowError:
        return Refusal(OUT_OF_RANGE)
    if again.replace(tzinfo=None) != wall.replace(tzinfo=None):
        return Refusal(NO_SUCH_TIME, {"zone": Zone(zone), "time": f"{at:%H:%M}"})
    return moment


def on_the_wall(moment: datetime, zone: str) -> datetime:
    """What the clock there shows at this moment."""
    return moment.astimezone(ZoneInfo(zone))


def same_clock(moment: datetime, one: str, other: str) -> bool:
    """Whether both clocks show the same at this moment."""
    return on_the_wall(moment, one).utcoffset() == on_the_wall(moment, other).utcoffset()


def city(zone: str) -> str:
    """As in: New York, of America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")
