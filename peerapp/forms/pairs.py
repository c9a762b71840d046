"""What do the two put into their charter, and what does somebody note when a pair ends?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from peerapp.forms.sessions import DayField, version_seen
from peerapp.forms.typed import one_line, paragraphs
from peerapp.rules import charter, limits


class SignForm(FlaskForm):
    """`seen` is the version of the charter that was read."""

    class Meta:
        csrf = False  # checked for every request

    seen = HiddenField()

    def version(self) -> int:
        return version_seen(self.seen.data)


class CharterForm(SignForm):
    """The pair's own sentences, in fields named as the lines; an empty one stands for ours."""

    def sentences(self) -> dict[str, str]:
        return {key: self[f"line_{key}"].data or "" for key in charter.KEYS}


for _key in charter.KEYS:
    _short = Length(
        max=limits.CHARTER_LINE, message=_l("Keep this under %(most)s characters.", most=limits.CHARTER_LINE)
    )
    setattr(CharterForm, f"line_{_key}", StringField(filters=[one_line], validators=[_short]))


class PauseForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    until = DayField(validators=[InputRequired(_l("Pick a day."))])


class EndForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    note = TextAreaField(
        filters=[paragraphs],
        validators=[Length(max=limits.REASON, message=_l("Keep this under %(most)s characters.", most=limits.REASON))],
    )
