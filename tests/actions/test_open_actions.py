"""Actions belong to the pair: open until done, whatever session they came from."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from peerapp.actions import open_actions as actions, sessions as session_actions
from peerapp.actions.open_actions import Task
from peerapp.models import Change
from peerapp.queries import open_actions, sessions
from peerapp.queries.pairs import pair_of
from peerapp.queries.session_page import lines_of
from peerapp.rules import limits
from peerapp.rules.refusal import STALE, Refusal
from peerapp.rules.states import SessionState
from tests.factories import make_session

BRIEF = Task("Brief Priya", None, date(2026, 11, 26))


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def pair(ana_and_ben, ana):
    return pair_of(ana, ana_and_ben.id)


def running(pair):
    return session_actions.start_now(pair)


def seen_in(session):
    lines = lines_of(session)
    return [action.words for action in lines.earlier], [action.words for action in lines.actions]


def test_an_action_is_open_until_it_is_done(pair, ana):
    action = actions.add(pair, ana, BRIEF, None)
    assert [line.words for line in open_actions.open_in(pair)] == ["Brief Priya"]
    actions.tick(action, ana, done=True, seen=1)
    assert open_actions.open_in(pair) == ()


def test_what_a_session_leaves_open_stands_first_in_the_next_and_is_not_copied(pair, ana):
    first = running(pair)
    actions.add(pair, ana, BRIEF, first)
    session_actions.end(first, ana, None)
    second = running(pair)
    assert (seen_in(first), seen_in(second)) == (([], ["Brief Priya"]), (["Brief Priya"], []))
    assert open_actions.count_open_in(pair) == 1


def test_what_is_done_in_a_session_stays_on_its_page_and_leaves_the_next(pair, ana):
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as clock:
        action = actions.add(pair, ana, BRIEF, None)
        first = running(pair)
        clock.shift(60)
        actions.tick(action, ana, done=True, seen=1)
        clock.shift(60)
        session_actions.end(first, ana, None)
        clock.shift(3600)
        second = running(pair)
    assert (seen_in(first), seen_in(second)) == ((["Brief Priya"], []), ([], []))


def test_a_session_that_was_missed_or_cancelled_carries_nothing(pair, ana):
    actions.add(pair, ana, BRIEF, None)
    for number, state in enumerate((SessionState.MISSED, SessionState.CANCELLED), 1):
        session = sessions.session_of(ana, pair.id, make_session(pair, number=number, state=state).id)
        assert seen_in(session) == ([], [])


def test_two_who_tick_the_same_mean_the_same(pair, ana, ben):
    action = actions.add(pair, ana, BRIEF, None)
    actions.tick(action, ana, done=True, seen=1)
    assert actions.tick(action, ben, done=True, seen=1) is None
    assert (action.done_by_id, action.version) == (ana.id, 2)


def test_a_tick_on_words_that_changed_is_stale(pair, ana, ben):
    action = actions.add(pair, ana, BRIEF, None)
    actions.edit(action, ana, Task("Brief Priya and Sam", ben.id, None), seen=1)
    assert actions.tick(action, ana, done=True, seen=1) is STALE
    assert isinstance(actions.tick(action, ana, done=True, seen=2), Change)


def test_an_edit_of_a_version_one_has_not_seen_is_stale_unless_it_is_the_same(pair, ana, ben):
    action, both = actions.add(pair, ana, BRIEF, None), Task("Brief Priya and Sam", ben.id, None)
    assert isinstance(actions.edit(action, ana, both, seen=1), Change)
    assert actions.edit(action, ana, both, seen=1) is None
    assert actions.edit(action, ana, BRIEF, seen=1) is STALE


def test_a_dropped_action_is_nowhere_and_comes_back(pair, ana):
    action = actions.add(pair, ana, BRIEF, None)
    actions.drop(action, ana)
    assert open_actions.open_in(pair) == ()
    assert isinstance(actions.pick_up(action, ana), Change)
    assert len(open_actions.open_in(pair)) == 1


def test_a_pair_carries_only_so_much(pair, ana, monkeypatch):
    monkeypatch.setattr(limits, "ACTIONS_OPEN_MAX", 1)
    dropped = actions.add(pair, ana, BRIEF, None)
    actions.drop(dropped, ana)
    actions.add(pair, ana, BRIEF, None)
    assert isinstance(actions.add(pair, ana, BRIEF, None), Refusal)
    assert isinstance(actions.pick_up(dropped, ana), Refusal)


def test_a_session_holds_only_so_many(pair, ana, monkeypatch):
    monkeypatch.setattr(limits, "ACTIONS_SESSION_MAX", 1)
    session = running(pair)
    done = actions.add(pair, ana, BRIEF, session)
    actions.tick(done, ana, done=True, seen=1)
    assert isinstance(actions.add(pair, ana, BRIEF, session), Refusal)
    assert not isinstance(actions.add(pair, ana, BRIEF, None), Refusal)


def test_what_was_done_long_before_a_session_is_not_shown_in_it(pair, ana):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=3)):
        actions.tick(actions.add(pair, ana, BRIEF, None), ana, done=True, seen=1)
    assert seen_in(running(pair)) == ([], [])
