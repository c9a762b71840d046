"""What makes a session lighter: saying what one needs today, and a spinner that picks what is next, by chance."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select

from peerapp.actions.session_clock import frame_of
from peerapp.db import db
from peerapp.models import AgendaPoint, Goal, Person, Session, SessionFrame, SessionNeed
from peerapp.rules.icebreakers import ICEBREAKERS, others
from peerapp.rules.needs import Need
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import WHAT_BECAME, Column, SessionState
from peerapp.rules.words import N_

AHEAD = (SessionState.PLANNED, SessionState.RUNNING)
NO_POINT = N_("Every point of the agenda is done.")
FIVE = N_("Choose one of the five, or none.")
NO_GOAL = N_("There is no open goal on your board yet.")


class Pick(StrEnum):
    ICEBREAKER = "icebreaker"
    POINT = "point"
    GOAL = "goal"
    NOTHING = "nothing"


def say_need(session: Session, by: Person, need: str) -> Refusal | None:
    """Tell the other what one needs from them today, one of the five; "" takes it back."""
    if session.state not in AHEAD:
        return Refusal(WHAT_BECAME[session.state])
    if need and need not in set(Need):
        return Refusal(FIVE)
    mine = (SessionNeed.session_id == session.id, SessionNeed.person_id == by.id)
    db.session.execute(delete(SessionNeed).where(*mine))
    if need:
        db.session.add(SessionNeed(session_id=session.id, person_id=by.id, need=Need(need)))
    session.pair.touch()
    db.session.flush()
    return None


def draw(session: Session, what: Pick) -> Refusal | None:
    """Have chance pick one of these, never the same twice in a row; `Pick.NOTHING` puts it away."""
    if session.state is not SessionState.RUNNING:
        return Refusal(WHAT_BECAME[session.state])
    frame = frame_of(session)
    key, point, goal = frame.icebreaker, frame.drawn_point_id, frame.drawn_goal_id
    frame.icebreaker, frame.drawn_point_id, frame.drawn_goal_id = "", None, None
    refusal = None
    if what is Pick.ICEBREAKER:
        frame.icebreaker = secrets.choice(others(list(ICEBREAKERS), key))
    elif what is Pick.POINT:
        refusal = _draw_point(frame, point)
    elif what is Pick.GOAL:
        refusal = _draw_goal(frame, session, goal)
    session.pair.touch()
    db.session.flush()
    return refusal


def _draw_point(frame: SessionFrame, last: UUID | None) -> Refusal | None:
    open_ones = db.session.scalars(
        select(AgendaPoint.id)
        .where(AgendaPoint.session_id == frame.session_id)
        .where(AgendaPoint.removed_at.is_(None), AgendaPoint.done_at.is_(None))
    ).all()
    if not open_ones:
        return Refusal(NO_POINT)
    frame.drawn_point_id = secrets.choice(others(open_ones, last))
    return None


def _draw_goal(frame: SessionFrame, session: Session, last: UUID | None) -> Refusal | None:
    """First whose, then which: so that both come up as often, however many goals each has."""
    found = db.session.execute(
        select(Goal.id, Goal.owner_id)
        .where(Goal.pair_id == session.pair_id, Goal.archived_at.is_(None))
        .where(Goal.column.in_((Column.IDEAS, Column.NEXT, Column.DOING)))
    ).all()
    by_owner: dict[UUID | None, list[UUID]] = defaultdict(list)
    for goal_id, owner in found:
        if goal_id != last or len(found) == 1:
            by_owner[owner].append(goal_id)
    if not by_owner:
        return Refusal(NO_GOAL)
    frame.drawn_goal_id = secrets.choice(_any(by_owner))
    return None


def _any(by_owner: dict[UUID | None, list[UUID]]) -> Sequence[UUID]:
    return secrets.choice(list(by_owner.values()))
