"""How is the last import taken back: exactly what it changed, except where somebody changed it again since?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, exists, select, update

from peerapp import clock
from peerapp.actions import import_columns as columns
from peerapp.actions.import_removal import remove_added
from peerapp.actions.import_writing import change_people, end_access_of_leavers, portions
from peerapp.actions.imports import one_at_a_time
from peerapp.db import db, touched
from peerapp.models import Import, ImportChange, Notice, Person, RoleGrant, Unit
from peerapp.queries.imports import import_to_undo
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster_undo import restored
from peerapp.rules.states import ImportState, may_become
from peerapp.rules.words import N_

NOT_THE_LAST = Refusal(N_("Only the last import can be undone, and there was a later one."))
TOLD = 200  # people named on the page


@dataclass(slots=True)
class Outcome:
    """`kept`: by person, the columns that somebody changed since and that therefore stay."""

    restored: int = 0
    gone: int = 0
    kept: dict[str, list[str]] = field(default_factory=dict)

    def keep(self, person_id: UUID, names: Sequence[str]) -> None:
        if names and len(self.kept) < TOLD:
            self.kept[person_id.hex] = [*names]


def undo(found: Import, by: Person | None) -> Refusal | None:
    """Take the import back, in this transaction; a refusal when it is not the last one or was taken back already."""
    one_at_a_time()
    db.session.refresh(found, with_for_update=True)
    if refusal := may_become(found.state, ImportState.UNDONE):
        return refusal
    if import_to_undo() != found.id:
        return NOT_THE_LAST
    outcome = Outcome()
    _restore(found.id, outcome)
    _let_go(found.id, outcome)
    end_access_of_leavers()
    _drop_units([UUID(unit) for unit in found.summary.get("units_made", [])])
    found.state, found.undone_at, found.undone_by_id = ImportState.UNDONE, clock.now(), by.id if by else None
    told = {"restored": outcome.restored, "gone": outcome.gone, "kept": outcome.kept}
    found.summary = {name: value for name, value in found.summary.items() if name != "units_made"} | {"undone": told}
    db.session.flush()
    return None


def _restore(import_id: UUID, outcome: Outcome) -> None:
    """Set back what the import changed in people who were there before."""
    changes = db.session.execute(
        select(ImportChange.before, ImportChange.after, *_current())
        .join(Person, Person.id == ImportChange.person_id)
        .where(ImportChange.import_id == import_id, ImportChange.before.is_not(None))
        .with_for_update(of=Person, key_share=True),
    ).all()
    taken = {name: set(db.session.scalars(select(getattr(Person, name)))) for name in ("key", "email")}
    shapes: dict[tuple[str, ...], list[tuple[UUID, columns.Columns]]] = {}
    for row in changes:
        back = columns.from_record(_back(row, taken, outcome))
        if back:
            shapes.setdefault(tuple(sorted(back)), []).append((row.id, back))
    for shape, people in shapes.items():
        for some in portions(people):
            change_people(shape, some)
            if "proposed_email" in shape:
                _forget_questions([person_id for person_id, _ in some])
    outcome.restored = sum(map(len, shapes.values()))
    mine = delete(ImportChange).where(ImportChange.import_id == import_id, ImportChange.before.is_not(None))
    db.session.execute(mine.execution_options(synchronize_session=False))


def _current() -> list[Any]:
    """Every recorded column as it is now, and whether the person holds a role."""
    holds_role = exists().where(RoleGrant.person_id == Person.id).label("stays")
    return [Person.id, *(getattr(Person, name).label(name) for name in columns.RECORDED), holds_role]


def _back(row: Row[Any], taken: dict[str, set[Any]], outcome: Outcome) -> dict[str, Any]:
    """What goes back in one person; whoever was given a role since does not leave again."""
    current = columns.record({name: getattr(row, name) for name in row.before})
    found = restored(row.before, row.after, current, taken)
    back, kept = dict(found.columns), list(found.kept)
    if row.stays and back.get("left_at"):
        del back["left_at"]
        kept.append("left_at")
    outcome.keep(row.id, kept)
    return back


def _let_go(import_id: UUID, outcome: Outcome) -> None:
    """The people it added leave again; who was never used and is named nowhere goes altogether."""
    added = select(ImportChange.person_id).where(ImportChange.import_id == import_id, ImportChange.before.is_(None))
    people = set(db.session.scalars(added))
    stays = people.intersection(db.session.scalars(select(RoleGrant.person_id)))
    for person_id in stays:
        outcome.keep(person_id, ["left_at"])
    for some in portions(sorted(people - stays)):
        leaving = update(Person).where(Person.id.in_(some), Person.left_at.is_(None)).values(left_at=clock.now())
        done = db.session.execute(leaving.execution_options(synchronize_session=False))
        outcome.gone += touched(done)
    remove_added(import_id)


def _forget_questions(people: Sequence[UUID]) -> None:
    """Nobody is asked any more about an address that is no longer proposed."""
    asked = delete(Notice).where(
        Notice.person_id.in_(people), Notice.kind == NoticeKind.EMAIL_PROPOSED, Notice.read_at.is_(None)
    )
    db.session.execute(asked.execution_options(synchronize_session=False))


def _drop_units(made: Sequence[UUID]) -> None:
    """Units that only this file knew."""
    empty = ~exists().where(Person.unit_id == Unit.id)
    gone = delete(Unit).where(Unit.id.in_(made), empty)
    db.session.execute(gone.execution_options(synchronize_session=False))
