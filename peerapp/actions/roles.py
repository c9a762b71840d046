"""Who may look after the programme or the installation? Giving and taking a role ends the person's sign-ins."""

from sqlalchemy import delete, select

from peerapp import access, clock
from peerapp.actions import links, sign_ins
from peerapp.actions.notices import tell
from peerapp.db import db, insert_unless_there, touched
from peerapp.models import Person, RoleGrant
from peerapp.models.people import Role
from peerapp.models.signins import LinkPurpose
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_role
from peerapp.rules.refusal import Refusal
from peerapp.rules.words import N_

LAST = Refusal(N_("This is the last administrator. Name another one first."))


def give(person: Person, role: Role, *, by: Person | None) -> bool:
    """Give the role; False when the person has it already. `by` is None on the command line."""
    given = insert_unless_there(
        RoleGrant, person_id=person.id, role=role, granted_at=clock.now(), granted_by_id=by.id if by else None
    )
    if given:
        links.end_links_of(person, LinkPurpose.FIRST_PASSWORD)  # a coordinator may hold it, and it would open the role
        _tell(person, NoticeKind.ROLE_GIVEN, role, by)
    return given


def take(person: Person, role: Role, *, by: Person | None) -> bool | Refusal:
    """Take the role back; False when the person does not have it."""
    if role is Role.ADMINISTRATOR and _administrators() == {person.id}:
        return LAST
    gone = db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.role == role))
    if not touched(gone):
        return False
    _tell(person, NoticeKind.ROLE_TAKEN, role, by)
    return True


def _administrators() -> set[object]:
    """Ids of all active ones, held until the transaction ends: two cannot take the role from each other at once."""
    return set(
        db.session.scalars(
            select(RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(RoleGrant.role == Role.ADMINISTRATOR, Person.left_at.is_(None))
            .order_by(RoleGrant.person_id)
            .with_for_update(of=RoleGrant),
        )
    )


def _tell(person: Person, kind: NoticeKind, role: Role, by: Person | None) -> None:
    tell(person, kind, "/settings", role=a_role(role))
    myself = by is not None and by.id == person.id
    sign_ins.end_all(person, but=access.this_sign_in() if myself else None)
    if myself:
        access.begin(person)
    db.session.flush()
