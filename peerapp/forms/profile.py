"""What does somebody say about themselves? One form a section of the page."""

from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from peerapp.forms.sessions import WholeField
from peerapp.forms.typed import one_line, paragraphs
from peerapp.models.profiles import Direction, SkillWords, StoryWords
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.styles import STYLES, is_choice

# Plain values: the published types know only pairs, which WTForms deprecates.
AREAS: Any = [area.value for area in Area]
DIRECTIONS: Any = [direction.value for direction in Direction]


class AreasForm(FlaskForm):
    """Which areas somebody wants to learn in, and can show something in. `next` leads on to the directory."""

    class Meta:
        csrf = False  # checked for every request

    wanted = SelectMultipleField(choices=AREAS)
    offered = SelectMultipleField(choices=AREAS)
    next = StringField()

    def areas(self, direction: Direction) -> list[Area]:
        return [Area(value) for value in self[direction.value].data or []]


class SkillForm(FlaskForm):
    """A skill in somebody's own words."""

    class Meta:
        csrf = False  # checked for every request

    direction = RadioField(
        choices=DIRECTIONS, validators=[InputRequired(_l("Say whether you want to learn it or can show it."))]
    )
    skill_area = SelectField(choices=AREAS, validators=[InputRequired(_l("Pick a skill area."))])
    skill_words = StringField(
        filters=[one_line],
        validators=[
            DataRequired(_l("Name the skill in a few words.")),
            Length(max=limits.SKILL_WORDS, message=_l("Keep this under %(most)s characters.", most=limits.SKILL_WORDS)),
        ],
    )
    new_to_us = BooleanField()

    def said(self) -> SkillWords:
        return SkillWords(
            Direction(self.direction.data),
            Area(self.skill_area.data),
            self.skill_words.data or "",
            bool(self.new_to_us.data),
        )


class StoryForm(FlaskForm):
    """What somebody has done, in a few lines."""

    class Meta:
        csrf = False  # checked for every request

    story_area = SelectField(choices=AREAS, validators=[InputRequired(_l("Pick a skill area."))])
    story_body = TextAreaField(
        filters=[paragraphs],
        validators=[
            DataRequired(_l("Tell what you have done, in a sentence or two.")),
            Length(max=limits.STORY, message=_l("Keep your story under %(most)s characters.", most=limits.STORY)),
        ],
    )
    happy_to_talk = BooleanField()

    def said(self) -> StoryWords:
        return StoryWords(Area(self.story_area.data), self.story_body.data or "", bool(self.happy_to_talk.data))


class StylesForm(FlaskForm):
    """Six choices, each with three answers or none. The fields are named as in rules/styles.py."""

    class Meta:
        csrf = False  # checked for every request

    def choices(self) -> dict[str, str]:
        """What was chosen; what was skipped is left out."""
        return {style.key: self[style.key].data for style in STYLES if self[style.key].data}


def _is_choice(_form: FlaskForm, field: Any) -> None:
    if field.data and not is_choice(field.name, field.data):
        raise ValidationError(_("Pick one of the three answers, or none."))


for _style in STYLES:
    setattr(StylesForm, _style.key, StringField(validators=[_is_choice]))


class RoomForm(FlaskForm):
    """For how many pairs there is room, and whether somebody from elsewhere would be welcome."""

    class Meta:
        csrf = False  # checked for every request

    room = WholeField(
        validators=[
            InputRequired(_l("Say how many pairs you have room for.")),
            NumberRange(0, limits.ROOM_MAX, _l("Pick a number from 0 to %(most)s.", most=limits.ROOM_MAX)),
        ],
    )
    bridging = BooleanField()
