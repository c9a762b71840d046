"""When, how long and where do the two meet? Day and time are those on the wall of whoever plans."""

from collections.abc import Mapping
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, StringField, TimeField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from peerapp.forms.typed import one_line
from peerapp.rules import limits
from peerapp.rules.local_time import moment_of
from peerapp.rules.places import is_link
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

PLAN_FIELDS = {"when": N_("Day and time"), "minutes": N_("Minutes"), "place": N_("Room or call link")}
FROM, TO = limits.SESSION_MINUTES_MIN, limits.SESSION_MINUTES_MAX


class DayField(DateField):
    """A day as the browser's picker sends it, or as typed where there is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write the day like this: 2026-11-26.")) from None


class ClockField(TimeField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value[:5] for value in valuelist])  # some browsers send seconds, too
        except ValueError:
            raise ValueError(_l("Write the time like this: 14:30.")) from None


class WholeField(IntegerField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value[:9] for value in valuelist])
        except ValueError:
            raise ValueError(_l("Write a whole number.")) from None


def links_are_safe(_form: FlaskForm, field: StringField) -> None:
    """What looks like an address can be followed, by both and from their calendars; of any provider, but encrypted."""
    if any("://" in word and not is_link(word) for word in (field.data or "").split()):
        raise ValidationError(_l("A call link begins with https:// and has no password in it."))


def minutes_field() -> WholeField:
    """How long a session lasts."""
    between = _l("A session lasts between %(least)s and %(most)s minutes.", least=FROM, most=TO)
    return WholeField(
        validators=[InputRequired(_l("Say how long you want to meet.")), NumberRange(FROM, TO, between)],
    )


class PlanForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    day = DayField(validators=[InputRequired(_l("Pick a day."))])
    at = ClockField(validators=[InputRequired(_l("Pick a time."))])
    minutes = minutes_field()
    place = StringField(
        filters=[one_line],
        validators=[
            Length(max=limits.PLACE, message=_l("Keep this under %(most)s characters.", most=limits.PLACE)),
            links_are_safe,
        ],
    )
    seen = HiddenField()
    then = HiddenField()

    @property
    def wants_a_date(self) -> bool:
        """Whether the session that ends is to be followed by this one."""
        return bool(self.then.data == "plan")

    def words(self) -> dict[str, str]:
        """The fields as the form shows them, once they are valid; day and time are one."""
        when = f"{self.day.data:%Y-%m-%d} {self.at.data:%H:%M}"
        return {"when": when, "minutes": str(self.minutes.data), "place": self.place.data or ""}

    def moment(self, zone: str) -> datetime | Refusal:
        """The moment in UTC that day and time mean in this zone."""
        day, at = self.day.data, self.at.data
        assert isinstance(day, date)
        assert isinstance(at, time)
        return moment_of(day, at, zone)


class EndForm(PlanForm):
    """The end of a session: perhaps the next date, perhaps what one takes along."""

    takeaway = StringField(
        filters=[one_line],
        validators=[
            Length(max=limits.TAKEAWAY, message=_l("Keep this under %(most)s characters.", most=limits.TAKEAWAY))
        ],
    )


class TakeawayForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    takeaway = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Write something first.")),
            Length(max=limits.TAKEAWAY, message=_l("Keep this under %(most)s characters.", most=limits.TAKEAWAY)),
        ],
    )


def about(typed: Mapping[str, str], zone: str, now: datetime) -> datetime:
    """The moment that day and time mean as far as they can be read, to compare two clocks at; else now."""
    try:
        moment = moment_of(date.fromisoformat(typed.get("day", "")), time.fromisoformat(typed.get("at", "")), zone)
    except ValueError:
        return now
    return now if isinstance(moment, Refusal) else moment


def version_seen(text: str | None) -> int:
    """The version that a page carried; 0, which is none, for anything else."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0  # noqa: PLR2004 - fits any column
