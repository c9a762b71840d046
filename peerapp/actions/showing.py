"""To whom does the owner of a round show its result? Only to people whom the manifest names, and until she says stop."""

from uuid import UUID

from flask import abort
from sqlalchemy import select, update

from peerapp import clock
from peerapp.actions import rounds_told
from peerapp.db import db, touched
from peerapp.models import Person, Round, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.queries.rounds import own_round_of
from peerapp.rules.states import RoundState


def show(owner: Person, round_id: UUID, person_id: UUID) -> Person:
    """Let somebody read it, who hears of it; the same once more changes nothing. 404 for anybody not named."""
    round_, person = _of(owner, round_id, person_id)
    if not person.is_active:
        abort(403)
    if _set(round_id, person_id, shown=True):
        rounds_told.shown(round_, person)
    return person


def stop(owner: Person, round_id: UUID, person_id: UUID) -> Person:
    """Nobody but the readers reads it from the next request on."""
    _round, person = _of(owner, round_id, person_id)
    _set(round_id, person_id, shown=False)
    return person


def _of(owner: Person, round_id: UUID, person_id: UUID) -> tuple[Round, Person]:
    """The owner's own round, 403 until its result is out, and somebody whom it may be shown to, 404 for anybody else."""
    round_ = own_round_of(owner, round_id)
    named = select(RoundReader.person_id).where(
        RoundReader.round_id == round_id,
        RoundReader.person_id == person_id,
        RoundReader.role == ReaderRole.MAY_BE_SHOWN,
    )
    person = db.session.scalars(select(Person).where(Person.id.in_(named))).one_or_none()
    if person is None:
        abort(404)
    if round_.state is not RoundState.RELEASED:
        abort(403)
    return round_, person


def _set(round_id: UUID, person_id: UUID, *, shown: bool) -> bool:
    """Write it down; whether it was different before."""
    done = db.session.execute(
        update(RoundReader)
        .where(
            RoundReader.round_id == round_id,
            RoundReader.person_id == person_id,
            RoundReader.shown_at.is_(None) if shown else RoundReader.shown_at.is_not(None),
        )
        .values(shown_at=clock.now() if shown else None)
    )
    return bool(touched(done))
