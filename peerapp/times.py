"""How is a moment told to somebody: in their zone, in their language, absolute and relative?"""

from datetime import date, datetime, timedelta

from flask import Flask
from flask_babel import format_date, format_datetime, format_time, format_timedelta, gettext as _

from peerapp import clock


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(when=when, ago=ago, day=day, long_day=long_day, clock_time=clock_time, iso=iso)


def when(moment: datetime) -> str:
    """As in: Thu 26 Nov, 14:00."""
    return str(format_datetime(moment, "EEE d MMM, HH:mm"))


def clock_time(moment: datetime) -> str:
    return str(format_time(moment, "HH:mm"))


def day(value: date | datetime) -> str:
    """As in: 26 Nov, with the year when it is not this one."""
    this_year = value.year == clock.now().year
    return str(format_date(value, "d MMM" if this_year else "d MMM y"))


def long_day(value: date | datetime) -> str:
    """As in: Thursday 26 November."""
    return str(format_date(value, "EEEE d MMMM"))


def ago(moment: datetime) -> str:
    """As in: 3 hours ago, in 2 days, just now."""
    distance = moment - clock.now()
    if abs(distance) < timedelta(minutes=1):
        return str(_("just now"))
    return str(format_timedelta(distance, add_direction=True))


def iso(value: date | datetime) -> str:
    return value.isoformat()
