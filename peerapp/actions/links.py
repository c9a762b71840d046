"""How does a one-time link come to be, and how does it work exactly once?

Only the hash of its token is stored. Opening a link (GET) changes nothing, because mail scanners open every link;
using it is one UPDATE that only one of two requests can win.
"""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from peerapp import access, clock
from peerapp.actions.notices import address_of
from peerapp.db import db, touched
from peerapp.models import OneTimeLink, Person
from peerapp.models.signins import LinkPurpose

LASTS = {
    LinkPurpose.FIRST_PASSWORD: timedelta(days=7),
    LinkPurpose.RESET_PASSWORD: timedelta(hours=1),
    LinkPurpose.CONFIRM_EMAIL: timedelta(days=7),
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(days=7),
}
PATHS = {LinkPurpose.CONFIRM_EMAIL: "/settings/email/confirm/"}  # signed in, for it must be the same person
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
CODE_GROUPS, CODE_GROUP = 4, 4


def make(person: Person, purpose: LinkPurpose) -> str:
    """A new link for the person, as its full address; an earlier one for the same purpose ends."""
    token = secrets.token_urlsafe(32)
    _store(token, purpose, person)
    return address_of(PATHS.get(purpose, "/link/") + token)


def make_first_code() -> str:
    """The code for the first administrator, to be read from the console; an earlier one ends."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUPS * CODE_GROUP)]
    _store("".join(letters), LinkPurpose.FIRST_ADMINISTRATOR, None)
    return "-".join("".join(letters[at : at + CODE_GROUP]) for at in range(0, len(letters), CODE_GROUP))


def use(link: OneTimeLink) -> bool:
    """Use the link up; False when somebody was faster or it has expired."""
    now = clock.now()
    used = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .values(used_at=now),
    )
    return bool(touched(used))


def end_links_of(person: Person, *purposes: LinkPurpose) -> None:
    """Links of these purposes that the person still has open no longer work."""
    db.session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.person_id == person.id, OneTimeLink.purpose.in_(purposes), OneTimeLink.used_at.is_(None)
        ),
    )


def _store(token: str, purpose: LinkPurpose, person: Person | None) -> None:
    now = clock.now()
    holder = person.id if person else None
    db.session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.person_id.is_not_distinct_from(holder),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
        ),
    )
    db.session.add(
        OneTimeLink(
            token_hash=access.hash_of(token),
            purpose=purpose,
            person_id=holder,
            made_at=now,
            expires_at=now + LASTS[purpose],
        ),
    )
    db.session.flush()
