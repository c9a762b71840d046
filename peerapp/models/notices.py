"""What should somebody hear about, which letters wait to be sent, and what was already done once?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base, WithId
from peerapp.rules import limits
from peerapp.rules.notice_kinds import OF_AN_OPEN_ROUND, NoticeKind


class Notice(WithId, Base):
    """One line for one person: its kind, the values of its sentence, and the path it leads to."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person_id_made_at", "person_id", "made_at"),
        Index("ix_notice_person_id_read_at", "person_id", "read_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind]
    values: Mapped[dict[str, Any]]
    path: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    def open(self, now: datetime) -> None:
        """Mark it as read. Of a round's notices the moment is not kept, for one answers where they lead."""
        self.read_at = self.read_at or (self.made_at if self.kind in OF_AN_OPEN_ROUND else now)


class Letter(WithId, Base):
    """A mail in the outbox, written in the transaction that causes it. Its text is wiped once it is sent.

    `calendar` is an invitation that travels with it (iCalendar), or "".
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due_at", "sent_at", "given_up_at", "due_at"),)

    address: Mapped[str] = mapped_column(String(limits.EMAIL))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_problem: Mapped[str] = mapped_column(String(200), default="")
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class Lease(Base):
    """Who does a recurring job just now; `done_at` is when it last ran through."""

    __tablename__ = "lease"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Submission(Base):
    """A form that was sent: the same key again has the same answer and no second effect."""

    __tablename__ = "submission"
    __table_args__ = (Index("ix_submission_at", "at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    location: Mapped[str] = mapped_column(String(300))
