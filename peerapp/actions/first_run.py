"""How does the first administrator come to be? With the code from the console, exactly once."""

from dataclasses import dataclass

from sqlalchemy import delete

from peerapp import access, clock, passwords as rule
from peerapp.actions import links
from peerapp.db import db, pause
from peerapp.models import OneTimeLink, Person, RoleGrant
from peerapp.models.people import Role
from peerapp.models.signins import LinkPurpose
from peerapp.passwords import passwords
from peerapp.queries import accounts
from peerapp.queries.links import first_code
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

WRONG_CODE = Refusal(
    N_("This is not the code. It stands on the console of `peerapp serve`, and starting it again prints a new one.")
)
HAS_ACCOUNT = Refusal(
    N_("Somebody has this address already. Give them the role with `peerapp roles give`, or take another address.")
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the first administrator typed."""

    name: str
    email: str
    password: str
    language: str
    time_zone: str


def make_administrator(code: str, newcomer: Newcomer) -> Person | dict[str, Refusal]:
    """Make the account, give it the role and sign this browser in; or what is wrong, by field."""
    if wrong := _wrong(code, newcomer):
        return wrong
    with passwords().seat():
        pause()
        hashed = passwords().hashed(newcomer.password)
    if not _take_the_code(code):
        return {"code": WRONG_CODE}
    person = Person(
        key=newcomer.email,
        email=newcomer.email,
        language=newcomer.language,
        time_zone=newcomer.time_zone,
        password_hash=hashed,
        grants=[],
        unit=None,
    )
    person.rename(newcomer.name)
    db.session.add(person)
    db.session.flush()
    person.grants.append(RoleGrant(person_id=person.id, role=Role.ADMINISTRATOR, granted_at=clock.now()))
    access.begin(person)
    db.session.flush()
    return person


def _wrong(code: str, newcomer: Newcomer) -> dict[str, Refusal]:
    if first_code(code) is None:
        return {"code": WRONG_CODE}
    if accounts.is_taken(newcomer.email):
        return {"email": HAS_ACCOUNT}
    refusal = rule.refused(newcomer.password, newcomer.name, newcomer.email)
    return {"password": refusal} if refusal else {}


def _take_the_code(code: str) -> bool:
    """Only one request can use a code, and all codes go with it."""
    link = first_code(code)
    if link is None or accounts.has_administrator() or not links.use(link):
        return False
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == LinkPurpose.FIRST_ADMINISTRATOR))
    return True
