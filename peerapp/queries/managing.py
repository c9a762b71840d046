"""What does somebody who manages people read about her unit and about the programme? Releases she is a reader of.

Never a round that somebody asks about themselves, unless that person shows it to her just now. Three statements.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import and_, bindparam, exists, func, or_, select

from peerapp.db import rows
from peerapp.models import Person, Round, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.queries import results
from peerapp.queries.results import Result
from peerapp.queries.rounds import may_read, me
from peerapp.rules.question_bank import Purpose
from peerapp.rules.release_rules import AUDIENCE_MIN
from peerapp.rules.states import RoundState

LINES = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A round that has ended, in a list."""

    id: UUID
    title: str
    owner_name: str
    purpose: Purpose
    state: RoundState
    ended_at: datetime

    @property
    def is_released(self) -> bool:
        return self.state is RoundState.RELEASED


@dataclass(frozen=True, slots=True)
class Unit:
    """`is_small`: fewer people than a round asks at least. `newest` has the latest results in full, by their ids."""

    name: str
    is_small: bool
    of_unit: tuple[Line, ...]
    of_programme: tuple[Line, ...]
    shown: tuple[Line, ...]
    newest: dict[UUID, Result]


_other = Person.__table__.alias("other")
_REPORTS = exists().where(_other.c.manager_id == me, _other.c.left_at.is_(None))
_ENOUGH = (
    select(_other.c.id)
    .where(_other.c.unit_id == bindparam("unit"), _other.c.left_at.is_(None), _other.c.id != me)
    .limit(AUDIENCE_MIN)
    .subquery()
)
_TEAM = select(_REPORTS, select(func.count()).select_from(_ENOUGH).scalar_subquery())
_IS_SHOWN = exists().where(
    RoundReader.round_id == Round.id,
    RoundReader.person_id == me,
    RoundReader.role == ReaderRole.MAY_BE_SHOWN,
    RoundReader.shown_at.is_not(None),
)
_LINES = (
    select(Round.id, Round.title, Round.owner_name, Round.purpose, Round.state, Round.ended_at)
    .where(
        Round.state.in_([RoundState.RELEASED, RoundState.WITHHELD]),
        or_(and_(Round.purpose != Purpose.MYSELF, may_read), _IS_SHOWN),
    )
    .order_by(Round.ended_at.desc(), Round.id)
    .limit(LINES)
)


def manages(person: Person) -> bool:
    """Whether anybody who works here has this person as manager."""
    return bool(rows(_TEAM, me=person.id, unit=person.unit_id).one()[0])


def unit_of(person: Person) -> Unit:
    """The manager's page; 404 for whoever manages nobody."""
    has_reports, people = rows(_TEAM, me=person.id, unit=person.unit_id).one()
    if not has_reports:
        abort(404)
    lines = [Line(*row) for row in rows(_LINES, me=person.id)]
    by_purpose = {purpose: tuple(line for line in lines if line.purpose is purpose) for purpose in Purpose}
    of_unit, of_programme = by_purpose[Purpose.UNIT], by_purpose[Purpose.PROGRAMME]
    newest = [line.id for line in (*of_unit[:1], *of_programme[:1]) if line.is_released]
    return Unit(
        name=person.unit.name if person.unit else "",
        is_small=people < AUDIENCE_MIN,
        of_unit=of_unit,
        of_programme=of_programme,
        shown=by_purpose[Purpose.MYSELF],
        newest=results.two_results_of(person, newest),
    )
