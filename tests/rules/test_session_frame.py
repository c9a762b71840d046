"""Time and turns of a session, by numbers."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from peerapp.rules.guessing import QUESTIONS
from peerapp.rules.icebreakers import ICEBREAKERS, others
from peerapp.rules.in_turns import hours_shared, would_rather_write
from peerapp.rules.timing import Timing, before, current, following

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
A, B, C = (uuid4() for _ in range(3))


def points(*done):
    return [SimpleNamespace(id=id_, is_done=id_ in done) for id_ in (A, B, C)]


def test_the_current_point_is_the_chosen_one_until_it_is_over():
    assert current(points(), B) == B
    assert current(points(A, B), B) == C
    assert current(points(A, B, C), B) is None


def test_after_the_last_point_come_those_that_were_left_out():
    assert following(points(C), C) == A
    assert following(points(A, B, C), C) is None


def test_back_from_the_end_is_the_last_and_from_the_first_there_is_none():
    assert (before(points(A, B, C), None), before(points(), A), before([], None)) == (C, None, None)


def test_a_pause_is_not_counted():
    assert Timing(NOON, 120).ends(5) == NOON + timedelta(minutes=3)
    assert Timing(None, 120).ends(5) is None
    assert [Timing(None, spent).minutes_left(5) for spent in (0, 1, 299, 300, 900)] == [5, 5, 1, 0, 0]


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [("Europe/Berlin", "Europe/Berlin", 8), ("Europe/Berlin", "America/New_York", 2), ("UTC", "Pacific/Auckland", 0),
     ("Asia/Kolkata", "Europe/London", 2.5), ("Pacific/Kiritimati", "Pacific/Honolulu", 8)],
)  # fmt: skip
def test_how_much_of_their_day_two_people_share(one, other, hours):
    assert hours_shared(one, other, NOON) == hours
    assert would_rather_write(one, other, NOON) == (hours < 2)


def test_chance_does_not_pick_the_same_twice_unless_there_is_no_other():
    assert others([1, 2], 1) == [2]
    assert others([1], 1) == [1]
    assert others([], None) == []


def test_keys_of_questions_fit_their_columns():
    assert all(len(key) <= 12 for key in [*ICEBREAKERS, *QUESTIONS])
