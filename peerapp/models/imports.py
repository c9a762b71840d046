"""Which people files were brought in, what did each change, and how is it taken back?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base, WithId
from peerapp.rules.states import ImportState


class Import(WithId, Base):
    """One people file. `content` is kept only while it waits for confirmation; `progress` counts written rows."""

    __tablename__ = "people_import"

    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ImportState]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary: Mapped[dict[str, Any]]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class ImportChange(WithId, Base):
    """What one import did to one person: the columns before (None: the person was new) and after."""

    __tablename__ = "people_import_change"
    __table_args__ = (Index("ix_people_import_change_import_id", "import_id"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("people_import.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any]]
