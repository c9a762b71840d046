"""A session by writing: turns of three days, handed over, offered again without blame, ended like any session."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from peerapp import clock
from peerapp.actions import in_turns
from peerapp.db import db
from peerapp.models import AgendaPoint, Letter, NoteBlock, Notice, Person, Session, SessionTurn
from peerapp.rules.in_turns import SessionKind
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import SessionState
from tests.factories import make_goal, make_session

NOON = "2026-11-23T12:00:00+00:00"


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here(as_, ana_and_ben):
    return as_("ana").post(f"/pairs/{ana_and_ben.id}/sessions/in-turns").location


def turn():
    db.session.expire_all()
    return db.session.scalars(select(SessionTurn)).one()


def told(kind):
    return db.session.scalars(select(Notice).where(Notice.kind == kind)).all()


def tick():
    done = in_turns.offer_again(clock.now())
    db.session.commit()
    return done


def remind():
    done = in_turns.remind(clock.now())
    db.session.commit()
    return done


def test_whoever_begins_has_the_first_turn_and_three_days(as_, here, cast):
    assert turn().person_id == cast["ana"].id
    assert turn().until - clock.now() == timedelta(days=3)
    assert "Your turn, until" in as_("ana").get(here).text
    assert "Ana’s turn, until" in as_("ben").get(here).text


def test_a_turn_is_written_into_the_notes_and_handed_over(as_, here, cast):
    as_("ana").post(f"{here}/turn", {"turn": "I am well, and you?", "then": "stay"})
    assert turn().person_id == cast["ben"].id
    assert "I am well, and you?" in as_("ben").get(here).text
    assert [notice.person_id for notice in told(NoticeKind.TURN_YOURS)] == [cast["ben"].id]


def test_point_by_point_until_all_are_done_then_it_ends_like_any_session(as_, here):
    for place in range(5):
        as_("ana" if place % 2 == 0 else "ben").post(f"{here}/turn", {"turn": "", "then": "next"})
    assert all(point.is_done for point in db.session.scalars(select(AgendaPoint)))
    assert "Every point is done" in as_("ben").get(here).text
    as_("ben").post(f"{here}/end", {"then": "none"})
    assert db.session.scalars(select(Session)).one().state is SessionState.HELD


def test_who_has_no_turn_hands_nothing_over_and_loses_no_word(as_, here, cast):
    answer = as_("ben").post(f"{here}/turn", {"turn": "A long text", "then": "stay"})
    assert answer.status_code == 422
    assert "It is Ana’s turn." in answer.text
    assert "A long text</textarea>" in answer.text
    assert turn().person_id == cast["ana"].id
    assert not db.session.scalars(select(NoteBlock)).all()


def test_home_and_journal_say_whose_turn_it_is_and_until_when(as_, here, ana_and_ben, cast, frozen):
    journal = f"/pairs/{ana_and_ben.id}/journal"
    make_goal(ana_and_ben, by=cast["ana"])
    assert "Your turn with Ben, until Thursday" in as_("ana").get("/").text
    assert "your turn until Thursday" in as_("ana").get(journal).text
    assert "The turn is with Ana" in as_("ben").get("/").text
    assert "Ana’s turn" in as_("ben").get(journal).text
    frozen.shift(timedelta(days=4))
    assert "Your turn with Ben, whenever it suits you" in as_("ana").get("/").text
    assert "until Thursday" not in as_("ana").get(journal).text


def test_its_agenda_has_days_and_no_minutes(as_, here):
    text = as_("ana").get(here).text
    assert " min<" not in text
    assert 'type="number"' not in text
    as_("ana").post(f"{here}/agenda", {"point": "The move to Lisbon", "minutes": "5"})
    assert "The move to Lisbon" in as_("ben").get(here).text
    assert "minutes" not in as_("ben").get(f"{here}/print").text


def test_a_day_before_it_is_over_one_is_reminded_once(as_, here, frozen, cast):
    assert remind() == 0
    frozen.shift(timedelta(days=2, minutes=1))
    assert [remind(), remind()] == [1, 0]
    assert [notice.person_id for notice in told(NoticeKind.TURN_ENDS)] == [cast["ana"].id]
    as_("ana").post(f"{here}/turn", {"turn": "", "then": "stay"})
    frozen.shift(timedelta(days=2, minutes=1))
    assert remind() == 1
    frozen.shift(timedelta(days=1))
    assert [tick(), remind()] == [1, 0]
    frozen.shift(timedelta(days=2, minutes=1))
    assert remind() == 0


def test_a_turn_that_was_not_taken_is_offered_again_once(as_, here, frozen, cast):
    frozen.shift(timedelta(days=3, minutes=1))
    assert [tick(), tick()] == [1, 0]
    assert [notice.person_id for notice in told(NoticeKind.TURN_AGAIN)] == [cast["ana"].id]
    assert "Here are three more." in as_("ana").get(here).text
    frozen.shift(timedelta(days=4))
    assert tick() == 0
    assert "Your turn, whenever it suits you" in as_("ana").get(here).text


def test_the_other_may_take_a_turn_that_waits_and_not_before(as_, here, frozen, cast):
    as_("ben").post(f"{here}/turn/take")
    assert turn().person_id == cast["ana"].id
    frozen.shift(timedelta(days=3, minutes=1))
    assert "Take the turn" in as_("ben").get(here).text
    as_("ben").post(f"{here}/turn/take")
    assert turn().person_id == cast["ben"].id


def test_nothing_goes_into_a_calendar_and_no_meeting_is_under_way(as_, here, ana_and_ben):
    assert not db.session.scalar(select(func.count()).select_from(Letter).where(Letter.calendar != ""))
    assert as_("ana").get(f"{here}/session.ics").status_code == 404
    meeting = as_("ana").post(f"/pairs/{ana_and_ben.id}/sessions/start").location
    assert meeting != here
    assert "by writing" in as_("ana").get(f"/pairs/{ana_and_ben.id}/journal").text


def test_a_second_one_is_the_first(as_, here, ana_and_ben):
    assert as_("ben").post(f"/pairs/{ana_and_ben.id}/sessions/in-turns").location == here


def test_it_has_no_clock_and_cannot_be_put_back(as_, here):
    assert "/clock/" not in as_("ana").get(here).text
    as_("ana").post(f"{here}/put-back")
    assert db.session.scalars(select(Session)).one().state is SessionState.RUNNING


def test_a_meeting_has_no_turns(as_, ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING)
    assert session.kind is SessionKind.MEETING
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/sessions/{session.id}/turn", {"turn": "Hello", "then": "stay"})
    assert answer.status_code == 422


def test_it_is_proposed_first_where_working_days_hardly_meet(as_, ana_and_ben, cast):
    there = f"/pairs/{ana_and_ben.id}/sessions/new"
    assert "Begin by writing" in as_("ana").get(there).text
    assert "hardly meet" not in as_("ana").get(there).text
    db.session.get_one(Person, cast["ben"].id).time_zone = "Pacific/Auckland"
    db.session.commit()
    assert "Your working days hardly meet" in as_("ana").get(there).text
