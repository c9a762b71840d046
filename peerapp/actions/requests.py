"""One colleague asks another; the other says yes, later or no; silence lapses. Each step asks the table of states."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from peerapp import clock
from peerapp.actions import goals
from peerapp.actions.goals import Draft
from peerapp.actions.notices import tell
from peerapp.db import db, insert_unless_there
from peerapp.models import Membership, Pair, Person, Request
from peerapp.models.requests import couple_of
from peerapp.queries import between
from peerapp.queries.between import OPEN, Askable
from peerapp.rules import cadence
from peerapp.rules.asking import Wish, may_pair, may_wait_until
from peerapp.rules.goal_fields import TEXTS
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.notice_values import a_day
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column, PairState, RequestState, may_become

LAPSE_AT_ONCE = 500


def ask(sender: Person, whom: Askable, wish: Wish, message: str) -> UUID | Refusal:
    """Send a request. Where one is open between the two already, whoever sent it, that one stands."""
    if refusal := may_pair(whom.between):
        return refusal
    now, made = clock.now(), uuid4()
    sent = insert_unless_there(
        Request,
        id=made,
        sender_id=sender.id,
        receiver_id=whom.person.id,
        couple=couple_of(sender.id, whom.person.id),
        area=wish.area,
        words=wish.words,
        message=message,
        state=RequestState.WAITING,
        sent_at=now,
        lapses_at=cadence.lapses_at(now),
    )
    if not sent:
        there = between.open_request_of(sender.id, whom.person.id)
        assert there is not None  # it was in the way, and both people's rows are held
        return there
    tell(whom.person, NoticeKind.REQUEST_SENT, f"/requests/{made}", name=sender.name)
    return made


def accept(request: Request, wish: Wish | None) -> Pair | Refusal:
    """Become a pair that has yet to sign; what each of the two wants to learn stands on the board."""
    refusal = may_become(request.state, RequestState.ACCEPTED) or may_pair(
        between.between(request.receiver, request.sender).between,
    )
    if refusal:
        return refusal
    now = clock.now()
    request.become(RequestState.ACCEPTED, now)
    pair = Pair(state=PairState.CHARTERING, couple=request.couple, made_at=now)
    pair.members = [Membership(person=person) for person in (request.sender, request.receiver)]
    db.session.add(pair)
    db.session.flush()
    _first_goal(pair, request.sender, Wish(request.area, request.words))
    if wish is not None:
        _first_goal(pair, request.receiver, wish)
    tell(request.sender, NoticeKind.REQUEST_ACCEPTED, f"/pairs/{pair.id}/charter", name=request.receiver.first_name)
    return pair


def put_off(request: Request, until: date, today: date) -> Refusal | None:
    """Not now, but please on that day: then it waits again, and rests a week later."""
    refusal = may_wait_until(until, today) or request.become(RequestState.LATER, clock.now())
    if refusal:
        return refusal
    request.later_on = until
    request.lapses_at = cadence.lapses_at(datetime.combine(until, time(12), UTC))
    sender = request.sender
    path = f"/requests/{request.id}"
    tell(sender, NoticeKind.REQUEST_LATER, path, name=request.receiver.first_name, day=a_day(until))
    db.session.flush()
    return None


def decline(request: Request, answer: str) -> Refusal | None:
    refusal = request.become(RequestState.DECLINED, clock.now())
    if refusal is None:
        request.answer = answer
        _tell(request.sender, NoticeKind.REQUEST_DECLINED, request, request.receiver)
    return refusal


def withdraw(request: Request) -> Refusal | None:
    refusal = request.become(RequestState.WITHDRAWN, clock.now())
    if refusal is None:
        _tell(request.receiver, NoticeKind.REQUEST_WITHDRAWN, request, request.sender)
    return refusal


def lapse_requests(now: datetime) -> int:
    """What time does: a request put off until today waits again, one without an answer for a week rests. How many rest."""
    for request in _held(Request.state == RequestState.LATER, Request.later_on <= now.date()):
        if request.lapses_at > now:
            request.become(RequestState.WAITING, now)
            _tell(request.receiver, NoticeKind.REQUEST_SENT, request, request.sender)
    silent = _held(Request.state.in_(OPEN), Request.lapses_at <= now)
    for request in silent:
        request.become(RequestState.LAPSED, now)
        tell(request.sender, NoticeKind.REQUEST_LAPSED, "/people", name=request.receiver.first_name)
    db.session.flush()
    return len(silent)


def _held(*where: object) -> list[Request]:
    """Requests of which this is true, held; what somebody is answering at this moment is left to them."""
    found = db.session.scalars(
        select(Request)
        .where(*where)  # type: ignore[arg-type]  # conditions
        .options(joinedload(Request.sender), joinedload(Request.receiver))
        .order_by(Request.lapses_at, Request.id)
        .limit(LAPSE_AT_ONCE)
        .with_for_update(of=Request, skip_locked=True)
        .execution_options(populate_existing=True),
    )
    return list(found)


def _first_goal(pair: Pair, owner: Person, wish: Wish) -> None:
    fields = dict.fromkeys(TEXTS, "") | {
        "title": wish.words,
        "areas": [wish.area.value],
        "owner": str(owner.id),
        "due_on": "",
    }
    goals.make(pair, owner, [Draft(fields, Column.IDEAS)])


def _tell(person: Person, kind: NoticeKind, request: Request, about: Person) -> None:
    tell(person, kind, f"/requests/{request.id}", name=about.first_name)
    db.session.flush()
