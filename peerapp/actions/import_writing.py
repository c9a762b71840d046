"""How do the people of a file get into the database: all at once, in few statements, with a record to undo it by?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import bindparam, delete, insert, select, update

from peerapp import clock
from peerapp.actions import emails, import_columns as columns
from peerapp.actions.import_columns import Ids, Update
from peerapp.db import db
from peerapp.models import Import, ImportChange, OneTimeLink, Person, SignIn, Unit
from peerapp.progress import Report
from peerapp.rules.roster_columns import Field
from peerapp.rules.roster_order import managers_first
from peerapp.rules.roster_plan import Plan

T = TypeVar("T")
AT_ONCE = 500
PEOPLE = db.metadata.tables["person"]
CHANGES = db.metadata.tables["people_import_change"]
UNITS = db.metadata.tables["unit"]


def write(found: Import, plan: Plan, report: Report) -> list[UUID]:
    """Do what the plan says and record it; the units that were made come back. Older records go: one undo."""
    now = clock.now()
    db.session.execute(delete(ImportChange))
    units, made = _units(plan)
    ids = Ids(units, dict(plan.people) | {row.email: uuid4() for row in plan.new})
    _add(found.id, plan, ids, report)
    left = {row.id: row.left_at for row in db.session.execute(_leavers())}
    changes = columns.updates(plan, ids, left, now)
    _change(found.id, changes, report)
    end_access_of_leavers()
    _end_links([each.person_id for each in changes if "email" in each.after])
    _ask_about_emails(plan)
    return made


def size(plan: Plan) -> int:
    """How many people the plan touches."""
    known = {change.person.id for change in (*plan.changed, *plan.returning)}
    known |= {proposal.person.id for proposal in plan.email_changes}
    return len(plan.new) + len(known) + len(plan.leaving)


def _units(plan: Plan) -> tuple[Mapping[str, UUID], list[UUID]]:
    """Every unit by its name, and the ids of those that the file brought."""
    there = {row.name: row.id for row in db.session.execute(select(Unit.name, Unit.id))}
    named = {str(row.values.get(Field.UNIT) or "") for row in plan.new}
    named |= {str(c.row.values.get(Field.UNIT) or "") for c in (*plan.changed, *plan.returning)}
    made = {name: uuid4() for name in sorted(named - set(there) - {""})}
    if made:
        db.session.execute(insert(UNITS), [{"id": id_, "name": name} for name, id_ in made.items()])
    return there | made, list(made.values())


def _add(import_id: UUID, plan: Plan, ids: Ids, report: Report) -> None:
    settings = current_app.config["PEERAPP"]
    usual = {"language": settings.language, "time_zone": settings.time_zone, "site": "", "unit_id": None}
    usual |= {"manager_id": None, "started_on": None}
    for rows in portions(managers_first(plan.new)):
        people = [columns.with_sort_name(usual | columns.of_row(r, ids) | {"id": ids.people[r.email]}) for r in rows]
        db.session.execute(insert(PEOPLE), people)
        _record(import_id, [(person["id"], None, {}) for person in people])
        report(len(rows))


def _change(import_id: UUID, changes: Sequence[Update], report: Report) -> None:
    for some in portions(changes):
        for shape, alike in columns.shared_shape(some).items():
            change_people(shape, [(each.person_id, each.after) for each in alike])
        _record(import_id, [(c.person_id, columns.record(c.before), columns.record(c.after)) for c in some])
        report(len(some))


def change_people(shape: Sequence[str], changes: Sequence[tuple[UUID, columns.Columns]]) -> None:
    """Write the columns of `shape` for many people in one statement."""
    complete = [columns.with_sort_name(values) | {"of_person": person_id} for person_id, values in changes]
    names = set(shape) | ({"sort_name"} if "name" in shape else set())
    question = update(PEOPLE).where(PEOPLE.c.id == bindparam("of_person"))
    db.session.execute(question.values({name: bindparam(name) for name in names}), complete)


def _record(import_id: UUID, rows: Sequence[tuple[UUID, dict[str, Any] | None, dict[str, Any]]]) -> None:
    db.session.execute(
        insert(CHANGES),
        [
            {"id": uuid4(), "import_id": import_id, "person_id": person_id, "before": before, "after": after}
            for person_id, before, after in rows
        ],
    )


def _leavers() -> Any:
    return select(Person.id, Person.left_at).where(Person.left_at.is_not(None))


def end_access_of_leavers() -> None:
    """Who has left is signed in nowhere, and no link of theirs opens anything."""
    gone = select(Person.id).where(Person.left_at.is_not(None))
    for table in (SignIn, OneTimeLink):
        db.session.execute(delete(table).where(table.person_id.in_(gone)).execution_options(synchronize_session=False))


def _end_links(people: Sequence[UUID]) -> None:
    """A link that went to the old address opens nothing for whoever reads mail there."""
    for some in portions(people):
        gone = delete(OneTimeLink).where(OneTimeLink.person_id.in_(some))
        db.session.execute(gone.execution_options(synchronize_session=False))


def _ask_about_emails(plan: Plan) -> None:
    for some in portions(plan.email_changes):
        proposed = {each.person.id: each.row.email for each in some}
        for person in db.session.scalars(select(Person).where(Person.id.in_(proposed))):
            emails.propose(person, proposed[person.id])
        db.session.flush()


def portions(things: Sequence[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The things in lists that fit into one statement."""
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
