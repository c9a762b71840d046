"""The agenda of a session: added to, changed, ticked, removed and brought back."""

import pytest
from sqlalchemy import select

from peerapp.actions import agenda, lines
from peerapp.actions.agenda import Topic
from peerapp.db import db
from peerapp.models import AgendaPoint
from peerapp.queries import sessions
from peerapp.queries.session_page import lines_of
from peerapp.rules import limits
from peerapp.rules.refusal import STALE, Refusal
from tests.factories import make_goal, make_session


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def session(ana_and_ben, ana):
    return sessions.writable_session_of(ana, ana_and_ben.id, make_session(ana_and_ben).id)


@pytest.fixture
def point(session, ana):
    return agenda.add_point(session, ana, "The open day", 15)


def words(session):
    return [point.words for point in lines_of(session).agenda]


def test_a_point_comes_last(session, point):
    assert words(session) == [
        "How are you",
        "Open actions",
        "One goal",
        "Feedback to each other",
        "Next steps",
        "The open day",
    ]


def test_the_proposed_points_are_known_as_ours_until_they_are_renamed(session, ana):
    first = db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == "how")).one()
    assert lines_of(session).agenda[0].is_ours
    assert agenda.edit_point(sessions_point(session, first), ana, Topic("Hello", 5), seen=1)
    assert not lines_of(session).agenda[0].is_ours


def sessions_point(session, point):
    point.session = session
    return point


def test_a_point_can_name_a_goal(session, point, ana):
    goal = make_goal(session.pair, "Brief three speakers", by=ana)
    agenda.edit_point(point, ana, Topic("One goal", 20, goal.id), seen=1)
    assert lines_of(session).agenda[-1].goal == "Brief three speakers"


def test_a_point_changed_in_the_meantime_is_stale_but_the_same_change_is_not(session, point, ana):
    agenda.edit_point(point, ana, Topic("The open day", 25), seen=1)
    assert agenda.edit_point(point, ana, Topic("Another day", 15), seen=1) is STALE
    assert agenda.edit_point(point, ana, Topic("The open day", 25), seen=1) is None


def test_the_first_point_that_is_not_ticked_is_the_one_for_now(session, point, ana):
    assert lines_of(session).now.words == "How are you"
    for each in db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind != "")):
        agenda.tick_point(sessions_point(session, each), ana, done=True)
    assert lines_of(session).now.words == "The open day"
    agenda.tick_point(point, ana, done=True)
    assert lines_of(session).now is None


def test_ticking_what_is_ticked_changes_nothing(session, point, ana):
    agenda.tick_point(point, ana, done=True)
    version, at = session.pair.version, point.done_at
    agenda.tick_point(point, ana, done=True)
    assert (session.pair.version, point.done_at) == (version, at)


def test_a_removed_point_comes_back_to_its_place_whatever_moved_there(session, point, ana):
    third = db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == "goal")).one()
    agenda.remove_point(sessions_point(session, third), ana)
    for _ in range(4):
        lines.step(point, ana, up=True)
    agenda.restore_point(third, ana)
    assert words(session) == [
        "The open day",
        "How are you",
        "Open actions",
        "One goal",
        "Feedback to each other",
        "Next steps",
    ]


def test_a_point_moves_over_the_neighbour_that_one_sees(session, point, ana):
    last = db.session.scalars(select(AgendaPoint).where(AgendaPoint.kind == "next")).one()
    agenda.remove_point(sessions_point(session, last), ana)
    lines.step(point, ana, up=True)
    assert words(session)[-2:] == ["The open day", "Feedback to each other"]


def test_an_agenda_is_full_at_some_point(session, ana, monkeypatch):
    monkeypatch.setattr(limits, "AGENDA_MAX", 5)
    assert isinstance(agenda.add_point(session, ana, "More", 5), Refusal)
