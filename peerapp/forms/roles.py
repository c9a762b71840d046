"""Who is given which role?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import UUID, AnyOf, DataRequired

from peerapp.forms.signin import trimmed
from peerapp.models.people import Role


class GiveRoleForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    email = EmailField(filters=[trimmed], validators=[DataRequired(_l("Enter an e-mail address."))])
    role = StringField(validators=[AnyOf(list(Role), _l("Choose one of these."))])


class TakeRoleForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    person = StringField(validators=[DataRequired(), UUID()])
    role = StringField(validators=[AnyOf(list(Role), _l("Choose one of these."))])
