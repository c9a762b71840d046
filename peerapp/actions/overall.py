"""The overall goal of the pair, which stands with the board."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import GoalEvent, Pair, Person
from peerapp.models.goals import GoalChange
from peerapp.rules.conflict import Merge, merge
from peerapp.rules.goal_fields import as_it_was

FIELD = "overall_goal"


def reword(pair: Pair, actor: Person, words: str, seen: int) -> GoalEvent | Merge[Any] | None:
    """Other words. None when nothing changes; a Merge when the other of the two reworded it since this version."""
    now = {FIELD: pair.overall_goal}
    merged = merge(as_it_was(now, _befores_since(pair, seen)), {FIELD: words}, now)
    if merged.clashes:
        return merged
    if merged.fields == now:
        return None
    return put(pair, actor, GoalChange.OVERALL, words, clock.now())


def put(pair: Pair, actor: Person, kind: GoalChange, words: str, at: datetime) -> GoalEvent:
    """Let it say this, and note it."""
    before, after = {FIELD: pair.overall_goal}, {FIELD: words}
    pair.overall_goal = words
    pair.overall_goal_version += 1
    pair.touch()
    event = GoalEvent(
        pair_id=pair.id,
        actor_id=actor.id,
        kind=kind,
        at=at,
        version=pair.overall_goal_version,
        before=before,
        after=after,
    )
    db.session.add(event)
    db.session.flush()
    return event


def _befores_since(pair: Pair, seen: int) -> list[dict[str, Any]]:
    found = (
        select(GoalEvent.before)
        .where(GoalEvent.pair_id == pair.id, GoalEvent.goal_id.is_(None), GoalEvent.version > seen)
        .order_by(GoalEvent.version.desc())
    )
    return list(db.session.scalars(found))
