"""Who changed what in the journal, under a goal, in the charter and the rhythm, and what stood there before?

The goals themselves have a table of their own (GoalEvent); words of private notes are never in `change`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.models.pairs import Pair


class About(StrEnum):
    """What kind of thing was changed; `thing_id` names its row."""

    NOTE = "note"
    POINT = "point"
    DECISION = "decision"
    ACTION = "action"
    COMMENT = "comment"
    PLAN = "plan"  # when, how long and where a session takes place
    CHARTER = "charter"  # the thing is the pair
    RHYTHM = "rhythm"  # how often, how long, how many times; the thing is the pair


class ChangeKind(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    UNDONE = "undone"  # took another change back; cannot be undone itself


class Change(WithId, Base):
    """One change: the fields before and after. `number` orders the changes of a pair, it is the pair's version.

    While `typed_until` lies ahead and nothing else happens to the thing, what its writer goes on typing belongs to it.
    """

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_pair_id_number", "pair_id", "number"),
        Index("ix_change_session_id_number", "session_id", "number"),
        Index("ix_change_thing_id_number", "thing_id", "number"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    about: Mapped[About]
    thing_id: Mapped[UUID]
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[ChangeKind]
    at: Mapped[datetime]
    number: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    typed_until: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship(lazy="raise_on_sql")


class PrivateWording(WithId, Base):
    """What stood in a private note before its writer went on typing. It goes with the note, and only they read it."""

    __tablename__ = "private_wording"
    __table_args__ = (Index("ix_private_wording_note_id_at", "note_id", "at"),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey("private_note.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
