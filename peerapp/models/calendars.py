"""At which private address does somebody's calendar program find their sessions?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from peerapp.db import Base
from peerapp.models.people import Person


class CalendarFeed(Base):
    """The one address that works for this person. The table holds the hash of its secret.

    The secret itself is made from `salt` and the key of this installation, so that it can be shown to its owner again,
    and not by anybody who has only the table.
    """

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    salt: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
