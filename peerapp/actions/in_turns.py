"""A session by writing: one writes, hands over, the other has three days.

A day before they are over comes a reminder; a turn that was not taken is offered once more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm.attributes import set_committed_value

from peerapp import clock
from peerapp.actions import notes, plans, session_clock
from peerapp.actions.notices import tell
from peerapp.actions.plans import Plan
from peerapp.db import db
from peerapp.models import Pair, Person, Session, SessionTurn
from peerapp.queries import sessions
from peerapp.queries.pairs import held_pair
from peerapp.rules import in_turns, planning
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_moment
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import WHAT_BECAME, PairState, SessionState
from peerapp.rules.words import N_

AT_ONCE = 200
THEIR_TURN = N_("It is %(name)s’s turn. You can write a note at any time.")


def begin(pair: Pair, by: Person) -> Session:
    """Begin one, with the first turn for whoever begins; the one that is under way if there is one."""
    running = sessions.written_in(pair)
    if running is not None:
        return running
    now = clock.now()
    what = Plan(planning.quarter_hour(now), pair.minutes, "")
    session = plans.add(pair, SessionState.RUNNING, what, started_at=now, kind=SessionKind.TURNS)
    db.session.add(SessionTurn(session_id=session.id, person_id=by.id, until=in_turns.until(now)))
    db.session.flush()
    return session


def hand_over(session: Session, by: Person, words: str, *, to_next_point: bool) -> Refusal | None:
    """Write what one has to say, if anything, and give the other the turn, at this point or at the next one."""
    if refusal := _refused(session):
        return refusal
    turn, partner = _turn_of(session), session.pair.partner_of(by)
    if turn.person_id != by.id:
        return Refusal(THEIR_TURN, {"name": partner.first_name})
    if words and isinstance(full := notes.add_block(session, by, words), Refusal):
        return full
    if to_next_point:
        session_clock.tick_current(session)
    _give(session, turn, partner)
    until = a_moment(turn.until, by.time_zone)
    tell(partner, NoticeKind.TURN_YOURS, _path_of(session), name=by.first_name, time=until)
    return None


def is_turn_of(session: Session, person: Person) -> bool:
    """Whether it is this person's turn."""
    return _refused(session) is None and _turn_of(session).person_id == person.id


def take(session: Session, by: Person) -> Refusal | None:
    """Take a turn that the other did not come to."""
    if refusal := _refused(session):
        return refusal
    turn = _turn_of(session)
    if turn.person_id == by.id:
        return None
    if turn.until > clock.now():
        return Refusal(THEIR_TURN, {"name": session.pair.partner_of(by).first_name})
    _give(session, turn, by)
    return None


def remind(now: datetime) -> int:
    """Say once, a day before it is over, that a turn is still open; how many."""
    soon = (SessionTurn.until >= now, SessionTurn.until < now + in_turns.NEAR_ITS_END)
    asked = _waiting(*soon, SessionTurn.reminded_at.is_(None), SessionTurn.offered_again_at.is_(None))
    return sum(_remind(row.id, row.pair_id, now) for row in asked)


def offer_again(now: datetime) -> int:
    """Offer every turn that was not taken a second time, once, and say so kindly; how many."""
    late = _waiting(SessionTurn.until < now, SessionTurn.offered_again_at.is_(None))
    return sum(_offer(row.id, row.pair_id, now) for row in late)


def _waiting(*where: ColumnElement[bool]) -> Sequence[Any]:
    """Of the turns in sessions under way, in pairs that do not pause."""
    return db.session.execute(
        select(Session.id, Session.pair_id)
        .join(SessionTurn, SessionTurn.session_id == Session.id)
        .join(Session.pair)
        .where(*where, Session.state == SessionState.RUNNING, Pair.state == PairState.ACTIVE)
        .order_by(SessionTurn.until, Session.id)
        .limit(AT_ONCE),
    ).all()


def _remind(session_id: UUID, pair_id: UUID, now: datetime) -> bool:
    session, turn = _held(session_id, pair_id)
    is_due = now <= turn.until < now + in_turns.NEAR_ITS_END and not (turn.reminded_at or turn.offered_again_at)
    if session.state is not SessionState.RUNNING or not is_due:
        return False
    turn.reminded_at = now
    _tell_holder(session, turn, NoticeKind.TURN_ENDS)
    db.session.flush()
    return True


def _offer(session_id: UUID, pair_id: UUID, now: datetime) -> bool:
    session, turn = _held(session_id, pair_id)
    if session.state is not SessionState.RUNNING or turn.until >= now or turn.offered_again_at:
        return False
    turn.until, turn.offered_again_at = in_turns.until(now), now
    _tell_holder(session, turn, NoticeKind.TURN_AGAIN)
    session.pair.touch()
    db.session.flush()
    return True


def _held(session_id: UUID, pair_id: UUID) -> tuple[Session, SessionTurn]:
    """As they are under the pair's lock: somebody who hands over at this moment comes first."""
    pair = held_pair(pair_id)
    session = db.session.get_one(Session, session_id, populate_existing=True)
    set_committed_value(session, "pair", pair)
    return session, db.session.get_one(SessionTurn, session_id, populate_existing=True)


def _tell_holder(session: Session, turn: SessionTurn, kind: NoticeKind) -> None:
    person = next(member.person for member in session.pair.members if member.person_id == turn.person_id)
    partner = session.pair.partner_of(person)
    until = a_moment(turn.until, partner.time_zone)
    tell(person, kind, _path_of(session), name=partner.first_name, time=until)


def _refused(session: Session) -> Refusal | None:
    is_on = session.state is SessionState.RUNNING and session.kind is SessionKind.TURNS
    return None if is_on else Refusal(WHAT_BECAME[session.state])


def _turn_of(session: Session) -> SessionTurn:
    return db.session.get_one(SessionTurn, session.id)


def _give(session: Session, turn: SessionTurn, to: Person) -> None:
    turn.person_id, turn.until = to.id, in_turns.until(clock.now())
    turn.offered_again_at = turn.reminded_at = None
    session.pair.touch()
    db.session.flush()


def _path_of(session: Session) -> str:
    return f"/pairs/{session.pair_id}/sessions/{session.id}"
