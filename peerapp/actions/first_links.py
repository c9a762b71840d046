"""How does somebody who never used their account get in? By a link that the coordinator hands over, once."""

from peerapp.actions import links
from peerapp.models import Person
from peerapp.models.signins import LinkPurpose
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

USED = Refusal(N_("This account is in use. Its owner gets a new password on the sign-in page, by mail."))
LEFT = Refusal(N_("Who has left cannot sign in, so there is no link."))
HOLDS_A_ROLE = Refusal(
    N_("This account holds a role, so only its owner can open it: on the sign-in page, by mail."),
)


def refused(person: Person) -> Refusal | None:
    """Why there is no link for this person. A link to an account with a role would be a way to that role."""
    if person.left_at is not None:
        return LEFT
    if person.first_signed_in_at is not None or person.password_hash is not None:
        return USED
    return HOLDS_A_ROLE if person.grants else None


def first_link(person: Person) -> str | Refusal:
    """The full address to set the first password; an earlier link ends."""
    return refused(person) or links.make(person, LinkPurpose.FIRST_PASSWORD)
