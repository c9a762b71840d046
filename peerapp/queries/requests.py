"""Which requests did this person send and receive, and which one may they open?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    desc,
    exists,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import joinedload

from peerapp.db import db, rows, writing
from peerapp.models import Block, Person, Request
from peerapp.queries.between import OPEN, hold
from peerapp.queries.sent_often import one_of
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
    who = rows(_WHO, id=request_id, me=viewer.id).first()
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
    return [Line(*row) for row in rows(_OPEN, me=viewer.id).all()]


def past_of(viewer: Person, before: UUID | None) -> Past:
    """What was answered, withdrawn or lapsed, the newest first."""
    found = rows(_OLDER, me=viewer.id, before=before) if before else rows(_PAST, me=viewer.id)
    lines = [Line(*row) for row in found]
    return Past(lines[:A_PAGE], lines[A_PAGE - 1].id if len(lines) > A_PAGE else None)


def _no_block_of(other: Any) -> ColumnElement[bool]:
    return ~exists().where(Block.person_id == _ME, Block.blocked_id == other).correlate(Request)


# Built once: building a statement costs several times what sending it does.
_ME: BindParameter[UUID] = bindparam("me")
_MINE = or_(  # sent or received by the viewer, who has not blocked the other
    and_(Request.sender_id == _ME, _no_block_of(Request.receiver_id)),
    and_(Request.receiver_id == _ME, _no_block_of(Request.sender_id)),
)
_WHO = select(Request.sender_id, Request.receiver_id).where(Request.id == bindparam("id"), _MINE)


def _lines(*where: ColumnElement[bool]) -> CompoundSelect[*tuple[Any, ...]]:
    """Those sent and those received, each by its own index."""
    return union_all(
        *[
            select(
                Request.id.label("id"),
                literal(sent).label("sent"),
                Person.name,
                Request.area,
                Request.words,
                Request.state,
                Request.sent_at,
                Request.lapses_at,
                Request.later_on,
            )
            .join(Person, Person.id == other)
            .where(mine == _ME, _no_block_of(other), *where)
            for sent, mine, other in (
                (True, Request.sender_id, Request.receiver_id),
                (False, Request.receiver_id, Request.sender_id),
            )
        ],
    )


_BEFORE: BindParameter[UUID] = bindparam("before")
_SENT_AT = select(Request.sent_at).where(Request.id == _BEFORE, _MINE).scalar_subquery()
_NEWEST_FIRST: tuple[Any, ...] = (desc("sent_at"), desc("id"))
_OPEN = _lines(one_of(Request.state, OPEN)).order_by("sent_at", "id").limit(OPEN_AT_ONCE)
_PAST = _lines(Request.state.not_in(OPEN)).order_by(*_NEWEST_FIRST).limit(A_PAGE + 1)
_OLDER = (
    _lines(Request.state.not_in(OPEN), tuple_(Request.sent_at, Request.id) < tuple_(_SENT_AT, _BEFORE))
    .order_by(*_NEWEST_FIRST)
    .limit(A_PAGE + 1)
)
