"""Somebody has left the company: what happens to their pairs and requests?

Not at once, but a day later (by the tick): a people file that named the wrong leavers can be taken back until then.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from peerapp import clock
from peerapp.actions import sessions
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Membership, Pair, Person, Request
from peerapp.queries.between import OPEN
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import PairState, RequestState

A_FILE_CAN_BE_TAKEN_BACK = timedelta(days=1)
AT_ONCE = 200


def end_pairs_of_leavers(now: datetime) -> int:
    """For everybody who left more than a day ago and still has something open; how many people."""
    in_a_pair = exists().where(
        Membership.person_id == Person.id, Membership.pair_id == Pair.id, Pair.state != PairState.ENDED
    )
    asked = exists().where(
        Request.state.in_(OPEN), or_(Request.sender_id == Person.id, Request.receiver_id == Person.id)
    )
    gone = select(Person).where(Person.left_at < now - A_FILE_CAN_BE_TAKEN_BACK, or_(in_a_pair, asked))
    people = db.session.scalars(gone.order_by(Person.id).limit(AT_ONCE)).all()
    for person in people:
        end_pairs_of(person)
        _close_requests_of(person)
    return len(people)


def end_pairs_of(leaver: Person) -> int:
    """End every open pair of the leaver and tell the others; how many. A second call finds none."""
    mine = select(Membership.pair_id).where(Membership.person_id == leaver.id)
    open_ones = select(Pair.id).where(Pair.id.in_(mine), Pair.state != PairState.ENDED).order_by(Pair.id)
    return sum(_end(pair_id, leaver) for pair_id in db.session.scalars(open_ones).all())


def _end(pair_id: UUID, leaver: Person) -> int:
    """Under the pair's lock, like every other change of a pair."""
    pair = db.session.scalars(
        select(Pair)
        .where(Pair.id == pair_id)
        .options(selectinload(Pair.members).joinedload(Membership.person))
        .with_for_update(of=Pair)
        .execution_options(populate_existing=True),
    ).one()
    if pair.become(PairState.ENDED):
        return 0
    pair.ended_at = clock.now()
    sessions.close_with(pair, pair.ended_at)
    tell(pair.partner_of(leaver), NoticeKind.PARTNER_LEFT, f"/pairs/{pair.id}", name=leaver.first_name)
    db.session.flush()
    return 1


def _close_requests_of(leaver: Person) -> None:
    """What the leaver asked is withdrawn; what others asked rests."""
    open_ones = db.session.scalars(
        select(Request)
        .where(Request.state.in_(OPEN), or_(Request.sender_id == leaver.id, Request.receiver_id == leaver.id))
        .options(joinedload(Request.sender), joinedload(Request.receiver))
        .order_by(Request.id)
        .with_for_update(of=Request)
        .execution_options(populate_existing=True),
    ).all()
    for request in open_ones:
        if request.sender_id == leaver.id:
            request.become(RequestState.WITHDRAWN, clock.now())
            tell(request.receiver, NoticeKind.REQUEST_WITHDRAWN, f"/requests/{request.id}", name=leaver.first_name)
        else:
            request.become(RequestState.LAPSED, clock.now())
            tell(request.sender, NoticeKind.REQUEST_LAPSED, "/people", name=leaver.first_name)
    db.session.flush()
