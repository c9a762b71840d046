"""A calendar program for tests: what it reads, read by a library that peerapp does not use, and what it makes of it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO

from dateutil import tz
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

# RFC 5546, 3.2.1 (PUBLISH), 3.2.2 (REQUEST) and 3.2.5 (CANCEL): what an event must have, and must not.
MUST = {
    "PUBLISH": {"DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"},
    "REQUEST": {"ATTENDEE", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "SUMMARY", "UID"},
    "CANCEL": {"ATTENDEE", "DTSTAMP", "ORGANIZER", "SEQUENCE", "UID", "STATUS"},
}
MUST_NOT = {
    "PUBLISH": {"ATTENDEE", "REQUEST-STATUS"},
    "REQUEST": {"REQUEST-STATUS"},
    "CANCEL": {"REQUEST-STATUS", "VALARM"},
}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "LOCATION", "STATUS", "ORGANIZER", "CLASS", "URL", "DESCRIPTION"}  # fmt: skip
LINE = re.compile(r"[A-Z][A-Z0-9-]*(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]*)(,(\"[^\"]*\"|[^\";:,]*))*)*:.*")


def read(text: str) -> Calendar:
    """The calendar; raises where it does not hold to the standard."""
    check_lines(text)
    check_method(text)
    return IcsCalendarStream.calendar_from_ics(text)


def the_event(text: str) -> Event:
    [event] = read(text).events
    return event


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def check_lines(text: str) -> None:
    """RFC 5545, 3.1: lines end in CRLF, have at most 75 octets, no control signs, a name and a value; what begins, ends."""
    assert text.endswith("\r\n")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", text)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    open_ones: list[str] = []
    for line in unfolded(text):
        assert LINE.fullmatch(line), line
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_ones.append(value)
        elif name == "END":
            assert open_ones.pop() == value
    assert open_ones == []


def check_method(text: str) -> None:
    """RFC 5546: an event of this method has what it must, and every zone that it names is told."""
    lines = unfolded(text)
    [method] = [line.removeprefix("METHOD:") for line in lines if line.startswith("METHOD:")]
    for block in re.findall(r"BEGIN:VEVENT\n(.*?)\nEND:VEVENT", "\n".join(lines), re.DOTALL):
        names = [re.split("[;:]", line)[0] for line in block.split("\n")]
        assert MUST[method] <= set(names)
        assert not MUST_NOT[method] & set(names)
        assert all(names.count(name) <= 1 for name in ONCE)
    told = {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}
    assert set(re.findall(r";TZID=([^:;]+)", "\n".join(lines))) == told


def clock_of(text: str) -> tz.tz.tzrangebase:
    """The clocks of the one zone that the calendar tells of, as told there and nowhere else."""
    return tz.tzical(StringIO(text.replace("\r\n ", ""))).get()


@dataclass
class Program:
    """Does with what comes by mail what RFC 5546 asks for: newer replaces older, whatever comes first."""

    entries: dict[str, Event] = field(default_factory=dict)
    seen: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def take(self, text: str) -> None:
        calendar, event = read(text), the_event(text)
        order = (event.sequence or 0, event.dtstamp)
        if order < self.seen.get(event.uid, (-1, datetime.min.replace(tzinfo=UTC))):
            return
        self.seen[event.uid] = order
        if calendar.method == "CANCEL":
            self.entries.pop(event.uid, None)
        else:
            self.entries[event.uid] = event
