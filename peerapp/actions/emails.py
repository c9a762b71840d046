"""How does somebody's address change? Only by themselves: signed in, and with a link that came to the new address.

Whoever writes the people file can propose an address, never set one: it would be a way to become somebody else.
"""

from flask_babel import force_locale, gettext as _

from peerapp import clock
from peerapp.actions import links
from peerapp.actions.notices import tell, write
from peerapp.db import db
from peerapp.models import Letter, OneTimeLink, Person
from peerapp.models.signins import LinkPurpose
from peerapp.queries import accounts
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

GONE = Refusal(N_("This link no longer works. Send yourself a new one."))
TAKEN = Refusal(
    N_("Another account already has this address. Please tell the people who run your programme; nothing was changed.")
)


def propose(person: Person, address: str) -> None:
    """Ask the person whether this (in lower case) is their new address; tells them at the old one."""
    person.proposed_email = address
    tell(person, NoticeKind.EMAIL_PROPOSED, "/settings/email")
    send_link(person, address)


def send_link(person: Person, address: str) -> None:
    """A letter with a link to confirm, to the proposed address."""
    link = links.make(person, LinkPurpose.CONFIRM_EMAIL)
    with force_locale(person.language):
        body = _(
            "Hello %(name)s,\n\n"
            "the people file of your company says that this is your new address. If you agree, open this link and "
            "sign in as you did so far:\n\n%(link)s\n\n"
            "If this is not you, there is nothing to do.\n",
            name=person.first_name,
            link=link,
        )
        _post(address, _("Confirm your new e-mail address"), body)


def confirm(person: Person, link: OneTimeLink) -> Refusal | None:
    """Take the proposed address, once. The old one hears of it."""
    held = accounts.held(person)
    if held is None or held.proposed_email is None or link.person_id != held.id or not links.use(link):
        return GONE
    if accounts.is_taken(held.proposed_email):
        return TAKEN
    with force_locale(held.language):
        words = _("Your e-mail address for peerapp is now %(address)s.", address=held.proposed_email)
        write(held, _("Your e-mail address was changed."), words + "\n")
    held.email, held.proposed_email = held.proposed_email, None
    tell(held, NoticeKind.EMAIL_CHANGED, "/settings/email")
    db.session.flush()
    return None


def refuse(person: Person) -> None:
    """Stay with the address on file."""
    person.proposed_email = None
    links.end_links_of(person, LinkPurpose.CONFIRM_EMAIL)
    db.session.flush()


def _post(address: str, subject: str, body: str) -> None:
    now = clock.now()
    db.session.add(Letter(address=address, subject=subject, body=body, made_at=now, due_at=now))
