"""What does somebody type to come in?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired, InputRequired, Length

from peerapp.rules import limits


def trimmed(value: str | None) -> str:
    return (value or "").strip()


class SignInForm(FlaskForm):
    """E-mail and password, where to go next, and a form that met an expired sign-in."""

    class Meta:
        csrf = False  # checked for every request

    email = EmailField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter your e-mail address.")),
            Length(max=limits.EMAIL, message=_l("This address is too long.")),
        ],
    )
    password = PasswordField(validators=[InputRequired(_l("Enter your password."))])
    next = HiddenField()
    kept = HiddenField()


class ForgottenForm(FlaskForm):
    """The address to send a link to."""

    class Meta:
        csrf = False  # checked for every request

    email = EmailField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter your e-mail address.")),
            Length(max=limits.EMAIL, message=_l("This address is too long.")),
        ],
    )


class NewPasswordForm(FlaskForm):
    """A new password; what may be one is a rule."""

    class Meta:
        csrf = False  # checked for every request

    password = PasswordField(validators=[InputRequired(_l("Enter a new password."))])
