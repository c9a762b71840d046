"""Whom does the coordinator look after?

Names, units and whether an account was ever used; nothing of what people write, do or are like.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from peerapp.db import db
from peerapp.models import Person, Unit

A_PAGE = 50
UNITS_TO_CHOOSE = 200


class Which(StrEnum):
    ACTIVE = "active"
    NEVER = "never"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to. `after` is the last person of the page before."""

    words: str = ""
    unit_id: UUID | None = None
    which: Which = Which.ACTIVE
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    id: UUID
    name: str
    email: str
    unit: str | None
    site: str
    started_on: date | None
    left_at: datetime | None
    first_signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    lines: list[PersonLine]
    more_after: UUID | None


def people(wanted: Wanted) -> PeoplePage:
    """One page of people by name, in one statement."""
    found = db.session.execute(_question(wanted))
    lines = [PersonLine(*row) for row in found]
    more = len(lines) > A_PAGE
    return PeoplePage(lines[:A_PAGE], lines[A_PAGE - 1].id if more else None)


def units_to_choose() -> list[tuple[UUID, str]]:
    """Units for the filter, as many as a menu can take; the page of units has all of them."""
    rows = db.session.execute(select(Unit.id, Unit.name).order_by(Unit.name).limit(UNITS_TO_CHOOSE))
    return [(row.id, row.name) for row in rows]


def person_of(person_id: UUID) -> Person:
    """Somebody with unit, manager and roles; 404 when there is nobody."""
    found = db.session.scalars(
        select(Person)
        .where(Person.id == person_id)
        .options(joinedload(Person.unit), joinedload(Person.manager), selectinload(Person.grants)),
    ).one_or_none()
    return found or abort(404)


def held(person_id: UUID) -> Person:
    """The same, held for a change until the request ends."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    return person_of(person_id)


def _question(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    question = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Unit.name,
            Person.site,
            Person.started_on,
            Person.left_at,
            Person.first_signed_in_at,
        )
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(*_narrowed(wanted))
        .order_by(Person.sort_name, Person.id)
        .limit(A_PAGE + 1)
    )
    if wanted.after:
        last = aliased(Person)
        beyond = tuple_(Person.sort_name, Person.id) > tuple_(last.sort_name, last.id)
        question = question.join(last, last.id == wanted.after).where(beyond)
    return question


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = [
        Person.left_at.is_not(None) if wanted.which is Which.LEFT else Person.left_at.is_(None)
    ]
    if wanted.which is Which.NEVER:
        narrowed.append(Person.first_signed_in_at.is_(None))
    if wanted.unit_id:
        narrowed.append(Person.unit_id == wanted.unit_id)
    for word in wanted.words.casefold().split():
        in_it = Person.sort_name.contains(word, autoescape=True) | Person.email.contains(word, autoescape=True)
        narrowed.append(in_it)
    return narrowed
