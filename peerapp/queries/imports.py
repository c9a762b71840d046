"""What would a people file do, which files were brought in, and which one can be taken back?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import aliased

from peerapp.db import db
from peerapp.models import Import, Person
from peerapp.queries import roster as roster_on_file
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster import Roster
from peerapp.rules.roster_plan import Known, Plan, plan
from peerapp.rules.roster_row import Problem
from peerapp.rules.roster_seal import seal
from peerapp.rules.states import ImportState

HISTORY = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`staying`: who is not in the file, but holds a role and therefore never leaves by one."""

    roster: Roster
    plan: Plan
    staying: tuple[Known, ...]
    emails: frozenset[str]
    seal: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every line that will not be written, in the order of the file."""
        return tuple(sorted((*self.roster.problems, *self.plan.conflicts), key=lambda problem: problem.line))


@dataclass(frozen=True, slots=True)
class PastImport:
    """A line of the history."""

    id: UUID
    file_name: str
    state: ImportState
    made_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    by: str | None
    summary: dict[str, Any]


def preview_of(content: bytes, earlier: Preview | None = None, *, for_writing: bool = False) -> Preview | Refusal:
    """What the file would do now. `earlier`: a preview of the same file, to read it only once."""
    people = roster_on_file.everybody(for_writing=for_writing)
    emails = frozenset(person.email for person in people if person.active)
    rows = earlier.roster if earlier and earlier.emails == emails else roster_on_file.read(content, people)
    if isinstance(rows, Refusal):
        return rows
    found = plan(rows, people)
    here = {found.people.get(row.email) for row in rows.rows}
    staying = tuple(person for person in people if person.active and person.stays and person.id not in here)
    return Preview(rows, found, staying, emails, seal(rows, found))


def import_of(import_id: UUID) -> Import:
    """The import; 404 when there is none."""
    found = db.session.get(Import, import_id)
    return found or abort(404)


def import_to_undo() -> UUID | None:
    """The last import that was written, unless it has been taken back."""
    newest = db.session.execute(
        select(Import.id, Import.state)
        .where(Import.applied_at.is_not(None))
        .order_by(Import.applied_at.desc(), Import.id)
        .limit(1),
    ).first()
    return newest.id if newest and newest.state is ImportState.APPLIED else None


def names_of(people: Iterable[str]) -> dict[str, str]:
    """The names of people by their ids in hex, as a summary keeps them."""
    ids = [UUID(person) for person in people]
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {row.id.hex: row.name for row in rows}


def history(most: int = HISTORY) -> list[PastImport]:
    """The last files, the newest first, previews included."""
    by = aliased(Person)
    rows = db.session.execute(
        select(Import, by.name)
        .outerjoin(by, by.id == db.func.coalesce(Import.applied_by_id, Import.made_by_id))
        .order_by(Import.made_at.desc(), Import.id)
        .limit(most),
    )
    return [
        PastImport(
            row.id, row.file_name, row.state, row.made_at, row.applied_at, row.undone_at, name, row.summary,
        )
        for row, name in rows
    ]  # fmt: skip
