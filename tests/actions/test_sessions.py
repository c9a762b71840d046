"""A session is planned, moved, begun, ended, missed; every step once, and the other of the two hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import plans, sessions as actions
from peerapp.actions.plans import Plan
from peerapp.db import db
from peerapp.models import AgendaPoint, Change, Letter, Notice, Pair, Session, SessionMove
from peerapp.queries import sessions
from peerapp.queries.pairs import pair_of
from peerapp.rules import cadence, limits
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.planning import PAST
from peerapp.rules.refusal import STALE, Refusal
from peerapp.rules.states import WHAT_BECAME, SessionState
from tests.factories import make_session

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
THURSDAY = Plan(datetime(2026, 11, 26, 13, 0, tzinfo=UTC), 45, "Room 3")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


def ours(pair, person):
    return pair_of(person, pair.id)


def load(session, person):
    return sessions.open_session_of(person, session.pair_id, session.id)


def notices(person):
    return [notice.kind for notice in db.session.scalars(select(Notice).where(Notice.person_id == person.id))]


def subject_to(person):
    return db.session.scalars(select(Letter.subject).where(Letter.address == person.email)).one()


def count(of):
    return db.session.scalar(select(func.count()).select_from(of))


def test_a_planned_session_has_the_usual_agenda_and_the_next_number(ana_and_ben, ana):
    pair = ours(ana_and_ben, ana)
    first, second = plans.plan(pair, ana, THURSDAY), plans.plan(pair, ana, THURSDAY)
    points = db.session.scalars(
        select(AgendaPoint).where(AgendaPoint.session_id == first.id).order_by(AgendaPoint.position),
    )
    assert [(point.words, point.minutes) for point in points] == [(each.name, each.minutes) for each in cadence.AGENDA]
    assert (first.number, second.number, first.state) == (1, 2, SessionState.PLANNED)


def test_planning_tells_the_other_of_the_two_on_both_clocks(ana_and_ben, ana, ben):
    ana.time_zone, ben.time_zone = "Europe/Berlin", "America/New_York"
    plans.plan(ours(ana_and_ben, ana), ana, THURSDAY)
    assert "Ana planned a session with you: Thu 26 Nov, 08:00 in New York, 14:00 in Berlin" in subject_to(ben)
    assert "Your session with Ben: Thu 26 Nov, 14:00 in Berlin, 08:00 in New York" in subject_to(ana)
    assert (notices(ana), notices(ben)) == ([], [NoticeKind.SESSION_PLANNED])


def test_planning_in_one_zone_names_no_zone(ana_and_ben, ana, ben):
    ana.time_zone, ben.time_zone = "Europe/Berlin", "Europe/Paris"
    plans.plan(ours(ana_and_ben, ana), ana, THURSDAY)
    assert subject_to(ben).endswith("a session with you: Thu 26 Nov, 14:00.")


def test_the_mail_is_in_the_readers_language(ana_and_ben, ana, ben):
    ben.language = "de"
    plans.plan(ours(ana_and_ben, ana), ana, THURSDAY)
    assert "hat ein Treffen mit dir geplant: Do., 26. Nov., 1" in subject_to(ben)


def test_nothing_is_planned_in_the_past_or_without_end(ana_and_ben, ana):
    pair = ours(ana_and_ben, ana)
    assert plans.plan(pair, ana, Plan(NOON, 45, "")) == Refusal(PAST)
    for _ in range(limits.PLANNED_MAX):
        plans.plan(pair, ana, THURSDAY)
    refused = plans.plan(pair, ana, THURSDAY)
    assert "12 sessions planned already" in str(refused)


def test_a_moved_session_keeps_its_place_and_remembers_where_it_was(ana_and_ben, ana, ben):
    session = load(make_session(ana_and_ben), ana)
    before, version = session.planned_for, ana_and_ben.version
    assert isinstance(plans.move(session, ana, THURSDAY, seen=1), Change)
    moved = db.session.scalars(select(SessionMove)).one()
    assert (moved.moved_from, moved.moved_to, moved.moved_by_id) == (before, THURSDAY.moment, ana.id)
    assert (session.number, session.version, session.pair.version) == (1, 2, version + 1)
    assert notices(ben) == [NoticeKind.SESSION_MOVED]


def test_a_new_room_alone_is_no_move_but_the_other_hears_of_it(ana_and_ben, ana, ben):
    session = load(make_session(ana_and_ben, planned_for=THURSDAY.moment), ana)
    assert isinstance(plans.move(session, ana, THURSDAY, seen=1), Change)
    assert (session.place, count(SessionMove), notices(ben)) == ("Room 3", 0, [NoticeKind.SESSION_CHANGED])


def test_a_move_on_top_of_a_move_that_was_not_seen_is_stale(ana_and_ben, ana, ben):
    session = load(make_session(ana_and_ben), ana)
    plans.move(session, ben, THURSDAY, seen=1)
    assert plans.move(session, ana, Plan(NOON + timedelta(days=9), 30, ""), seen=1) is STALE
    assert session.planned_for == THURSDAY.moment


def test_only_a_planned_session_can_be_moved_or_cancelled(ana_and_ben, ana):
    held = load(make_session(ana_and_ben, state=SessionState.HELD), ana)
    already = Refusal(WHAT_BECAME[SessionState.HELD])
    assert plans.move(held, ana, THURSDAY, seen=1) == already
    assert plans.cancel(held, ana) == already


def test_cancelling_tells_the_other(ana_and_ben, ana, ben):
    session = load(make_session(ana_and_ben), ana)
    assert isinstance(plans.cancel(session, ana), Change)
    assert (session.state, notices(ben)) == (SessionState.CANCELLED, [NoticeKind.SESSION_CANCELLED])


def test_whoever_starts_second_comes_in_without_a_word(ana_and_ben, ana, ben):
    session = load(make_session(ana_and_ben), ana)
    assert (actions.start(session), actions.start(load(session, ben))) == (None, None)
    assert (session.state, session.started_at) == (SessionState.RUNNING, NOON)


def test_only_one_session_runs_at_a_time(ana_and_ben, ana):
    first, second = make_session(ana_and_ben), make_session(ana_and_ben, number=2)
    actions.start(load(first, ana))
    assert actions.start(load(second, ana)) == Refusal(WHAT_BECAME[SessionState.RUNNING])


def test_two_start_on_the_spot_and_meet_in_one_session(ana_and_ben, ana, ben):
    first = actions.start_now(ours(ana_and_ben, ana))
    second = actions.start_now(ours(ana_and_ben, ben))
    assert (first.id, count(Session), first.started_at) == (second.id, 1, NOON)


def test_a_session_on_the_spot_takes_the_place_of_the_last_one(ana_and_ben, ana):
    make_session(ana_and_ben, place="https://meet.example.com/us", state=SessionState.HELD)
    assert actions.start_now(ours(ana_and_ben, ana)).place == "https://meet.example.com/us"


def test_a_session_begun_by_mistake_goes_back(ana_and_ben, ana):
    session = load(make_session(ana_and_ben), ana)
    actions.start(session)
    assert actions.put_back(session) is None
    assert (session.state, session.started_at) == (SessionState.PLANNED, None)


def test_ending_holds_the_session_and_plans_the_next_in_one_step(ana_and_ben, ana, ben):
    session = actions.start_now(ours(ana_and_ben, ana))
    assert actions.end(session, ana, THURSDAY) is None
    planned = sessions.planned_after(session)
    assert (session.state, session.ended_at) == (SessionState.HELD, NOON)
    assert (planned.planned_for, planned.number, notices(ben)) == (THURSDAY.moment, 2, [NoticeKind.SESSION_PLANNED])


def test_ending_twice_plans_once(ana_and_ben, ana, ben):
    session = actions.start_now(ours(ana_and_ben, ana))
    actions.end(session, ana, THURSDAY)
    again = actions.end(load(session, ben), ben, Plan(THURSDAY.moment + timedelta(hours=1), 30, ""))
    assert again == Refusal(WHAT_BECAME[SessionState.HELD])
    assert count(Session) == 2


def test_ending_adds_no_second_date_where_one_is_planned(ana_and_ben, ana):
    make_session(ana_and_ben)
    session = actions.start_now(ours(ana_and_ben, ana))
    assert actions.end(session, ana, THURSDAY) is None
    assert count(Session) == 2


def test_a_refused_next_date_leaves_the_session_running(ana_and_ben, ana):
    session = actions.start_now(ours(ana_and_ben, ana))
    assert actions.end(session, ana, Plan(NOON, 45, "")) == Refusal(PAST)
    assert session.state is SessionState.RUNNING


def test_a_session_that_passed_was_held_or_not_as_one_of_the_two_says(ana_and_ben, ana):
    held, missed = (make_session(ana_and_ben, number=n, planned_for=NOON - timedelta(hours=3)) for n in (1, 2))
    assert (actions.was_held(load(held, ana)), actions.was_not_held(load(missed, ana))) == (None, None)
    assert (held.state, missed.state) == (SessionState.HELD, SessionState.MISSED)
    assert held.ended_at - held.started_at == timedelta(minutes=45)


def test_a_session_ahead_was_neither_held_nor_missed(ana_and_ben, ana):
    session = load(make_session(ana_and_ben), ana)
    assert actions.was_held(session) == actions.was_not_held(session) == Refusal(actions.NOT_YET)


def test_a_missed_session_can_have_been_held_after_all(ana_and_ben, ana):
    session = make_session(ana_and_ben, state=SessionState.MISSED, planned_for=NOON - timedelta(days=4))
    assert actions.was_held(load(session, ana)) is None


def test_the_tick_marks_what_passed_a_day_ago_once_and_tells_both(ana_and_ben, ana, ben):
    long_ago = make_session(ana_and_ben, planned_for=NOON - timedelta(days=1, minutes=46))
    yesterday = make_session(ana_and_ben, number=2, planned_for=NOON - timedelta(days=1, minutes=44))
    assert (actions.mark_missed(clock.now()), actions.mark_missed(clock.now())) == (1, 0)
    assert (long_ago.state, yesterday.state) == (SessionState.MISSED, SessionState.PLANNED)
    assert notices(ana) == notices(ben) == [NoticeKind.SESSION_MISSED]


def test_the_tick_leaves_what_began_and_what_ended_alone(ana_and_ben, ana):
    week = NOON - timedelta(days=7)
    for number, state in enumerate((SessionState.RUNNING, SessionState.HELD, SessionState.CANCELLED), 1):
        make_session(ana_and_ben, number=number, state=state, planned_for=week)
    assert actions.mark_missed(clock.now()) == 0


def test_a_pair_that_ends_leaves_nothing_ahead(ana_and_ben, ana):
    running, planned = actions.start_now(ours(ana_and_ben, ana)), make_session(ana_and_ben, number=2)
    actions.close_with(db.session.get_one(Pair, ana_and_ben.id), clock.now())
    assert (running.state, planned.state) == (SessionState.HELD, SessionState.CANCELLED)
