"""What does the page of a round say to whoever looks at it: its owner, somebody asked, a reader? Never who answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from peerapp.db import db
from peerapp.models import Person, RollEntry, Round, RoundPart, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.queries.answering import AnswerForm
from peerapp.queries.round_people import readers_in
from peerapp.rules.rounds import may_remind
from peerapp.rules.states import RoundState

OVER = (RoundState.RELEASED, RoundState.WITHHELD, RoundState.SPOILED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the viewer stands to a round that has been opened. `people` on the roll, as the manifest says."""

    owns: bool
    is_asked: bool
    reads: bool
    people: int
    parts: tuple[tuple[str, int], ...]
    is_open: bool
    is_over: bool
    may_remind: bool

    @property
    def is_being_counted(self) -> bool:
        return not self.is_open and not self.is_over


def standing(person: Person, round_: Round, now: datetime) -> Standing:
    """Two statements."""
    on_roll = exists().where(RollEntry.round_id == round_.id, RollEntry.person_id == person.id)
    reads = exists().where(
        RoundReader.round_id == round_.id,
        RoundReader.person_id == person.id,
        (RoundReader.role == ReaderRole.READER) | RoundReader.shown_at.is_not(None),
    )
    is_asked, is_reader = db.session.execute(select(on_roll, reads)).one()
    sizes = (
        select(RoundPart.name, func.count())
        .join(RollEntry, (RollEntry.round_id == RoundPart.round_id) & (RollEntry.part == RoundPart.number))
        .where(RoundPart.round_id == round_.id)
        .group_by(RoundPart.number, RoundPart.name)
        .order_by(RoundPart.number)
    )
    parts = tuple((name, size) for name, size in db.session.execute(sizes))
    owns = round_.owner_id == person.id
    return Standing(
        owns=owns,
        is_asked=is_asked,
        reads=owns or is_reader,
        people=sum(size for _name, size in parts),
        parts=parts if len(parts) > 1 else (),
        is_open=round_.state is RoundState.OPEN and now < round_.closes_at,
        is_over=round_.state in OVER,
        may_remind=may_remind(now, round_.opens_at or now, round_.closes_at, round_.reminded_at),
    )


def form_to_come(draft: Round, owner: Person, parts: Iterable[str]) -> AnswerForm:
    """The answer form as people will see it, before there is a roll, a key or a fingerprint. One statement."""
    readers = readers_in(draft)
    return AnswerForm(
        id=draft.id,
        state=draft.state,
        title=draft.title,
        why=draft.why,
        purpose=draft.purpose,
        language=draft.language,
        owner_id=owner.id,
        owner_name=owner.name,
        minimum=draft.minimum,
        opens_at=None,
        closes_at=draft.closes_at,
        public_id=draft.public_id,
        fingerprint="",
        salt=None,
        questions=draft.asked(),
        part=0,
        split_by=draft.split_by,
        parts=tuple(parts),
        reading=tuple((each.id, each.name) for each in readers if each.role is ReaderRole.READER),
        shared_with=tuple((each.id, each.name) for each in readers if each.role is ReaderRole.MAY_BE_SHOWN),
    )
