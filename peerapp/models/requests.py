"""Who asked whom to become peers, and what became of it?"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.models.people import Person
from peerapp.rules import limits
from peerapp.rules.areas import Area
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import RequestState, may_become


class Request(WithId, Base):
    """One colleague asks another. `couple` names the two in either order, so that only one request can be open."""

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint("sender_id <> receiver_id", name="two_people"),
        Index(
            "uq_request_open_couple",
            "couple",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'later')"),  # on both: revising.py
        ),
        Index("ix_request_receiver_id", "receiver_id", "state"),
        Index("ix_request_sender_id", "sender_id", "state"),
        Index("ix_request_state_lapses_at", "state", "lapses_at"),
    )

    sender_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    couple: Mapped[str] = mapped_column(String(80))
    area: Mapped[Area]
    words: Mapped[str] = mapped_column(String(limits.SKILL_WORDS), default="")
    message: Mapped[str] = mapped_column(Text)
    state: Mapped[RequestState]
    sent_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    later_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    sender: Mapped[Person] = relationship(foreign_keys=[sender_id], lazy="raise_on_sql")
    receiver: Mapped[Person] = relationship(foreign_keys=[receiver_id], lazy="raise_on_sql")

    def become(self, state: RequestState, at: datetime) -> Refusal | None:
        """Take the next state if the table allows it."""
        refusal = may_become(self.state, state)
        if refusal is None:
            self.state, self.answered_at = state, at
        return refusal

    def other_than(self, person: Person) -> Person:
        """The other of the two. Both have to be loaded."""
        return self.receiver if self.sender_id == person.id else self.sender


def couple_of(one: UUID, other: UUID) -> str:
    """The same key whoever of the two is named first."""
    return "+".join(sorted((one.hex, other.hex)))
