"""How is a moment told to somebody: in their zone, in their language, absolute and relative?

The words are remembered: finding them takes as long as a question to the database.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel import Locale, dates
from flask import Flask
from flask_babel import format_date, get_locale, get_timezone, gettext as _, ngettext, to_user_timezone

from peerapp import clock
from peerapp.cities import city
from peerapp.rules.local_time import on_the_wall, same_clock
from peerapp.rules.words import N_

WHEN = N_("EEE d MMM, HH:mm")  # dates are worded like sentences: Do., 26. Nov., 14:00


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        when=when, ago=ago, day=day, long_day=long_day, weekday=weekday, clock_time=clock_time, iso=iso
    )
    app.jinja_env.filters.update(in_both=in_both, wall=on_the_wall, month=month, city=city)
    app.jinja_env.globals["clocks_apart"] = clocks_apart


def when(moment: datetime) -> str:
    """As in: Thu 26 Nov, 14:00."""
    return _when(moment, _(WHEN), get_timezone(), get_locale())


@lru_cache(maxsize=4_096)
def _when(moment: datetime, pattern: str, zone: tzinfo, locale: Locale) -> str:
    return str(dates.format_datetime(moment, pattern, zone, locale))


def in_both(moment: datetime, zone: str, other: str) -> str:
    """As in: Thu 26 Nov, 14:00; where the two clocks differ: Thu 26 Nov, 14:00 in Berlin, 08:00 in New York."""
    here, there = on_the_wall(moment, zone), on_the_wall(moment, other)
    told = str(dates.format_datetime(here, _(WHEN), locale=get_locale()))
    if same_clock(moment, zone, other):
        return told
    pattern = "HH:mm" if here.date() == there.date() else _(WHEN)
    abroad = dates.format_datetime(there, pattern, locale=get_locale())
    return str(
        _("%(here)s in %(city)s, %(there)s in %(other)s", here=told, city=city(zone), there=abroad, other=city(other))
    )


def clocks_apart(moment: datetime, mine: str, theirs: str, name: str) -> str:
    """What somebody who plans for about this moment has to know of the other's clock; "" where both show the same."""
    if same_clock(moment, mine, theirs):
        return ""
    return str(
        _(
            "Day and time are on your clock, in %(city)s. Your %(here)s is %(there)s for %(name)s in %(other)s.",
            city=city(mine),
            here=f"{on_the_wall(moment, mine):%H:%M}",
            there=f"{on_the_wall(moment, theirs):%H:%M}",
            name=name,
            other=city(theirs),
        )
    )


def clock_time(moment: datetime) -> str:
    """As in: 14:00."""
    return f"{to_user_timezone(moment):%H:%M}"


def month(value: date) -> str:
    """As in: Nov."""
    return str(dates.get_month_names("abbreviated", "format", get_locale())[value.month])


def day(value: date | datetime) -> str:
    """As in: 26 Nov, with the year when it is not this one."""
    this_year = value.year == clock.now().year
    return str(format_date(value, _("d MMM") if this_year else _("d MMM y")))


def long_day(value: date | datetime) -> str:
    """As in: Thursday 26 November."""
    return str(format_date(value, _("EEEE d MMMM")))


def weekday(value: date | datetime) -> str:
    """As in: Thursday. For a day of this week or the next."""
    return str(format_date(value, "EEEE"))


def every(days: int) -> str:
    """As in: every 2 weeks."""
    if days % 7:
        return str(ngettext("every day", "every %(num)s days", days))
    return str(ngettext("every week", "every %(num)s weeks", days // 7))


def ago(moment: datetime) -> str:
    """As in: 3 hours ago, in 2 days, just now."""
    distance = moment - clock.now()
    if abs(distance) < timedelta(minutes=1):
        return str(_("just now"))
    return _ago(round(distance.total_seconds() / 60), get_locale())


@lru_cache(maxsize=4_096)
def _ago(minutes: int, locale: Locale) -> str:
    return str(dates.format_timedelta(timedelta(minutes=minutes), add_direction=True, locale=locale))


def iso(value: date | datetime) -> str:
    return value.isoformat()


def moment_in(text: str) -> datetime | None:
    """A moment that stands in an address, written by `iso`; None when it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # the first day of the calendar is in no year further west
        return None
