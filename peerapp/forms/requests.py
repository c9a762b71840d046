"""What does somebody write when they ask a colleague, and what does the other answer?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from peerapp.forms.profile import AREAS
from peerapp.forms.sessions import DayField
from peerapp.forms.typed import one_line, paragraphs
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.asking import Wish


class AskForm(FlaskForm):
    """One goal and a few words."""

    class Meta:
        csrf = False  # checked for every request

    area = SelectField(choices=AREAS, validators=[InputRequired(_l("Pick a skill area."))])
    words = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Name one thing you would like to get better at.")),
            Length(max=limits.SKILL_WORDS, message=_l("Keep this under %(most)s characters.", most=limits.SKILL_WORDS)),
        ],
    )
    message = TextAreaField(
        filters=[paragraphs],
        validators=[
            DataRequired(_l("Write a sentence or two.")),
            Length(max=limits.MESSAGE, message=_l("Keep your message under %(most)s characters.", most=limits.MESSAGE)),
        ],
    )

    def wish(self) -> Wish:
        return Wish(Area(self.area.data), self.words.data or "")


class AcceptForm(FlaskForm):
    """Yes; and, if one likes, what one would like to learn oneself."""

    class Meta:
        csrf = False  # checked for every request

    area = SelectField(choices=AREAS, validators=[InputRequired(_l("Pick a skill area."))])
    words = StringField(
        filters=[one_line],
        validators=[
            Length(max=limits.SKILL_WORDS, message=_l("Keep this under %(most)s characters.", most=limits.SKILL_WORDS)),
        ],
    )

    def wish(self) -> Wish | None:
        return Wish(Area(self.area.data), self.words.data) if self.words.data else None


class LaterForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    later_on = DayField(validators=[InputRequired(_l("Pick a day."))])


class DeclineForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    answer = TextAreaField(
        filters=[paragraphs],
        validators=[Length(max=limits.REASON, message=_l("Keep this under %(most)s characters.", most=limits.REASON))],
    )
