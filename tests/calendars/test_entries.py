"""A session in a calendar: a second library and the rules of RFC 5545 and 5546 find in it what was put there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ical.types import CalAddress

from peerapp import calendar_entries, calendars
from peerapp.calendars import Entry, Guest
from tests.calendars.programs import read, the_event, unfolded
from tests.house.corpus import HOSTILE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SENDER = "peerapp@example.com"
ENTRY = Entry(
    uid="9b1c",
    sequence=0,
    summary="Session with Ben",
    description=("Board, agenda and journal:", "https://peers.example.com/pairs/1"),
    place="Room 3 or https://meet.example.com/ana,ben;1?a=b",
    url="https://peers.example.com/pairs/1",
    begins=datetime(2026, 11, 26, 13, tzinfo=UTC),
    minutes=45,
    zone="Europe/Berlin",
)
ANA, BEN = Guest("Ana Rivera", "ana@example.com", has_said_yes=True), Guest("Ben Okafor", "ben@example.com", False)
INJECTED = (
    *HOSTILE,
    "Ben\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT",
    "Ben\nEND:VEVENT\nEND:VCALENDAR",
    "Ben\rATTENDEE:mailto:evil@example.com",
    "Ben\\nDTSTART:19700101T000000Z",
    "Ben\u2028METHOD:CANCEL\u2029\x85\x0b\x0c",
    'Ben";CN=evil:mailto:evil@example.com',
    "Ben;RSVP=TRUE:mailto:evil@example.com",
    "Ben^n^'^^",
    "a,b;c:d\\",
    "\\",
    "\\,\\;\\N\\n",
    "ü" * 200,
    "👩‍👩‍👧" * 60,
    "e\u0301" * 90,
    "x" * 73 + "é\r\n y",
    "BEGIN:VALARM",
    "\x00\x07\x7f",
)


def asked(entry: Entry = ENTRY) -> str:
    return calendars.invitation(entry, SENDER, [ANA, BEN], NOW)


def test_an_invitation_says_with_whom_when_and_where() -> None:
    event = the_event(asked())
    assert (event.uid, event.sequence, event.summary) == ("9b1c", 0, "Session with Ben")
    assert (event.start, event.end) == (ENTRY.begins, ENTRY.begins + timedelta(minutes=45))
    assert (event.location, event.url) == (ENTRY.place, ENTRY.url)
    assert event.description == "Board, agenda and journal:\nhttps://peers.example.com/pairs/1"
    assert (event.status, event.classification, event.dtstamp) == ("CONFIRMED", "PRIVATE", NOW)


def test_it_comes_from_the_sender_to_both_and_asks_nobody_to_write_back() -> None:
    event = the_event(asked())
    assert f"ORGANIZER:mailto:{SENDER}" in unfolded(asked())
    assert isinstance(event.organizer, CalAddress)
    told = [(each.common_name, str(each.uri), each.status, each.rsvp) for each in event.attendees]
    assert told == [
        ("Ana Rivera", "mailto:ana@example.com", "ACCEPTED", False),
        ("Ben Okafor", "mailto:ben@example.com", "NEEDS-ACTION", False),
    ]


def test_the_time_is_on_the_readers_clock() -> None:
    assert "DTSTART;TZID=Europe/Berlin:20261126T140000" in unfolded(asked())
    assert "DTSTART:20261126T130000Z" in unfolded(asked(replace(ENTRY, zone="UTC")))


def test_a_call_link_is_offered_as_one() -> None:
    [conference] = the_event(asked()).conference
    assert str(conference.uri) == "https://meet.example.com/ana,ben;1?a=b"
    assert the_event(asked(replace(ENTRY, place="Room 3"))).conference == []


@pytest.mark.parametrize("place", ["javascript:alert(1)", "http://meet.example.com", "https://a:b@meet.example.com"])
def test_nothing_else_is_offered_as_a_call(place: str) -> None:
    assert the_event(asked(replace(ENTRY, place=place))).conference == []


def test_a_session_without_a_place_names_none() -> None:
    assert the_event(asked(replace(ENTRY, place=""))).location is None


def test_a_cancelled_one_says_so_twice() -> None:
    text = asked(replace(ENTRY, is_cancelled=True, sequence=4))
    assert (read(text).method, calendar_entries.method_of(text)) == ("CANCEL", "CANCEL")
    assert (the_event(text).status, the_event(text).sequence, the_event(text).uid) == ("CANCELLED", 4, ENTRY.uid)


def test_what_is_published_names_no_guests() -> None:
    later = replace(ENTRY, uid="7a", begins=ENTRY.begins + timedelta(days=300))
    calendar = read(calendars.published([ENTRY, later], SENDER, NOW, "Peers, sessions; and \\ more"))
    assert [(event.uid, event.attendees) for event in calendar.events] == [("9b1c", []), ("7a", [])]
    assert {extra.name: extra.value for extra in calendar.extras}[
        "x-wr-calname"
    ] == "Peers\\, sessions\\; and \\\\ more"


def test_a_calendar_without_sessions_is_one() -> None:
    assert read(calendars.published([], SENDER, NOW, "Peers")).events == []


@pytest.mark.parametrize("words", INJECTED)
def test_whatever_a_name_or_a_place_says_stays_words(words: str) -> None:
    entry = replace(ENTRY, summary=f"Session with {words}", place=words, description=(words, "the end"))
    text = calendars.invitation(entry, SENDER, [Guest(words, "ben@example.com", has_said_yes=False)], NOW)
    event, plain = the_event(text), " ".join("".join(s if s.isprintable() else " " for s in words).split())
    assert (event.uid, event.summary) == (ENTRY.uid, f"Session with {plain}".strip())
    assert ((event.location or ""), event.description) == (plain, f"{plain}\nthe end")
    [guest] = event.attendees
    assert (str(guest.uri), guest.rsvp) == ("mailto:ben@example.com", False)
    assert (guest.common_name or "") == plain.replace('"', "'").replace("\\", "/")
    assert [line for line in unfolded(text) if line.startswith(("BEGIN:", "METHOD"))].count("BEGIN:VEVENT") == 1
    assert calendar_entries.method_of(text) == "REQUEST"
