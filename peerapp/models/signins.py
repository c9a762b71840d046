"""Who is signed in where, who tried, and which one-time links are out?

Tokens are stored as SHA-256 hashes: whoever reads the table cannot sign in with it.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base, WithId
from peerapp.models.people import Person


class SignIn(WithId, Base):
    """Being signed in, in one browser. The row is deleted at sign-out; a cookie without a row is nobody."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    since: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(80))

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SignInTry(Base):
    """Failed tries, counted per key: an account from one network, or everybody together.

    The key is a keyed hash, so the table tells neither addresses nor names.
    """

    __tablename__ = "sign_in_try"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
    window_ends_at: Mapped[datetime]


class LinkPurpose(StrEnum):
    FIRST_PASSWORD = "first_password"  # noqa: S105 - a name, not a password
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a name, not a password
    CONFIRM_EMAIL = "confirm_email"
    FIRST_ADMINISTRATOR = "first_administrator"


class OneTimeLink(WithId, Base):
    """A link or code that works once. `person_id` is None for the first administrator's code."""

    __tablename__ = "one_time_link"
    __table_args__ = (Index("ix_one_time_link_person_id", "person_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
