"""A session by writing: one writes, hands over, the other has three days. A turn that was not taken is offered again."""

from datetime import datetime
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from peerapp import clock, times
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
    with force_locale(partner.language):
        until = times.in_both(turn.until, partner.time_zone, by.time_zone)
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


def offer_again(now: datetime) -> int:
    """Offer every turn that was not taken a second time, once, and say so kindly; how many."""
    late = (SessionTurn.until < now, SessionTurn.offered_again_at.is_(None))
    found = db.session.execute(
        select(Session.id, Session.pair_id)
        .join(SessionTurn, SessionTurn.session_id == Session.id)
        .join(Session.pair)
        .where(*late, Session.state == SessionState.RUNNING, Pair.state == PairState.ACTIVE)
        .order_by(SessionTurn.until, Session.id)
        .limit(AT_ONCE),
    ).all()
    return sum(_offer(row.id, row.pair_id, now) for row in found)


def _offer(session_id: UUID, pair_id: UUID, now: datetime) -> bool:
    """Under the pair's lock: somebody who hands over at this moment comes first."""
    pair = held_pair(pair_id)
    session = db.session.get_one(Session, session_id, populate_existing=True)
    turn = db.session.get_one(SessionTurn, session_id, populate_existing=True)
    if session.state is not SessionState.RUNNING or turn.until >= now or turn.offered_again_at:
        return False
    set_committed_value(session, "pair", pair)
    person = next(member.person for member in pair.members if member.person_id == turn.person_id)
    partner = pair.partner_of(person)
    turn.until, turn.offered_again_at = in_turns.until(now), now
    with force_locale(person.language):
        until = times.in_both(turn.until, person.time_zone, partner.time_zone)
    tell(person, NoticeKind.TURN_AGAIN, _path_of(session), name=partner.first_name, time=until)
    pair.touch()
    db.session.flush()
    return True


def _refused(session: Session) -> Refusal | None:
    is_on = session.state is SessionState.RUNNING and session.kind is SessionKind.TURNS
    return None if is_on else Refusal(WHAT_BECAME[session.state])


def _turn_of(session: Session) -> SessionTurn:
    return db.session.get_one(SessionTurn, session.id)


def _give(session: Session, turn: SessionTurn, to: Person) -> None:
    turn.person_id, turn.until, turn.offered_again_at = to.id, in_turns.until(clock.now()), None
    session.pair.touch()
    db.session.flush()


def _path_of(session: Session) -> str:
    return f"/pairs/{session.pair_id}/sessions/{session.id}"
