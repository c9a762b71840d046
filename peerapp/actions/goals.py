"""A goal is made, reworded, put away or brought back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peerapp import clock
from peerapp.actions import placing
from peerapp.actions.changes import State, record
from peerapp.db import db
from peerapp.models import Goal, GoalArea, GoalEvent, Pair, Person, Step
from peerapp.models.goals import GoalChange
from peerapp.queries import board, goals
from peerapp.rules import ordering
from peerapp.rules.areas import Area
from peerapp.rules.board import KEEPS_ITS_OWNER, room_for_goals
from peerapp.rules.conflict import Merge, merge
from peerapp.rules.goal_fields import TEXTS, as_it_was, differing
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column


@dataclass(frozen=True, slots=True)
class Draft:
    """A goal that is not made yet: its fields, where it goes, and its steps."""

    fields: dict[str, Any]
    column: Column
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened to the goal since it was looked at, the latest first."""

    events: Sequence[GoalEvent]


def make(pair: Pair, actor: Person, drafts: Iterable[Draft]) -> list[GoalEvent] | Refusal:
    """Put new goals at the end of their columns, as one change."""
    drafts = list(drafts)
    if refusal := room_for_goals(board.count_on(pair.id), len(drafts)):
        return refusal
    at = clock.now()
    return [_make(pair, actor, draft, at) for draft in drafts]


def _make(pair: Pair, actor: Person, draft: Draft, at: datetime) -> GoalEvent:
    said = {name: draft.fields[name] for name in TEXTS}
    areas = [GoalArea(area=Area(value)) for value in draft.fields["areas"]]
    goal = Goal(
        pair=pair, made_at=at, made_by_id=actor.id, column=draft.column, position="", areas=areas, version=0, **said
    )
    goal.put({"owner": draft.fields["owner"], "due_on": draft.fields["due_on"]})
    last = next((card for card, _ in reversed(board.order_in(pair.id, draft.column))), None)
    db.session.add(goal)
    db.session.flush()
    placing.land(goal, draft.column, last, at)
    for key, words in zip(ordering.spread(len(draft.steps)), draft.steps, strict=True):
        db.session.add(Step(goal_id=goal.id, position=key, words=words))
    return record(
        goal, actor, GoalChange.MADE, {"archived": True}, goal.fields() | {"column": goal.column.value}, at=at
    )


def edit(goal: Goal, actor: Person, wanted: State, seen: int) -> GoalEvent | Merge[Any] | Refusal | None:
    """Say other things about the goal. None when that changes nothing; a Merge when both changed the same field."""
    now = goal.fields()
    base = as_it_was(now, (event.before for event in goals.changes_since(goal, seen)))
    merged = merge(base, wanted, now)
    if merged.clashes:
        return merged
    before, after = differing(now, merged.fields)
    if not after:
        return None
    if "owner" in after:
        if goal.column is Column.DONE:
            return Refusal(KEEPS_ITS_OWNER)
        before, after = before | {"confirmed": goal.confirmed}, after | {"confirmed": []}
        goal.confirm((), clock.now())
    goal.put(after)
    return record(goal, actor, GoalChange.EDITED, before, after, at=clock.now())


def archive(goal: Goal, actor: Person, seen: int) -> GoalEvent | Meanwhile | None:
    """Take the goal off the board; everything about it is kept."""
    if goal.archived_at is not None:
        return None
    if since := goals.changes_since(goal, seen):
        return Meanwhile(since)
    goal.archived_at = clock.now()
    return record(goal, actor, GoalChange.ARCHIVED, {"archived": False}, {"archived": True}, at=goal.archived_at)


def restore(goal: Goal, actor: Person) -> GoalEvent | Refusal | None:
    """Bring the goal back to where it stood."""
    if goal.archived_at is None:
        return None
    if refusal := room_for_goals(board.count_on(goal.pair_id)):
        return refusal
    goal.archived_at = None
    return record(goal, actor, GoalChange.RESTORED, {"archived": True}, {"archived": False}, at=clock.now())
