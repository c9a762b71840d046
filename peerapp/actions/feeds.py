"""How does somebody get a private address at which a calendar program finds their sessions, and how does it end?

The secret is random as far as anybody can tell who lacks the key of this installation, and is not stored: it is made
again from the key whenever its owner wants to see it.
"""

import base64
import hmac
import secrets

from flask import current_app
from sqlalchemy import delete

from peerapp import access, clock
from peerapp.actions.notices import address_of
from peerapp.db import db
from peerapp.models import CalendarFeed, Person


def make(person: Person) -> None:
    """A new address for the person; an earlier one ends."""
    end(person)
    salt = secrets.token_hex(16)
    row = CalendarFeed(person_id=person.id, token_hash=access.hash_of(_token(salt)), salt=salt, made_at=clock.now())
    db.session.add(row)
    db.session.flush()


def end(person: Person) -> None:
    """The address no longer works; harmless where there is none."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person.id))


def address(feed: CalendarFeed) -> str:
    """To be shown to its owner. "" where the key of the installation has changed: the address still works, unseen."""
    token = _token(feed.salt)
    return address_of(f"/calendar/{token}.ics") if access.hash_of(token) == feed.token_hash else ""


def _token(salt: str) -> str:
    key: str = current_app.config["SECRET_KEY"]
    digest = hmac.new(key.encode(), f"calendar feed\n{salt}".encode(), "sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
