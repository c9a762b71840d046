"""A private address that calendar programs look at without a sign-in, and a file for those who get no mail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import CalendarFeed
from peerapp.rules.states import PairState, SessionState
from tests.calendars.programs import read, the_event
from tests.factories import make_pair, make_session
from tests.statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = "/settings/calendar"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def address_of(browser):
    """Where the settings say the calendar is, as a path; "" where there is none."""
    page = browser.get(SETTINGS).text
    return "/calendar/" + page.partition("/calendar/")[2].partition('"')[0] if 'id="f_address"' in page else ""


def made(browser):
    browser.post(SETTINGS)
    return address_of(browser)


def test_an_address_is_made_when_asked_for_and_can_be_seen_again(as_):
    ana = as_("ana")
    assert address_of(ana) == ""
    assert ana.post(SETTINGS).location == SETTINGS
    assert address_of(ana) == address_of(ana) != ""


def test_it_shows_ones_own_sessions_without_a_sign_in(as_, visitor, cast, ana_and_ben):
    mine = make_session(ana_and_ben, place="Room 3")
    make_session(make_pair(cast["caro"], cast["zoe"]))
    answer = visitor.get(made(as_("ana")))
    event = the_event(answer.text)
    assert (answer.content_type, "Set-Cookie" in answer.headers) == ("text/calendar; charset=utf-8", False)
    assert (event.uid, event.summary, event.location) == (str(mine.id), "Session with Ben", "Room 3")
    assert "Okafor" not in answer.text
    assert "@example.com" not in answer.text


def test_what_is_ahead_and_what_was_held_stands_in_it_and_nothing_else(as_, visitor, ana_and_ben):
    states = [state for number, state in enumerate(SessionState)]
    for number, state in enumerate(states, 1):
        make_session(ana_and_ben, number=number, state=state, planned_for=NOON - timedelta(days=number))
    make_session(ana_and_ben, number=9, state=SessionState.HELD, planned_for=NOON - timedelta(days=91))
    shown = read(visitor.get(made(as_("ana"))).text).events
    assert len(shown) == 3


def test_each_sees_the_other_and_an_ended_pair_keeps_what_was_held(as_, visitor, cast):
    pair = make_pair(cast["ana"], cast["caro"], PairState.ENDED)
    make_session(pair, state=SessionState.HELD, planned_for=NOON - timedelta(days=1))
    summaries = [the_event(visitor.get(made(as_(name))).text).summary for name in ("ana", "caro")]
    assert summaries == ["Session with Caro", "Session with Ana"]


def test_it_is_told_in_the_owners_language_and_zone(as_, visitor, cast, ana_and_ben):
    cast["ana"].language, cast["ana"].time_zone = "de", "Europe/Berlin"
    make_session(ana_and_ben, planned_for=datetime(2026, 11, 26, 13, tzinfo=UTC))
    text = visitor.get(made(as_("ana"))).text
    assert "SUMMARY:Treffen mit Ben" in text
    assert "DTSTART;TZID=Europe/Berlin:20261126T140000" in text


def test_a_replaced_one_and_a_removed_one_find_nothing(as_, visitor):
    ana = as_("ana")
    first, second = made(ana), made(ana)
    assert [visitor.get(address).status_code for address in (first, second)] == [404, 200]
    assert ana.post(f"{SETTINGS}/remove").location == SETTINGS
    assert (visitor.get(second).status_code, address_of(ana)) == (404, "")


def test_an_address_that_ended_and_one_that_never_was_look_the_same(as_, visitor):
    ana = as_("ana")
    ended = made(ana)
    ana.post(f"{SETTINGS}/remove")
    answers = [visitor.get(address) for address in (ended, "/calendar/nothing.ics", "/calendar/.ics")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


def test_with_a_leaver_the_address_ends(as_, visitor, cast):
    address = made(as_("ana"))
    cast["ana"].left_at = clock.now()
    assert visitor.get(address).status_code == 404


def test_the_table_does_not_hold_the_address(as_):
    secret = made(as_("ana")).removeprefix("/calendar/").removesuffix(".ics")
    row = db.session.scalars(select(CalendarFeed)).one()
    assert len(secret) == 43
    assert secret not in f"{row.token_hash} {row.salt}"


def test_with_another_key_the_address_works_and_is_no_longer_shown(as_, visitor, app, monkeypatch):
    address = made(as_("ana"))
    row = db.session.scalars(select(CalendarFeed)).one()
    row.salt = "as if the key were another"
    db.session.commit()
    assert visitor.get(address).status_code == 200
    page = as_("ana").get(SETTINGS).text
    assert "cannot be shown any more" in page
    assert 'id="f_address"' not in page


def test_a_full_calendar_takes_as_few_statements_as_an_empty_one(as_, visitor, ana_and_ben):
    address = made(as_("ana"))
    with counted() as before:
        visitor.get(address)
    for number in range(1, 40):
        make_session(ana_and_ben, number=number)
    with counted() as after:
        visitor.get(address)
    assert len(after) == len(before)


def test_a_session_can_be_downloaded_by_the_two_alone(as_, ana_and_ben):
    session = make_session(ana_and_ben, place="https://meet.example.com/us")
    here = f"/pairs/{ana_and_ben.id}/sessions/{session.id}"
    assert f'href="{here}/session.ics"' in as_("ben").get(here).text
    answer = as_("ben").get(f"{here}/session.ics")
    assert answer.headers["Content-Disposition"] == "attachment; filename=session.ics"
    assert (the_event(answer.text).uid, the_event(answer.text).summary) == (str(session.id), "Session with Ana")
    assert as_("zoe").get(f"{here}/session.ics").status_code == 404
