"""The demo company has asked around: a result to read, a round to answer, and one that stayed without a result."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.demo import company, rounds
from peerapp.models import Letter, Person, Round
from peerapp.queries import results
from peerapp.rules.local_time import on_the_wall
from peerapp.rules.states import RoundState

pytestmark = pytest.mark.one_database


@pytest.fixture
def built(app: Flask) -> Flask:
    company.build("hash")
    db.session.commit()
    rounds.build()
    return app


def test_there_is_a_result_a_round_to_answer_and_one_withheld(built: Flask) -> None:
    states = dict(db.session.execute(select(Round.title, Round.state)).all())
    assert states["How was the autumn mentoring programme?"] is RoundState.RELEASED
    assert states["How do I lead our planning?"] is RoundState.OPEN
    assert states["Room for learning"] is RoundState.WITHHELD


def test_a_manager_reads_them_and_finds_an_earlier_one_to_compare_with(built: Flask) -> None:
    mia = db.session.scalars(select(Person).where(Person.name == "Mia Holm")).one()
    newest = db.session.scalars(select(Round.id).where(Round.title.startswith("How was the autumn"))).one()
    result = results.result_of(mia, newest)
    assert result.release is not None
    assert (result.release.answers, result.papers, result.what_next[:9]) == ("20-49", 33, "Thank you")
    assert [each.title for each in results.before(mia, result)] == ["How did the pairs begin?"]


def test_no_letter_about_the_past_is_on_its_way(built: Flask) -> None:
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_every_round_ends_with_a_day_on_its_owners_clock(built: Flask) -> None:
    for end, ended_at, zone in db.session.execute(
        select(Round.closes_at, Round.ended_at, Person.time_zone).join(Person, Person.id == Round.owner_id)
    ):
        assert f"{on_the_wall(end, zone):%H:%M}" == "23:59"
        assert ended_at is None or on_the_wall(ended_at, zone).date() == on_the_wall(end, zone).date()
