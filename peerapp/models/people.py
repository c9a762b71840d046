"""Who works here, in which unit, and who was given a role by whom?"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.rules import limits
from peerapp.rules.searching import fold

HERE = text("left_at IS NULL")


class Role(StrEnum):
    """What somebody may do besides being a colleague."""

    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Unit(WithId, Base):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = mapped_column(String(limits.NAME))


class Person(WithId, Base):
    """A colleague. `key` is the stable key of the people file: the personnel number, else the first e-mail.

    A leaver has `left_at`; the row stays. `password_hash` is None until the first password is set, and
    `first_signed_in_at` until the account is used. `unmatched_since` is set while nobody fits: we write when someone does;
    `suggested_at` is when colleagues were last chosen for this person.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("email"),
        Index("ix_person_sort_name_id", "sort_name", "id", sqlite_where=HERE),  # on both: revising.py
        Index("ix_person_unit_id", "unit_id", "sort_name", "id"),
        Index("ix_person_started_on", "started_on"),
        Index("ix_person_suggested_at", "suggested_at"),
        Index("ix_person_manager_id", "manager_id"),
    )

    key: Mapped[str] = mapped_column(String(limits.EMAIL))
    email: Mapped[str] = mapped_column(String(limits.EMAIL))
    name: Mapped[str] = mapped_column(String(limits.NAME))
    sort_name: Mapped[str] = mapped_column(String(limits.NAME))
    site: Mapped[str] = mapped_column(String(limits.SITE), default="")
    started_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(limits.TIME_ZONE), default="UTC")
    theme: Mapped[Theme] = mapped_column(default=Theme.SYSTEM)
    shortcuts_off_since: Mapped[datetime | None]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    left_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    first_signed_in_at: Mapped[datetime | None]
    room: Mapped[int] = mapped_column(default=limits.ROOM_DEFAULT)
    bridging_since: Mapped[datetime | None]
    unmatched_since: Mapped[datetime | None]
    suggested_at: Mapped[datetime | None]
    proposed_email: Mapped[str | None] = mapped_column(String(limits.EMAIL))

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    manager: Mapped["Person | None"] = relationship(remote_side="Person.id", lazy="raise_on_sql")
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="raise_on_sql", foreign_keys="RoleGrant.person_id")

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word]
        return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()

    @property
    def is_active(self) -> bool:
        return self.left_at is None

    def has(self, role: Role) -> bool:
        """Whether the person holds this role. The grants have to be loaded."""
        return any(grant.role == role for grant in self.grants)

    def rename(self, name: str) -> None:
        """Take a new name; the directory sorts by its folded form."""
        self.name = name
        self.sort_name = sort_name_of(name)


def sort_name_of(name: str) -> str:
    """What the directory sorts by and searches in."""
    return fold(name)[: limits.NAME]


class RoleGrant(Base):
    """A role somebody holds; `granted_by_id` is None where the command line gave it."""

    __tablename__ = "role_grant"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
