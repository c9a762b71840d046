"""How does somebody change what is theirs to set?"""

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person
from peerapp.models.people import Theme


def save(person: Person, *, language: str, time_zone: str, theme: Theme, shortcuts: bool) -> None:
    """Take all settings of the page."""
    person.language, person.time_zone, person.theme = language, time_zone, theme
    person.shortcuts_off_since = None if shortcuts else person.shortcuts_off_since or clock.now()
    db.session.flush()


def set_theme(person: Person, theme: Theme) -> None:
    person.theme = theme
    db.session.flush()


def set_language(person: Person, language: str) -> None:
    person.language = language
    db.session.flush()
