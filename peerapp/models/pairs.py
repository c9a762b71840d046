"""Which two colleagues are a pair, what did they sign, and how did it end?"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.models.people import Person
from peerapp.rules import cadence, limits
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import PairState, may_become


class Pair(WithId, Base):
    """Two equal members. `version` counts every change of board and journal: ETag, cache key and live message."""

    __tablename__ = "pair"
    __table_args__ = (Index("ix_pair_state", "state"),)

    state: Mapped[PairState]
    couple: Mapped[str] = mapped_column(String(80), index=True)
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    paused_until: Mapped[date | None]  # the day on which a paused pair goes on by itself
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    overall_goal: Mapped[str] = mapped_column(String(limits.OVERALL_GOAL), default="")
    overall_goal_version: Mapped[int] = mapped_column(default=1)
    charter: Mapped[str] = mapped_column(Text, default="")
    charter_version: Mapped[int] = mapped_column(default=1)
    every_days: Mapped[int] = mapped_column(default=cadence.EVERY_DAYS)
    minutes: Mapped[int] = mapped_column(default=cadence.SESSION_MINUTES)
    sessions_agreed: Mapped[int] = mapped_column(default=cadence.SESSIONS)
    version: Mapped[int] = mapped_column(default=1)

    members: Mapped[list["Membership"]] = relationship(lazy="raise_on_sql", back_populates="pair")

    def touch(self) -> None:
        """Say that something on the board or in the journal changed."""
        self.version += 1

    def become(self, state: PairState) -> Refusal | None:
        """Take the next state if the table allows it."""
        refusal = may_become(self.state, state)
        if refusal is None:
            self.state = state
            self.touch()
        return refusal

    def partner_of(self, person: Person) -> Person:
        """The other of the two. The members have to be loaded."""
        return next(member.person for member in self.members if member.person_id != person.id)

    def membership_of(self, person: Person) -> "Membership":
        return next(member for member in self.members if member.person_id == person.id)

    @property
    def is_open(self) -> bool:
        """Whether board and journal may still be written."""
        return self.state in {PairState.ACTIVE, PairState.PAUSED}


class Membership(Base):
    """One of the two. `leaving_note` is the reason, if any, for that person's eyes only."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_id", "person_id"),)

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    signed_at: Mapped[datetime | None]
    leaving_note: Mapped[str] = mapped_column(Text, default="")

    pair: Mapped[Pair] = relationship(lazy="raise_on_sql", back_populates="members")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
