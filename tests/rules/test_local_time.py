"""Days and times on the wall become moments, also when the clocks jump."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, strategies as st

from peerapp.rules.local_time import OUT_OF_RANGE, city, moment_of, on_the_wall, same_clock
from peerapp.rules.refusal import Refusal

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def test_a_time_on_the_wall_becomes_a_moment() -> None:
    assert moment_of(date(2026, 11, 26), time(14, 0), "Europe/Berlin") == datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


def test_the_same_time_on_the_wall_is_another_moment_in_summer() -> None:
    assert moment_of(date(2026, 7, 1), time(14, 0), "Europe/Berlin") == datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_is_refused_by_name() -> None:
    refused = moment_of(date(2027, 3, 28), time(2, 30), "Europe/Berlin")
    assert isinstance(refused, Refusal)
    assert "Berlin go forward and skip 02:30" in str(refused)


def test_an_hour_that_comes_twice_means_its_first_time() -> None:
    assert moment_of(date(2026, 10, 25), time(2, 30), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_ends_of_the_calendar_are_refused() -> None:
    assert moment_of(date(1, 1, 1), time(0, 0), "Asia/Kolkata") == Refusal(OUT_OF_RANGE)
    assert moment_of(date(9999, 12, 31), time(23, 59), "America/New_York") == Refusal(OUT_OF_RANGE)


@given(
    day=st.dates(date(1990, 1, 1), date(2037, 1, 1)),
    minute=st.integers(0, 24 * 60 - 1),
    zone=st.sampled_from(ZONES),
)
def test_every_moment_shows_the_time_it_was_made_from(day: date, minute: int, zone: str) -> None:
    at = (datetime.combine(day, time()) + timedelta(minutes=minute)).time()
    moment = moment_of(day, at, zone)
    if not isinstance(moment, Refusal):
        assert on_the_wall(moment, zone).replace(tzinfo=None) == datetime.combine(day, at)


def test_clocks_are_compared_at_the_moment_itself() -> None:
    winter, between = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 3, 20, tzinfo=UTC)
    assert same_clock(winter, "Europe/Berlin", "Africa/Lagos")
    assert not same_clock(winter, "Europe/Berlin", "America/New_York")
    assert same_clock(between, "Europe/Berlin", "Europe/Paris")


def test_a_zone_is_told_by_its_city() -> None:
    assert [city(zone) for zone in ("America/New_York", "America/Argentina/Buenos_Aires", "UTC")] == [
        "New York",
        "Buenos Aires",
        "UTC",
    ]
