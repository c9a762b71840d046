"""Which goal is meant, and what is there to read about it? Always one of the viewer's own pair; else it does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from peerapp.db import db, rows
from peerapp.models import Comment, Goal, GoalEvent, Pair, Person, Step
from peerapp.models.goals import GoalChange
from peerapp.queries.pairs import open_pair_of, pair_of
from peerapp.rules.goal_fields import FIELD_NAMES

COMMENTS_A_PAGE = 50
CHANGES_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class StepLine:
    id: UUID
    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A retracted one has no words; `can_return` while they are not wiped yet."""

    id: UUID
    author_id: UUID
    body: str
    written_at: datetime
    is_retracted: bool
    can_return: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, by the id of whoever made it."""

    id: UUID
    actor_id: UUID
    kind: GoalChange
    at: datetime
    version: int
    before: dict[str, Any]
    after: dict[str, Any]
    undone_at: datetime | None


def goal_of(person: Person, pair_id: UUID, goal_id: UUID) -> Goal:
    """The goal with its pair, areas and confirmations; 404 for a stranger and for the goal of another pair."""
    return goal_in(pair_of(person, pair_id), goal_id)


def open_goal_of(person: Person, pair_id: UUID, goal_id: UUID) -> Goal:
    """The same, for a change: 403 when the pair may not be written any more."""
    return goal_in(open_pair_of(person, pair_id), goal_id)


_GOAL = (  # like the others below, built once: that costs more than sending it
    select(Goal)
    .where(Goal.id == bindparam("goal"), Goal.pair_id == bindparam("pair"))
    .options(joinedload(Goal.areas), joinedload(Goal.confirmations))
)


def goal_in(pair: Pair, goal_id: UUID) -> Goal:
    """A goal of a pair that was loaded through its reader."""
    goal = db.session.scalars(_GOAL, {"goal": goal_id, "pair": pair.id}).unique().one_or_none()
    if goal is None:
        abort(404)
    set_committed_value(goal, "pair", pair)
    return goal


def step_of(goal: Goal, step_id: UUID) -> Step:
    """A step of this very goal, removed ones too; else 404."""
    step = db.session.scalars(select(Step).where(Step.id == step_id, Step.goal_id == goal.id)).one_or_none()
    if step is None:
        abort(404)
    return step


def comment_of(goal: Goal, comment_id: UUID) -> Comment:
    """A comment under this very goal; else 404."""
    found = select(Comment).where(Comment.id == comment_id, Comment.goal_id == goal.id)
    comment = db.session.scalars(found).one_or_none()
    if comment is None:
        abort(404)
    return comment


def event_of(goal: Goal, event_id: UUID) -> GoalEvent:
    """A change of this very goal; else 404."""
    found = select(GoalEvent).where(GoalEvent.id == event_id, GoalEvent.goal_id == goal.id)
    event = db.session.scalars(found).one_or_none()
    if event is None:
        abort(404)
    return event


def own_change_of(pair: Pair, person: Person, event_id: UUID) -> GoalEvent:
    """A change that the person made on this board; else 404."""
    event = db.session.scalars(_own(pair, person).where(GoalEvent.id == event_id)).one_or_none()
    if event is None:
        abort(404)
    return event


def last_change_of(pair: Pair, person: Person) -> GoalEvent | None:
    """The latest change that the person made on this board and that stands."""
    standing = _own(pair, person).where(GoalEvent.undone_at.is_(None))
    return db.session.scalars(standing.order_by(GoalEvent.at.desc(), GoalEvent.version.desc()).limit(1)).first()


def _own(pair: Pair, person: Person) -> Select[GoalEvent]:
    return select(GoalEvent).where(
        GoalEvent.pair_id == pair.id, GoalEvent.actor_id == person.id, GoalEvent.kind != GoalChange.UNDONE
    )


_STEPS = (
    select(Step.id, Step.words, Step.done_at, Step.position)
    .where(Step.goal_id == bindparam("goal"), Step.removed_at.is_(None))
    .order_by(Step.position, Step.id)
)


def steps_of(goal_id: UUID) -> list[StepLine]:
    """The steps that stand, from first to last. The goal is one that its reader may see, here and below."""
    return [StepLine(row.id, row.words, row.done_at is not None) for row in rows(_STEPS, goal=goal_id).all()]


def step_order(goal: Goal) -> list[tuple[UUID, str]]:
    """Ids and position keys of the steps that stand, from first to last."""
    return [(row.id, row.position) for row in rows(_STEPS, goal=goal.id)]


_COMMENTS = (
    select(Comment.id, Comment.author_id, Comment.body, Comment.written_at, Comment.retracted_at)
    .where(Comment.goal_id == bindparam("goal"))
    .order_by(Comment.written_at.desc(), Comment.id)
    .limit(COMMENTS_A_PAGE + 1)
)
_EARLIER = _COMMENTS.where(Comment.written_at < bindparam("before"))


def comments_of(goal_id: UUID, before: datetime | None = None) -> list[CommentLine]:
    """The latest comments, the newest first: one page and one more, from before this moment."""
    found = rows(_EARLIER, goal=goal_id, before=before) if before else rows(_COMMENTS, goal=goal_id)
    return [
        CommentLine(
            row.id,
            row.author_id,
            "" if row.retracted_at else row.body,
            row.written_at,
            row.retracted_at is not None,
            row.retracted_at is not None and row.body != "",
        )
        for row in found
    ]


def changes_of(goal: Goal, before: int | None = None) -> list[ChangeLine]:
    """What happened to the goal, the latest first: one page and one more, from before this version."""
    wanted = select(GoalEvent).where(GoalEvent.goal_id == goal.id)
    if before is not None:
        wanted = wanted.where(GoalEvent.version < before)
    found = db.session.scalars(wanted.order_by(GoalEvent.version.desc()).limit(CHANGES_A_PAGE + 1))
    return [
        ChangeLine(row.id, row.actor_id, row.kind, row.at, row.version, row.before, row.after, row.undone_at)
        for row in found
    ]


def changes_since(goal: Goal, version: int) -> Sequence[GoalEvent]:
    """Every change that came after this version of the goal, the latest first."""
    return db.session.scalars(
        select(GoalEvent)
        .where(GoalEvent.goal_id == goal.id, GoalEvent.version > version)
        .order_by(GoalEvent.version.desc()),
    ).all()


def changed_by_other(goal: Goal, person: Person, version: int) -> list[str]:
    """What of the goal the other of the two changed since this version, as far as it still differs."""
    if goal.version == version:
        return []
    events = [event for event in changes_since(goal, version) if event.actor_id != person.id]
    now = goal.fields()
    return [name for name in FIELD_NAMES if any(event.after.get(name, ...) == now[name] for event in events)]
