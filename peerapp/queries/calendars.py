"""Whose calendar is at this address, and which sessions stand in it?"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import aliased

from peerapp import access
from peerapp.db import db
from peerapp.models import CalendarFeed, Membership, Person, Session
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import SessionState

SHOWN = (SessionState.PLANNED, SessionState.RUNNING, SessionState.HELD)
KEPT = timedelta(days=90)
AT_MOST = 150
_mine, _theirs = aliased(Membership), aliased(Membership)
_SESSIONS = (
    select(Session, Person.name.label("partner"))
    .join(_mine, _mine.pair_id == Session.pair_id)
    .join(_theirs, (_theirs.pair_id == Session.pair_id) & (_theirs.person_id != _mine.person_id))
    .join(Person, Person.id == _theirs.person_id)
    .where(
        _mine.person_id == bindparam("me"),
        Session.state.in_(SHOWN),
        Session.kind == SessionKind.MEETING,
        Session.rests_since.is_(None),
        Session.planned_for >= bindparam("since"),
    )
    .order_by(Session.planned_for.desc(), Session.id)
    .limit(AT_MOST)
)


def reader_of(token: str) -> Person | None:
    """Who this address was made for; None when it never was, has ended, or its person has left."""
    return db.session.scalars(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_hash == access.hash_of(token), Person.left_at.is_(None)),
    ).one_or_none()


def sessions_of(person: Person, now: datetime) -> Sequence[Row[Session, str]]:
    """The person's own sessions, ahead and of the last three months, each with the partner's name; newest first."""
    return db.session.execute(_SESSIONS, {"me": person.id, "since": now - KEPT}).all()


def feed_of(person: Person) -> CalendarFeed | None:
    return db.session.get(CalendarFeed, person.id)
