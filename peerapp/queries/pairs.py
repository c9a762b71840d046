"""Which pair may this person open? Only their own; for everybody else it does not exist."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, g, has_request_context
from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from peerapp.db import db, rows, writing
from peerapp.models import Membership, Pair, Person
from peerapp.rules.states import PairState


@dataclass(frozen=True, slots=True)
class Mine:
    """One of somebody's pairs, as the header and the board show it."""

    id: UUID
    version: int
    state: PairState
    overall_goal: str
    partner_id: UUID
    partner_name: str


_mine, _theirs = aliased(Membership), aliased(Membership)
_MINE = (  # built once, it runs for every page
    select(Pair.id, Pair.version, Pair.state, Pair.overall_goal, Person.id, Person.name)
    .join(_mine, _mine.pair_id == Pair.id)
    .join(_theirs, (_theirs.pair_id == Pair.id) & (_theirs.person_id != _mine.person_id))
    .join(Person, Person.id == _theirs.person_id)
    .where(_mine.person_id == bindparam("me"))
    .order_by(Person.sort_name, Pair.made_at)
)


def mine_of(person: Person) -> tuple[Mine, ...]:
    """Every pair the person ever had, by the partner's name; asked for once in a request that reads."""
    asked = g.setdefault("mine", {}) if has_request_context() and not writing() else {}
    if person.id not in asked:
        asked[person.id] = tuple(Mine(*row) for row in rows(_MINE, me=person.id).all())
    found: tuple[Mine, ...] = asked[person.id]
    return found


_PAIR_ID = select(Membership.pair_id).where(
    Membership.person_id == bindparam("me"), Membership.pair_id == bindparam("pair")
)
_LOCK = select(Pair.id).where(Pair.id.in_(_PAIR_ID)).with_for_update()
_PAIR = (
    select(Pair)
    .join(Pair.members)
    .join(Membership.person)
    .where(Pair.id.in_(_PAIR_ID))
    .options(contains_eager(Pair.members).contains_eager(Membership.person))
)


def pair_of(person: Person, pair_id: UUID) -> Pair:
    """The pair with both members and their names; 404 unless the person is one of the two.

    A request that writes holds the pair's row until it ends, so that two changes of one pair never overlap.
    """
    named = {"me": person.id, "pair": pair_id}
    if writing() and db.session.scalar(_LOCK, named) is None:
        abort(404)
    pair = db.session.scalars(_PAIR, named).unique().one_or_none()
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


def held_pair(pair_id: UUID) -> Pair:
    """The pair with both members, its row held until the transaction ends: for what time does, on behalf of nobody."""
    return (
        db.session.scalars(
            select(Pair)
            .where(Pair.id == pair_id)
            .options(joinedload(Pair.members).joinedload(Membership.person))
            .with_for_update(of=Pair)
            .execution_options(populate_existing=True),
        )
        .unique()
        .one()
    )
