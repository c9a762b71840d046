"""Which requests did this person send and receive, and which one may they open?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, and_, case, exists, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from peerapp.db import db, writing
from peerapp.models import Block, Person, Request
from peerapp.queries.between import OPEN, hold
from peerapp.rules import names
from peerapp.rules.areas import Area
from peerapp.rules.states import RequestState

A_PAGE = 20
OPEN_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list. `name` is the other's; `sent` says that the viewer asked."""

    id: UUID
    sent: bool
    name: str
    area: Area
    words: str
    state: RequestState
    sent_at: datetime
    lapses_at: datetime
    later_on: date | None

    @property
    def first_name(self) -> str:
        return names.first_name(self.name)

    @property
    def initials(self) -> str:
        return names.initials(self.name)


@dataclass(frozen=True, slots=True)
class Past:
    """A page of answered requests; `before` asks for the next one."""

    lines: list[Line]
    before: UUID | None


def request_of(viewer: Person, request_id: UUID) -> Request:
    """The request with both people; 404 for strangers, and for whoever blocked the other of the two."""
    who = db.session.execute(
        select(Request.sender_id, Request.receiver_id).where(Request.id == request_id, _mine(viewer)),
    ).first()
    if who is None:
        abort(404)
    hold(*who)
    if writing():
        db.session.execute(select(Request.id).where(Request.id == request_id).with_for_update())
    return db.session.scalars(
        select(Request)
        .where(Request.id == request_id)
        .options(joinedload(Request.sender), joinedload(Request.receiver)),
    ).one()


def received_of(viewer: Person, request_id: UUID) -> Request:
    """The same, to be answered: 403 for the one who sent it."""
    request = request_of(viewer, request_id)
    return request if request.receiver_id == viewer.id else abort(403)


def sent_of(viewer: Person, request_id: UUID) -> Request:
    """The same, to be withdrawn: 403 for the one who received it."""
    request = request_of(viewer, request_id)
    return request if request.sender_id == viewer.id else abort(403)


def open_ones_of(viewer: Person) -> list[Line]:
    """Everything that waits, the oldest first."""
    return _lines(viewer, Request.state.in_(OPEN), newest_first=False, most=OPEN_AT_ONCE)


def past_of(viewer: Person, before: UUID | None) -> Past:
    """What was answered, withdrawn or lapsed, the newest first."""
    where: list[ColumnElement[bool]] = [Request.state.not_in(OPEN)]
    if before is not None:
        sent_at = select(Request.sent_at).where(Request.id == before, _mine(viewer)).scalar_subquery()
        where.append(tuple_(Request.sent_at, Request.id) < tuple_(sent_at, before))
    lines = _lines(viewer, *where, newest_first=True, most=A_PAGE + 1)
    return Past(lines[:A_PAGE], lines[A_PAGE - 1].id if len(lines) > A_PAGE else None)


def _lines(viewer: Person, *where: ColumnElement[bool], newest_first: bool, most: int) -> list[Line]:
    other = aliased(Person)
    order = (Request.sent_at.desc(), Request.id.desc()) if newest_first else (Request.sent_at, Request.id)
    rows = db.session.execute(
        select(
            Request.id,
            Request.sender_id == viewer.id,
            other.name,
            Request.area,
            Request.words,
            Request.state,
            Request.sent_at,
            Request.lapses_at,
            Request.later_on,
        )
        .join(other, other.id == case((Request.sender_id == viewer.id, Request.receiver_id), else_=Request.sender_id))
        .where(_mine(viewer), *where)
        .order_by(*order)
        .limit(most),
    )
    return [Line(*row) for row in rows]


def _mine(viewer: Person) -> ColumnElement[bool]:
    """Sent or received by the viewer, who has not blocked the other."""

    def no_block_of(other: ColumnElement[UUID]) -> ColumnElement[bool]:
        return ~exists().where(Block.person_id == viewer.id, Block.blocked_id == other).correlate(Request)

    return or_(
        and_(Request.sender_id == viewer.id, no_block_of(Request.receiver_id)),  # type: ignore[arg-type]  # a column
        and_(Request.receiver_id == viewer.id, no_block_of(Request.sender_id)),  # type: ignore[arg-type]  # a column
    )
