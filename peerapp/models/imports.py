"""Which people files were brought in, what did each change, and how is it taken back?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from peerapp.db import Base, WithId
from peerapp.rules.states import ImportState


class Import(WithId, Base):
    """One people file; `made_by_id` is None where the command line brought it.

    `content` is kept only until it is written. `writing_until`: whoever writes it has until then; a writer that was
    killed has changed nothing, and the file can be confirmed again. `summary`: counts and outcome for the page.
    """

    __tablename__ = "people_import"
    __table_args__ = (Index("ix_people_import_made_at", "made_at"),)

    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ImportState] = mapped_column(default=ImportState.PREVIEWED)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # up to 10 MB
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    writing_until: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    def is_being_written(self, now: datetime) -> bool:
        return self.state is ImportState.APPLYING and self.writing_until is not None and self.writing_until >= now

    def waits_for_a_yes(self, now: datetime) -> bool:
        """Only looked at so far, or its writer was killed."""
        waiting = self.state in {ImportState.PREVIEWED, ImportState.APPLYING}
        return waiting and not self.is_being_written(now)


class ImportChange(WithId, Base):
    """What the last import did to one person: the changed columns before (None: the person was new) and after.

    Only the last import can be undone, so the next one deletes these rows.
    """

    __tablename__ = "people_import_change"
    __table_args__ = (
        Index("ix_people_import_change_import_id", "import_id"),
        Index("ix_people_import_change_person_id", "person_id"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("people_import.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any]]
