"""The two shape the agenda of a session: add, change, tick and remove its points."""

from uuid import UUID

from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions.lines import last_position
from peerapp.db import db
from peerapp.models import AgendaPoint, Session
from peerapp.rules import limits, ordering
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.words import N_

FULL = N_("An agenda of %(most)s points is full. Remove one before you add the next.")


def add_point(session: Session, words: str, minutes: int) -> AgendaPoint | Refusal:
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
    return point


def edit_point(point: AgendaPoint, words: str, minutes: int, goal_id: UUID | None, seen: int) -> Stale | None:
    """Rename a point, give it more or less time, or name the goal it is about (one of this pair's)."""
    if (point.words, point.minutes, point.goal_id) == (words, minutes, goal_id):
        return None
    if point.version != seen:
        return STALE
    point.words, point.minutes, point.goal_id = words, minutes, goal_id
    point.version += 1
    point.session.pair.touch()
    db.session.flush()
    return None


def tick_point(point: AgendaPoint, *, done: bool) -> None:
    """Say that the point is over, or that it is not."""
    if (point.done_at is not None) != done:
        point.done_at = clock.now() if done else None
        point.session.pair.touch()
        db.session.flush()


def remove_point(point: AgendaPoint) -> None:
    point.removed_at = clock.now()
    point.session.pair.touch()
    db.session.flush()


def restore_point(point: AgendaPoint) -> None:
    """Undo the removal; the point comes back to its place."""
    point.removed_at = None
    point.session.pair.touch()
    db.session.flush()
