"""Who signs in, where are they signed in, and who holds a role?"""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, RoleGrant, SignIn
from peerapp.models.people import Role


def account_of(email: str) -> Person | None:
    """The active person with this address (in lower case)."""
    return db.session.scalars(select(Person).where(Person.email == email, Person.left_at.is_(None))).one_or_none()


def held(person: Person) -> Person | None:
    """The person with roles and unit, held for a change, if still active."""
    return db.session.scalars(
        select(Person)
        .where(Person.id == person.id, Person.left_at.is_(None))
        .options(selectinload(Person.grants), selectinload(Person.unit))
        .with_for_update()
        .execution_options(populate_existing=True),
    ).one_or_none()


def unchanged(person: Person, password_hash: str | None) -> Person | None:
    """The same, if the password is still the one that was seen before the hash."""
    found = held(person)
    return found if found and found.password_hash == password_hash else None


def sign_ins_of(person: Person) -> list[SignIn]:
    """Where the person is signed in, the newest first."""
    found = db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.expires_at > clock.now())
        .order_by(SignIn.since.desc(), SignIn.id),
    )
    return list(found)


def has_administrator() -> bool:
    """Whether anybody active administers this installation."""
    held = (
        select(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, Person.left_at.is_(None))
    )
    return bool(db.session.scalar(select(held.exists())))


def role_holders() -> list[tuple[Role, Person]]:
    """Everybody active who holds a role, with their unit, by role and name."""
    rows = db.session.execute(
        select(RoleGrant.role, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(Person.left_at.is_(None))
        .order_by(RoleGrant.role, Person.sort_name, Person.id)
        .options(joinedload(Person.unit)),
    )
    return [(row[0], row[1]) for row in rows]


def number_of_people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person).where(Person.left_at.is_(None))) or 0


def number_of_sign_ins() -> int:
    return db.session.scalar(select(func.count()).select_from(SignIn).where(SignIn.expires_at > clock.now())) or 0


def is_taken(email: str) -> bool:
    """Whether any account, also of a leaver, has this address."""
    return bool(db.session.scalar(select(select(Person).where(Person.email == email).exists())))


def colleague(person_id: UUID) -> Person | None:
    """Anybody, active or not, by id; only for administrators."""
    return db.session.get(Person, person_id)
