"""Whose board is it, and what stands where? Its cards are read in queries/board_cards.py.

Rows, not objects, and statements built once: a board is the page that is opened most, and building a statement costs
ten times as much as sending it. What is acted on is loaded in queries/goals.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort
from sqlalchemy import bindparam, func, select

from peerapp import clock
from peerapp.db import db, rows
from peerapp.models import Goal, Pair, Person
from peerapp.queries.pairs import mine_of
from peerapp.rules import names
from peerapp.rules.states import Column, PairState


@dataclass(frozen=True, slots=True)
class Peer:
    """The other of the two, as far as a board shows them."""

    id: UUID
    name: str

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def initials(self) -> str:
        return names.initials(self.name)


@dataclass(frozen=True, slots=True)
class Head:
    """The pair as its board shows it. `version` counts every change of board and journal."""

    id: UUID
    version: int
    state: PairState
    overall_goal: str
    partner: Peer

    @property
    def is_open(self) -> bool:
        return self.state in {PairState.ACTIVE, PairState.PAUSED}


_ORDER = (
    select(Goal.id, Goal.position)
    .where(Goal.pair_id == bindparam("pair"), Goal.archived_at.is_(None), Goal.column == bindparam("column"))
    .order_by(Goal.position, Goal.id)
)


def head_of(person: Person, pair_id: UUID) -> Head:
    """The pair's board, without its cards; 404 unless the person is one of the two."""
    pair = next((pair for pair in mine_of(person) if pair.id == pair_id), None) or abort(404)
    return Head(pair.id, pair.version, pair.state, pair.overall_goal, Peer(pair.partner_id, pair.partner_name))


def head_in(pair: Pair, person: Person) -> Head:
    """The same of a pair that was loaded through this person."""
    partner = pair.partner_of(person)
    return Head(pair.id, pair.version, pair.state, pair.overall_goal, Peer(partner.id, partner.name))


def today_of(person: Person) -> date:
    """Which day it is where the person is."""
    return clock.now().astimezone(ZoneInfo(person.time_zone)).date()


def day_of(moment: datetime | None, person: Person) -> date | None:
    """Which day it was where the person is."""
    return moment and moment.astimezone(ZoneInfo(person.time_zone)).date()


def order_in(pair_id: UUID, column: Column) -> list[tuple[UUID, str]]:
    """Ids and position keys of a column, from top to bottom."""
    return [(row.id, row.position) for row in rows(_ORDER, pair=pair_id, column=column)]


def count_on(pair_id: UUID) -> int:
    """How many goals are on the board, the archived ones left out."""
    found = select(func.count()).select_from(Goal).where(Goal.pair_id == pair_id, Goal.archived_at.is_(None))
    return db.session.scalar(found) or 0


def doing_of(pair_id: UUID, person_id: UUID) -> int:
    """How many goals somebody has under way, those of both included."""
    found = (
        select(func.count())
        .select_from(Goal)
        .where(Goal.pair_id == pair_id, Goal.archived_at.is_(None), Goal.column == Column.DOING)
        .where((Goal.owner_id == person_id) | Goal.owner_id.is_(None))
    )
    return db.session.scalar(found) or 0
