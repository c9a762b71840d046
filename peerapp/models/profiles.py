"""What does a colleague want to learn, can show, has done, and how do they like to work?"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base, PositionKey, WithId
from peerapp.rules import limits
from peerapp.rules.areas import Area


class Direction(StrEnum):
    WANTED = "wanted"
    OFFERED = "offered"


class Skill(WithId, Base):
    """A skill area somebody ticked (`words` empty), or a skill in it in their own words.

    What was removed stays for a little while, to be taken back (actions/profiles.py).
    """

    __tablename__ = "skill"
    __table_args__ = (
        UniqueConstraint("person_id", "direction", "area", "words"),
        Index("ix_skill_area_direction", "area", "direction", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    direction: Mapped[Direction]
    area: Mapped[Area]
    words: Mapped[str] = mapped_column(String(limits.SKILL_WORDS), default="")
    new_to_us_since: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class SkillWords:
    """What somebody says of a skill in their own words. Only an offer can be new to us."""

    direction: Direction
    area: Area
    words: str
    new_to_us: bool


@dataclass(frozen=True, slots=True)
class StoryWords:
    """What somebody tells of themselves."""

    area: Area
    body: str
    happy_to_talk: bool


class Story(WithId, Base):
    """A short "I have done this", linked to a skill area. A removed one stays for a little while, too."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_person_id", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    area: Mapped[Area]
    body: Mapped[str] = mapped_column(Text)
    happy_to_talk_since: Mapped[datetime | None]
    written_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class SearchWord(Base):
    """A word of what somebody can show or has done, folded (rules/searching.py), so that they are found by it."""

    __tablename__ = "search_word"
    __table_args__ = (Index("ix_search_word_word", "word", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(PositionKey, primary_key=True)


class Suggestion(Base):
    """Somebody who was chosen for a person, in order; whether they can still be asked is seen when it is read."""

    __tablename__ = "suggestion"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class StyleChoice(Base):
    """One of the six working-style choices. Never rated, never shown to whoever is above them."""

    __tablename__ = "style_choice"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    style: Mapped[str] = mapped_column(String(24), primary_key=True)
    choice: Mapped[str] = mapped_column(String(24))


class Block(Base):
    """`person_id` does not want to be found or asked by `blocked_id`. The other is never told."""

    __tablename__ = "block"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
