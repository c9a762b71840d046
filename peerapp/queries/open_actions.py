"""What is still to be done by the two, and may this person change it?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from peerapp.db import db
from peerapp.models import Action, Pair, Person
from peerapp.queries.pairs import open_pair_of
from peerapp.rules import limits


@dataclass(frozen=True, slots=True)
class ActionLine:
    """`owner_id` None means both."""

    id: UUID
    words: str
    owner_id: UUID | None
    due_on: date | None
    is_done: bool
    version: int
    session_id: UUID | None


def action_of(person: Person, pair_id: UUID, action_id: UUID) -> Action:
    """The action with its pair, to be changed; 404 for strangers and for an action of another pair."""
    pair = open_pair_of(person, pair_id)
    action = db.session.scalars(select(Action).where(Action.id == action_id, Action.pair_id == pair.id)).one_or_none()
    if action is None:
        abort(404)
    set_committed_value(action, "pair", pair)
    return action


def open_in(pair: Pair) -> tuple[ActionLine, ...]:
    """What is neither done nor dropped, the oldest first."""
    rows = db.session.execute(
        select(Action.id, Action.words, Action.owner_id, Action.due_on, Action.version, Action.session_id)
        .where(Action.pair_id == pair.id, Action.done_at.is_(None), Action.dropped_at.is_(None))
        .order_by(Action.made_at, Action.id)
        .limit(limits.ACTIONS_OPEN_MAX),
    )
    return tuple(
        ActionLine(
            row.id, row.words, row.owner_id, row.due_on, is_done=False, version=row.version, session_id=row.session_id
        )
        for row in rows
    )


def count_open_in(pair: Pair) -> int:
    still_open = (Action.pair_id == pair.id, Action.done_at.is_(None), Action.dropped_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(Action).where(*still_open)) or 0


def count_made_in(session_id: UUID) -> int:
    """How many actions a session has, done ones included."""
    return db.session.scalar(select(func.count()).select_from(Action).where(Action.session_id == session_id)) or 0
