"""What one needs today and what the spinner picked: one click, and both see it."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import AgendaPoint, Session, SessionFrame, SessionNeed
from peerapp.rules.icebreakers import ICEBREAKERS
from peerapp.rules.needs import WORDINGS, Need
from peerapp.rules.states import Column, SessionState
from tests.factories import make_goal, make_session


@pytest.fixture
def session(ana_and_ben):
    return make_session(ana_and_ben, state=SessionState.RUNNING)


@pytest.fixture
def here(session):
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


def frame():
    db.session.expire_all()
    return db.session.scalars(select(SessionFrame)).one()


def set_state(session, state):
    db.session.get_one(Session, session.id).state = state
    db.session.commit()


@pytest.mark.parametrize("need", Need)
def test_the_other_reads_how_to_be_what_one_needs(as_, here, need):
    assert as_("ana").post(f"{here}/need", {"need": need}).status_code == 303
    page = as_("ben").get(here).text
    assert f"Ana needs {WORDINGS[need].name} today." in page
    assert WORDINGS[need].prompt in page


def test_one_changes_ones_mind_or_takes_it_back(as_, here):
    for need in ("coach", "friend", ""):
        as_("ana").post(f"{here}/need", {"need": need})
    assert not db.session.scalars(select(SessionNeed)).all()
    assert "Ana needs" not in as_("ben").get(here).text


def test_each_of_the_two_may_need_something(as_, here):
    as_("ana").post(f"{here}/need", {"need": "coach"})
    as_("ben").post(f"{here}/need", {"need": "coach"})
    assert "Ben needs a coach today." in as_("ana").get(here).text


def test_there_are_five_and_no_sixth(as_, here):
    ana = as_("ana")
    ana.post(f"{here}/need", {"need": "boss"})
    assert "Choose one of the five, or none." in ana.get(here).text


def test_once_a_session_is_over_nobody_needs_anything_new(as_, here, session):
    set_state(session, SessionState.HELD)
    ana = as_("ana")
    ana.post(f"{here}/need", {"need": "coach"})
    assert "already been held" in ana.get(here).text
    assert not db.session.scalars(select(SessionNeed)).all()


def test_both_see_the_icebreaker_that_came_up_and_the_next_is_another(as_, here):
    seen = []
    for _ in range(5):
        as_("ana").post(f"{here}/draw/icebreaker")
        seen.append(frame().icebreaker)
        assert ICEBREAKERS[seen[-1]] in as_("ben").get(here).text
    assert all(one != other for one, other in pairwise(seen))


def test_a_point_is_picked_among_those_that_are_left(as_, here):
    left = db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == "feedback")).one()
    for point in db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind != "feedback")).all():
        as_("ana").post(f"{here}/agenda/{point.id}/tick")
    as_("ana").post(f"{here}/draw/point")
    assert frame().drawn_point_id == left.id
    assert "Next on the agenda" in as_("ben").get(here).text


def test_a_goal_is_picked_with_whose_it_is(as_, here, ana_and_ben, cast):
    make_goal(ana_and_ben, "Brief three speakers", by=cast["ana"], owner_id=cast["ana"].id)
    make_goal(ana_and_ben, "Long done", by=cast["ana"], column=Column.DONE)
    as_("ben").post(f"{here}/draw/goal")
    assert "Your goal is next" in as_("ana").get(here).text
    assert "Ana’s goal is next" in as_("ben").get(here).text


def test_where_there_is_nothing_to_pick_it_says_so(as_, here):
    ana = as_("ana")
    ana.post(f"{here}/draw/goal")
    assert "no open goal on your board" in ana.get(here).text


def test_what_came_up_is_put_away_and_gone_at_the_end(as_, here):
    as_("ana").post(f"{here}/draw/icebreaker")
    as_("ben").post(f"{here}/draw/nothing")
    assert not frame().icebreaker
    as_("ana").post(f"{here}/draw/icebreaker")
    as_("ana").post(f"{here}/end", {"then": "none"})
    assert not frame().icebreaker


def test_nothing_is_drawn_before_a_session_begins(as_, here, session):
    set_state(session, SessionState.PLANNED)
    ana = as_("ana")
    ana.post(f"{here}/draw/icebreaker")
    assert "planned and has not begun" in ana.get(here).text
