"""People files for tests: the cast as a file, and bringing one in from start to end."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from peerapp.actions import imports
from peerapp.db import db
from peerapp.models import Import, Person
from peerapp.queries.imports import Preview, preview_of
from peerapp.rules.refusal import Refusal

HEADER = "name,e-mail,unit,manager,personnel number"


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def the_company(*more: str, without: Iterable[str] = ()) -> bytes:
    """Everybody active on file, but for these first names in lower case, and more lines."""
    everybody = select(Person).options(joinedload(Person.unit), joinedload(Person.manager)).order_by(Person.sort_name)
    lines = [
        f"{person.name},{person.email},{person.unit.name if person.unit else ''},"
        f"{person.manager.email if person.manager else ''},"
        for person in db.session.scalars(everybody.where(Person.left_at.is_(None)))
        if person.first_name.lower() not in without
    ]
    return file_of(*lines, *more)


def kept(content: bytes) -> tuple[Import, Preview]:
    """The file, uploaded and looked at."""
    found = imports.keep(content, "people.csv", None)
    assert isinstance(found, Import), found
    shown = preview_of(content)
    assert not isinstance(shown, Refusal)
    db.session.commit()
    return found, shown


def bring_in(content: bytes, by: Person | None = None) -> Import:
    """The file, uploaded, looked at, confirmed and written."""
    found, shown = kept(content)
    assert imports.claim(found, by)
    db.session.commit()
    imports.carry_out(found.id, shown)
    db.session.expire_all()
    return db.session.get_one(Import, found.id)


def person(email: str) -> Person:
    """Somebody as they are in the database now."""
    db.session.expire_all()
    return db.session.scalars(select(Person).where(Person.email == email)).one()
