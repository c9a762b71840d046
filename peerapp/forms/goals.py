"""What is typed about a goal, its steps and comments, and where is a card sent?"""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation

from peerapp.forms.sessions import DayField
from peerapp.forms.typed import one_line, paragraphs
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.board import STARTS, By
from peerapp.rules.goal_fields import BOTH, TEXTS
from peerapp.rules.states import Column

OLD_PAGE = _l("This page is too old to tell what you had seen. Load it again.")
TOO_LONG = _l("Keep this under %(max)d characters.")
HIGHEST = 2**31 - 1
ZERO = "0" * 32


class NoTokenForm(FlaskForm):
    """The token of the form is checked for every request."""

    class Meta:
        csrf = False


class VersionField(IntegerField):
    """A number that a page of ours carried; anything else comes from a page that is too old."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value[:10] for value in valuelist])  # no more fits any column
        except ValueError:
            raise ValueError(OLD_PAGE) from None


class VersionForm(NoTokenForm):
    """Which version had been seen."""

    version = VersionField(
        validators=[InputRequired(OLD_PAGE), NumberRange(min=1, max=HIGHEST, message=OLD_PAGE)],
    )

    @property
    def seen(self) -> int:
        """Once it is valid."""
        return int(self.version.data or 0)


def _this_century(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - WTForms' signature
    if field.data is not None and not date(2000, 1, 1) <= field.data < date(2100, 1, 1):
        raise StopValidation(str(_l("Check the year.")))


def _some_areas(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - WTForms' signature
    if not field.data or any(value not in set(Area) for value in field.data):
        raise StopValidation(str(_l("Tick at least one skill area.")))


def _id(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - WTForms' signature
    try:
        UUID(field.data or ZERO)
    except ValueError:
        raise StopValidation(str(OLD_PAGE)) from None


def _owner(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - WTForms' signature
    if field.data not in {"me", "you", BOTH}:
        raise StopValidation(str(_l("Say whose goal it is.")))


def _text(most: int = limits.GOAL_FIELD) -> TextAreaField:
    return TextAreaField(filters=[paragraphs], validators=[Length(max=most, message=TOO_LONG)])


def _title() -> StringField:
    said = DataRequired(_l("Say in a few words what you want to reach."))
    return StringField(filters=[one_line], validators=[said, Length(max=limits.TITLE, message=TOO_LONG)])


def _due_on() -> DayField:
    return DayField(validators=[Optional(), _this_century])


class GoalForm(VersionForm):
    """Everything that is said about a goal."""

    title = _title()
    areas = SelectMultipleField(validators=[_some_areas], choices=[], validate_choice=False)
    owner = StringField(validators=[_owner])
    due_on = _due_on()
    why = _text()
    success_sign = _text()
    next_step = _text()
    need = _text()

    def fields(self, me: UUID, partner: UUID) -> dict[str, Any]:
        """As a goal keeps them (see Goal.fields)."""
        said: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        ticked = set(self.areas.data or ())
        return said | {
            "areas": [area.value for area in Area if area.value in ticked],
            "owner": {"me": str(me), "you": str(partner)}.get(str(self.owner.data), BOTH),
            "due_on": self.due_on.data.isoformat() if self.due_on.data else "",
        }

    def typed(self) -> dict[str, Any]:
        """What was typed, to be shown again."""
        day = self.due_on.raw_data[0] if self.due_on.raw_data else ""
        said: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        return said | {"areas": self.areas.data or [], "owner": self.owner.data or "", "due_on": day}


class NewGoalForm(GoalForm):
    """The same for a goal that is not there yet, with the column it goes to."""

    column = StringField()
    version = VersionField(validators=[Optional()])

    @property
    def where(self) -> Column:
        """The column that was asked for, if a goal may start there; else the ideas."""
        return next((column for column in STARTS if column.value == self.column.data), Column.IDEAS)


class TemplateForm(NoTokenForm):
    """What, how we will see it, by when."""

    title = _title()
    success_sign = _text()
    due_on = _due_on()


class MoveForm(VersionForm):
    """To a column, under a neighbour (none: on top); or by one place, to the top, to the bottom of its column."""

    column = StringField()
    after = StringField(validators=[_id])
    by = StringField()

    @property
    def under(self) -> UUID | None:
        """The neighbour, once it is valid."""
        return UUID(self.after.data) if self.after.data else None

    @property
    def to(self) -> Column | None:
        return next((column for column in Column if column.value == self.column.data), None)

    @property
    def way(self) -> By | None:
        return next((by for by in By if by.value == self.by.data), None)

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid: bool = super().validate(extra_validators)
        if self.to is None and self.way is None:
            self.column.errors = [_l("Choose where the goal goes.")]
            return False
        return is_valid


class StepForm(VersionForm):
    words = StringField(
        filters=[one_line],
        validators=[DataRequired(_l("Write down the step.")), Length(max=limits.STEP, message=TOO_LONG)],
    )


class CommentForm(NoTokenForm):
    body = TextAreaField(
        filters=[paragraphs],
        validators=[DataRequired(_l("Write something first.")), Length(max=limits.COMMENT, message=TOO_LONG)],
    )


class OverallForm(VersionForm):
    overall_goal = StringField(filters=[one_line], validators=[Length(max=limits.OVERALL_GOAL, message=TOO_LONG)])


def errors_of(form: FlaskForm) -> dict[str, str]:
    """The first sentence for every field; what no field shows stands under ""."""
    shown = {"" if name in {"version", "after", "column"} else name: each for name, each in form.errors.items()}
    return {str(name or ""): str(sentences[0]) for name, sentences in shown.items()}
