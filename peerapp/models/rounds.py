"""What is asked in a round, of whom, who reads it, and what became of it? Never what anybody answered.

Once a round has left the state `draft`, database triggers (revision 0002) refuse every change of what the manifest
says: nobody adds a reader, takes somebody off the roll or moves the last day, not even in plain SQL.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.models.people import Person
from peerapp.rules import limits
from peerapp.rules.audiences import AudienceKind, SplitBy
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from peerapp.rules.refusal import Refusal
from peerapp.rules.release_rules import MINIMUM_FLOOR
from peerapp.rules.states import RoundState, may_become


class Round(WithId, Base):
    """One asking. `questions` is a list of {id, kind, text, bank}; `audience` says who was meant, the roll who it is.

    Names and salts are written at opening, so that the manifest can be made again from the rows at closing and compared.
    `public_id` names the page that shows the manifest to anybody. `handed_out` is the number of papers, known after
    closing only.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("public_id"),
        Index("ix_round_state_closes_at", "state", "closes_at"),
        Index("ix_round_owner_id_made_at", "owner_id", "made_at"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    owner_name: Mapped[str] = mapped_column(String(limits.NAME), default="")
    purpose: Mapped[Purpose]
    state: Mapped[RoundState] = mapped_column(default=RoundState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(limits.TITLE))
    why: Mapped[str] = mapped_column(String(limits.ROUND_WHY), default="")
    language: Mapped[str] = mapped_column(String(8))
    questions: Mapped[list[Any]]
    audience_kind: Mapped[AudienceKind]
    audience: Mapped[list[Any]] = mapped_column(default=list)
    split_by: Mapped[SplitBy] = mapped_column(default=SplitBy.NONE)
    joins_small: Mapped[bool] = mapped_column(default=False)
    minimum: Mapped[int] = mapped_column(default=MINIMUM_FLOOR)
    made_at: Mapped[datetime]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    public_id: Mapped[UUID] = mapped_column(default=uuid4)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    roll_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    manifest: Mapped[str] = mapped_column(Text, default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    closes_early: Mapped[bool] = mapped_column(default=False)
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    handed_out: Mapped[int | None]
    what_next: Mapped[str] = mapped_column(Text, default="")
    what_next_at: Mapped[datetime | None]

    owner: Mapped[Person] = relationship(lazy="raise_on_sql")

    def become(self, state: RoundState) -> Refusal | None:
        """Take the next state if the table allows it."""
        refusal = may_become(self.state, state)
        if refusal is None:
            self.state = state
        return refusal

    @property
    def never_opened(self) -> bool:
        """It could not be opened: nobody was asked, no paper handed out. Of one that ended later nobody knows how many."""
        return self.state is RoundState.SPOILED and self.handed_out == 0

    def asked(self) -> tuple[Question, ...]:
        """The questions, in their order."""
        return tuple(Question(each["id"], Kind(each["kind"]), each["text"], each["bank"]) for each in self.questions)

    def ask(self, questions: tuple[Question, ...]) -> None:
        self.questions = [
            {"id": each.id, "kind": each.kind.value, "text": each.text, "bank": each.bank} for each in questions
        ]

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN


class ReaderRole(StrEnum):
    """Who sees the release: from the start, or once the owner of a round about herself shares it."""

    READER = "reader"
    MAY_BE_SHOWN = "may_be_shown"


class RoundReader(Base):
    """Somebody who reads the release, named in the manifest. `shown_at` is when the owner shared it, while she does."""

    __tablename__ = "round_reader"
    __table_args__ = (Index("ix_round_reader_person_id", "person_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[ReaderRole]
    name: Mapped[str] = mapped_column(String(limits.NAME), default="")
    shown_at: Mapped[datetime | None]


class RoundPart(Base):
    """One part of the audience with its public key; a round without a split has one, with the name ""."""

    __tablename__ = "round_part"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(limits.UNIT))
    public_key: Mapped[bytes] = mapped_column(LargeBinary(256))


class RoundKey(Base):
    """The private key of a part, until the round has closed. No backup holds it: after a restore nobody votes twice."""

    __tablename__ = "round_key"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    private_key: Mapped[bytes] = mapped_column(LargeBinary(256))


class RollEntry(Base):
    """Somebody who may answer. `handed_out` and the hash of the blinded value are wiped when the round has closed."""

    __tablename__ = "roll_entry"
    __table_args__ = (Index("ix_roll_entry_person_id", "person_id"),)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    part: Mapped[int]
    handed_out: Mapped[bool] = mapped_column(default=False)
    blinded_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class RoundRelease(Base):
    """The one publication of a round, as the box gave it out (rules/publication.py). Never changed, never deleted."""

    __tablename__ = "round_release"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class ReleaseSerials(Base):
    """The sorted list of counted papers, beside the release, so that a page of results does not carry it."""

    __tablename__ = "release_serials"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"), primary_key=True)
    serials: Mapped[list[Any]]
