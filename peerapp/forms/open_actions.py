"""What is to be done, by whom, until when?"""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from peerapp.forms.sessions import DayField
from peerapp.forms.typed import one_line
from peerapp.rules import limits

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


class Whose(StrEnum):
    """As the one who types sees it."""

    ME = "me"
    YOU = "you"
    BOTH = "both"


class ActionForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    action = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Write down what is to be done.")),
            Length(max=limits.ACTION, message=_l("Keep an action under %(max)d characters.")),
        ],
    )
    owner = StringField(default=Whose.ME.value)
    due_on = DayField(validators=[Optional()])
    session = HiddenField()
    seen = HiddenField()

    def validate_owner(self, field: StringField) -> None:
        if field.data not in set(Whose):
            raise ValidationError(_l("Say who takes it on: you, the other, or both."))

    def validate_due_on(self, field: DayField) -> None:
        if field.data and not FIRST <= field.data <= LAST:
            raise ValidationError(_l("Pick a day in this century."))
