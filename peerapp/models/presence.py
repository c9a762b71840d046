"""Who of a pair has a page open right now, and what do they edit? Only while a session is under way, and only for seconds."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base


class Presence(Base):
    """Good until `until`, a moment from now, and gone when the page is left: nobody was ever "last seen".

    `editing` is the id of the card or note they have open, as it stands on the page: goal_…, note_… or "".
    """

    __tablename__ = "presence"

    pair_id: Mapped[UUID] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime]
    editing: Mapped[str] = mapped_column(String(42), default="")
