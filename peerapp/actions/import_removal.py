"""Whom did an undone import add that nobody ever was? They are deleted, for a wrong file is full of strangers.

Deleting a person makes the database look for rows that name them, table by table, so it is done for a moment at a
time; the next tick goes on. Until then they are people who have left.
"""

import time
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Column, ColumnElement, delete, or_, select, update

from peerapp.actions.import_writing import portions
from peerapp.db import db
from peerapp.models import Import, ImportChange, Notice, OneTimeLink, Person, RoleGrant, SignIn
from peerapp.rules.roster_undo import removable
from peerapp.rules.states import ImportState

FOR_SECONDS = 2.0
AT_ONCE = 50
PEOPLE = db.metadata.tables["person"]
THEIR_OWN = {table.__tablename__ for table in (SignIn, OneTimeLink, Notice)}  # go with the person


def remove_added(import_id: UUID) -> int:
    """Delete those who can go; who cannot stays a person who has left. How many are still to be deleted."""
    added = select(ImportChange.person_id).where(ImportChange.import_id == import_id, ImportChange.before.is_(None))
    people = db.session.execute(
        select(Person.id, Person.manager_id, _used().label("used")).where(Person.id.in_(added)).with_for_update()
    ).all()
    ids = {row.id for row in people}
    needed = {row.id for row in people if row.used} | {
        named
        for column in _columns_that_name()
        for named in db.session.scalars(select(column).where(column.in_(added)))
    }
    below = db.session.execute(select(Person.id, Person.manager_id).where(Person.manager_id.in_(added)))
    needed |= {row.manager_id for row in below if row.id not in ids}
    gone = removable({row.id: row.manager_id for row in people}, needed)
    _forget(ids - gone)
    return len(gone) - _delete(sorted(gone))


def go_on() -> None:
    """Delete for another moment what undone imports left behind; for the tick."""
    left = select(ImportChange.import_id).join(Import, Import.id == ImportChange.import_id)
    for import_id in db.session.scalars(left.where(Import.state == ImportState.UNDONE).distinct()).all():
        remove_added(import_id)


def _used() -> ColumnElement[bool]:
    """Somebody who signed in, set a password or holds a role."""
    roles = select(RoleGrant.person_id).where(RoleGrant.person_id == Person.id).exists()
    return or_(Person.first_signed_in_at.is_not(None), Person.password_hash.is_not(None), roles)


def _columns_that_name() -> Iterator[Column[UUID]]:
    """Every column of every table that refers to a person, but for what goes with them."""
    for table in db.metadata.sorted_tables:
        if table.name in THEIR_OWN | {PEOPLE.name, ImportChange.__tablename__}:
            continue
        for key in table.foreign_keys:
            if key.column is PEOPLE.c.id:
                yield key.parent


def _delete(people: list[UUID]) -> int:
    """Delete as many as fit into a moment; how many did."""
    done, until = 0, time.monotonic() + FOR_SECONDS
    for some in portions(people, AT_ONCE):
        if time.monotonic() > until:
            break
        _forget(set(some))
        db.session.execute(update(PEOPLE).where(PEOPLE.c.manager_id.in_(some)).values(manager_id=None))
        db.session.execute(delete(PEOPLE).where(PEOPLE.c.id.in_(some)))
        done += len(some)
    return done


def _forget(people: set[UUID]) -> None:
    """The record of the import has nothing more to say about them."""
    for some in portions(sorted(people)):
        told = delete(ImportChange).where(ImportChange.person_id.in_(some))
        db.session.execute(told.execution_options(synchronize_session=False))
