"""What is typed when somebody asks for views: what about, the draft, whom, and what happens next?"""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation

from peerapp.config import LANGUAGES
from peerapp.forms.goals import NoTokenForm, VersionForm
from peerapp.forms.sessions import DayField, WholeField
from peerapp.forms.typed import one_line, paragraphs
from peerapp.rules import limits
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.local_time import moment_of
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind
from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import MINIMUM_FLOOR, QUESTION_MAX
from peerapp.rules.words import N_

MINIMUM_MOST = 10_000
LAST_MINUTE = time(23, 59)
PURPOSES: Any = [each.value for each in Purpose]
WRITTEN_IN: Any = list(LANGUAGES)
KINDS: Any = [each.value for each in Kind]
CIRCLES: Any = [each.value for each in AudienceKind]
SPLITS: Any = [each.value for each in SplitBy]
TOO_LONG = _l("Keep this under %(max)d characters.")
KIND_NAMES = {
    Kind.AGREEMENT: N_("A statement: how far do you agree?"),
    Kind.FREQUENCY: N_("A habit: how often?"),
    Kind.COMMENT: N_("A question to answer in one's own words"),
}


class NewRoundForm(NoTokenForm):
    """What it is about comes first; the rest follows on one page."""

    purpose = SelectField(
        choices=PURPOSES,
        validators=[InputRequired(_l("Say what it is about."))],
    )
    language = SelectField(choices=WRITTEN_IN, validators=[InputRequired(_l("Choose a language."))])


def _short_enough(form: FlaskForm, field: Field) -> None:  # noqa: ARG001 - WTForms' signature
    if any(len(one_line(text)) > QUESTION_MAX for text in field.data or ()):
        raise StopValidation(str(_l("A question has at most %(most)s characters.", most=QUESTION_MAX)))


class DraftForm(VersionForm):
    """The whole draft. Own questions come as three lists of one length; `do` is the button that was pressed."""

    title = StringField(
        filters=[one_line],
        validators=[DataRequired(_l("Give it a title.")), Length(max=limits.TITLE, message=TOO_LONG)],
    )
    why = TextAreaField(filters=[paragraphs], validators=[Length(max=limits.ROUND_WHY, message=TOO_LONG)])
    own_id = SelectMultipleField(choices=[], validate_choice=False)
    own_kind = SelectMultipleField(choices=[], validate_choice=False)
    own_text = SelectMultipleField(choices=[], validate_choice=False, validators=[_short_enough])
    bank = SelectMultipleField(choices=[], validate_choice=False)
    new_kind = SelectField(choices=KINDS, default=Kind.AGREEMENT.value)
    new_text = StringField(
        filters=[one_line],
        validators=[Length(max=QUESTION_MAX, message=TOO_LONG)],
    )
    audience_kind = SelectField(choices=CIRCLES)
    units = SelectMultipleField(choices=[], validate_choice=False)
    last_day = DayField(validators=[InputRequired(_l("Pick the last day."))])
    minimum = WholeField(
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(
                MINIMUM_FLOOR, MINIMUM_MOST, _l("The minimum is at least %(least)s answers.", least=MINIMUM_FLOOR)
            ),
        ],
    )
    split_by = SelectField(choices=SPLITS)
    joins_small = BooleanField(false_values=("", "0"))
    do = StringField(validators=[Length(max=60)])

    def own(self) -> dict[str, tuple[Kind, str]]:
        """Own questions by id."""
        rows = zip(self.own_id.data or (), self.own_kind.data or (), self.own_text.data or (), strict=False)
        return {
            question_id[:24]: (Kind(kind) if kind in set(Kind) else Kind.AGREEMENT, one_line(text))
            for question_id, kind, text in rows
        }

    def unit_ids(self) -> frozenset[UUID]:
        return frozenset(ids_in(self.units.data))

    def closes_at(self, zone: str) -> datetime | Refusal:
        """The end of the last day on the clock of whoever asks."""
        assert self.last_day.data is not None
        return moment_of(self.last_day.data, LAST_MINUTE, zone)

    def typed(self) -> dict[str, Any]:
        """What was typed, to be shown again."""
        raw = {field.name: field.raw_data[0] if field.raw_data else "" for field in (self.last_day, self.minimum)}
        plain = {name: self[name].data or "" for name in ("title", "why", "new_kind", "new_text")}
        chosen = {name: self[name].data or "" for name in ("audience_kind", "split_by")}
        return (
            raw
            | plain
            | chosen
            | {"bank": self.bank.data or [], "units": self.units.data or [], "joins_small": self.joins_small.data}
        )


class PeopleForm(NoTokenForm):
    """Whom to add, and whom to leave out again."""

    add = SelectMultipleField(choices=[], validate_choice=False)
    remove = SelectMultipleField(choices=[], validate_choice=False)


class OpenForm(VersionForm):
    """Which version was seen in the preview: that one is opened, and no other."""


class NextForm(NoTokenForm):
    what_next = TextAreaField(
        filters=[paragraphs],
        validators=[
            DataRequired(_l("Write a sentence or two.")),
            Length(max=limits.ROUND_NEXT, message=TOO_LONG),
        ],
    )


def ids_in(values: list[str] | None) -> list[UUID]:
    """Those of them that are ids."""
    found = []
    for value in values or ():
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
