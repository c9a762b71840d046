"""A session is planned, moved, cancelled. The other of the two hears of it, and both calendars do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peerapp import clock
from peerapp.actions import invitations
from peerapp.actions.history import record
from peerapp.db import db
from peerapp.models import AgendaPoint, Change, ChangeKind, Pair, Person, Session, SessionMove
from peerapp.queries import sessions
from peerapp.rules import cadence, limits, ordering, planning
from peerapp.rules.goal_fields import differing
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import STALE, Refusal, Stale
from peerapp.rules.states import WHAT_BECAME, SessionState
from peerapp.rules.words import N_

TOO_MANY = N_("You have %(most)s sessions planned already. Hold or cancel one before you plan the next.")


@dataclass(frozen=True, slots=True)
class Plan:
    """When, how long and where. `moment` is in UTC."""

    moment: datetime
    minutes: int
    place: str


def plan(pair: Pair, by: Person, what: Plan) -> Session | Refusal:
    """Put a session with the usual agenda into the journal."""
    if refusal := planning.may_be_planned(what.moment, clock.now()):
        return refusal
    if sessions.planned_in(pair) >= limits.PLANNED_MAX:
        return Refusal(TOO_MANY, {"most": limits.PLANNED_MAX})
    session = add(pair, SessionState.PLANNED, what)
    record(session, pair, by, {"cancelled": True}, {"cancelled": False} | said_of(session), kind=ChangeKind.MADE)
    invitations.send(session, by, NoticeKind.SESSION_PLANNED)
    return session


def add(
    pair: Pair,
    state: SessionState,
    what: Plan,
    started_at: datetime | None = None,
    kind: SessionKind = SessionKind.MEETING,
) -> Session:
    """One more session; the pair's row is locked, so its number is free."""
    session = Session(
        pair=pair,
        number=sessions.next_number_in(pair),
        state=state,
        kind=kind,
        planned_for=what.moment,
        minutes=what.minutes,
        place=what.place,
        started_at=started_at,
    )
    db.session.add(session)
    db.session.flush()
    db.session.add_all(
        AgendaPoint(session_id=session.id, position=key, kind=point.key, words=point.name, minutes=point.minutes)
        for key, point in zip(ordering.spread(len(cadence.AGENDA)), cadence.AGENDA, strict=True)
    )
    pair.touch()
    db.session.flush()
    return session


def move(
    session: Session, by: Person, what: Plan, seen: int, *, because: ChangeKind = ChangeKind.CHANGED
) -> Change | Refusal | Stale | None:
    """Change date, length or place of a planned session."""
    if session.state is not SessionState.PLANNED:
        return Refusal(WHAT_BECAME[session.state])
    if what == Plan(session.planned_for, session.minutes, session.place):
        return None
    if session.version != seen:
        return STALE
    before, kind = said_of(session), NoticeKind.SESSION_CHANGED
    if what.moment != session.planned_for:
        if refusal := _to(session, what.moment, by):
            return refusal
        kind = NoticeKind.SESSION_MOVED
    session.minutes, session.place = what.minutes, what.place
    session.version += 1
    session.pair.touch()
    invitations.send_again(session, by, kind)
    return record(session, session.pair, by, *differing(before, said_of(session)), kind=because)


def cancel(session: Session, by: Person, *, because: ChangeKind = ChangeKind.CHANGED) -> Change | Refusal:
    if refusal := session.become(SessionState.CANCELLED, clock.now()):
        return refusal
    session.pair.touch()
    invitations.send_again(session, by, NoticeKind.SESSION_CANCELLED)
    return record(session, session.pair, by, {"cancelled": False}, {"cancelled": True}, kind=because)


def said_of(session: Session) -> dict[str, Any]:
    """When, how long and where, as JSON can hold it."""
    return {"when": session.planned_for.isoformat(), "minutes": session.minutes, "place": session.place}


def plan_in(said: Mapping[str, Any]) -> Plan:
    """The same as a plan."""
    return Plan(datetime.fromisoformat(said["when"]), said["minutes"], said["place"])


def _to(session: Session, moment: datetime, by: Person) -> Refusal | None:
    """Take a new date and remember the old one."""
    now = clock.now()
    if refusal := planning.may_be_planned(moment, now):
        return refusal
    db.session.add(
        SessionMove(session_id=session.id, moved_from=session.planned_for, moved_to=moment, moved_by_id=by.id, at=now),
    )
    session.planned_for, session.rests_since = moment, None
    return None
