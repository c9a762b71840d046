"""What is a point of the agenda about, and for how long?"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from peerapp.forms.sessions import WholeField
from peerapp.forms.typed import one_line
from peerapp.rules import limits
from peerapp.rules.words import N_

POINT_FIELDS = {"point": N_("Point"), "minutes": N_("Minutes"), "goal": N_("Goal")}
MOST = limits.AGENDA_MINUTES_MAX


class PointForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    point = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Name the point.")),
            Length(max=limits.TITLE, message=_l("Keep it under %(max)d characters.")),
        ],
    )
    minutes = WholeField(
        validators=[
            InputRequired(_l("Say how many minutes it takes.")),
            NumberRange(1, MOST, _l("A point takes between 1 and %(most)s minutes.", most=MOST)),
        ],
    )
    goal = HiddenField()
    seen = HiddenField()

    def words(self) -> dict[str, str]:
        """The fields as the form shows them, once they are valid."""
        return {"point": self.point.data or "", "minutes": str(self.minutes.data), "goal": self.goal.data or ""}

    def take(self, words: Mapping[str, str]) -> None:
        """Say this instead."""
        self.point.data, self.minutes.data, self.goal.data = words["point"], int(words["minutes"]), words["goal"]
