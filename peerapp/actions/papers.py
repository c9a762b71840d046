"""How does somebody on the roll get a paper? Signed blind, once; the same blinded value again gets the same signature.

The mark on the roll and the hash of the blinded value are written first, in a short transaction; signing waits for
nobody. Nothing of the answer is in here: the server cannot recognise the paper when it comes back.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from flask import abort
from sqlalchemy import Row, select, update

from peerapp import clock, db as database, paper_keys
from peerapp.db import db, touched
from peerapp.models import Person, RollEntry, Round, RoundKey, RoundPart
from peerapp.rules.manifest import KEY_BYTES
from peerapp.rules.states import RoundState


class NoPaper(StrEnum):
    """Why there is no paper."""

    CLOSED = "closed"
    UNFIT = "unfit"  # not a value that can be signed
    TAKEN = "taken"  # this person's paper was asked for with another value: in another browser


@dataclass(frozen=True, slots=True)
class Paper:
    """`signature`: the blind signature, 256 bytes."""

    signature: bytes


def hand_out(person: Person, round_id: UUID, blinded: bytes) -> Paper | NoPaper:
    """The paper of somebody on the roll; 404 for everybody else. `blinded`: 256 bytes, below the modulus of the part."""
    entry = _entry_of(person, round_id)
    state, closes_at, modulus, stored = _part_of(round_id, entry.part)
    if state is not RoundState.OPEN or clock.now() >= closes_at or stored is None:
        return NoPaper.CLOSED
    if len(blinded) != KEY_BYTES or not 1 < int.from_bytes(blinded, "big") < int.from_bytes(modulus, "big") - 1:
        return NoPaper.UNFIT
    if not _mark(entry, hashlib.sha256(blinded).digest()):
        return NoPaper.TAKEN
    database.pause()
    return Paper(paper_keys.sign(paper_keys.restored(stored), blinded))


def _entry_of(person: Person, round_id: UUID) -> RollEntry:
    entry = db.session.scalars(
        select(RollEntry)
        .where(RollEntry.round_id == round_id, RollEntry.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if entry is None:
        abort(404)
    return entry


def _part_of(round_id: UUID, part: int) -> Row[RoundState, datetime, bytes, bytes | None]:
    return db.session.execute(
        select(Round.state, Round.closes_at, RoundPart.public_key, RoundKey.private_key)
        .join(RoundPart, (RoundPart.round_id == Round.id) & (RoundPart.number == part))
        .outerjoin(RoundKey, (RoundKey.round_id == Round.id) & (RoundKey.part == part))
        .where(Round.id == round_id)
    ).one()


def _mark(entry: RollEntry, blinded_hash: bytes) -> bool:
    if entry.handed_out:
        return entry.blinded_hash == blinded_hash
    done = db.session.execute(
        update(RollEntry)
        .where(
            RollEntry.round_id == entry.round_id,
            RollEntry.person_id == entry.person_id,
            RollEntry.handed_out.is_(False),
        )
        .values(handed_out=True, blinded_hash=blinded_hash)
    )
    return bool(touched(done))
