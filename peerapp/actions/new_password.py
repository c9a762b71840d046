"""How does somebody get a new password: by a link in a mail, or knowing the old one?

Either way it ends every sign-in, and the person is told.
"""

from flask import current_app
from flask_babel import force_locale, gettext as _

from peerapp import access, passwords as rule
from peerapp.actions import links, sign_ins, tries
from peerapp.actions.notices import tell, write
from peerapp.actions.signing_in import TooMany, account_key
from peerapp.db import db, pause
from peerapp.models import OneTimeLink, Person
from peerapp.models.signins import LinkPurpose
from peerapp.passwords import passwords
from peerapp.queries import accounts
from peerapp.rules.addresses import normal_email
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

NOT_THE_OLD = Refusal(N_("This is not your present password."))
PASSWORD_LINKS = (LinkPurpose.FIRST_PASSWORD, LinkPurpose.RESET_PASSWORD)


def send_link(email: str, source: str) -> bool:
    """Mail a link to the address on file; False when this source has asked too often.

    For an unknown account, or one that got enough letters, the same is written and taken back at once, so that
    nobody learns from the answer or its duration who has an account.
    """
    if not tries.may_ask_for_letter(source):
        return False
    wanted = tries.may_send_letter(account_key(email))
    person = accounts.account_of(normal_email(email) or "")
    trial = db.session.begin_nested()
    _write_link(person or Person(name="", email=email, language=current_app.config["PEERAPP"].language))
    db.session.flush()
    if person is None or not wanted:
        trial.rollback()
    return True


def set_by_link(link: OneTimeLink, password: str) -> Person | Refusal | None:
    """Set the password that a link allows, once, and sign this browser in. None: the link no longer works."""
    assert link.person is not None
    if refusal := rule.refused(password, link.person.name, link.person.email):
        return refusal
    with passwords().seat():
        pause()
        hashed = passwords().hashed(password)
    if not links.use(link):
        return None
    person = accounts.held(link.person)
    if person is not None:
        _change(person, hashed)
    return person


def change(person: Person, old: str, new: str) -> Person | Refusal | TooMany:
    """Set a new password for somebody who knows the old one; wrong ones count like failed sign-ins of this browser."""
    account, here = account_key(person.email), str(person.id)
    if refusal := rule.refused(new, person.name, person.email):
        return refusal
    with passwords().seat():
        if wait := tries.begin(account, "", device=here):
            return TooMany(wait)
        stored = person.password_hash
        pause()
        if not passwords().match(stored, old):
            return NOT_THE_OLD
        hashed = passwords().hashed(new)
    held = accounts.unchanged(person, stored)
    if held is None:
        return NOT_THE_OLD
    tries.succeeded(account, "", device=here)
    _change(held, hashed)
    return held


def _change(person: Person, hashed: str) -> None:
    person.password_hash = hashed
    links.end_links_of(person, *PASSWORD_LINKS)
    sign_ins.end_all(person, but=access.this_sign_in_or_none())
    tell(person, NoticeKind.PASSWORD_CHANGED, "/settings/sign-ins")
    access.begin(person)
    db.session.flush()


def _write_link(person: Person) -> None:
    address = links.make(person, LinkPurpose.RESET_PASSWORD)
    with force_locale(person.language):
        body = _(
            "Hello %(name)s,\n\n"
            "somebody asked for a link to set a new password for your account. If it was you, open it within an hour:"
            "\n\n%(address)s\n\n"
            "If it was not you, there is nothing to do: your password stays as it is.\n",
            name=person.first_name,
            address=address,
        )
        write(person, _("Set a new password"), body)
