"""How does a row of the demo company come into the database, and whose is it?"""

from typing import TypeVar

from peerapp.db import Base, db
from peerapp.demo.telling import BOTH, ME
from peerapp.models import Person

Row = TypeVar("Row", bound=Base)


def add(row: Row) -> Row:
    """Add a row so that the next one may refer to it."""
    db.session.add(row)
    db.session.flush()
    return row


def owner(who: str, one: Person, other: Person) -> Person | None:
    """One of the two, or None for both."""
    return None if who == BOTH else one if who == ME else other
