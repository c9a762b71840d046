"""What makes the first administrator?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField, ValidationError
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from peerapp.config import LANGUAGES
from peerapp.forms.settings import known_zone
from peerapp.forms.signin import trimmed
from peerapp.rules import limits
from peerapp.rules.addresses import normal_email


class FirstForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    code = StringField(filters=[trimmed], validators=[DataRequired(_l("Enter the code from the console."))])
    name = StringField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter your name.")),
            Length(max=limits.NAME, message=_l("This name is too long.")),
        ],
    )
    email = EmailField(filters=[trimmed], validators=[DataRequired(_l("Enter your e-mail address."))])
    password = PasswordField(validators=[InputRequired(_l("Choose a password."))])
    language = StringField(validators=[AnyOf(LANGUAGES, _l("Choose one of these."))])
    time_zone = StringField(validators=[Length(max=limits.TIME_ZONE), known_zone])

    def validate_email(self, field: EmailField) -> None:
        address = normal_email(field.data or "")
        if address is None:
            raise ValidationError(_l("Enter an e-mail address like name@example.com."))
        field.data = address
