"""Who is on file, as a people file sees them? Only for those who bring people in."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from peerapp.config import LANGUAGES
from peerapp.db import db
from peerapp.models import Person, RoleGrant, Unit
from peerapp.rules import roster
from peerapp.rules.refusal import Refusal
from peerapp.rules.roster import Roster
from peerapp.rules.roster_plan import Known

Boss = aliased(Person)


def everybody(*, for_writing: bool = False) -> list[Known]:
    """All people, leavers included. For writing, nobody else may change them until the transaction ends."""
    question = _question()
    if for_writing:
        question = question.with_for_update(of=Person, key_share=True)
    return [Known(**row) for row in db.session.execute(question).mappings()]


def read(content: bytes, people: Iterable[Known]) -> Roster | Refusal:
    """The file, checked against the people who may be named as managers."""
    emails = {person.email for person in people if person.active}
    return roster.parse(content, known_emails=emails, languages=tuple(LANGUAGES))


def _question() -> Select[*tuple[Any, ...]]:
    """One row a person, named as the fields of `Known`; whoever holds a role never leaves by a file."""
    return (
        select(
            Person.id,
            Person.key,
            Person.email,
            Person.name,
            db.func.coalesce(Unit.name, "").label("unit"),
            Person.site,
            db.func.coalesce(Boss.email, "").label("manager"),
            Person.started_on,
            Person.language,
            Person.time_zone,
            Person.left_at.is_(None).label("active"),
            or_(Person.first_signed_in_at.is_not(None), Person.password_hash.is_not(None)).label("used"),
            exists().where(RoleGrant.person_id == Person.id).label("stays"),
            Person.proposed_email,
        )
        .select_from(Person)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(Boss, Boss.id == Person.manager_id)
        .order_by(Person.sort_name, Person.id)
    )
