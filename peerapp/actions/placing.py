"""Where does a goal come to stand? Always relative to its neighbours, as they are now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from peerapp.db import db
from peerapp.models import Goal, GoalEvent
from peerapp.queries import board
from peerapp.rules import ordering
from peerapp.rules.board import key_at
from peerapp.rules.states import Column

FAR_ENOUGH = 20  # steps back through the places a neighbour has left


def above(goal: Goal) -> UUID | None:
    """The neighbour under which the goal stands; None at the top."""
    others = [each for each in board.order_in(goal.pair_id, goal.column) if each[0] != goal.id]
    return next((card for card, key in reversed(others) if (key, card) < (goal.position, goal.id)), None)


def nearest(goal: Goal, column: Column, after: UUID | None) -> UUID | None:
    """The wanted neighbour; where it has left the column, whoever it left its place to; else the top."""
    order = [each for each in board.order_in(goal.pair_id, column) if each[0] != goal.id]
    there = {card for card, _ in order}
    for _ in range(FAR_ENOUGH):
        if after is None or after in there:
            return after
        if after == goal.id:
            return above(goal) if goal.column == column else None
        gone = db.session.execute(
            select(Goal.column, Goal.position).where(Goal.id == after, Goal.pair_id == goal.pair_id),
        ).first()
        if gone is None:
            return None
        if gone.column == column:  # put away, but its place is known
            return next((card for card, key in reversed(order) if key <= gone.position), None)
        after = _left_to(goal.pair_id, after, column)
    return None


def land(goal: Goal, column: Column, after: UUID | None, at: datetime) -> None:
    """Put the goal into the column, under this neighbour, which stands there (None: on top)."""
    others = [each for each in board.order_in(goal.pair_id, column) if each[0] != goal.id]
    index = next((place + 1 for place, (card, _) in enumerate(others) if card == after), 0)
    key = key_at([each for _, each in others], index)
    if key is None:
        fresh = ordering.spread(len(others) + 1)
        key = fresh.pop(index)
        pairs = zip(others, fresh, strict=True)
        db.session.execute(update(Goal), [{"id": card, "position": new} for (card, _), new in pairs])
    goal.position = key
    goal.done_at = None if column is not Column.DONE else goal.done_at or at
    goal.column = column
    db.session.flush()


def _left_to(pair_id: UUID, card: UUID, column: Column) -> UUID | None:
    """Under whom the card stood when it was last in this column."""
    moves = db.session.scalars(
        select(GoalEvent.before)
        .where(GoalEvent.pair_id == pair_id, GoalEvent.goal_id == card)
        .order_by(GoalEvent.version.desc())
        .limit(FAR_ENOUGH),
    )
    neighbours = (before["after"] for before in moves if before.get("column") == column.value)
    found = next(neighbours, "")
    return UUID(found) if found else None
