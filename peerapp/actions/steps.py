"""The steps of a goal: added, ticked, reworded, moved up and down, removed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from peerapp import clock
from peerapp.actions.changes import State, record
from peerapp.db import db
from peerapp.models import Goal, GoalEvent, Person, Step
from peerapp.models.goals import GoalChange
from peerapp.queries import goals
from peerapp.rules import ordering
from peerapp.rules.board import By, key_at, neighbour, room_for_steps
from peerapp.rules.conflict import Merge, merge
from peerapp.rules.goal_fields import as_it_was
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

GONE = N_("This step was removed in the meantime.")


def add(goal: Goal, actor: Person, words: str) -> GoalEvent | Refusal:
    """A step at the end."""
    order = goals.step_order(goal)
    if refusal := room_for_steps(len(order)):
        return refusal
    step = Step(goal_id=goal.id, words=words, position=ordering.between(order[-1][1] if order else None, None))
    db.session.add(step)
    db.session.flush()
    return _record(goal, actor, step, {"removed": True}, {"removed": False})


def tick(goal: Goal, actor: Person, step: Step, *, done: bool) -> GoalEvent | Refusal | None:
    """Done, or not yet after all. Saying it twice changes nothing."""
    if step.removed_at:
        return Refusal(GONE)
    if done == (step.done_at is not None):
        return None
    return _change(goal, actor, step, {"done": not done}, {"done": done})


def reword(goal: Goal, actor: Person, step: Step, words: str, seen: int) -> GoalEvent | Merge[Any] | Refusal | None:
    """Other words. A Merge when the other of the two reworded it since this version of the goal."""
    if step.removed_at:
        return Refusal(GONE)
    key = f"{step.id}.words"
    befores = (event.before for event in goals.changes_since(goal, seen))
    base = as_it_was({key: step.words}, befores)[key]
    merged = merge({"words": base}, {"words": words}, {"words": step.words})
    if merged.clashes:
        return merged
    if merged.fields["words"] == step.words:
        return None
    return _change(goal, actor, step, {"words": step.words}, {"words": words})


def move(goal: Goal, actor: Person, step: Step, by: By) -> GoalEvent | Refusal | None:
    """Up or down among the steps that stand."""
    if step.removed_at:
        return Refusal(GONE)
    before = _above(goal, step)
    order = [each for each, _ in goals.step_order(goal)]
    after = neighbour(order, step.id, by)
    if after == before:
        return None
    return _change(goal, actor, step, {"after": str(before or "")}, {"after": str(after or "")})


def remove(goal: Goal, actor: Person, step: Step) -> GoalEvent | None:
    """Off the list; undo brings it back."""
    if step.removed_at:
        return None
    return _change(goal, actor, step, {"removed": False}, {"removed": True})


def put_back(goal: Goal, actor: Person, step: Step) -> GoalEvent | Refusal | None:
    """On the list again, where it stood."""
    if not step.removed_at:
        return None
    if refusal := room_for_steps(len(goals.step_order(goal))):
        return refusal
    return _change(goal, actor, step, {"removed": True}, {"removed": False})


def put(goal: Goal, step: Step, state: State, actor: Person, at: datetime) -> None:
    """Let the step be as this says."""
    if "words" in state:
        step.words = state["words"]
    if "done" in state:
        step.done_at, step.done_by_id = (at, actor.id) if state["done"] else (None, None)
    if "removed" in state:
        step.removed_at = at if state["removed"] else None
    if "after" in state:
        _land(goal, step, UUID(state["after"]) if state["after"] else None)


def _change(goal: Goal, actor: Person, step: Step, before: State, after: State) -> GoalEvent:
    put(goal, step, after, actor, clock.now())
    return _record(goal, actor, step, before, after)


def _record(goal: Goal, actor: Person, step: Step, before: State, after: State) -> GoalEvent:
    """Its words are noted with every change, so that the history can name it."""
    old, new = {"words": step.words} | before, {"words": step.words} | after
    return record(goal, actor, GoalChange.STEP, _named(step, old), _named(step, new), at=clock.now())


def _named(step: Step, state: State) -> State:
    return {f"{step.id}.{name}": value for name, value in state.items()}


def _above(goal: Goal, step: Step) -> UUID | None:
    order = [each for each, _ in goals.step_order(goal)]
    here = order.index(step.id)
    return order[here - 1] if here else None


def _land(goal: Goal, step: Step, after: UUID | None) -> None:
    others = [each for each in goals.step_order(goal) if each[0] != step.id]
    index = next((place + 1 for place, (each, _) in enumerate(others) if each == after), 0)
    key = key_at([each for _, each in others], index)
    if key is None:
        fresh = ordering.spread(len(others) + 1)
        key = fresh.pop(index)
        pairs = zip(others, fresh, strict=True)
        db.session.execute(update(Step), [{"id": each, "position": new} for (each, _), new in pairs])
    step.position = key
    db.session.flush()
