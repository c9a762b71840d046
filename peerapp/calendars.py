"""How does a session look to a calendar program (RFC 5545), and how does a program know what to do with it (RFC 5546)?

Whoever gets the same entry again with a higher `sequence` updates theirs. Nothing in it tells what the two talk about, for
calendars are often shown to others. Line breaks in names and places become spaces before anything is written.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from peerapp.calendar_clocks import timezone
from peerapp.calendar_entries import Entry, Guest
from peerapp.rules import places
from peerapp.rules.local_time import on_the_wall

LOOK_AGAIN = timedelta(hours=1)
NOT_IN_A_NAME = str.maketrans({'"': "'", "\\": "/"})  # the first cannot be written there, the second is misread by some


class Words(vText):
    """Text as it is: the library takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def invitation(entry: Entry, organizer: str, guests: Iterable[Guest], stamp: datetime) -> str:
    """To be mailed: puts the entry into a calendar, updates it there, or takes it out when it is cancelled."""
    calendar = _calendar("CANCEL" if entry.is_cancelled else "REQUEST")
    event = _event(entry, organizer, stamp)
    for guest in guests:
        event.add("attendee", _attendee(guest), encode=False)
    _put(calendar, [entry], [event])
    return _text(calendar)


def published(entries: list[Entry], organizer: str, stamp: datetime, name: str = "") -> str:
    """To be downloaded, or to be looked at again and again: then it has a name."""
    calendar = _calendar("PUBLISH")
    if name:
        calendar.add("name", Words(_plain(name)), encode=False)
        calendar.add("x-wr-calname", Words(_plain(name)), encode=False)
        again = vDuration(LOOK_AGAIN)
        again.params["VALUE"] = "DURATION"
        calendar.add("refresh-interval", again, encode=False)
        calendar.add("x-published-ttl", vDuration(LOOK_AGAIN), encode=False)
    _put(calendar, entries, [_event(entry, organizer, stamp) for entry in entries])
    return _text(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//peerapp//peerapp//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _put(calendar: Calendar, entries: list[Entry], events: list[Event]) -> None:
    """Every zone before the entries that are told in it."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if _zone_of(entry) != "UTC":
            years.setdefault(entry.zone, set()).add(on_the_wall(entry.begins, entry.zone).year)
    for zone, used in years.items():
        calendar.add_component(timezone(zone, min(used), max(used)))
    for event in events:
        calendar.add_component(event)


def _event(entry: Entry, organizer: str, stamp: datetime) -> Event:
    event, zone = Event(), _zone_of(entry)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", on_the_wall(entry.begins, zone))
    event.add("dtend", on_the_wall(_end(entry), zone))
    event.add("organizer", vCalAddress(f"mailto:{organizer}"), encode=False)
    description = "\n".join(_plain(line) for line in entry.description)
    for name, words in (
        ("summary", _plain(entry.summary)),
        ("description", description),
        ("location", _plain(entry.place)),
    ):
        if words:
            event.add(name, Words(words), encode=False)
    event.add("url", vUri(entry.url), encode=False)
    for link in _call_links(entry.place):
        event.add("conference", link, encode=False)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    return event


def _end(entry: Entry) -> datetime:
    return entry.begins + timedelta(minutes=entry.minutes)


def _zone_of(entry: Entry) -> str:
    """The reader's; UTC for a time in the hour that comes twice, which programs take for one or the other."""
    walls = (on_the_wall(entry.begins, entry.zone), on_the_wall(_end(entry), entry.zone))
    return (
        "UTC"
        if any(wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset() for wall in walls)
        else entry.zone
    )


def _attendee(guest: Guest) -> vCalAddress:
    """Nobody is asked to answer the organiser by mail: nobody reads there."""
    attendee = vCalAddress(f"mailto:{_plain(guest.email)}")
    attendee.params["CN"] = vText(_plain(guest.name).translate(NOT_IN_A_NAME))
    attendee.params["CUTYPE"], attendee.params["ROLE"] = "INDIVIDUAL", "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if guest.has_said_yes else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _call_links(place: str) -> list[vUri]:
    links = [vUri(words) for words, is_link in places.parts(place) if is_link]
    for link in links:
        link.params["VALUE"], link.params["FEATURE"] = "URI", ["AUDIO", "VIDEO"]
    return links


def _plain(words: str) -> str:
    """On one line, without signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical(sorted=False), "utf-8")
