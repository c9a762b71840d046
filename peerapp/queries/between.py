"""How do two colleagues stand to each other, and may one ask the other?

A request that writes holds both people's rows, the smaller id first, so that whatever happens between two people
happens one after the other: asking, saying yes, blocking.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import abort
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from peerapp.db import db, writing
from peerapp.models import Block, Pair, Person, Request
from peerapp.models.requests import couple_of
from peerapp.queries.colleagues import room_left
from peerapp.rules.asking import Between
from peerapp.rules.states import PairState, RequestState

OPEN = (RequestState.WAITING, RequestState.LATER)


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
    return Askable(person, between(viewer, person), open_request_of(viewer.id, person_id))


def between(viewer: Person, other: Person) -> Between:
    me, them = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(room_left(me) > 0, room_left(them) > 0).where(me.id == viewer.id, them.id == other.id),
    ).one()
    return Between(
        name=other.first_name,
        same_person=viewer.id == other.id,
        has_left=other.left_at is not None,
        paired=open_pair_of_couple(viewer.id, other.id) is not None,
        i_have_room=bool(row[0]),
        they_have_room=bool(row[1]),
    )


def open_pair_of_couple(one: UUID, other: UUID) -> UUID | None:
    return db.session.scalar(
        select(Pair.id).where(Pair.couple == couple_of(one, other), Pair.state != PairState.ENDED).limit(1),
    )


def open_request_of(one: UUID, other: UUID) -> UUID | None:
    return db.session.scalar(
        select(Request.id).where(Request.couple == couple_of(one, other), Request.state.in_(OPEN)),
    )


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
