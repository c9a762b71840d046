"""What stands around the talk of a session: the clock, what each needs today, the spinner, the quiz, the turns."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base
from peerapp.rules import limits
from peerapp.rules.needs import Need


class SessionFrame(Base):
    """One row for a session as soon as somebody uses its frame.

    The clock: `point_id` is the point that the two are at, `begun_at` None while it rests, `spent` the seconds before.
    The spinner: what came up, an icebreaker's key, a point or a goal. The quiz: `question`, a key, or "".
    """

    __tablename__ = "session_frame"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_point.id", ondelete="SET NULL"))
    begun_at: Mapped[datetime | None]
    spent: Mapped[int] = mapped_column(default=0)
    icebreaker: Mapped[str] = mapped_column(String(12), default="")
    drawn_point_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_point.id", ondelete="SET NULL"))
    drawn_goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id", ondelete="SET NULL"))
    question: Mapped[str] = mapped_column(String(12), default="")


class SessionNeed(Base):
    """What one of the two needs from the other in this session."""

    __tablename__ = "session_need"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    need: Mapped[Need]


class Guess(Base):
    """One's answer to the quiz, and what one thinks the other answers. Gone when the session ends."""

    __tablename__ = "guess"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(limits.GUESS))
    guess: Mapped[str] = mapped_column(String(limits.GUESS))
    ready_at: Mapped[datetime | None]


class SessionTurn(Base):
    """Of a session by writing: whose turn it is, and until when.

    `reminded_at` once it was said that it ends soon, `offered_again_at` once it was not taken.
    """

    __tablename__ = "session_turn"
    __table_args__ = (Index("ix_session_turn_until", "until"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime]
    offered_again_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
