"""The two shape the agenda of a session: add, change, tick and remove its points."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from peerapp.actions.history import record
from peerapp.actions.line_changes import say
from peerapp.actions.line_state import made
from peerapp.actions.placing_lines import last_position
from peerapp.db import db
from peerapp.models import AgendaPoint, Change, ChangeKind, Person, Session
from peerapp.rules import limits, ordering
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.words import N_

FULL = N_("An agenda of %(most)s points is full. Remove one before you add the next.")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a point is about, and for how long. `goal_id` is one of this pair's goals."""

    words: str
    minutes: int
    goal_id: UUID | None = None


def add_point(session: Session, by: Person, words: str, minutes: int) -> AgendaPoint | Refusal:
    here = (AgendaPoint.session_id == session.id, AgendaPoint.removed_at.is_(None))
    if (db.session.scalar(select(func.count()).select_from(AgendaPoint).where(*here)) or 0) >= limits.AGENDA_MAX:
        return Refusal(FULL, {"most": limits.AGENDA_MAX})
    point = AgendaPoint(
        session=session,
        position=ordering.between(last_position(AgendaPoint, session), None),
        words=words,
        minutes=minutes,
    )
    db.session.add(point)
    session.pair.touch()
    db.session.flush()
    record(point, session.pair, by, *made(point), kind=ChangeKind.MADE)
    return point


def edit_point(point: AgendaPoint, by: Person, what: Topic, seen: int) -> Change | Stale | None:
    """Rename a point, give it more or less time, or name the goal it is about."""
    if Topic(point.words, point.minutes, point.goal_id) == what:
        return None
    if point.version != seen:
        return STALE
    wanted = {"words": what.words, "minutes": what.minutes, "goal": str(what.goal_id or "")}
    return say(point, point.session.pair, by, wanted)


def tick_point(point: AgendaPoint, by: Person, *, done: bool) -> Change | None:
    """Say that the point is over, or that it is not."""
    return say(point, point.session.pair, by, {"done": done})


def remove_point(point: AgendaPoint, by: Person) -> Change | None:
    return say(point, point.session.pair, by, {"removed": True})


def restore_point(point: AgendaPoint, by: Person) -> Change | None:
    """Undo the removal; the point comes back to its place."""
    return say(point, point.session.pair, by, {"removed": False})
