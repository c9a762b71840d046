"""Who hears what about a round? Everybody on the roll hears the same, whether they answered or not."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from peerapp.actions.notices import tell
from peerapp.db import db, touched
from peerapp.models import Person, RollEntry, Round, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.rounds import is_reminder_due, may_remind
from peerapp.rules.states import RoundState


def asked(round_id: UUID) -> None:
    """The round has opened."""
    _tell_roll(_round(round_id), NoticeKind.ROUND_ASKED, f"/rounds/{round_id}/answer")


def remind(round_id: UUID, now: datetime) -> bool:
    """Remind the whole roll, unless that was done a short while ago; whether it was done."""
    round_ = _round(round_id)
    if not may_remind(now, round_.opens_at or now, round_.closes_at, round_.reminded_at):
        return False
    done = db.session.execute(
        update(Round)
        .where(
            Round.id == round_id,
            Round.state == RoundState.OPEN,
            Round.reminded_at.is_not_distinct_from(round_.reminded_at),
        )
        .values(reminded_at=now),
    )
    if not touched(done):
        return False
    _tell_roll(round_, NoticeKind.ROUND_REMINDER, f"/rounds/{round_id}/answer")
    return True


def ended(round_id: UUID, state: RoundState) -> None:
    """The round has ended: its readers hear that the release is out; where there is none, everybody asked hears so too."""
    round_ = _round(round_id)
    path = f"/rounds/{round_id}"
    if state is RoundState.RELEASED:
        _tell(_readers(round_), NoticeKind.ROUND_RELEASED, path, title=round_.title)
        return
    kind = NoticeKind.ROUND_WITHHELD if state is RoundState.WITHHELD else NoticeKind.ROUND_SPOILED
    _tell({*_readers(round_), *_roll(round_)}, kind, path, title=round_.title)


def not_opened(round_id: UUID) -> None:
    """It could not be opened, so nobody was asked: its owner hears so."""
    round_ = _round(round_id)
    owner = db.session.scalars(select(Person).where(Person.id == round_.owner_id, Person.left_at.is_(None))).all()
    _tell({*owner}, NoticeKind.ROUND_NOT_OPENED, f"/rounds/{round_id}", title=round_.title)


def next_written(round_id: UUID) -> None:
    """The owner has written what happens next."""
    round_ = _round(round_id)
    _tell(_roll(round_), NoticeKind.ROUND_NEXT, f"/rounds/{round_id}", name=round_.owner_name, title=round_.title)


def shown(round_: Round, person: Person) -> None:
    """The owner shows the result to this person."""
    tell(
        person,
        NoticeKind.ROUND_SHOWN,
        f"/rounds/{round_.id}/result",
        name=round_.owner_name,
        title=round_.title,
    )


def remind_all(now: datetime) -> int:
    """One reminder a round by itself, some days before it closes; how many rounds."""
    waiting = db.session.execute(
        select(Round.id, Round.opens_at, Round.closes_at, Round.reminded_at).where(Round.state == RoundState.OPEN)
    )
    due = [each.id for each in waiting if is_reminder_due(now, each.opens_at, each.closes_at, each.reminded_at)]
    return sum(remind(each, now) for each in due)


def _tell_roll(round_: Round, kind: NoticeKind, path: str) -> None:
    _tell(_roll(round_), kind, path, name=round_.owner_name, title=round_.title)


def _tell(people: set[Person], kind: NoticeKind, path: str, **values: Any) -> None:
    for person in sorted(people, key=lambda each: each.id):  # never the order in which anybody did anything
        tell(person, kind, path, **values)
    db.session.flush()


def _roll(round_: Round) -> set[Person]:
    on_it = select(RollEntry.person_id).where(RollEntry.round_id == round_.id)
    return set(db.session.scalars(select(Person).where(Person.id.in_(on_it), Person.left_at.is_(None))))


def _readers(round_: Round) -> set[Person]:
    reads = select(RoundReader.person_id).where(
        RoundReader.round_id == round_.id, RoundReader.role == ReaderRole.READER
    )
    return set(
        db.session.scalars(
            select(Person).where(Person.id.in_(reads) | (Person.id == round_.owner_id), Person.left_at.is_(None))
        )
    )


def _round(round_id: UUID) -> Round:
    return db.session.scalars(select(Round).where(Round.id == round_id).execution_options(populate_existing=True)).one()
