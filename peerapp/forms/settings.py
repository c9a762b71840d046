"""What can somebody set for themselves?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Length

from peerapp.config import LANGUAGES
from peerapp.models.people import Theme
from peerapp.rules import limits
from peerapp.rules.addresses import normal_time_zone


def known_zone(_form: FlaskForm, field: StringField) -> None:
    """Takes the spelling of the time zone database."""
    zone = normal_time_zone(field.data or "")
    if zone is None:
        raise ValidationError(_l("Choose a time zone from the list."))
    field.data = zone


class LanguageForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    language = StringField(validators=[AnyOf(LANGUAGES, _l("Choose one of these."))])
    next = HiddenField()


class ThemeForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    theme = StringField(validators=[AnyOf(list(Theme), _l("Choose one of these."))])
    next = HiddenField()


class SettingsForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    language = StringField(validators=[AnyOf(LANGUAGES, _l("Choose one of these."))])
    time_zone = StringField(validators=[Length(max=limits.TIME_ZONE), known_zone])
    theme = StringField(validators=[AnyOf(list(Theme), _l("Choose one of these."))])
    shortcuts = BooleanField()


class ChangePasswordForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    old = PasswordField(validators=[InputRequired(_l("Enter your present password."))])
    password = PasswordField(validators=[InputRequired(_l("Enter a new password."))])
