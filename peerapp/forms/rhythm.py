"""How often, how long, how many times? `was_…` is what the form showed."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, NumberRange

from peerapp.forms.sessions import WholeField
from peerapp.rules.rhythm import FROM, SESSIONS_MOST, TO, WEEKS, Rhythm

MOST_DIGITS = 9


class RhythmForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    minutes = WholeField(
        validators=[
            InputRequired(_l("Say how long you want to meet.")),
            NumberRange(FROM, TO, _l("A session lasts between %(least)s and %(most)s minutes.", least=FROM, most=TO)),
        ],
    )
    every = WholeField(
        validators=[
            InputRequired(_l("Say how often you want to meet.")),
            NumberRange(1, 7 * WEEKS[-1], _l("Choose one of these.")),
        ],
    )
    sessions = WholeField(
        validators=[
            InputRequired(_l("Say how many sessions you begin with.")),
            NumberRange(1, SESSIONS_MOST, _l("Between 1 and %(most)s sessions.", most=SESSIONS_MOST)),
        ],
    )
    was_minutes = HiddenField()
    was_every = HiddenField()
    was_sessions = HiddenField()

    def mine(self) -> Rhythm:
        return Rhythm(self.minutes.data or 0, self.every.data or 0, self.sessions.data or 0)

    def seen(self) -> Rhythm:
        return Rhythm(*(_whole(field.data) for field in (self.was_minutes, self.was_every, self.was_sessions)))


def _whole(text: str | None) -> int:
    """0 for what was never a number of ours: then it counts as changed."""
    return int(text[:MOST_DIGITS]) if text and text.isascii() and text.isdecimal() else 0
