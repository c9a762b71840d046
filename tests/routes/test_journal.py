"""The journal of a pair: next on top, newest first, and as cheap with ten thousand sessions as with ten."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import insert, select

from peerapp.db import db
from peerapp.models import Session
from peerapp.queries.journal import WINDOW
from peerapp.rules.states import PairState, SessionState
from tests.factories import make_pair, make_session
from tests.statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def journal(ana_and_ben):
    return f"/pairs/{ana_and_ben.id}/journal"


def fill(pair, count):
    """So many sessions held, one a day, the last one yesterday."""
    db.session.execute(
        insert(Session),
        [
            {
                "pair_id": pair.id,
                "number": number,
                "state": SessionState.HELD,
                "minutes": 45,
                "planned_for": NOON - timedelta(days=count - number + 1),
            }
            for number in range(1, count + 1)
        ],
    )
    db.session.commit()


def numbers(page):
    """The numbers that are told, of the sessions that count."""
    return [int(part.partition("<")[0]) for part in page.split(">Session ")[1:] if part[0].isdigit()]


def test_an_empty_journal_says_who_will_read_it(as_, journal):
    page = as_("ana").get(journal).text
    assert "Nothing here yet." in page
    assert "Only the two of you will ever read this page." in page
    assert "Plan your first session" in page


def test_the_next_session_stands_on_top_with_its_countdown_in_words(as_, ana_and_ben, journal):
    make_session(ana_and_ben, planned_for=NOON + timedelta(days=3), place="Room 3")
    make_session(ana_and_ben, number=2, planned_for=NOON + timedelta(days=9))
    page = as_("ana").get(journal).text
    top = page.partition('id="next_title"')[2].partition("</article>")[0]
    for words in ("Next session", "in 3 days", "Thu 26 Nov, 12:00", "Room 3", "Start now"):
        assert words in top


@pytest.mark.parametrize("state", [SessionState.RUNNING, SessionState.HELD])
def test_a_session_begun_early_stands_at_the_day_it_took_place(as_, ana_and_ben, journal, state):
    session = make_session(ana_and_ben, state=state, planned_for=NOON + timedelta(days=3), started_at=NOON)
    there = f"/pairs/{ana_and_ben.id}/sessions/{session.id}"
    for address in ("/", f"/pairs/{ana_and_ben.id}", journal, there, f"{there}/print"):
        assert "26 Nov" not in as_("ana").get(address).text
    listed = as_("ben").get(journal).text.partition('class="session-line')[2]
    assert "<strong>23</strong>" in listed
    assert "23 Nov, 12:00" in as_("ben").get(f"{there}/print").text


def test_a_session_under_way_comes_before_one_that_is_planned(as_, ana_and_ben, journal):
    make_session(ana_and_ben, planned_for=NOON - timedelta(days=3))
    make_session(ana_and_ben, number=2, state=SessionState.RUNNING, planned_for=NOON)
    assert "Under way" in as_("ben").get(journal).text


def test_sessions_stand_newest_first_in_windows_that_miss_none(as_, ana_and_ben, journal):
    fill(ana_and_ben, 2 * WINDOW + 5)
    ana, seen, there = as_("ana"), [], journal
    while there:
        page = ana.get(there).text
        seen += numbers(page)
        there = page.partition('rel="next" href="')[2].partition('"')[0]
    assert seen == list(range(2 * WINDOW + 5, 0, -1))


def test_windows_go_by_date_also_where_numbers_do_not(as_, ana_and_ben, journal):
    fill(ana_and_ben, WINDOW + 5)
    moved = db.session.scalars(select(Session).where(Session.number == 2)).one()
    moved.planned_for = NOON - timedelta(hours=1)
    db.session.commit()
    page = as_("ana").get(journal).text
    older = as_("ana").get(page.partition('rel="next" href="')[2].partition('"')[0]).text
    assert f"/sessions/{moved.id}" in page.partition('class="session-line')[2].partition("</li>")[0]
    assert numbers(page) + numbers(older) == list(range(WINDOW + 5, 0, -1))


def test_a_session_that_did_not_take_place_has_a_day_and_no_number(as_, ana_and_ben, journal):
    states = (SessionState.HELD, SessionState.MISSED, SessionState.CANCELLED, SessionState.HELD, SessionState.PLANNED)
    for number, state in enumerate(states, start=1):
        make_session(ana_and_ben, number=number, state=state, planned_for=NOON + timedelta(days=number - 4, hours=1))
    page = as_("ana").get(journal).text
    assert numbers(page.partition('class="session-line')[2]) == [3, 2, 1]
    assert (">Session on 21 Nov<" in page, ">Session on 22 Nov<" in page) == (True, True)
    assert "Session 3 ·" in page.partition('id="next_title"')[2].partition("</article>")[0]


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 40, "", "99"])
def test_an_address_that_was_made_up_shows_a_journal_all_the_same(as_, ana_and_ben, journal, before):
    fill(ana_and_ben, 3)
    assert as_("ana").get(f"{journal}?before={before}").status_code == 200


@pytest.mark.parametrize("count", [10, 10_000])
def test_three_statements_whatever_the_length_and_none_when_nothing_changed(as_, ana_and_ben, journal, count):
    fill(ana_and_ben, count)
    ana = as_("ana")
    with counted() as first:
        size = len(ana.get(journal).data)
    with counted() as again:
        ana.get(journal)
    shell = 3  # who is asking, their pair, the pairs in the header
    assert [sum(each.startswith("SELECT") for each in sent) for sent in (first, again)] == [shell + 3, shell]
    assert size < 40_000


def test_an_ended_pair_reads_on_but_finds_nothing_to_press(as_, cast):
    pair = make_pair(cast["ana"], cast["caro"], PairState.ENDED)
    make_session(pair, state=SessionState.HELD)
    page = as_("ana").get(f"/pairs/{pair.id}/journal").text
    assert "This pair has ended" in page
    for button in ("Start now", "Plan a session", "Add action"):
        assert button not in page


def test_what_one_typed_twice_is_seen_by_the_other_at_once(as_, journal, ana_and_ben):
    ben = as_("ben")
    assert "Brief Priya" not in ben.get(journal).text
    as_("ana").post(f"/pairs/{ana_and_ben.id}/actions", {"action": "Brief Priya", "owner": "me"})
    assert "Brief Priya" in ben.get(journal).text


def test_what_was_cancelled_or_missed_is_counted_nowhere(as_, ana_and_ben):
    states = (SessionState.HELD, SessionState.CANCELLED, SessionState.MISSED, SessionState.PLANNED)
    made = [
        make_session(ana_and_ben, number=number, state=state, planned_for=NOON + timedelta(days=8 * number - 31))
        for number, state in enumerate(states, start=1)
    ]
    pages = [as_("ana").get(f"/pairs/{ana_and_ben.id}/sessions/{each.id}").text for each in made]
    assert ["Session 1 of 6" in pages[0], "Session 2 of 6" in pages[3]] == [True, True]
    assert [" of 6" in page for page in pages[1:3]] == [False, False]
    journal = as_("ana").get(f"/pairs/{ana_and_ben.id}/journal").text
    assert [f">Session {number}<" in journal for number in (1, 2, 3, 4)] == [True, True, False, False]
