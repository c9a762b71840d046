"""The clock of the agenda: both see the same one, and two who press at once skip nothing."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import AgendaPoint, Session
from peerapp.rules.states import SessionState
from tests.factories import make_session


@pytest.fixture
def frozen():
    with time_machine.travel("2026-11-23T14:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def session(ana_and_ben):
    return make_session(ana_and_ben, state=SessionState.RUNNING)


@pytest.fixture
def here(session):
    return f"/pairs/{session.pair_id}/sessions/{session.id}"


def points():
    db.session.expire_all()
    return list(db.session.scalars(select(AgendaPoint).order_by(AgendaPoint.position)))


def press(client, here, button, at=None):
    return client.post(f"{here}/clock/{button}", {"point": str(points()[at].id) if at is not None else ""})


def test_both_see_the_same_clock(frozen, as_, here):
    assert press(as_("ana"), here, "start", at=0).status_code == 303
    frozen.shift(timedelta(minutes=2))
    for name in ("ana", "ben"):
        assert 'datetime="2026-11-23T14:05:00+00:00" data-ends="5"' in as_(name).get(here).text


def test_the_next_point_begins_where_one_ends_and_back_is_back(as_, here):
    press(as_("ana"), here, "start", at=0)
    press(as_("ben"), here, "next", at=0)
    assert [point.is_done for point in points()] == [True, False, False, False, False]
    press(as_("ana"), here, "back", at=1)
    assert not any(point.is_done for point in points())


def test_two_who_press_next_at_once_skip_nothing(as_, here):
    for name in ("ana", "ben"):
        press(as_(name), here, "next", at=0)
    assert [point.is_done for point in points()] == [True, False, False, False, False]


def test_a_pause_keeps_what_was_spent(frozen, as_, here):
    press(as_("ana"), here, "start", at=0)
    frozen.shift(timedelta(minutes=2, seconds=30))
    press(as_("ben"), here, "pause", at=0)
    frozen.shift(timedelta(minutes=20))
    assert "pause, 3 min left" in as_("ana").get(here).text
    press(as_("ana"), here, "start", at=0)
    assert "data-ends" in as_("ben").get(here).text


def test_after_the_last_point_there_is_only_a_way_back(as_, here):
    for place in range(5):
        press(as_("ana"), here, "next", at=place)
    page = as_("ben").get(here).text
    assert "/clock/back" in page
    assert "/clock/next" not in page
    press(as_("ben"), here, "back")
    assert not points()[-1].is_done


def test_a_session_that_has_not_begun_has_no_clock(as_, here, session):
    db.session.get_one(Session, session.id).state = SessionState.PLANNED
    db.session.commit()
    ana = as_("ana")
    assert "/clock/" not in ana.get(here).text
    press(ana, here, "start", at=0)
    assert "planned and has not begun" in ana.get(here).text


@pytest.mark.parametrize("sent", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_point_that_is_none_changes_nothing(as_, here, sent):
    assert as_("ana").post(f"{here}/clock/next", {"point": sent}).status_code == 303
    assert not any(point.is_done for point in points())
