"""How is a change of a goal remembered, so that it can be told, merged and taken back?

Every change names what it found and what it left, under the same names: the fields of rules/goal_fields.py, `column`
and `after` (the neighbour above, "" for the top), `confirmed`, `archived`, and for steps their id, a dot and `words`,
`done`, `removed` or `after`. Texts are kept as they were.
"""

from datetime import datetime
from typing import Any

from peerapp.db import db
from peerapp.models import Goal, GoalEvent, Person
from peerapp.models.goals import GoalChange

State = dict[str, Any]


def record(goal: Goal, actor: Person, kind: GoalChange, before: State, after: State, *, at: datetime) -> GoalEvent:
    """Note the change; the goal and its pair get their next version. Changes of one intention share their moment."""
    goal.version += 1
    goal.pair.touch()
    event = GoalEvent(
        pair_id=goal.pair_id,
        goal_id=goal.id,
        actor_id=actor.id,
        kind=kind,
        at=at,
        version=goal.version,
        before=before,
        after=after,
    )
    db.session.add(event)
    db.session.flush()
    return event
