"""What does a coordinator send to bring people in?"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField


class UploadForm(FlaskForm):
    """The file itself; whether it is a people file, its reader says."""

    class Meta:
        csrf = False  # checked for every request

    file = FileField(validators=[FileRequired(_l("Choose a file first."))])

    @property
    def content(self) -> bytes:
        read: bytes = self.file.data.read()
        return read

    @property
    def file_name(self) -> str:
        return str(self.file.data.filename)


class ConfirmForm(FlaskForm):
    """`seen`: the seal of the plan that was on the page. `leavers`: yes to a number that is asked twice."""

    class Meta:
        csrf = False  # checked for every request

    seen = HiddenField()
    leavers = BooleanField()
