"""What of a session goes into a calendar, and what does a written calendar ask for? calendars.py writes it."""

import re
from dataclasses import dataclass
from datetime import datetime

METHOD = re.compile(r"^METHOD:([A-Z]+)\r$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as its reader sees it. `begins` in UTC; `zone` is the reader's; `url` is the page of the session.

    `description` has an entry for each line.
    """

    uid: str
    sequence: int
    summary: str
    description: tuple[str, ...]
    place: str
    url: str
    begins: datetime
    minutes: int
    zone: str
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    name: str
    email: str
    has_said_yes: bool


def method_of(text: str) -> str:
    """What a calendar of ours asks for: the mail that brings it says the same."""
    found = METHOD.search(text)
    assert found
    return found[1]
