"""The changes of a zone's clocks are those that the zone has, told as rules where they follow some."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from peerapp.rules.zone_changes import Change, changes_between

HOUR = timedelta(hours=1)


def told(change: Change) -> tuple[object, ...]:
    return change.onset.isoformat(), change.before, change.after, change.name, change.day


def test_a_zone_with_two_rules_is_told_by_two() -> None:
    spring, autumn = changes_between("Europe/Berlin", 2027, 2027)
    assert told(spring) == ("2026-03-29T02:00:00", HOUR, 2 * HOUR, "CEST", "-1SU")
    assert told(autumn) == ("2026-10-25T03:00:00", 2 * HOUR, HOUR, "CET", "-1SU")
    assert (spring.is_daylight, autumn.is_daylight) == (True, False)


@pytest.mark.parametrize(
    ("zone", "days"),
    [("America/New_York", ["2SU", "1SU"]), ("Australia/Sydney", ["1SU", "1SU"]), ("Asia/Beirut", ["-1SU", "-1SU"])],
)
def test_a_day_is_named_as_it_is_every_year(zone: str, days: list[str]) -> None:
    assert [change.day for change in changes_between(zone, 2026, 2030)] == days


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Asia/Kathmandu", "UTC", "Etc/GMT+5"])
def test_where_no_clock_changes_one_line_says_so(zone: str) -> None:
    [only] = changes_between(zone, 2027, 2027)
    offset = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset()
    assert (only.before, only.after, only.onset.year, only.day) == (offset, offset, 1970, "")


def test_changes_without_a_rule_are_told_one_by_one_after_what_went_before() -> None:
    first, *rest = changes_between("Africa/Casablanca", 2027, 2027)
    assert (first.onset.year, first.before == first.after) == (2026, True)
    assert {change.day for change in rest} == {""}
    for change in rest:
        at = (change.onset - change.before).replace(tzinfo=UTC)
        offsets = [each.astimezone(ZoneInfo("Africa/Casablanca")).utcoffset() for each in (at - HOUR / 60, at)]
        assert offsets == [change.before, change.after]
