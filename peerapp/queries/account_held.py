"""Who holds a token, with unit, roles and the number of unread notices: one statement, at every request.

A request that writes gets rows of the session. One that only reads gets objects beside it, which cost half: they hold
every column and can be read, and ask for nothing more.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, inspect, select
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from peerapp import clock
from peerapp.db import Base, db, rows, writing
from peerapp.models import Notice, Person, RoleGrant, SignIn, Unit
from peerapp.models.people import Role
from peerapp.queries.sent_often import joined

# Built once: building a statement costs several times what sending it does.
_GRANTS = select(RoleGrant).where(RoleGrant.person_id == bindparam("person"))
_ROLES = select(joined(RoleGrant.role)).where(RoleGrant.person_id == Person.id).correlate(Person).scalar_subquery()
_UNREAD = (
    select(func.count())
    .where(Notice.person_id == SignIn.person_id, Notice.read_at.is_(None))
    .correlate(SignIn)
    .scalar_subquery()
)
_FROM = SignIn.__table__.join(Person.__table__, Person.id == SignIn.person_id).outerjoin(
    Unit.__table__, Unit.id == Person.unit_id
)
_HERE = (SignIn.token_hash == bindparam("token_hash"), SignIn.expires_at > bindparam("now"), Person.left_at.is_(None))
_MODELS: tuple[type[Base], ...] = (SignIn, Person, Unit)
_ACCOUNT = select(SignIn, Person, Unit, _UNREAD, _ROLES).select_from(_FROM).where(*_HERE)
_COLUMNS = select(*[column for model in _MODELS for column in model.__table__.c], _UNREAD, _ROLES)
_ACCOUNT_TO_READ = _COLUMNS.select_from(_FROM).where(*_HERE)


def account_of(token_hash: str) -> tuple[SignIn, int] | None:
    """The sign-in with its person, and how many notices wait; None when the token opens nothing (any more)."""
    asked = {"token_hash": token_hash, "now": clock.now()}
    found = db.session.execute(_ACCOUNT, asked).first() if writing() else rows(_ACCOUNT_TO_READ, **asked).first()
    if found is None:
        return None
    sign_in, person, unit, unread, roles = found if writing() else (*_objects(found), *found[-2:])
    set_committed_value(sign_in, "person", person)
    set_committed_value(person, "unit", unit)
    set_committed_value(person, "grants", _grants(person, roles.split(",") if roles else []))
    return sign_in, unread


def _grants(person: Person, roles: Sequence[str]) -> Sequence[RoleGrant]:
    if not roles or not writing():
        return [_detached(RoleGrant, {"person_id": person.id, "role": Role(role)}) for role in roles]
    return db.session.scalars(_GRANTS, {"person": person.id}).all()


def _objects(row: Sequence[Any]) -> Iterator[Any]:
    """The objects of a row of columns, loaded and detached; None where an outer join found nothing."""
    start = 0
    for model in _MODELS:
        names = inspect(model).column_attrs.keys()
        values, start = row[start : start + len(names)], start + len(names)
        if values[0] is None:
            yield None
            continue
        yield _detached(model, dict(zip(names, values, strict=True)))


def _detached(model: type[Base], values: dict[str, Any]) -> Any:
    """An object that can be read, and asks for nothing more."""
    mapper: Mapper[Any] = inspect(model)
    made = mapper.class_manager.new_instance()
    vars(made).update(values)
    instance_state(made).key = mapper.identity_key_from_instance(made)
    return made
