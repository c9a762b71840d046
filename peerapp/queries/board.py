"""What stands on the board of a pair, for one of the two? One statement for the pair, one for all cards.

Rows, not objects, and statements built once: a board is the page that is opened most, and building a statement costs
ten times as much as sending it. What is acted on is loaded in queries/goals.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort
from sqlalchemy import ColumnElement, ScalarSelect, String, bindparam, exists, func, select, type_coerce

from peerapp import clock
from peerapp.db import db, rows
from peerapp.models import Comment, Goal, GoalArea, GoalConfirmation, Pair, Person, Step
from peerapp.queries.pairs import mine_of
from peerapp.queries.sent_often import joined
from peerapp.rules import names
from peerapp.rules.areas import Area
from peerapp.rules.due import Due, due
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


@dataclass(frozen=True, slots=True)
class Card:
    """A goal on the board. `owner` is me, you or both; `said_done` is whoever of the two has said so alone."""

    id: UUID
    title: str
    column: Column
    owner: str
    areas: tuple[Area, ...]
    version: int
    steps: int
    steps_done: int
    comments: int
    due: Due
    said_done: str


_STANDS = (Step.goal_id == Goal.id, Step.removed_at.is_(None))
_SAID = exists().where(GoalConfirmation.goal_id == Goal.id).correlate(Goal)
_BY_ME = GoalConfirmation.person_id == bindparam("me")


def _of_goal(counted: Any, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(counted).where(*where).correlate(Goal).scalar_subquery()


_CARDS = (  # ids as they are stored: a card that is known already needs none of them made
    select(
        type_coerce(Goal.id, String),
        Goal.title,
        type_coerce(Goal.column, String),
        type_coerce(Goal.owner_id, String),
        Goal.due_on,
        Goal.done_at,
        Goal.version,
        _of_goal(joined(GoalArea.area), GoalArea.goal_id == Goal.id),
        _of_goal(func.count(), *_STANDS),
        _of_goal(func.count(Step.done_at), *_STANDS),
        _of_goal(func.count(), Comment.goal_id == Goal.id, Comment.retracted_at.is_(None)),
        (Goal.owner_id.is_(None) & _SAID.where(_BY_ME)),
        (Goal.owner_id.is_(None) & _SAID.where(~_BY_ME)),
    )
    .where(Goal.pair_id == bindparam("pair"), Goal.archived_at.is_(None))
    .order_by(Goal.column, Goal.position, Goal.id)
)


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


CardRows = tuple[tuple[Any, ...], ...]


def card_rows_of(head: Head, person: Person) -> CardRows:
    """Every card in order, column by column, from top to bottom, as the database has them: the same rows, the same board."""
    return tuple(map(tuple, rows(_CARDS, pair=head.id, me=person.id).all()))


def cards_in(card_rows: CardRows, person: Person) -> tuple[Card, ...]:
    """The same as this person sees them today."""
    zone, today = ZoneInfo(person.time_zone), today_of(person)
    return tuple(_card(row, person.id, zone, today) for row in card_rows)


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


@lru_cache(maxsize=8_192)
def _card(row: tuple[Any, ...], me: UUID, zone: ZoneInfo, today: date) -> Card:
    """The same row is the same card; most of a board is, from one look to the next."""
    goal, title, column, owner, due_on, done_at, version, areas, steps, steps_done, comments, by_me, by_other = row
    touched = (areas or "").split(",")
    return Card(
        id=UUID(str(goal)),
        title=title,
        column=Column(column),
        owner="both" if owner is None else "me" if UUID(str(owner)) == me else "you",
        areas=tuple(area for area in Area if area.value in touched),
        version=version,
        steps=steps,
        steps_done=steps_done,
        comments=comments,
        due=due(due_on, today, done_at.astimezone(zone).date() if done_at else None),
        said_done="me" if by_me else "you" if by_other else "",
    )
