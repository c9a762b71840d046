"""How often, how long, how many times?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, NumberRange

from peerapp.forms.sessions import WholeField, minutes_field
from peerapp.rules.rhythm import SESSIONS_MOST, WEEKS
from peerapp.rules.words import N_

RHYTHM_FIELDS = {"every": N_("How often"), "minutes": N_("Minutes"), "sessions": N_("Sessions to begin with")}


class RhythmForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    minutes = minutes_field()
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

    def words(self) -> dict[str, str]:
        """The fields as the form shows them, once they are valid."""
        return {name: str(self[name].data) for name in RHYTHM_FIELDS}
