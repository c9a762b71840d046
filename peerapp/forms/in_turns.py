"""What does somebody write in their turn?"""

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from peerapp.forms.notes import TOO_LONG
from peerapp.forms.typed import paragraphs
from peerapp.rules import limits


class TurnForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    turn = TextAreaField(filters=[paragraphs], validators=[Length(max=limits.NOTE_BLOCK, message=TOO_LONG)])
    then = HiddenField()

    @property
    def to_next_point(self) -> bool:
        return bool(self.then.data == "next")
