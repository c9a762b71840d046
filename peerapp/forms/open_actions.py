"""What is to be done, by whom, until when?"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from peerapp.forms.sessions import DayField
from peerapp.forms.typed import one_line
from peerapp.rules import limits
from peerapp.rules.words import N_

ACTION_FIELDS = {"action": N_("What is to be done"), "owner": N_("Who"), "due_on": N_("Until")}
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

    def words(self) -> dict[str, str]:
        """The fields as the form shows them, once they are valid."""
        due = self.due_on.data.isoformat() if self.due_on.data else ""
        return {"action": self.action.data or "", "owner": self.owner.data or Whose.ME.value, "due_on": due}

    def take(self, words: Mapping[str, str]) -> None:
        """Say this instead."""
        self.action.data, self.owner.data = words["action"], words["owner"]
        self.due_on.data = date.fromisoformat(words["due_on"]) if words["due_on"] else None
