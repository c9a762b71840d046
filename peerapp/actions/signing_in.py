"""How does somebody come in with e-mail and password?

Two short transactions with the hash between them: the first counts the try, the second signs in, provided that
nothing about the account has changed meanwhile. Every failure costs one hash and says the same.
"""

from dataclasses import dataclass
from datetime import timedelta

from peerapp import access
from peerapp.actions import tries
from peerapp.db import db, pause
from peerapp.models import Person
from peerapp.passwords import passwords
from peerapp.queries import accounts
from peerapp.rules.addresses import normal_email
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

WRONG = Refusal(N_("The e-mail address or the password is not right."))


@dataclass(frozen=True, slots=True)
class TooMany:
    """Nothing was tried: there were too many failures before."""

    wait: timedelta


def account_key(email: str) -> str:
    """What an account is called in counters and in the browser's cookie, whether it exists or not."""
    return tries.key_of("account", normal_email(email) or email[:100])


def sign_in(email: str, password: str, *, source: str, device: str) -> Person | Refusal | TooMany:
    """Sign this browser in. `device` names a browser that has signed in to this account before."""
    account = account_key(email)
    with passwords().seat():
        if wait := tries.begin(account, source, device):
            return TooMany(wait)
        person = accounts.account_of(normal_email(email) or "")
        stored = person.password_hash if person else None
        pause()
        right = passwords().match(stored, password)
        newer = passwords().hashed(password) if stored and right and passwords().is_outdated(stored) else None
    if person is None or not right:
        return WRONG
    person = accounts.unchanged(person, stored)
    if person is None:
        return WRONG
    person.password_hash = newer or stored
    tries.succeeded(account, source, device)
    access.begin(person)
    db.session.flush()
    return person
