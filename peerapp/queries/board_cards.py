"""Which cards stand on the board of a pair, for one of the two? One statement, however many there are.

The uppermost of every column come as cards; what lies below is only counted.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
)

from peerapp.db import rows
from peerapp.models import Comment, Goal, GoalArea, GoalConfirmation, Person, Step
from peerapp.queries.board import Head, today_of
from peerapp.queries.sent_often import joined
from peerapp.rules.areas import Area
from peerapp.rules.due import Due, due
from peerapp.rules.states import Column
from peerapp.rules.windows import Windows


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


@dataclass(frozen=True, slots=True)
class Total:
    """Of one column, with the cards that are not shown: how many there are, and how many are mine or the other's to do."""

    cards: int = 0
    mine: int = 0
    theirs: int = 0


CardRows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The cards that are shown, as the database has them, and what counts whether it is shown or not.

    `counts` are column, cards, and how many are mine alone and the other's alone to do.
    """

    cards: CardRows
    counts: tuple[tuple[Any, ...], ...]
    areas: str

    def total(self, column: Column) -> Total:
        counts = {name: Total(cards, cards - theirs, cards - mine) for name, cards, mine, theirs in self.counts}
        return counts.get(column.value, Total())


_STANDS = (Step.goal_id == Goal.id, Step.removed_at.is_(None))
_SAID = exists().where(GoalConfirmation.goal_id == Goal.id).correlate(Goal)
_BY_ME = GoalConfirmation.person_id == bindparam("me")
_STEPS = literal_column("1000", Integer)  # two numbers in one, read in one go: no goal has so many steps


def _of_goal(counted: Any, *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(counted).where(*where).correlate(Goal).scalar_subquery()


_ON_BOARD = (Goal.pair_id == bindparam("pair"), Goal.archived_at.is_(None))
_PLACES = (
    select(
        Goal.id,
        func.row_number().over(partition_by=Goal.column, order_by=(Goal.position, Goal.id)).label("place"),
        func.count().over(partition_by=Goal.column).label("all"),
        func.sum(case((Goal.owner_id == bindparam("me"), 1), else_=0)).over(partition_by=Goal.column).label("mine"),
        func.sum(case((Goal.owner_id != bindparam("me"), 1), else_=0)).over(partition_by=Goal.column).label("others"),
    )
    .where(*_ON_BOARD)
    .subquery()
)
_TOUCHED = select(GoalArea.area).join(Goal, Goal.id == GoalArea.goal_id).where(*_ON_BOARD).distinct().subquery()
_WINDOW = case(
    {column.value: bindparam(f"most_{column.value}") for column in Column}, value=type_coerce(Goal.column, String)
)
_CARDS = (  # ids as they are stored: a card that is known already needs none of them made
    select(
        type_coerce(Goal.id, String),
        Goal.title,
        type_coerce(Goal.column, String).label("column"),
        type_coerce(Goal.owner_id, String),
        Goal.due_on,
        Goal.done_at,
        Goal.version,
        _of_goal(joined(GoalArea.area), GoalArea.goal_id == Goal.id),
        _of_goal(func.count() * _STEPS + func.count(Step.done_at), *_STANDS),
        _of_goal(func.count(), Comment.goal_id == Goal.id, Comment.retracted_at.is_(None)),
        (Goal.owner_id.is_(None) & _SAID.where(_BY_ME)),
        (Goal.owner_id.is_(None) & _SAID.where(~_BY_ME)),
        _PLACES.c.all,
        _PLACES.c.mine,
        _PLACES.c.others,
        select(joined(type_coerce(_TOUCHED.c.area, String))).scalar_subquery().label("touched"),
    )
    .join(_PLACES, _PLACES.c.id == Goal.id)
    .where((_PLACES.c.place <= _WINDOW) | (Goal.id == bindparam("named")))
    .order_by(Goal.column, Goal.position, Goal.id)
)
_COLUMN = 2
_OF_A_CARD = 12  # so many of these values tell of a card; then come the counts of its column and the areas of the board


def found_for(head: Head, person: Person, windows: Windows, named: UUID | None) -> Found:
    """The cards in order, column by column, from the top: the same rows, the same board."""
    most = {f"most_{column.value}": each for column, each in zip(Column, windows, strict=True)}
    there = rows(_CARDS, pair=head.id, me=person.id, named=named, **most).all()
    first = {row[_COLUMN]: row for row in reversed(there)}
    counts = tuple((name, *row[_OF_A_CARD:-1]) for name, row in first.items())
    return Found(tuple(row[:_OF_A_CARD] for row in there), counts, (there[0][-1] if there else None) or "")


def cards_in(card_rows: CardRows, person: Person) -> tuple[Card, ...]:
    """The same as this person sees them today."""
    zone, today = ZoneInfo(person.time_zone), today_of(person)
    return tuple(_card(row, person.id, zone, today) for row in card_rows)


@lru_cache(maxsize=2_048)  # a kilobyte each, for as long as the process lives
def _card(row: tuple[Any, ...], me: UUID, zone: ZoneInfo, today: date) -> Card:
    """The same row is the same card; most of a board is, from one look to the next."""
    goal, title, column, owner, due_on, done_at, version, areas, both_steps, comments, by_me, by_other = row
    touched = (areas or "").split(",")
    steps, steps_done = divmod(both_steps, 1000)
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
