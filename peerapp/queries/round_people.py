"""Who can be named in a draft: found by name or unit, and who is named in it already?"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from peerapp.db import db
from peerapp.models import Person, Round, RoundReader, Unit
from peerapp.models.rounds import ReaderRole
from peerapp.queries.colleagues import in_sight
from peerapp.rules import names, searching

FOUND_MAX = 30


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to be asked, or to read. `role` is a reader's."""

    id: UUID
    name: str
    unit: str
    role: ReaderRole | None = None

    @property
    def initials(self) -> str:
        return names.initials(self.name)


@dataclass(frozen=True, slots=True)
class UnitToAsk:
    id: UUID
    name: str
    people: int


def _named() -> Select[UUID, str, str]:
    return (
        select(Person.id, Person.name, func.coalesce(Unit.name, ""))
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.left_at.is_(None))
        .order_by(Person.sort_name, Person.id)
    )


def find(viewer: Person, words: str, unit: UUID | None, but: Collection[UUID]) -> list[Named]:
    """Colleagues by name or unit, without those named already; one more than a page holds where there are more."""
    question = _named().where(*in_sight(Person), Person.id.not_in(but))
    for word in searching.wanted(words):
        question = question.where(Person.sort_name.contains(word, autoescape=True))
    if unit:
        question = question.where(Person.unit_id == unit)
    found = db.session.execute(question.limit(FOUND_MAX + 1), {"me": viewer.id})
    return [Named(*row) for row in found]


def nameable(viewer: Person, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of them who work here and whom the viewer finds."""
    question = select(Person.id).where(Person.left_at.is_(None), Person.id.in_(ids), *in_sight(Person))
    return frozenset(db.session.scalars(question, {"me": viewer.id}))


def picked_in(draft: Round) -> list[Named]:
    """Who was picked by hand. The list holds units, too; both are kept while the owner makes up her mind."""
    chosen = [UUID(each) for each in draft.audience]
    return [Named(*row) for row in db.session.execute(_named().where(Person.id.in_(chosen)))]


def readers_in(draft: Round) -> list[Named]:
    """Who reads the result and to whom it may be shown later, by name."""
    question = (
        select(Person.id, Person.name, func.coalesce(Unit.name, ""), RoundReader.role)
        .join(RoundReader, RoundReader.person_id == Person.id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(RoundReader.round_id == draft.id)
        .order_by(Person.sort_name, Person.id)
    )
    return [Named(*row) for row in db.session.execute(question)]


def units() -> list[UnitToAsk]:
    """Every unit in which somebody works."""
    question = (
        select(Unit.id, Unit.name, func.count())
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.left_at.is_(None))
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.name)
    )
    return [UnitToAsk(*row) for row in db.session.execute(question)]


def manages(person: Person) -> bool:
    """Whether somebody who works here reports to this person, who has a unit."""
    reports = exists().where(Person.manager_id == person.id, Person.left_at.is_(None))
    return person.unit_id is not None and bool(db.session.scalar(select(reports)))


def all_managers() -> list[UUID]:
    """Everybody who has somebody to look after."""
    above = select(Person.manager_id).where(Person.left_at.is_(None), Person.manager_id.is_not(None))
    question = select(Person.id).where(Person.left_at.is_(None), Person.id.in_(above)).order_by(Person.id)
    return list(db.session.scalars(question))
