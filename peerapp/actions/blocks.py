"""Somebody does not want to be found or asked by a certain colleague. That colleague is never told."""

from uuid import UUID

from sqlalchemy import delete, select

from peerapp import clock
from peerapp.actions import requests
from peerapp.db import db, insert_unless_there, touched
from peerapp.models import Block, Person, Request
from peerapp.queries.between import OPEN, hold
from peerapp.rules.asking import ONESELF
from peerapp.rules.refusal import Refusal


def block(person: Person, other: Person) -> Refusal | None:
    """Disappear for the other. An own request is withdrawn; one of theirs is hidden and lapses as if by silence."""
    if person.id == other.id:
        return Refusal(ONESELF)
    hold(person.id, other.id)
    insert_unless_there(Block, person_id=person.id, blocked_id=other.id, since=clock.now())
    sent = select(Request).where(
        Request.sender_id == person.id, Request.receiver_id == other.id, Request.state.in_(OPEN)
    )
    for request in db.session.scalars(sent.with_for_update()):
        request.receiver = other
        request.sender = person
        requests.withdraw(request)
    return None


def unblock(person: Person, other_id: UUID) -> bool:
    """Be findable again; whether there was a block."""
    gone = delete(Block).where(Block.person_id == person.id, Block.blocked_id == other_id)
    return bool(touched(db.session.execute(gone)))
