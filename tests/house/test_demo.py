"""The demo company is whole: forty people, pairs in every state, and nothing that breaks a rule of the house."""

from flask import Flask
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.demo import company
from peerapp.models import Goal, NoteBlock, Pair, Person, Request, Unit
from peerapp.rules.states import PairState, RequestState


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_forty_people_in_six_units(app: Flask) -> None:
    company.build("hash")
    assert (count(Person), count(Unit)) == (40, 6)


def test_there_are_pairs_and_requests_in_every_state_that_a_newcomer_may_meet(app: Flask) -> None:
    company.build("hash")
    assert set(db.session.scalars(select(Pair.state))) == set(PairState)
    assert set(db.session.scalars(select(Request.state))) == set(RequestState) - {RequestState.ACCEPTED}


def test_boards_and_journals_read_like_work(app: Flask) -> None:
    company.build("hash")
    assert count(Goal) >= 20
    assert count(NoteBlock) >= 15
