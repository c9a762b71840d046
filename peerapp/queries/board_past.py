"""What stood on the board before: goals that were put away, and what the overall goal said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from peerapp.db import rows
from peerapp.models import Goal, GoalEvent, Pair
from peerapp.queries.board import Head
from peerapp.rules.states import Column

ARCHIVED_A_PAGE = 30
WORDINGS = 20


@dataclass(frozen=True, slots=True)
class Archived:
    id: UUID
    title: str
    column: Column
    version: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What the overall goal said until somebody said it otherwise."""

    words: str
    changed_by_id: UUID
    until: datetime


def earlier_wordings(pair: Pair) -> list[Wording]:
    """The last few wordings of the overall goal, the latest first."""
    changes = (
        select(GoalEvent.before, GoalEvent.actor_id, GoalEvent.at)
        .where(GoalEvent.pair_id == pair.id, GoalEvent.goal_id.is_(None))
        .order_by(GoalEvent.version.desc())
        .limit(WORDINGS)
    )
    found = (Wording(row.before["overall_goal"], row.actor_id, row.at) for row in rows(changes))
    return [wording for wording in found if wording.words]


def archived_of(head: Head, before: datetime | None) -> list[Archived]:
    """The goals that were put away, the latest first: one page, from before this moment."""
    wanted = select(Goal.id, Goal.title, Goal.column, Goal.version, Goal.archived_at).where(
        Goal.pair_id == head.id, Goal.archived_at.is_not(None)
    )
    if before is not None:
        wanted = wanted.where(Goal.archived_at < before)
    return [
        Archived(*row) for row in rows(wanted.order_by(Goal.archived_at.desc(), Goal.id).limit(ARCHIVED_A_PAGE + 1))
    ]
