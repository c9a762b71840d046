"""How do two colleagues stand to each other, and may one ask the other?

A request that writes holds both people's rows, the smaller id first, so that whatever happens between two people
happens one after the other: asking, saying yes, blocking.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import abort
from sqlalchemy import BindParameter, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from peerapp.db import db, rows, writing
from peerapp.models import Block, Pair, Person, Request
from peerapp.models.requests import couple_of
from peerapp.queries.colleagues import room_left
from peerapp.queries.sent_often import one_of
from peerapp.rules.asking import Between
from peerapp.rules.states import PairState, RequestState

OPEN = (RequestState.WAITING, RequestState.LATER)
_me, _them = aliased(Person), aliased(Person)
_COUPLE: BindParameter[str] = bindparam("couple")
_PAIR = select(Pair.id).where(Pair.couple == _COUPLE, Pair.state != PairState.ENDED).limit(1).scalar_subquery()
_REQUEST = select(Request.id).where(Request.couple == _COUPLE, one_of(Request.state, OPEN)).limit(1).scalar_subquery()
_BETWEEN = (
    select(
        room_left(_me).label("mine"),
        room_left(_them).label("theirs"),
        _them.left_at,
        _PAIR.label("pair_id"),
        _REQUEST.label("request_id"),
    )
    .join_from(_me, _them, _them.id == bindparam("them"))
    .where(_me.id == bindparam("me"))
)


class Nameable(Protocol):
    """Whoever has an id and a first name."""

    @property
    def id(self) -> UUID: ...
    @property
    def first_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stands:
    """How two people stand to each other, seen by the viewer, with the pair and the request that are open, if any."""

    between: Between
    pair_id: UUID | None
    request_id: UUID | None


@dataclass(frozen=True, slots=True)
class Askable:
    """Somebody who may be asked, or not: what stands between, and a request that is open already."""

    person: Person
    between: Between
    open_request: UUID | None


def hold(*people: UUID) -> None:
    """Hold the rows of these people until the request ends; nothing in a request that only reads."""
    if writing():
        held = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
        db.session.execute(held.with_for_update(key_share=True)).all()


def askable_of(viewer: Person, person_id: UUID) -> Askable:
    """404 when there is nobody, or one of the two blocked the other."""
    hold(viewer.id, person_id)
    person = db.session.get(Person, person_id)
    if person is None or is_blocked(viewer.id, person_id):
        abort(404)
    stands = between(viewer, person)
    return Askable(person, stands.between, stands.request_id)


def between(viewer: Person, other: Nameable) -> Stands:
    """One statement; 404 when there is nobody."""
    row = rows(_BETWEEN, me=viewer.id, them=other.id, couple=couple_of(viewer.id, other.id)).first()
    if row is None:
        abort(404)
    found = Between(
        name=other.first_name,
        same_person=viewer.id == other.id,
        has_left=row.left_at is not None,
        paired=row.pair_id is not None,
        i_have_room=row.mine > 0,
        they_have_room=row.theirs > 0,
    )
    return Stands(found, row.pair_id, row.request_id)


def open_pair_of_couple(one: UUID, other: UUID) -> UUID | None:
    return db.session.scalar(select(_PAIR), {"couple": couple_of(one, other)})


def open_request_of(one: UUID, other: UUID) -> UUID | None:
    return db.session.scalar(select(_REQUEST), {"couple": couple_of(one, other)})


def is_blocked(one: UUID, other: UUID) -> bool:
    """Whether either of the two blocked the other."""
    either = or_(
        (Block.person_id == one) & (Block.blocked_id == other),
        (Block.person_id == other) & (Block.blocked_id == one),
    )
    return bool(db.session.scalar(select(exists().where(either))))


def blocked_by(person: Person) -> list[Person]:
    """Everybody this person blocked."""
    found = select(Person).join(Block, Block.blocked_id == Person.id).where(Block.person_id == person.id)
    return list(db.session.scalars(found.order_by(Person.sort_name, Person.id)))
