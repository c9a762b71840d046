"""Which pair may this person open? Only their own; for everybody else it does not exist."""

from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from peerapp.db import db, writing
from peerapp.models import Membership, Pair, Person


def pair_of(person: Person, pair_id: UUID) -> Pair:
    """The pair with both members and their names; 404 unless the person is one of the two.

    A request that writes holds the pair's row until it ends, so that two changes of one pair never overlap.
    """
    mine = select(Membership.pair_id).where(Membership.person_id == person.id, Membership.pair_id == pair_id)
    if writing() and db.session.scalar(select(Pair.id).where(Pair.id.in_(mine)).with_for_update()) is None:
        abort(404)
    pair = (
        db.session.scalars(
            select(Pair)
            .join(Pair.members)
            .join(Membership.person)
            .where(Pair.id.in_(mine))
            .options(contains_eager(Pair.members).contains_eager(Membership.person)),
        )
        .unique()
        .one_or_none()
    )
    if pair is None:
        abort(404)
    return pair


def open_pair_of(person: Person, pair_id: UUID) -> Pair:
    """The same, for a change: 403 once the pair has ended or before both have signed."""
    pair = pair_of(person, pair_id)
    if not pair.is_open:
        abort(403)
    return pair


def pairs_of(person: Person) -> list[Pair]:
    """Every pair the person ever had, the newest first, with both members."""
    mine = select(Membership.pair_id).where(Membership.person_id == person.id)
    found = db.session.scalars(
        select(Pair)
        .where(Pair.id.in_(mine))
        .order_by(Pair.made_at.desc(), Pair.id)
        .options(selectinload(Pair.members).joinedload(Membership.person)),
    )
    return list(found)
