"""What do the two want to reach, how far is it, and who changed what?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, PositionKey, WithId
from peerapp.models.pairs import Pair
from peerapp.models.people import Person
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.goal_fields import BOTH, TEXTS
from peerapp.rules.states import Column


class Goal(WithId, Base):
    """A card on the board. `owner_id` None means both. `version` counts the changes of this card."""

    __tablename__ = "goal"
    __table_args__ = (Index("ix_goal_board", "pair_id", "archived_at", "column", "position"),)

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"))
    column: Mapped[Column]
    position: Mapped[str] = mapped_column(PositionKey)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(String(limits.TITLE))
    why: Mapped[str] = mapped_column(Text, default="")
    success_sign: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    need: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship(lazy="raise_on_sql")
    areas: Mapped[list["GoalArea"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    steps: Mapped[list["Step"]] = relationship(lazy="raise_on_sql", order_by="Step.position")
    confirmations: Mapped[list["GoalConfirmation"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    def fields(self) -> dict[str, Any]:
        """What is said about the goal (rules/goal_fields.py), as JSON can hold it. The areas have to be loaded."""
        said = {name: getattr(self, name) for name in TEXTS}
        areas = {each.area for each in self.areas}
        return said | {
            "areas": [area.value for area in Area if area in areas],
            "owner": str(self.owner_id) if self.owner_id else BOTH,
            "due_on": self.due_on.isoformat() if self.due_on else "",
        }

    def put(self, fields: Mapping[str, Any]) -> None:
        """Say these things instead; what is not among them stays."""
        for name in TEXTS:
            if name in fields:
                setattr(self, name, fields[name])
        if "areas" in fields:
            kept = {each.area: each for each in self.areas}
            self.areas = [kept.get(Area(value)) or GoalArea(area=Area(value)) for value in fields["areas"]]
        if "owner" in fields:
            self.owner_id = None if fields["owner"] == BOTH else UUID(fields["owner"])
        if "due_on" in fields:
            self.due_on = date.fromisoformat(fields["due_on"]) if fields["due_on"] else None

    @property
    def confirmed(self) -> list[str]:
        """Who has said that it is done. The confirmations have to be loaded."""
        return sorted(str(each.person_id) for each in self.confirmations)

    def confirm(self, people: Iterable[str], at: datetime) -> None:
        """Let exactly these people have said that it is done."""
        kept = {str(each.person_id): each for each in self.confirmations}
        self.confirmations = [kept.get(who) or GoalConfirmation(person_id=UUID(who), at=at) for who in people]


class GoalArea(Base):
    __tablename__ = "goal_area"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[Area] = mapped_column(primary_key=True)


class GoalConfirmation(Base):
    """One of the two says that a goal of both is done."""

    __tablename__ = "goal_confirmation"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]


class Step(WithId, Base):
    __tablename__ = "step"
    __table_args__ = (Index("ix_step_goal_id_position", "goal_id", "position"),)

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    position: Mapped[str] = mapped_column(PositionKey)
    words: Mapped[str] = mapped_column(String(limits.STEP))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]


class Comment(WithId, Base):
    """A line under a goal. A retracted one keeps its place, not its words: they are wiped when the time to undo is over."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_goal_id_written_at", "goal_id", "written_at"),
        Index("ix_comment_retracted_at", "retracted_at"),
    )

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(lazy="raise_on_sql")


class GoalChange(StrEnum):
    MADE = "made"
    EDITED = "edited"
    MOVED = "moved"
    ARCHIVED = "archived"
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    STEP = "step"
    OVERALL = "overall"
    UNDONE = "undone"  # took another change back; cannot be undone itself


class GoalEvent(WithId, Base):
    """One change of a goal: the changed fields before and after, and the version it led to.

    `goal_id` None is the pair's overall goal.
    """

    __tablename__ = "goal_event"
    __table_args__ = (
        Index("ix_goal_event_goal_id_version", "goal_id", "version"),
        Index("ix_goal_event_pair_id_actor_id_at", "pair_id", "actor_id", "at"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"))
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"))
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[GoalChange]
    at: Mapped[datetime]
    version: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]

    actor: Mapped[Person] = relationship(lazy="raise_on_sql")
