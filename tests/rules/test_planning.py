"""When a session may be planned, and when one has been missed."""

from datetime import UTC, datetime, timedelta

import pytest

from peerapp.rules.planning import (
    COUNTED_MOST,
    PAST,
    TOO_FAR,
    first_date,
    is_due,
    is_missed,
    may_be_planned,
    nth,
    quarter_hour,
)
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import SessionState

NOW = datetime(2026, 11, 22, 9, 7, 31, tzinfo=UTC)  # a Sunday


def test_a_session_is_planned_from_now_on_and_within_a_year() -> None:
    assert may_be_planned(NOW + timedelta(minutes=1), NOW) is None
    assert may_be_planned(NOW, NOW) == Refusal(PAST)
    assert may_be_planned(NOW + timedelta(days=367), NOW) == Refusal(TOO_FAR)


def test_a_session_is_missed_a_day_after_its_end_and_not_before() -> None:
    over = NOW + timedelta(minutes=45, days=1)
    assert not is_missed(NOW, 45, over)
    assert is_missed(NOW, 45, over + timedelta(seconds=1))


def test_the_first_date_is_a_morning_in_the_viewers_zone_on_a_working_day() -> None:
    assert first_date("Europe/Berlin", NOW) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert first_date("Europe/Berlin", NOW - timedelta(days=2)) == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_session_started_on_the_spot_counts_from_its_quarter_of_an_hour() -> None:
    assert quarter_hour(NOW) == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert quarter_hour(NOW + timedelta(minutes=10)) == datetime(2026, 11, 22, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "before", "expected"),
    [
        (SessionState.PLANNED, 3, 4),
        (SessionState.HELD, 0, 1),
        (SessionState.MISSED, 3, None),
        (SessionState.CANCELLED, 3, None),
        (SessionState.HELD, COUNTED_MOST, None),
    ],
)
def test_a_session_that_did_not_take_place_is_not_counted(
    state: SessionState, before: int, expected: int | None
) -> None:
    assert nth(state, before) == expected


@pytest.mark.parametrize(("minutes", "due"), [(16, False), (15, True), (-60, True)])
def test_a_session_is_due_from_a_quarter_of_an_hour_before(minutes: int, due: bool) -> None:
    assert is_due(NOW + timedelta(minutes=minutes), NOW) is due
