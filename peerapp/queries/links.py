"""Does this one-time link still work, and whose is it?"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from peerapp import access, clock
from peerapp.db import db
from peerapp.models import OneTimeLink, Person
from peerapp.models.signins import LinkPurpose


def working_link(token: str) -> OneTimeLink | None:
    """The link with its person; None when it was used, has expired, never was, or its person has left."""
    return db.session.scalars(
        select(OneTimeLink)
        .join(OneTimeLink.person)
        .where(
            OneTimeLink.token_hash == access.hash_of(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            Person.left_at.is_(None),
        )
        .options(joinedload(OneTimeLink.person)),
    ).one_or_none()


def first_code(typed: str) -> OneTimeLink | None:
    """The code for the first administrator, as it was typed: any case, with or without dashes."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return db.session.scalars(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == access.hash_of(letters),
            OneTimeLink.purpose == LinkPurpose.FIRST_ADMINISTRATOR,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
        ),
    ).one_or_none()
