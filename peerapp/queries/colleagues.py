"""Whom may this person see, and how do the two fit? Leavers and whoever blocked one of the two are nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from peerapp.db import rows
from peerapp.models import Block, Membership, Pair, Person, Request, Unit
from peerapp.queries.profiles import Seen, profiles_of
from peerapp.queries.sent_often import one_of
from peerapp.rules import matching, names
from peerapp.rules.matching import Bars, Profile
from peerapp.rules.states import PairState, RequestState

ME: BindParameter[Any] = bindparam("me")
OPEN = (RequestState.WAITING, RequestState.LATER)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else, seen by the viewer. `pair_id` and `request_id` are what is open between the two.

    `manages` says that the viewer is above them and so sees no working styles.
    """

    id: UUID
    name: str
    unit: str
    site: str
    started_on: date | None
    has_room: bool
    bars: Bars
    offers: tuple[matching.Skill, ...] = ()
    pair_id: UUID | None = None
    request_id: UUID | None = None
    i_have_room: bool = True
    manages: bool = False

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def initials(self) -> str:
        return names.initials(self.name)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A whole profile page."""

    colleague: Colleague
    profile: Profile
    i_blocked: bool
    is_me: bool


def room_left(person: Any) -> ColumnElement[int]:
    """How many more pairs this person (a table or an alias) has room for."""
    taken = (
        select(func.count())
        .select_from(Membership)
        .join(Pair, Pair.id == Membership.pair_id)
        .where(Membership.person_id == person.id, Pair.state != PairState.ENDED)
        .correlate(person)
        .scalar_subquery()
    )
    return person.room - taken  # type: ignore[no-any-return]  # an expression


def blocked_by(person: Any) -> ColumnElement[bool]:
    return exists().where(Block.person_id == person.id, Block.blocked_id == ME).correlate(person)


def blocked_by_me(person: Any) -> ColumnElement[bool]:
    return exists().where(Block.person_id == ME, Block.blocked_id == person.id).correlate(person)


def in_sight(person: Any) -> tuple[ColumnElement[bool], ...]:
    """Conditions: works here, is somebody else, and neither of the two blocked the other."""
    return (person.left_at.is_(None), person.id != ME, ~blocked_by(person), ~blocked_by_me(person))


def ever_paired(person: Any) -> ColumnElement[bool]:
    mine, theirs = aliased(Membership), aliased(Membership)
    return (
        exists()
        .where(mine.person_id == ME, theirs.pair_id == mine.pair_id, theirs.person_id == person.id)
        .correlate(person)
    )


_mine, _theirs = aliased(Membership), aliased(Membership)
_PAIR_OF_THE_TWO = (
    select(Pair.id)
    .join(_mine, _mine.pair_id == Pair.id)
    .join(_theirs, _theirs.pair_id == Pair.id)
    .where(_mine.person_id == ME, _theirs.person_id == Person.id, _mine.person_id != _theirs.person_id)
    .where(Pair.state != PairState.ENDED)
    .limit(1)
    .correlate(Person)
    .scalar_subquery()
)


def _open_request(sender: Any, receiver: Any) -> Any:
    found = select(Request.id).where(Request.sender_id == sender, Request.receiver_id == receiver)
    return found.where(one_of(Request.state, OPEN)).limit(1).correlate(Person).scalar_subquery()


_REQUEST_OF_THE_TWO = func.coalesce(_open_request(ME, Person.id), _open_request(Person.id, ME))
_i = aliased(Person)
_I_HAVE_ROOM = select(room_left(_i) > 0).where(_i.id == ME).scalar_subquery()


def faces() -> Select[*tuple[Any, ...]]:
    """What a card shows of somebody, besides how the two fit."""
    question: Select[*tuple[Any, ...]] = select(
        Person.id,
        Person.name,
        func.coalesce(Unit.name, "").label("unit"),
        Person.site,
        Person.started_on,
        (room_left(Person) > 0).label("has_room"),
        Person.bridging_since,
        _PAIR_OF_THE_TWO.label("pair_id"),
        _REQUEST_OF_THE_TWO.label("request_id"),
        _I_HAVE_ROOM.label("i_have_room"),
    )
    return question.outerjoin(Unit, Unit.id == Person.unit_id)


def with_bars(viewer: Person, found: Sequence[Row[Any]], seen: Seen | None = None) -> list[Colleague]:
    """The same people with the three bars between them and the viewer; profiles that were read already are used."""
    seen = seen or profiles_of(viewer, [row.id for row in found])
    mine = seen.of(viewer.id)
    return [colleague(row, seen, mine) for row in found]


def colleague(row: Row[Any], seen: Seen, mine: Profile) -> Colleague:
    return Colleague(
        id=row.id,
        name=row.name,
        unit=row.unit,
        site=row.site,
        started_on=row.started_on,
        has_room=bool(row.has_room),
        bars=matching.bars(mine, seen.of(row.id)),
        offers=seen.of(row.id).offers,
        pair_id=row.pair_id,
        request_id=row.request_id,
        i_have_room=bool(row.i_have_room),
        manages=row.id in seen.managed,
    )


_ONE = faces().add_columns(blocked_by_me(Person).label("i_blocked"))
_ONE = _ONE.where(Person.id == bindparam("who"), Person.left_at.is_(None), or_(Person.id == ME, ~blocked_by(Person)))


def portrait_of(viewer: Person, person_id: UUID) -> Portrait:
    """Somebody's profile page; 404 for leavers and for those who blocked the viewer. One may look at one's own."""
    row = rows(_ONE, who=person_id, me=viewer.id).first()
    if row is None:
        abort(404)
    seen = profiles_of(viewer, [person_id])
    theirs = seen.of(person_id)
    shown = colleague(row, seen, seen.of(viewer.id))
    if shown.manages:
        theirs = replace(theirs, styles={})
    return Portrait(shown, theirs, bool(row.i_blocked), person_id == viewer.id)


def face_of(viewer: Person, person_id: UUID) -> Colleague | None:
    """One colleague as a card shows them; None where there is nobody to be seen."""
    return next(iter(with_bars(viewer, rows(_ONE, who=person_id, me=viewer.id).all())), None)


def bars_between(viewer: Person, person_id: UUID) -> Bars:
    """What the viewer and one other person share."""
    seen = profiles_of(viewer, [person_id])
    return matching.bars(seen.of(viewer.id), seen.of(person_id))
