"""A session begins, ends or did not take place. Every step asks the table of states, under the lock of the pair."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from peerapp import clock
from peerapp.actions import invitations, notes, plans, session_clock
from peerapp.actions.notices import tell
from peerapp.actions.plans import Plan
from peerapp.db import db
from peerapp.models import Pair, Person, Session
from peerapp.models.journal import NoteKind
from peerapp.queries import sessions
from peerapp.queries.pairs import held_pair
from peerapp.rules import pausing, planning
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import WHAT_BECAME, PairState, SessionState
from peerapp.rules.words import N_

LATE_AT_ONCE = 200  # how many one tick looks at
GOES_ON = timedelta(minutes=30)  # how long the end of a session can be taken back
NOT_YET = N_("This session lies ahead. You can move it or cancel it.")


def start(session: Session) -> Refusal | None:
    """Begin a planned session; whoever presses second simply comes in. Only one runs at a time."""
    running = sessions.underway_in(session.pair)
    if running is session:
        return None
    if running is not None:
        return Refusal(WHAT_BECAME[SessionState.RUNNING])
    if session.state is SessionState.HELD:
        return Refusal(WHAT_BECAME[SessionState.HELD])
    return _step(session, SessionState.RUNNING)


def start_now(pair: Pair) -> Session:
    """Meet without a plan; the session that is under way if there is one."""
    running = sessions.underway_in(pair)
    if running is not None:
        return running
    last, now = sessions.latest_in(pair), clock.now()
    what = Plan(planning.quarter_hour(now), pair.minutes, last.place if last else "")
    return plans.add(pair, SessionState.RUNNING, what, started_at=now)


def put_back(session: Session) -> Refusal | None:
    """It was begun by mistake."""
    if session.state is not SessionState.RUNNING or session.kind is SessionKind.TURNS:
        return Refusal(WHAT_BECAME[session.state])
    refusal = _step(session, SessionState.PLANNED)
    session.started_at = None
    return refusal


def end(session: Session, by: Person, then: Plan | None, takeaway: str = "") -> Refusal | None:
    """End it and, in the same step, plan the next one, unless one is planned already, and note what one takes along.

    Two who press at once: the second finds it held and plans nothing.
    """
    if session.state is not SessionState.RUNNING:
        return Refusal(WHAT_BECAME[session.state])
    if then is not None and sessions.planned_after(session) is None:
        planned = plans.plan(session.pair, by, then)
        if isinstance(planned, Refusal):
            return planned
    if takeaway and isinstance(full := notes.add_block(session, by, takeaway, NoteKind.TAKEAWAY), Refusal):
        return full
    return _step(session, SessionState.HELD)


def go_on(session: Session) -> Refusal | None:
    """It was ended by mistake, a moment ago. What was noted and planned at the end stays, and has its own way back."""
    running = sessions.written_in if session.kind is SessionKind.TURNS else sessions.underway_in
    if session.state is not SessionState.HELD or running(session.pair) is not None:
        return Refusal(WHAT_BECAME[SessionState.RUNNING])
    if session.ended_at is None or clock.now() - session.ended_at > GOES_ON:
        return Refusal(WHAT_BECAME[SessionState.HELD])
    return _step(session, SessionState.RUNNING)


def is_fresh(session: Session) -> bool:
    """Whether it ended so lately that somebody may still want to write what they take along."""
    return session.ended_at is not None and clock.now() - session.ended_at < planning.FRESH


def was_held(session: Session) -> Refusal | None:
    """The two did meet: a planned or missed session took place at its time."""
    if session.state is SessionState.RUNNING:
        return Refusal(WHAT_BECAME[SessionState.RUNNING])
    if session.planned_for > clock.now():
        return Refusal(NOT_YET)
    refusal = _step(session, SessionState.HELD)
    if refusal is None:
        session.started_at = session.planned_for
        session.ended_at = session.planned_for + timedelta(minutes=session.minutes)
    return refusal


def was_not_held(session: Session) -> Refusal | None:
    """It did not happen, says one of the two before the tick does."""
    if session.state is SessionState.PLANNED and session.planned_for > clock.now():
        return Refusal(NOT_YET)
    return _step(session, SessionState.MISSED)


def close_with(pair: Pair, now: datetime) -> None:
    """A pair that ends leaves no session ahead: what is running was held, what is planned is cancelled."""
    for state, then in ((SessionState.RUNNING, SessionState.HELD), (SessionState.PLANNED, SessionState.CANCELLED)):
        for session in db.session.scalars(select(Session).where(Session.pair_id == pair.id, Session.state == state)):
            rested = session.rests_since is not None  # and stands in no calendar
            session.become(then, now)
            session_clock.close(session)
            if then is SessionState.CANCELLED and not rested:
                invitations.send_again(session, None, NoticeKind.SESSION_CANCELLED)
    pair.touch()


def rest(pair: Pair, until: date, now: datetime) -> None:
    """What is planned within a pause leaves both calendars, and comes back when the two go on before its day."""
    for session in sessions.ahead_in(pair, now):
        if pausing.lies_in(session.planned_for, until):
            session.rests_since = now
            session.version += 1
            invitations.take_out(session)


def wake(pair: Pair, now: datetime) -> None:
    """The pause is over: what lay in it and is still ahead stands again, what has gone by is cancelled."""
    for session in sessions.resting_in(pair):
        if session.planned_for > now:
            session.rests_since = None
            session.version += 1
            invitations.put_back(session)
        else:
            _step(session, SessionState.CANCELLED)


def mark_missed(now: datetime) -> int:
    """Mark what was planned, never begun and is over for a day, and tell both; how many. A second run finds none."""
    late = db.session.execute(
        select(Session.id, Session.pair_id, Session.planned_for, Session.minutes)
        .join(Session.pair)
        .where(
            Session.state == SessionState.PLANNED,
            Session.planned_for < now - planning.GRACE,
            Pair.state != PairState.ENDED,
        )
        .order_by(Session.planned_for)
        .limit(LATE_AT_ONCE),
    ).all()
    missed = [row for row in late if planning.is_missed(row.planned_for, row.minutes, now)]
    return sum(_mark(row.id, row.pair_id, now) for row in missed)


def _mark(session_id: UUID, pair_id: UUID, now: datetime) -> bool:
    """Under the pair's lock: somebody who begins or moves it at this moment comes first, or finds it missed."""
    pair = held_pair(pair_id)
    session = db.session.get_one(Session, session_id, populate_existing=True)
    if session.state is not SessionState.PLANNED or not planning.is_missed(session.planned_for, session.minutes, now):
        return False
    if session.rests_since is not None:  # nobody missed it: the pair paused
        _step(session, SessionState.CANCELLED)
        return True
    _step(session, SessionState.MISSED)
    for member in pair.members:
        partner = pair.partner_of(member.person)
        tell(member.person, NoticeKind.SESSION_MISSED, f"/pairs/{pair.id}/journal", name=partner.first_name)
    return True


def _step(session: Session, state: SessionState) -> Refusal | None:
    refusal = session.become(state, clock.now())
    if refusal is None:
        if state is not SessionState.RUNNING:
            session_clock.close(session)
        session.pair.touch()
        db.session.flush()
    return refusal
