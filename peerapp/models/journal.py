"""When do the two meet, what did they note and decide, and what is still to be done?"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, PositionKey, WithId
from peerapp.models.pairs import Pair
from peerapp.rules import limits
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState, may_become


class NoteKind(StrEnum):
    NOTE = "note"
    TAKEAWAY = "takeaway"  # what its writer takes along from the session


class Session(WithId, Base):
    """A meeting of the pair, or one by writing. `planned_for` is a moment in UTC; `number` counts within the pair.

    `sequence` counts the invitations after the first one, by which calendars know the newest. One that rests is planned
    for a time in which the pair pauses, and stands in no calendar meanwhile.
    """

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("pair_id", "number"),
        CheckConstraint("state != 'running' OR started_at IS NOT NULL", name="running_has_begun"),
        Index("ix_session_pair_id_planned_for", "pair_id", "planned_for", "number"),
        Index("ix_session_pair_id_state", "pair_id", "state", "planned_for"),
        Index("ix_session_state_planned_for", "state", "planned_for"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"))
    number: Mapped[int]
    kind: Mapped[SessionKind] = mapped_column(default=SessionKind.MEETING, server_default=SessionKind.MEETING.value)
    state: Mapped[SessionState]
    planned_for: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(limits.PLACE), default="")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    rests_since: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship(lazy="raise_on_sql")

    @property
    def at(self) -> datetime:
        """When it began, or else when it is planned for."""
        return self.started_at or self.planned_for

    def become(self, state: SessionState, at: datetime) -> Refusal | None:
        """Take the next state, if the table of states knows the step."""
        if refusal := may_become(self.state, state):
            return refusal
        self.state, self.rests_since = state, None
        self.started_at = self.started_at or at if state is SessionState.RUNNING else self.started_at
        self.ended_at = at if state is SessionState.HELD else None
        self.version += 1
        return None


class SessionMove(WithId, Base):
    """A session that was moved: from when to when, and by whom."""

    __tablename__ = "session_move"
    __table_args__ = (Index("ix_session_move_session_id", "session_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    moved_from: Mapped[datetime]
    moved_to: Mapped[datetime]
    moved_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class AgendaPoint(WithId, Base):
    """One point of the agenda. `kind` is its key in `cadence.AGENDA`, or "" for a point of the pair's own."""

    __tablename__ = "agenda_point"
    __table_args__ = (Index("ix_agenda_point_session_id_position", "session_id", "position"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    position: Mapped[str] = mapped_column(PositionKey)
    kind: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(String(limits.TITLE))
    minutes: Mapped[int]
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    done_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    session: Mapped[Session] = relationship(lazy="raise_on_sql")

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class NoteBlock(WithId, Base):
    """A paragraph of the shared notes, in Markdown; both may edit it, its colour stays the author's.

    A retracted one keeps its place, not its words: they are wiped when the time to undo is over.
    """

    __tablename__ = "note_block"
    __table_args__ = (
        Index("ix_note_block_session_id_position", "session_id", "position"),
        Index("ix_note_block_retracted_at", "retracted_at"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    position: Mapped[str] = mapped_column(PositionKey)
    body: Mapped[str] = mapped_column(Text)
    kind: Mapped[NoteKind] = mapped_column(default=NoteKind.NOTE, server_default=NoteKind.NOTE.value)
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    retracted_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship(lazy="raise_on_sql")


class PrivateNote(WithId, Base):
    """What one of the two notes for themselves. Only its writer ever reads it."""

    __tablename__ = "private_note"
    __table_args__ = (UniqueConstraint("session_id", "author_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)


class Decision(WithId, Base):
    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_session_id", "session_id"), Index("ix_decision_retracted_at", "retracted_at"))

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(limits.DECISION))
    made_at: Mapped[datetime]
    retracted_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship(lazy="raise_on_sql")


class Action(WithId, Base):
    """Something to do. It belongs to the pair and stays open until done; `owner_id` None means both."""

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_pair_id_done_at", "pair_id", "done_at", "dropped_at"),
        Index("ix_action_session_id", "session_id"),
    )

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(limits.ACTION))
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    dropped_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    pair: Mapped[Pair] = relationship(lazy="raise_on_sql")
