"""Which round may this person see, and as what? Whoever has no part in it gets 404, as for one that never was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, not_, or_, select

from peerapp.db import db, rows
from peerapp.models import Person, RollEntry, Round, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules.states import RoundState

me: BindParameter[UUID] = bindparam("me")
_ON_ROLL = exists().where(RollEntry.round_id == Round.id, RollEntry.person_id == me)
_READS = exists().where(
    RoundReader.round_id == Round.id,
    RoundReader.person_id == me,
    or_(RoundReader.role == ReaderRole.READER, RoundReader.shown_at.is_not(None)),
)
_OWNS = Round.owner_id == me
_IS_OUT = Round.state != RoundState.DRAFT
may_read: ColumnElement[bool] = or_(_OWNS, _READS) & _IS_OUT


@dataclass(frozen=True, slots=True)
class Line:
    """A round in a list. Nothing in it tells whether anybody has answered."""

    id: UUID
    title: str
    owner_name: str
    state: RoundState
    closes_at: datetime
    ended_at: datetime | None
    what_next: str
    never_opened: bool


def own_round_of(person: Person, round_id: UUID) -> Round:
    """A round that this person asks; 404 for anybody else."""
    return _one(person, round_id, _OWNS)


def own_draft_of(person: Person, round_id: UUID) -> Round:
    """The same, while it can still be changed; 403 afterwards."""
    found = own_round_of(person, round_id)
    if found.state is not RoundState.DRAFT:
        abort(403)
    return found


def asked_round_of(person: Person, round_id: UUID) -> Round:
    """A round on whose roll this person is, whatever its state."""
    return _one(person, round_id, _ON_ROLL & _IS_OUT)


def round_of(person: Person, round_id: UUID) -> Round:
    """A round that this person asks, is asked in, or reads the release of."""
    return _one(person, round_id, or_(_OWNS, (_ON_ROLL | _READS) & _IS_OUT))


def read_round_of(person: Person, round_id: UUID) -> Round:
    """A round whose release this person may read: a reader named in it, its owner, or somebody it was shown to."""
    return _one(person, round_id, may_read)


_NEVER_OPENED = and_(Round.state == RoundState.SPOILED, func.coalesce(Round.handed_out, 1) == 0)  # as the model says it
_LINE = select(
    Round.id,
    Round.title,
    Round.owner_name,
    Round.state,
    Round.closes_at,
    Round.ended_at,
    Round.what_next,
    _NEVER_OPENED,
)
_ASKED = _LINE.where(_ON_ROLL, _IS_OUT, not_(_NEVER_OPENED)).order_by(Round.closes_at.desc(), Round.id).limit(50)
_OWN = _LINE.where(_OWNS).order_by(Round.made_at.desc(), Round.id).limit(50)
_READ = (
    _LINE.where(or_(_OWNS, _READS), Round.state.in_([RoundState.RELEASED, RoundState.WITHHELD]))
    .order_by(Round.ended_at.desc(), Round.id)
    .limit(50)
)


def asked_of(person: Person) -> list[Line]:
    """Rounds in which this person was asked, the latest first: the same for all who were, whether they answered or not."""
    return [Line(*row) for row in rows(_ASKED, me=person.id)]


def asked_by(person: Person) -> list[Line]:
    """Rounds that this person asks, drafts among them, the newest first."""
    return [Line(*row) for row in rows(_OWN, me=person.id)]


def read_by(person: Person) -> list[Line]:
    """Rounds that have ended and whose result this person may read, the latest first."""
    return [Line(*row) for row in rows(_READ, me=person.id)]


def _one(person: Person, round_id: UUID, condition: ColumnElement[bool]) -> Round:
    found = db.session.scalars(select(Round).where(Round.id == round_id, condition), {"me": person.id}).one_or_none()
    if found is None:
        abort(404)
    return found
