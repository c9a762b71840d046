"""A goal moves, or is said to be done. A goal of both moves to Done when both have said so."""

from uuid import UUID

from peerapp import clock
from peerapp.actions import placing
from peerapp.actions.changes import State, record
from peerapp.actions.goals import Meanwhile
from peerapp.actions.notices import tell
from peerapp.models import Goal, GoalEvent, Person
from peerapp.models.goals import GoalChange
from peerapp.queries import goals
from peerapp.rules.board import is_agreed
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from peerapp.rules.words import N_

ARCHIVED = N_("This goal is in the archive. Restore it first, then move it.")


def move(
    goal: Goal, actor: Person, column: Column, after: UUID | None, seen: int
) -> GoalEvent | Meanwhile | Refusal | None:
    """Move the goal under this neighbour. None when it stands there already.

    An edit in the meantime does not matter; a move in the meantime does.
    """
    if goal.archived_at is not None:
        return _meanwhile(goal, seen) or Refusal(ARCHIVED)
    under = placing.nearest(goal, column, after)
    if (goal.column, placing.above(goal)) == (column, under):
        return None
    if since := _meanwhile(goal, seen):
        return since
    if column is Column.DONE and goal.column is not Column.DONE and goal.owner_id is None:
        return _say_done(goal, actor, under)
    confirmed = [] if goal.column is Column.DONE and column is not Column.DONE else goal.confirmed
    return _shift(goal, actor, column, under, confirmed)


def say_not_yet(goal: Goal, actor: Person) -> GoalEvent | None:
    """Take back that a goal of both is done, as long as the other has not said so as well."""
    me = str(actor.id)
    if me not in goal.confirmed or goal.column is Column.DONE:
        return None
    return _confirm(goal, actor, [who for who in goal.confirmed if who != me])


def _say_done(goal: Goal, actor: Person, under: UUID | None) -> GoalEvent | None:
    confirmed = sorted({*goal.confirmed, str(actor.id)})
    members = {str(member.person_id) for member in goal.pair.members}
    if is_agreed(members, set(confirmed)):
        return _shift(goal, actor, Column.DONE, under, confirmed)
    if confirmed == goal.confirmed:
        return None
    partner = goal.pair.partner_of(actor)
    tell(partner, NoticeKind.GOAL_TO_CONFIRM, f"/pairs/{goal.pair_id}/goals/{goal.id}", name=actor.first_name)
    return _confirm(goal, actor, confirmed)


def _confirm(goal: Goal, actor: Person, confirmed: list[str]) -> GoalEvent:
    before, after = {"confirmed": goal.confirmed}, {"confirmed": confirmed}
    goal.confirm(confirmed, clock.now())
    return record(goal, actor, GoalChange.CONFIRMED, before, after, at=clock.now())


def _shift(goal: Goal, actor: Person, column: Column, under: UUID | None, confirmed: list[str]) -> GoalEvent:
    before, at = _place(goal), clock.now()
    placing.land(goal, column, under, at)
    goal.confirm(confirmed, at)
    return record(goal, actor, GoalChange.MOVED, before, _place(goal), at=at)


def _place(goal: Goal) -> State:
    return {
        "column": goal.column.value,
        "after": str(placing.above(goal) or ""),
        "confirmed": goal.confirmed,
        "done_at": goal.done_at.isoformat() if goal.done_at else "",
    }


def _meanwhile(goal: Goal, seen: int) -> Meanwhile | None:
    """The moves that came after this version, if any."""
    moves = [event for event in goals.changes_since(goal, seen) if event.before.keys() & {"column", "archived"}]
    return Meanwhile(moves) if moves else None
