from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.cadence import AGENDA, SESSION_MINUTES, is_new_recruit, lapses_at, next_date

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 15 * 525_600).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])


def test_the_agenda_fills_the_session():
    assert sum(point.minutes for point in AGENDA) == SESSION_MINUTES
    assert [point.minutes for point in AGENDA] == [5, 10, 20, 5, 5]


def test_the_hour_on_the_wall_stays_when_the_clocks_go_forward():
    last = datetime(2026, 3, 19, 10, 0, tzinfo=BERLIN)  # a Thursday; the clocks change on the 29th
    assert next_date(last, 14, "Europe/Berlin", NOW) == datetime(2026, 4, 2, 10, 0, tzinfo=BERLIN)


def test_the_hour_on_the_wall_stays_when_the_clocks_go_back():
    last = datetime(2026, 10, 22, 10, 0, tzinfo=BERLIN)
    assert next_date(last, 14, "Europe/Berlin", last).astimezone(BERLIN).hour == 10


def test_a_weekend_becomes_the_monday_after():
    friday = datetime(2026, 3, 20, 10, 0, tzinfo=BERLIN)
    assert next_date(friday, 1, "Europe/Berlin", friday) == datetime(2026, 3, 23, 10, 0, tzinfo=BERLIN)
    assert next_date(friday, 2, "Europe/Berlin", friday) == datetime(2026, 3, 23, 10, 0, tzinfo=BERLIN)


def test_after_a_long_break_the_rhythm_goes_on_from_today():
    long_ago = datetime(2025, 3, 20, 10, 0, tzinfo=BERLIN)
    found = next_date(long_ago, 14, "Europe/Berlin", NOW)
    assert NOW < found <= NOW + timedelta(days=16)


@given(MOMENTS, st.integers(1, 90), ZONES, MOMENTS)
def test_the_next_date_is_always_ahead_on_a_working_day_and_never_far(last, every, zone, now):
    found = next_date(last, every, zone, now)
    assert found > now
    assert found > last
    assert found.astimezone(ZoneInfo(zone)).weekday() < 5
    assert found - max(now, last) <= timedelta(days=every + 3)


def test_a_rhythm_of_no_days_is_an_error():
    with pytest.raises(ValueError, match="at least one day"):
        next_date(NOW, 0, "UTC", NOW)


def test_a_request_lapses_after_a_week():
    assert lapses_at(NOW) == datetime(2026, 3, 27, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "new"), [(-5, True), (0, True), (90, True), (91, False)])
def test_the_first_ninety_days_are_new(days, new):
    today = date(2026, 11, 22)
    assert is_new_recruit(today - timedelta(days=days), today) is new


def test_an_unknown_start_date_is_not_new():
    assert not is_new_recruit(None, date(2026, 11, 22))
