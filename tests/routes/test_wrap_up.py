"""The minute at the end: what each takes along stands in the notes of both."""

import pytest
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Letter, NoteBlock, Session
from peerapp.rules.states import SessionState
from tests.factories import make_session

DATE = {"then": "plan", "day": "2099-01-01", "at": "10:00", "minutes": "45"}


@pytest.fixture
def session(ana_and_ben):
    return make_session(ana_and_ben, state=SessionState.RUNNING)


@pytest.fixture
def here(session):
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


def state_of(session):
    db.session.expire_all()
    return db.session.get_one(Session, session.id).state


def test_what_one_takes_along_is_noted_with_the_end_and_the_next_date(as_, here, session):
    ana = as_("ana")
    proposed = ana.get(f"{here}/end").text
    assert "What do I take with me?" in proposed
    day = proposed.split('name="day" value="')[1][:10]
    ana.post(f"{here}/end", DATE | {"day": day, "takeaway": "Three keywords are enough."})
    assert state_of(session) is SessionState.HELD
    assert "You take with you" in ana.get(here).text
    assert "Ana takes along" in as_("ben").get(here).text
    assert db.session.scalar(select(func.count()).select_from(Letter).where(Letter.calendar != "")) == 2


def test_the_other_of_the_two_is_asked_afterwards_and_only_once(as_, here):
    as_("ana").post(f"{here}/end", {"then": "none", "takeaway": "Three keywords."})
    assert "/takeaway" not in as_("ana").get(here).text
    ben = as_("ben")
    assert "/takeaway" in ben.get(here).text
    assert ben.post(f"{here}/takeaway", {"takeaway": "Ask Priya first."}).status_code == 303
    assert "Ben takes along" in as_("ana").get(here).text
    assert "/takeaway" not in ben.get(here).text


def test_nobody_has_to_take_anything_along(as_, here, session):
    as_("ana").post(f"{here}/end", {"then": "none", "takeaway": " "})
    assert state_of(session) is SessionState.HELD
    assert not db.session.scalars(select(NoteBlock)).all()


def test_a_line_that_is_too_long_ends_nothing_and_is_kept(as_, here, session):
    answer = as_("ana").post(f"{here}/end", {"then": "none", "takeaway": "x" * 301})
    assert answer.status_code == 422
    assert "x" * 301 in answer.text
    assert state_of(session) is SessionState.RUNNING


@pytest.mark.parametrize(("typed", "sentence"), [("", "Write something first."), ("x" * 301, "under 300")])
def test_afterwards_too_what_does_not_fit_is_said(as_, here, typed, sentence):
    as_("ana").post(f"{here}/end", {"then": "none"})
    answer = as_("ben").post(f"{here}/takeaway", {"takeaway": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
