"""How many people are in the programme, and in which units? Counts only; nothing of what pairs do or write."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Pair, Person, Unit
from peerapp.rules.small_counts import shown
from peerapp.rules.states import PairState

UNITS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Overview:
    """`pairs` is None when they are too few to be counted."""

    active: int
    never_signed_in: int
    left: int
    units: int
    pairs: int | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    id: UUID
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class UnitPage:
    lines: list[UnitLine]
    more_after: UUID | None


def overview() -> Overview:
    here = Person.left_at.is_(None)
    never = here & Person.first_signed_in_at.is_(None)
    pairs = select(func.count()).select_from(Pair).where(Pair.state.in_([PairState.ACTIVE, PairState.PAUSED]))
    row = db.session.execute(
        select(
            func.count().filter(here),
            func.count().filter(never),
            func.count().filter(~here),
            select(func.count()).select_from(Unit).scalar_subquery(),
            pairs.scalar_subquery(),
        ).select_from(Person),
    ).one()
    return Overview(row[0], row[1], row[2], row[3], shown(row[4]))


def units(after: UUID | None) -> UnitPage:
    """Units by name with their active people, a page at a time."""
    question = (
        select(Unit.id, Unit.name, func.count(Person.id))
        .outerjoin(Person, (Person.unit_id == Unit.id) & Person.left_at.is_(None))
        .group_by(Unit.id, Unit.name)
        .order_by(Unit.name)
        .limit(UNITS_A_PAGE + 1)
    )
    if after:
        question = question.where(Unit.name > select(Unit.name).where(Unit.id == after).scalar_subquery())
    lines = [UnitLine(*row) for row in db.session.execute(question)]
    more = len(lines) > UNITS_A_PAGE
    return UnitPage(lines[:UNITS_A_PAGE], lines[UNITS_A_PAGE - 1].id if more else None)
