"""Rows for tests, each made by one call with sensible values."""

from datetime import timedelta
from typing import Any, TypeVar

from peerapp import clock
from peerapp.actions.search_words import index
from peerapp.db import db
from peerapp.models import AgendaPoint, Goal, GoalArea, Membership, Pair, Person, Request, Session, Skill, Story, Unit
from peerapp.models.profiles import Direction
from peerapp.models.requests import couple_of
from peerapp.rules import cadence, ordering
from peerapp.rules.areas import Area
from peerapp.rules.states import Column, PairState, RequestState, SessionState

T = TypeVar("T")


def _kept(row: T) -> T:
    db.session.add(row)
    db.session.flush()
    return row


def make_unit(name: str) -> Unit:
    return _kept(Unit(name=name))


def new_person(name: str, *, unit: Unit | None = None, manager: Person | None = None, **values: Any) -> Person:
    """Not in the database yet: whoever makes many writes them in one go."""
    email = values.pop("email", name.lower().replace(" ", ".") + "@example.com")
    person = Person(key=email, email=email, unit=unit, manager=manager, **values)
    person.rename(name)
    return person


def make_person(name: str, **values: Any) -> Person:
    return _kept(new_person(name, **values))


def make_pair(one: Person, other: Person, state: PairState = PairState.ACTIVE, **values: Any) -> Pair:
    now = clock.now()
    begun = state is not PairState.CHARTERING
    pair = Pair(
        state=state,
        couple=couple_of(one.id, other.id),
        made_at=now,
        started_at=now if begun else None,
        ended_at=now if state is PairState.ENDED else None,
        **values,
    )
    _kept(pair)
    for person in (one, other):
        _kept(Membership(pair_id=pair.id, person_id=person.id, signed_at=now if begun else None))
    db.session.commit()
    return pair


def make_skill(person: Person, direction: Direction, words: str = "", area: Area = Area.FUNCTIONAL) -> Skill:
    skill = _kept(Skill(person_id=person.id, direction=direction, area=area, words=words))
    index(person)
    db.session.commit()
    return skill


def make_story(person: Person, body: str, area: Area = Area.FUNCTIONAL) -> Story:
    story = _kept(Story(person_id=person.id, area=area, body=body, written_at=clock.now()))
    index(person)
    db.session.commit()
    return story


def make_request(sender: Person, receiver: Person, words: str = "SQL", **values: Any) -> Request:
    now = clock.now()
    usual = {"state": RequestState.WAITING, "sent_at": now, "lapses_at": cadence.lapses_at(now)}
    request = Request(
        sender_id=sender.id,
        receiver_id=receiver.id,
        couple=couple_of(sender.id, receiver.id),
        area=Area.FUNCTIONAL,
        words=words,
        message="Shall we be peers?",
        **(usual | values),
    )
    _kept(request)
    db.session.commit()
    return request


def make_goal(
    pair: Pair, title: str = "Brief three speakers", *, by: Person, column: Column = Column.IDEAS, **values: Any
) -> Goal:
    above = values.pop("after", None)
    goal = Goal(
        pair_id=pair.id,
        title=title,
        column=column,
        position=ordering.between(above.position if above else None, None),
        made_at=clock.now(),
        made_by_id=by.id,
        areas=[GoalArea(area=Area.COMMUNICATION)],
        **values,
    )
    _kept(goal)
    db.session.commit()
    return goal


def make_session(pair: Pair, *, number: int = 1, state: SessionState = SessionState.PLANNED, **values: Any) -> Session:
    values.setdefault("planned_for", clock.now() + timedelta(days=1))
    if state in {SessionState.RUNNING, SessionState.HELD}:
        values.setdefault("started_at", min(values["planned_for"], clock.now()))
    if state is SessionState.HELD:
        values.setdefault("ended_at", values["started_at"])
    session = Session(pair_id=pair.id, number=number, state=state, minutes=cadence.SESSION_MINUTES, **values)
    _kept(session)
    for key, point in zip(ordering.spread(len(cadence.AGENDA)), cadence.AGENDA, strict=True):
        _kept(AgendaPoint(session_id=session.id, position=key, kind=point.key, words=point.name, minutes=point.minutes))
    db.session.commit()
    return session
