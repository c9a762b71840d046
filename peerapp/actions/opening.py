"""How does a draft become an open round? Everything is frozen in one transaction; then the box takes the manifest in.

Nothing is asked of the box while a transaction holds the database. When the box cannot be reached the round stays
`opening`, and the tick goes on with it: the same manifest once more changes nothing.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import delete, exists, insert, select, update

from peerapp import clock, counting, db as database, paper_keys
from peerapp.actions import one_by_one, rounds_told
from peerapp.db import db, insert_unless_there, touched
from peerapp.models import Lease, Person, RollEntry, Round, RoundKey, RoundPart, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.queries import audiences
from peerapp.queries.audiences import Someone
from peerapp.queries.manifests import manifest_of
from peerapp.rules import manifest as manifests, sealing
from peerapp.rules.blind_signature import SigningKey
from peerapp.rules.refusal import Refusal
from peerapp.rules.rounds import People, refusals
from peerapp.rules.states import RoundState, may_become

ONE_AT_A_TIME = "opening"
SALT_BYTES = 32


def open_round(owner: Person, round_id: UUID) -> tuple[Refusal, ...]:
    """Open a draft of this person's; empty when it is open or being opened, else every reason why not."""
    draft = _own_draft(owner, round_id)
    if refusal := may_become(draft.state, RoundState.OPENING):
        return (refusal,)
    parts = len(audiences.parts_by_name(audiences.asked_by(audiences.meant_by(draft), clock.now()), draft)) or 1
    database.pause()
    keys = [paper_keys.new() for _part in range(parts)]  # takes a while: no transaction waits for it
    refused = _freeze(owner, round_id, keys)
    database.pause()
    if not refused:
        finish(round_id)
    return refused


def finish(round_id: UUID) -> None:
    """Have the box take the round in; then it is open, and everybody on the roll is told.

    Not a round without keys, which comes from a backup: it may have been answered and released since. Not one whose
    last day is over either.
    """
    has_keys = exists().where(RoundKey.round_id == Round.id)
    waiting = select(Round.manifest, has_keys & (Round.closes_at > clock.now()))
    found = db.session.execute(waiting.where(Round.id == round_id, Round.state == RoundState.OPENING)).one_or_none()
    database.pause()
    if found is None:
        return
    text, may_be_answered = found
    try:
        if may_be_answered:
            counting.deposit(text)
    except counting.BoxUnreachableError:
        return
    except counting.RoundLostError:
        may_be_answered = False
    if not may_be_answered:
        _give_up(round_id)
    elif _move(round_id, RoundState.OPEN):
        rounds_told.asked(round_id)
    database.pause()


def _give_up(round_id: UUID) -> None:
    """Nobody has been asked, so only its owner hears of it."""
    if _move(round_id, RoundState.SPOILED, ended_at=clock.now(), handed_out=0):
        db.session.execute(delete(RoundKey).where(RoundKey.round_id == round_id))
        rounds_told.not_opened(round_id)


def finish_all() -> int:
    """Go on with what could not be finished; how many rounds are open now that were not."""
    waiting = list(db.session.scalars(select(Round.id).where(Round.state == RoundState.OPENING)))
    database.pause()
    one_by_one.do(finish, waiting)
    left = set(db.session.scalars(select(Round.id).where(Round.state == RoundState.OPENING)))
    return len(set(waiting) - left)


def _freeze(owner: Person, round_id: UUID, keys: list[SigningKey]) -> tuple[Refusal, ...]:
    _wait_for_turn()
    draft = _own_draft(owner, round_id)
    if refusal := may_become(draft.state, RoundState.OPENING):
        return (refusal,)
    now = clock.now().replace(microsecond=0)
    people = audiences.asked_by(audiences.meant_by(draft), now)
    plan = audiences.plan_of(draft, people, now)
    if found := refusals(plan, audiences.asked_elsewhere(now)):
        return found
    if len(keys) != (len(plan.parts) or 1):  # somebody changed unit a moment ago
        abort(409)
    _write(draft, now, people, plan.parts, keys)
    return ()


def _write(
    draft: Round, now: datetime, people: list[Someone], parts: Mapping[str, People], keys: list[SigningKey]
) -> None:
    draft.opens_at, draft.closes_at = now, draft.closes_at.replace(microsecond=0)
    draft.salt, draft.roll_salt = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    draft.owner_name = db.session.scalars(select(Person.name).where(Person.id == draft.owner_id)).one()
    _name_readers(draft)
    named = parts or {"": frozenset(each.id for each in people)}
    for number, (name, key) in enumerate(zip(named, keys, strict=True)):
        db.session.add(RoundPart(round_id=draft.id, number=number, name=name, public_key=paper_keys.modulus(key)))
        db.session.add(RoundKey(round_id=draft.id, part=number, private_key=paper_keys.kept(key)))
    part_of = {person: number for number, members in enumerate(named.values()) for person in members}
    roll = [
        {"round_id": draft.id, "person_id": person, "part": part_of[person], "handed_out": False}
        for person in sorted(part_of)
    ]
    db.session.execute(insert(RollEntry), roll)
    db.session.flush()
    manifest = manifest_of(draft)
    manifests.check(manifest)
    draft.manifest = manifests.text_of(manifest)
    draft.fingerprint = sealing.fingerprint(draft.manifest).hex()
    draft.become(RoundState.OPENING)
    db.session.flush()


def _name_readers(draft: Round) -> None:
    """Whoever reads is named, the owner first of all: no promise leaves her out, whatever became of the draft."""
    there = RoundReader.round_id == draft.id
    db.session.execute(delete(RoundReader).where(there, RoundReader.person_id == draft.owner_id))
    db.session.execute(
        insert(RoundReader).values(round_id=draft.id, person_id=draft.owner_id, role=ReaderRole.READER, name="")
    )
    name = select(Person.name).where(Person.id == RoundReader.person_id).scalar_subquery()
    db.session.execute(update(RoundReader).where(there).values(name=name))


def _own_draft(owner: Person, round_id: UUID) -> Round:
    found = db.session.scalars(
        select(Round).where(Round.id == round_id, Round.owner_id == owner.id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        abort(404)
    return found


def _wait_for_turn() -> None:
    """Two rounds that open at the same moment must see each other, or nearly the same people could be asked twice."""
    insert_unless_there(Lease, job=ONE_AT_A_TIME, holder="", until=clock.now())
    db.session.execute(select(Lease.job).where(Lease.job == ONE_AT_A_TIME).with_for_update())


def _move(round_id: UUID, state: RoundState, **values: datetime | int) -> bool:
    """Take the step if nobody else has."""
    before = [each for each in RoundState if may_become(each, state) is None]
    done = db.session.execute(
        update(Round).where(Round.id == round_id, Round.state.in_(before)).values(state=state, **values)
    )
    return bool(touched(done))
