"""Planning, moving and cancelling in the browser: on one's own clock, with a clear sentence for what cannot be."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Session
from peerapp.rules.states import PairState, SessionState
from tests.boards import stored
from tests.factories import make_pair, make_session

PLAN = {"day": "2026-11-26", "at": "14:00", "minutes": "45", "place": "Room 3"}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def sessions_url(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/sessions"


def zones(cast, ana, ben):
    cast["ana"].time_zone, cast["ben"].time_zone = ana, ben
    db.session.commit()


def the_session():
    return db.session.scalars(select(Session)).one()


def test_a_time_means_the_clock_of_whoever_plans(as_, cast, sessions_url):
    zones(cast, "Europe/Berlin", "America/New_York")
    assert as_("ana").post(sessions_url, PLAN).status_code == 303
    assert the_session().planned_for == datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


def test_both_zones_are_named_where_the_clocks_differ(as_, cast, sessions_url, ana_and_ben):
    zones(cast, "Europe/Berlin", "America/New_York")
    as_("ana").post(sessions_url, PLAN)
    journal = f"/pairs/{ana_and_ben.id}/journal"
    assert "Thu 26 Nov, 14:00 in Berlin, 08:00 in New York" in as_("ana").get(journal).text
    assert "Thu 26 Nov, 08:00 in New York, 14:00 in Berlin" in as_("ben").get(journal).text


def test_the_form_says_what_a_time_is_for_the_other(as_, cast, sessions_url):
    zones(cast, "Europe/Berlin", "America/New_York")
    page = as_("ana").get(f"{sessions_url}/new").text
    assert "on your clock, in Berlin. Your 10:00 is 04:00 for Ben in New York." in page
    zones(cast, "Europe/Berlin", "Europe/Berlin")
    assert "on your clock" not in as_("ana").get(f"{sessions_url}/new").text


def test_the_form_proposes_the_rhythm_the_length_and_the_place_of_the_pair(as_, ana_and_ben, sessions_url):
    make_session(
        ana_and_ben, place="https://meet.example.com/us", planned_for=datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    )
    page = as_("ben").get(f"{sessions_url}/new").text
    for typed in ('value="2026-12-04"', 'value="13:00"', 'value="45"', 'value="https://meet.example.com/us"'):
        assert typed in page


def test_an_hour_that_the_clocks_skip_is_refused_and_what_was_typed_stays(as_, cast, sessions_url):
    zones(cast, "Europe/Berlin", "UTC")
    answer = as_("ana").post(sessions_url, {**PLAN, "day": "2027-03-28", "at": "02:30"})
    assert (answer.status_code, db.session.scalars(select(Session)).all()) == (422, [])
    for words in ("Berlin go forward and skip 02:30", 'value="2027-03-28"', 'value="Room 3"'):
        assert words in answer.text


def test_an_hour_that_comes_twice_means_its_first_time(as_, cast, sessions_url):
    zones(cast, "Europe/Berlin", "UTC")
    as_("ana").post(sessions_url, {**PLAN, "day": "2027-10-31", "at": "02:30"})
    assert the_session().planned_for == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "", "Pick a day."),
        ("day", "26.11.2026", "Write the day like this: 2026-11-26."),
        ("day", "0001-01-01", "already passed"),
        ("day", "9999-12-31", "more than a year away"),
        ("day", "2026-11-22", "already passed"),
        ("at", "", "Pick a time."),
        ("at", "two", "Write the time like this: 14:30."),
        ("minutes", "", "Say how long"),
        ("minutes", "5", "between 10 and 240 minutes"),
        ("minutes", "9" * 40, "between 10 and 240 minutes"),
        ("minutes", "an hour", "Write a whole number."),
        ("place", "x" * 301, "under 300 characters"),
        ("place", "call http://meet.example.com/us", "begins with https://"),
        ("place", "https://ana:secret@meet.example.com/us", "begins with https://"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(as_, sessions_url, field, typed, sentence):
    answer = as_("ana").post(sessions_url, {**PLAN, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "There is a problem" in answer.text


def test_a_time_with_seconds_is_as_good(as_, sessions_url):
    assert as_("ana").post(sessions_url, {**PLAN, "at": "14:00:30"}).status_code == 303


def test_a_double_click_plans_once(as_, sessions_url):
    ana, key = as_("ana"), uuid4().hex
    answers = [ana.post(sessions_url, {**PLAN, "once": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    the_session()


def test_a_session_moves_and_says_from_when(as_, ana_and_ben, cast):
    session = make_session(ana_and_ben, planned_for=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    here = f"/pairs/{ana_and_ben.id}/sessions/{session.id}"
    assert 'value="2026-11-24"' in as_("ana").get(f"{here}/move").text
    assert as_("ana").post(f"{here}/move", {**PLAN, "seen": "1"}).status_code == 303
    assert "Ana moved it from Tue 24 Nov, 09:00." in as_("ben").get(here).text


def test_two_who_move_the_same_session_see_both_dates(as_, ana_and_ben):
    session = make_session(ana_and_ben, planned_for=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    move = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/move"
    as_("ben").post(move, {**PLAN, "day": "2026-11-25", "seen": "1"})
    clash = as_("ana").post(move, {**PLAN, "seen": "1"})
    assert clash.status_code == 409
    for words in ("Wed 25 Nov, 14:00", 'value="2026-11-26"', 'name="seen" value="2"', "Keep mine", "Keep theirs"):
        assert words in clash.text
    assert as_("ana").post(move, {**PLAN, "seen": "2"}).status_code == 303


def began(session):
    return {"was_when": f"{session.planned_for:%Y-%m-%d %H:%M}", "was_minutes": "45", "was_place": session.place}


def test_two_who_change_different_things_of_a_plan_are_both_heard(as_, ana_and_ben):
    session = make_session(ana_and_ben, planned_for=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), place="Room 1")
    move, form = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/move", {**began(session), "seen": "1", "minutes": "45"}
    old, ana = {"day": "2026-11-24", "at": "09:00"}, as_("ana")
    as_("ben").post(move, {**form, **old, "place": "Café"})
    assert ana.post(move, {**form, "day": "2026-11-26", "at": "14:00", "place": "Room 1"}).status_code == 303
    db.session.expire_all()
    assert (the_session().planned_for, the_session().place) == (datetime(2026, 11, 26, 14, 0, tzinfo=UTC), "Café")
    assert "“Room or call link” meanwhile. Both are saved." in ana.get(move.removesuffix("/move")).text


def test_of_two_places_one_is_chosen_or_both(as_, ana_and_ben):
    session = make_session(ana_and_ben, planned_for=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), place="Room 1")
    move, form = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/move", {**began(session), "seen": "1", "minutes": "45"}
    form |= {"day": "2026-11-24", "at": "09:00"}
    as_("ben").post(move, {**form, "place": "Café"})
    clash = as_("ana").post(move, {**form, "minutes": "60", "place": "Room 9"})
    assert (clash.status_code, "Café\nRoom 9" in clash.text) == (409, True)
    form |= {"minutes": "60", "place": "Room 9", "was_place": "Café", "merged_place": "Room 9,\r\nthen Café"}
    as_("ana").post(move, {**form, "keep_place": "theirs"})
    assert (stored(Session.minutes), stored(Session.place)) == (60, "Café")
    as_("ana").post(move, {**form, "was_minutes": "60", "keep_place": "merged"})
    assert stored(Session.place) == "Room 9, then Café"


def test_a_refused_move_still_remembers_which_version_was_seen(as_, ana_and_ben):
    session = make_session(ana_and_ben, version=3)
    move = f"/pairs/{ana_and_ben.id}/sessions/{session.id}/move"
    assert 'name="seen" value="2"' in as_("ana").post(move, {**PLAN, "minutes": "1", "seen": "2"}).text


def test_a_session_that_has_begun_cannot_be_moved(as_, ana_and_ben):
    session = make_session(ana_and_ben, state=SessionState.RUNNING, started_at=datetime(2026, 11, 23, 11, tzinfo=UTC))
    here, ana = f"/pairs/{ana_and_ben.id}/sessions/{session.id}", as_("ana")
    assert ana.get(f"{here}/move").location == here
    assert ana.post(f"{here}/move", {**PLAN, "seen": "1"}).location == here
    assert "This session is already under way." in ana.get(here).text


def test_a_cancelled_session_stays_in_the_journal_closed(as_, ana_and_ben):
    session = make_session(ana_and_ben)
    here, ana = f"/pairs/{ana_and_ben.id}/sessions/{session.id}", as_("ana")
    assert ana.post(f"{here}/cancel").location == here
    assert "This session was cancelled" in ana.get(here).text
    assert ana.post(f"{here}/notes", {"body": "Too late"}).status_code == 403


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.CHARTERING])
def test_a_pair_that_is_not_open_plans_nothing(as_, cast, state):
    pair = make_pair(cast["ana"], cast["caro"], state)
    assert as_("ana").get(f"/pairs/{pair.id}/sessions/new").status_code == 403
    assert as_("ana").post(f"/pairs/{pair.id}/sessions", PLAN).status_code == 403
