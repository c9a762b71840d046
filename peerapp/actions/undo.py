"""Take back one's own last change, unless something newer has touched what it changed."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from peerapp import clock
from peerapp.actions import overall, placing, steps
from peerapp.actions.changes import State, record
from peerapp.db import db
from peerapp.models import Goal, GoalEvent, Pair, Person
from peerapp.models.goals import GoalChange
from peerapp.queries import goals
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from peerapp.rules.words import N_

NOTHING = N_("There is no change of yours to take back.")
ALREADY = N_("This change has already been taken back.")
NEWER = N_("It was changed again since. Taking yours back would lose that, so it stays; the history can bring it back.")


def undo(pair: Pair, actor: Person, event: GoalEvent | None) -> list[GoalEvent] | Refusal:
    """Take back this change, which is the actor's own; several goals made at once go together."""
    if event is None:
        return Refusal(NOTHING)
    if event.undone_at is not None:
        return Refusal(ALREADY)
    together = _together(event)
    if any(_is_newer_than(each) for each in together):
        return Refusal(NEWER)
    at = clock.now()
    return [_take_back(each, pair, actor, at) for each in reversed(together)]


def _together(event: GoalEvent) -> list[GoalEvent]:
    if event.kind is not GoalChange.MADE:
        return [event]
    return list(
        db.session.scalars(
            select(GoalEvent).where(
                GoalEvent.pair_id == event.pair_id,
                GoalEvent.actor_id == event.actor_id,
                GoalEvent.at == event.at,
                GoalEvent.kind == GoalChange.MADE,
            ),
        ),
    )


def _is_newer_than(event: GoalEvent) -> bool:
    """Whether a change that stands came after this one."""
    newer = select(GoalEvent.id).where(
        GoalEvent.pair_id == event.pair_id,
        GoalEvent.goal_id == event.goal_id if event.goal_id else GoalEvent.goal_id.is_(None),
        GoalEvent.version > event.version,
        GoalEvent.undone_at.is_(None),
        GoalEvent.kind != GoalChange.UNDONE,
    )
    return db.session.scalars(newer.limit(1)).first() is not None


def _take_back(event: GoalEvent, pair: Pair, actor: Person, at: datetime) -> GoalEvent:
    event.undone_at = at
    if event.goal_id is None:
        return overall.put(pair, actor, GoalChange.UNDONE, event.before[overall.FIELD], at)
    goal = goals.goal_in(pair, event.goal_id)
    _put_back(goal, event.before, actor, at)
    return record(goal, actor, GoalChange.UNDONE, event.after, event.before, at=at)


def _put_back(goal: Goal, state: State, actor: Person, at: datetime) -> None:
    """Let everything that this names be as it says."""
    goal.put(state)
    if "archived" in state:
        goal.archived_at = at if state["archived"] else None
    if "confirmed" in state:
        goal.confirm(state["confirmed"], at)
    if "column" in state:
        column = Column(state["column"])
        after = UUID(state["after"]) if state["after"] else None
        placing.land(goal, column, placing.nearest(goal, column, after), at)
        goal.done_at = datetime.fromisoformat(state["done_at"]) if state["done_at"] else None
    of_steps: dict[str, State] = defaultdict(dict)
    for name, value in state.items():
        step_id, dot, part = name.partition(".")
        if dot:
            of_steps[step_id][part] = value
    for step_id, parts in of_steps.items():
        steps.put(goal, goals.step_of(goal, UUID(step_id)), parts, actor, at)
