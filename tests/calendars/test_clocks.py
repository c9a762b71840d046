"""The clocks in an invitation: whoever knows no zone by its name reads the right moment from what it tells of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from peerapp import calendars
from peerapp.calendars import Entry
from peerapp.rules.zones import zones_to_choose
from tests.calendars.programs import clock_of, read, the_event, unfolded
from tests.calendars.test_entries import ENTRY, NOW, SENDER, asked

HOUR = timedelta(hours=1)
SWITCHES = {  # what the clocks do in 2027
    "Europe/Berlin": (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2027, 3, 14, 7, tzinfo=UTC), datetime(2027, 11, 7, 6, tzinfo=UTC)),
    "Australia/Sydney": (datetime(2027, 4, 3, 16, tzinfo=UTC), datetime(2027, 10, 2, 16, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2027, 4, 3, 15, tzinfo=UTC), datetime(2027, 10, 2, 15, 30, tzinfo=UTC)),
    "Europe/Dublin": (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
    "Africa/Casablanca": (datetime(2027, 2, 7, 2, tzinfo=UTC), datetime(2027, 3, 14, 2, tzinfo=UTC)),
    "America/Santiago": (datetime(2027, 4, 4, 3, tzinfo=UTC), datetime(2027, 9, 5, 4, tzinfo=UTC)),
}


def at(moment: datetime, zone: str, minutes: int = 45) -> Entry:
    return replace(ENTRY, begins=moment, zone=zone, minutes=minutes)


def moments_read(text: str) -> tuple[datetime, datetime]:
    """Beginning and end as the calendar's own account of the clocks has them."""
    found = {}
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if name.startswith(("DTSTART;TZID", "DTEND;TZID")):
            found[name[:5]] = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=clock_of(text)).astimezone(UTC)
        elif name in {"DTSTART", "DTEND"} and value.endswith("Z"):
            found[name[:5]] = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return found["DTSTA"], found["DTEND"]


@pytest.mark.parametrize("zone", SWITCHES)
@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("minutes", range(-180, 181, 15))
def test_around_both_switches_every_quarter_of_an_hour_is_read_right(zone: str, which: int, minutes: int) -> None:
    begins = SWITCHES[zone][which] + timedelta(minutes=minutes)
    text = asked(at(begins, zone))
    assert moments_read(text) == (begins, begins + timedelta(minutes=45))
    event = the_event(text)
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (begins, begins + timedelta(minutes=45))


def test_both_of_two_equal_hours_are_told_in_utc() -> None:
    first, second = (SWITCHES["Europe/Berlin"][1] + timedelta(minutes=minutes) for minutes in (-30, 30))
    assert "DTSTART:20271031T003000Z" in unfolded(asked(at(first, "Europe/Berlin", 15)))
    assert "DTSTART:20271031T013000Z" in unfolded(asked(at(second, "Europe/Berlin", 15)))
    assert "DTSTART;TZID=Europe/Berlin:20271031T030000" in unfolded(asked(at(second + HOUR / 2, "Europe/Berlin", 15)))


@pytest.mark.parametrize("month", [1, 7])
def test_every_zone_that_one_can_choose_is_read_right(month: int) -> None:
    begins = datetime(2027, month, 15, 13, tzinfo=UTC)
    wrong = [
        zone
        for zone in zones_to_choose("UTC")
        if moments_read(asked(at(begins, zone))) != (begins, begins + 0.75 * HOUR)
    ]
    assert wrong == []


def test_where_there_is_a_rule_it_is_told_as_one() -> None:
    rules = [line for line in unfolded(asked(at(ENTRY.begins, "America/New_York"))) if line.startswith("RRULE")]
    assert rules == ["RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Casablanca", "Asia/Kathmandu"])
def test_one_account_of_the_clocks_serves_all_years_of_a_feed(zone: str) -> None:
    days = [at(datetime(2025, 12, 20, 13, tzinfo=UTC) + timedelta(days=10 * step), zone) for step in range(70)]
    entries = [replace(entry, uid=str(place)) for place, entry in enumerate(days)]
    text = calendars.published(entries, SENDER, NOW, "Peers")
    assert [event.start.astimezone(UTC) for event in read(text).events] == [entry.begins for entry in entries]
    assert text.count("BEGIN:VTIMEZONE") == 1
    clock = clock_of(text)
    starts = [line.partition(":")[2] for line in unfolded(text) if line.startswith("DTSTART;TZID")]
    read_there = [datetime.strptime(start, "%Y%m%dT%H%M%S").replace(tzinfo=clock).astimezone(UTC) for start in starts]
    assert read_there == [entry.begins for entry in entries]
