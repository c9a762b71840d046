"""The demo company is whole: forty people, pairs in every state, and nothing that breaks a rule of the house."""

from flask import Flask
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.demo import company
from peerapp.demo.people import PEOPLE
from peerapp.demo.stories import REQUESTS
from peerapp.models import (
    Change,
    Decision,
    Goal,
    Guess,
    NoteBlock,
    Pair,
    Person,
    Request,
    Session,
    SessionFrame,
    SessionNeed,
    SessionTurn,
    Unit,
)
from peerapp.models.journal import NoteKind
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.states import PairState, RequestState, SessionState


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_forty_people_in_six_units(app: Flask) -> None:
    company.build("hash")
    assert (count(Person), count(Unit)) == (40, 6)


def test_there_are_pairs_and_requests_in_every_state_that_a_newcomer_may_meet(app: Flask) -> None:
    company.build("hash")
    assert set(db.session.scalars(select(Pair.state))) == set(PairState)
    assert set(db.session.scalars(select(Request.state))) == set(RequestState) - {RequestState.ACCEPTED}


def test_whoever_asks_in_the_demo_wants_to_learn_it(app: Flask) -> None:
    wants = {person.name: {words for _area, words in person.wants} for person in PEOPLE}
    assert "short written reports" in wants["Caro Lind"]
    areas = {person.name: {area for area, _words in person.wants} for person in PEOPLE}
    assert [
        who for who, _whom, area, *_, state, _days in REQUESTS if state == "waiting" and area not in areas[who]
    ] == []


def test_the_frame_of_a_session_is_there_to_see(app: Flask) -> None:
    """One happens now, one goes by writing, and with them all that stands around a talk."""
    company.build("hash")
    under_way = set(db.session.scalars(select(Session.kind).where(Session.state == SessionState.RUNNING)))
    assert under_way == set(SessionKind)
    assert min(count(SessionNeed), count(SessionFrame), count(Guess), count(SessionTurn)) >= 1
    assert set(db.session.scalars(select(NoteBlock.kind))) == set(NoteKind)
    assert set(db.session.scalars(select(Person.language))) == {"en", "de"}


def test_the_history_has_something_to_tell(app: Flask) -> None:
    """Of Ana and Ben: each said a decision in other words, and each stands as it was left."""
    company.build("hash")
    changed = db.session.scalars(select(Change).order_by(Change.number)).all()
    assert [each.before["words"] for each in changed] == [
        "Helen reads the budget.",
        "We keep an hour, every second Wednesday.",
    ]
    assert len({each.actor_id for each in changed}) == len(changed)
    assert {each.after["words"] for each in changed} <= set(db.session.scalars(select(Decision.words)))


def test_boards_and_journals_read_like_work(app: Flask) -> None:
    company.build("hash")
    assert count(Goal) >= 20
    assert count(NoteBlock) >= 15
