"""Who is given which role?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField
from wtforms.validators import UUID, DataRequired

from peerapp.forms.signin import trimmed
from peerapp.models.people import Role

ROLES = [role.value for role in Role]


class GiveRoleForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    email = EmailField(filters=[trimmed], validators=[DataRequired(_l("Enter an e-mail address."))])
    role = SelectField(choices=ROLES, coerce=str)


class TakeRoleForm(FlaskForm):
    class Meta:
        csrf = False  # checked for every request

    person = StringField(validators=[DataRequired(), UUID()])
    role = SelectField(choices=ROLES, coerce=str)
