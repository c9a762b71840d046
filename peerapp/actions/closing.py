"""How does a round end? Each step can be repeated, so that a crash between two of them loses nothing.

1. The round takes no answer any more (`closing`). 2. The box closes it and gives out the release, always the same one.
3. One transaction writes the release, wipes the marks on the roll and the keys, and tells who is to be told. 4. The box
forgets the round. Two workers may try at once; one of them wins the third step, and the other finds it done.
"""

from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import delete, func, select, update

from peerapp import clock, counting, db as database, traces
from peerapp.actions import one_by_one, rounds_told
from peerapp.db import db
from peerapp.models import Person, ReleaseSerials, RollEntry, Round, RoundKey, RoundRelease
from peerapp.queries.manifests import manifest_of
from peerapp.rules import manifest as manifests, publication, sealing
from peerapp.rules.outcomes import Withheld
from peerapp.rules.publication import Collected
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import RoundState, may_become

OVER = (RoundState.RELEASED, RoundState.WITHHELD, RoundState.SPOILED)


def close_early(owner: Person, round_id: UUID) -> Refusal | None:
    """The owner ends the round before its last day; there is no way back."""
    found = _locked(round_id)
    if found is None or found.owner_id != owner.id:
        abort(404)
    refusal = may_become(found.state, RoundState.CLOSING)
    if refusal is None:
        found.become(RoundState.CLOSING)
        found.closes_early = clock.now() < found.closes_at
    database.pause()
    if refusal is None:
        finish(round_id)
    return refusal


def close_where_due(now: datetime) -> int:
    """Close every round whose last day is over, and go on with those that were left half-way; how many have ended."""
    due = (Round.state == RoundState.OPEN) & (Round.closes_at <= now)
    waiting = list(db.session.scalars(select(Round.id).where(due | (Round.state == RoundState.CLOSING))))
    undiscarded = list(db.session.scalars(select(Round.id).where(Round.state.in_(OVER), Round.discarded_at.is_(None))))
    database.pause()
    one_by_one.do(_discard, undiscarded)
    one_by_one.do(lambda each: close(each, now), waiting)
    return len(waiting)


def close(round_id: UUID, now: datetime) -> None:
    """Close the round if its last day is over; harmless when it is not, or when somebody else has."""
    found = _locked(round_id)
    if found is not None and found.state is RoundState.OPEN and found.closes_at <= now:
        found.become(RoundState.CLOSING)
    database.pause()
    finish(round_id)


def finish(round_id: UUID) -> None:
    """Fetch the release of a round that takes no answers any more, and end it. Nothing happens to any other."""
    found = _locked(round_id)
    if found is None or found.state is not RoundState.CLOSING:
        database.pause()
        return
    fingerprint = _fingerprint(found)
    unchanged, early = fingerprint == found.fingerprint, found.closes_early
    database.pause()
    try:
        collected = counting.collect(round_id, fingerprint, early=early) if unchanged else None
    except counting.BoxUnreachableError:
        return
    except counting.RoundLostError:
        collected = None
    _end(round_id, collected)
    database.pause()
    _discard(round_id)


def _fingerprint(round_: Round) -> str:
    """Of what its rows say now; none where somebody wrote into them what can be no round."""
    try:
        return sealing.fingerprint(manifests.text_of(manifest_of(round_))).hex()
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
        return ""


def _end(round_id: UUID, collected: Collected | None) -> None:
    found = _locked(round_id)
    if found is None or found.state is not RoundState.CLOSING:
        return
    state = _publish(found, collected)
    found.become(state)
    found.ended_at = clock.now()
    db.session.flush()
    db.session.execute(
        update(RollEntry).where(RollEntry.round_id == round_id).values(handed_out=False, blinded_hash=None)
    )
    db.session.execute(delete(RoundKey).where(RoundKey.round_id == round_id))
    rounds_told.ended(round_id, state)


def _publish(round_: Round, collected: Collected | None) -> RoundState:
    if collected is None:
        return RoundState.SPOILED
    if isinstance(publication.parse(collected.release).release, Withheld):
        return RoundState.WITHHELD
    taken = select(func.count()).where(RollEntry.round_id == round_.id, RollEntry.handed_out.is_(True))
    round_.handed_out = db.session.scalar(taken) or 0
    db.session.add(RoundRelease(round_id=round_.id, text=collected.release))
    db.session.add(ReleaseSerials(round_id=round_.id, serials=list(collected.serials)))
    db.session.flush()
    return RoundState.RELEASED


def _discard(round_id: UUID) -> None:
    """Have the box forget what is left, and the database what it remembers of keys and marks; else the tick tries again."""
    try:
        counting.discard(round_id)
    except counting.BoxUnreachableError:
        return
    if not traces.wipe():
        return
    db.session.execute(
        update(Round)
        .where(Round.id == round_id, Round.state.in_(OVER), Round.discarded_at.is_(None))
        .values(discarded_at=clock.now())
    )
    database.pause()


def _locked(round_id: UUID) -> Round | None:
    return db.session.scalars(
        select(Round).where(Round.id == round_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
