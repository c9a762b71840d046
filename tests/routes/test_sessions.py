"""A session from its first click to the next date."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Session
from peerapp.rules.states import SessionState
from tests.factories import make_goal, make_session
from tests.statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NEXT = {"then": "plan", "day": "2026-12-07", "at": "12:00", "minutes": "45", "place": ""}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sessions_url(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/sessions"


@pytest.fixture
def under_way(as_, sessions_url):
    """The address of a session that Ana has just started."""
    return as_("ana").post(f"{sessions_url}/start").location


def states():
    return [session.state for session in db.session.scalars(select(Session).order_by(Session.number))]


def test_one_click_in_the_journal_starts_a_session(as_, ana_and_ben, under_way):
    page = as_("ben").get(under_way).text
    for words in ("Session 1 of 6", "started 12:00", "How are you", "End session", "Only you and Ana"):
        assert words in page


@pytest.mark.parametrize(
    ("state", "told"), [(SessionState.HELD, "Session 2 of 6"), (SessionState.MISSED, "Session 1 of 6")]
)
def test_only_sessions_that_took_place_are_counted(as_, ana_and_ben, sessions_url, state, told):
    make_session(ana_and_ben, state=state, planned_for=NOON - timedelta(days=7))
    session = make_session(ana_and_ben, number=2, planned_for=NOON + timedelta(days=7))
    assert told in as_("ana").get(f"{sessions_url}/{session.id}").text


def test_a_planned_session_starts_with_one_click_too(as_, ana_and_ben, sessions_url):
    session = make_session(ana_and_ben)
    answer = as_("ben").post(f"{sessions_url}/{session.id}/start")
    assert (answer.location, states()) == (f"{sessions_url}/{session.id}", [SessionState.RUNNING])


def test_the_point_of_now_is_marked_and_asks_its_question(as_, under_way):
    page = as_("ana").get(under_way).text
    assert page.count('aria-current="step"') == 1
    assert "What is on your mind today, at work or beside it?" in page


def test_goals_under_way_stand_beside_the_journal(as_, ana_and_ben, cast, under_way):
    make_goal(ana_and_ben, "Brief three speakers", by=cast["ana"], column="doing")
    assert "Brief three speakers" in as_("ana").get(under_way).text


def test_ending_shows_what_came_out_and_proposes_the_next_date(as_, ana_and_ben, under_way):
    ana, pair = as_("ana"), f"/pairs/{ana_and_ben.id}"
    ana.post(f"{under_way}/decisions", {"decision": "No slides"})
    ana.post(f"{pair}/actions", {"action": "Brief Priya", "owner": "me", "session": under_way.rpartition("/")[2]})
    page = ana.get(f"{under_way}/end").text
    for words in ("No slides", "Brief Priya", 'value="2026-12-07"', 'value="12:00"', "End and plan this"):
        assert words in page


def test_one_click_ends_the_session_and_plans_the_next(as_, under_way, ana_and_ben):
    answer = as_("ana").post(f"{under_way}/end", NEXT)
    assert answer.location == f"/pairs/{ana_and_ben.id}/journal"
    assert states() == [SessionState.HELD, SessionState.PLANNED]


def test_a_session_can_end_without_a_next_date(as_, under_way):
    as_("ana").post(f"{under_way}/end", {"then": "none", "day": "nonsense"})
    assert states() == [SessionState.HELD]


def test_the_second_of_two_ends_learns_that_it_is_over(as_, under_way):
    as_("ana").post(f"{under_way}/end", NEXT)
    ben = as_("ben")
    assert ben.post(f"{under_way}/end", {**NEXT, "at": "15:00"}).location == under_way
    assert "already been held" in ben.get(under_way).text
    assert states() == [SessionState.HELD, SessionState.PLANNED]


@pytest.mark.parametrize(("field", "typed"), [("day", "2026-11-01"), ("at", ""), ("minutes", "3")])
def test_a_next_date_that_cannot_be_leaves_the_session_running(as_, under_way, field, typed):
    answer = as_("ana").post(f"{under_way}/end", {**NEXT, field: typed})
    assert (answer.status_code, states()) == (422, [SessionState.RUNNING])
    assert "There is a problem" in answer.text


def test_the_end_page_of_a_session_that_is_over_leads_back_to_it(as_, under_way):
    as_("ana").post(f"{under_way}/end", {"then": "none"})
    assert as_("ben").get(f"{under_way}/end").location == under_way


def test_a_session_begun_by_mistake_can_be_put_back(as_, under_way):
    as_("ana").post(f"{under_way}/put-back")
    assert states() == [SessionState.PLANNED]


def test_a_session_whose_time_has_passed_asks_what_became_of_it(as_, ana_and_ben, sessions_url):
    session = make_session(ana_and_ben, planned_for=NOON - timedelta(hours=5))
    page = as_("ana").get(f"/pairs/{ana_and_ben.id}/journal").text
    for words in ("This one has passed", "We did meet", "It did not happen"):
        assert words in page
    as_("ana").post(f"{sessions_url}/{session.id}/held")
    assert states() == [SessionState.HELD]


def test_a_missed_session_offers_a_new_date_without_guilt(as_, ana_and_ben, sessions_url):
    session = make_session(ana_and_ben, planned_for=NOON - timedelta(hours=5))
    as_("ana").post(f"{sessions_url}/{session.id}/not-held")
    page = as_("ben").get(f"{sessions_url}/{session.id}").text
    assert "did not happen, and that is fine" in page
    assert f"{sessions_url}/new" in page
    as_("ben").post(f"{sessions_url}/{session.id}/held")
    assert states() == [SessionState.HELD]


def test_only_https_links_can_be_followed(as_, ana_and_ben, sessions_url):
    good = make_session(ana_and_ben, place="Room 3 or https://meet.example.com/us")
    bad = make_session(ana_and_ben, number=2, place='javascript:alert(1) http://x.example "><b>')
    page, other = (as_("ana").get(f"{sessions_url}/{each.id}").text for each in (good, bad))
    assert '<a href="https://meet.example.com/us" target="_blank" rel="noopener noreferrer">' in page
    assert 'href="javascript:' not in other
    assert 'href="http://x' not in other
    assert "&#34;&gt;&lt;b&gt;" in other


def test_a_session_prints_without_buttons_and_without_anything_private(as_, under_way):
    ana = as_("ana")
    ana.post(f"{under_way}/notes", {"body": "Three **keywords**"})
    ana.post(f"{under_way}/private", {"private": "I was nervous", "seen": "0"})
    page = ana.get(f"{under_way}/print").text
    assert "<strong>keywords</strong>" in page
    assert "I was nervous" not in page
    assert "menu-item" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("lines", [1, 60])
def test_a_session_page_costs_three_statements_of_its_own_and_one_when_nothing_changed(as_, under_way, lines):
    ana = as_("ana")
    for number in range(lines):
        ana.post(f"{under_way}/notes", {"body": f"Note {number}"})
    with counted() as first:
        ana.get(under_way)
    with counted() as again:
        ana.get(under_way)
    shell = 2  # who is asking, and the pairs in the header
    assert [sum(each.startswith("SELECT") for each in sent) for sent in (first, again)] == [shell + 3, shell + 1]


def test_a_page_that_is_kept_has_new_keys_in_its_forms_each_time(as_, under_way):
    ana = as_("ana")
    pages = [ana.get(under_way).text for _ in range(3)]
    keys = [key for page in pages for key in re.findall(r'name="once" value="(\w+)"', page)]
    assert len(keys) == len(set(keys)) == 3 * 4
    assert {len(key) for key in keys} == {32}


def test_two_lines_added_from_one_kept_page_are_two(as_, under_way):
    ana = as_("ana")
    keys = re.findall(r'name="once" value="(\w+)"', ana.get(under_way).text)
    for number, key in enumerate(keys[:2]):
        ana.post(f"{under_way}/notes", {"body": f"Note {number}", "once": key})
    page = ana.get(under_way).text
    assert "Note 0" in page
    assert "Note 1" in page


def test_a_page_that_is_kept_carries_the_token_of_whoever_reads_it(as_, under_way):
    for _ in range(2):
        tokens = [
            re.search(r'name="csrf_token" value="([^"]+)"', as_(who).get(under_way).text)[1] for who in ("ana", "ben")
        ]
        assert tokens[0] != tokens[1]


def test_a_session_whose_time_passes_says_so_without_any_change(as_, ana_and_ben, sessions_url):
    session = make_session(ana_and_ben, planned_for=NOON + timedelta(minutes=30))
    ana, journal = as_("ana"), f"/pairs/{ana_and_ben.id}/journal"
    assert "in 30 minutes" in ana.get(journal).text
    assert "We did meet" not in ana.get(f"{sessions_url}/{session.id}").text
    with time_machine.travel(NOON + timedelta(minutes=31), tick=False):
        assert "This one has passed" in ana.get(journal).text
        assert "We did meet" in ana.get(f"{sessions_url}/{session.id}").text
