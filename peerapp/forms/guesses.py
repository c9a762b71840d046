"""What do I answer, and what do I think the other answers?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from peerapp.forms.typed import one_line
from peerapp.rules import limits

SHORT = Length(max=limits.GUESS, message=_l("Keep it under %(max)d characters."))


class GuessForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    answer = StringField(filters=[one_line], validators=[DataRequired(_l("Write your own answer.")), SHORT])
    guess = StringField(
        filters=[one_line], validators=[DataRequired(_l("Take a guess; there is no wrong one.")), SHORT]
    )
    question = HiddenField()
