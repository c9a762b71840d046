"""What do the two write down in a session? A block, a decision, something for oneself."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from peerapp.forms.typed import one_line, paragraphs
from peerapp.rules import limits
from peerapp.rules.words import N_

DECISION_FIELDS = {"decision": N_("What you decided")}
TOO_LONG = _l("This is longer than %(max)d characters. Split it in two.")


class BlockForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    body = TextAreaField(
        filters=[paragraphs],
        validators=[DataRequired(_l("Write something first.")), Length(max=limits.NOTE_BLOCK, message=TOO_LONG)],
    )
    block = HiddenField()  # what was kept of it while it was typed
    seen = HiddenField()


class TypedForm(FlaskForm):
    """A block while it is typed: all of it may have been deleted again."""

    class Meta:
        csrf = False  # checked for every request

    body = TextAreaField(filters=[paragraphs], validators=[Length(max=limits.NOTE_BLOCK, message=TOO_LONG)])
    seen = HiddenField()


class PrivateForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    private = TextAreaField(filters=[paragraphs], validators=[Length(max=limits.PRIVATE_NOTE, message=TOO_LONG)])
    seen = HiddenField()


class DecisionForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    decision = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Write down what you decided.")),
            Length(max=limits.DECISION, message=_l("Keep a decision under %(max)d characters.")),
        ],
    )
