"""What does somebody who is asked see before she answers, and what does her browser need to check it?

Three statements: the round with her part of the roll, who reads it, and the names that her browser looks for in her
own words before she sends them. The last is left out above 300 people, and whenever nothing can be answered any more.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased

from peerapp.db import rows
from peerapp.models import Person, ReleaseSerials, RollEntry, Round, RoundReader, Unit
from peerapp.models.rounds import ReaderRole
from peerapp.queries.rounds import me
from peerapp.rules.audiences import SplitBy
from peerapp.rules.manifest import moment_text
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from peerapp.rules.states import RoundState

HINTS_MAX = 300  # people whose names a browser is told, so that it can look for them
Named = tuple[UUID, str]
this: Any = bindparam("this")


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The answer form of one round for one person. `salt` is for people on the roll, `part` is hers.

    `parts` names those in which the result is shown, too; none where there is no split.
    """

    id: UUID
    state: RoundState
    title: str
    why: str
    purpose: Purpose
    language: str
    owner_id: UUID
    owner_name: str
    minimum: int
    opens_at: datetime | None
    closes_at: datetime
    public_id: UUID
    fingerprint: str
    salt: bytes | None
    questions: tuple[Question, ...]
    part: int
    split_by: SplitBy = SplitBy.NONE
    parts: tuple[str, ...] = ()
    reading: tuple[Named, ...] = ()
    shared_with: tuple[Named, ...] = ()
    people: tuple[str, ...] = field(default=(), repr=False)
    teams: tuple[str, ...] = ()
    never_opened: bool = False

    @property
    def readers(self) -> list[str]:
        return [name for _id, name in self.reading]

    @property
    def sharing(self) -> list[str]:
        return [name for _id, name in self.shared_with]

    def is_open(self, now: datetime) -> bool:
        return self.state is RoundState.OPEN and now < self.closes_at

    def seconds_left(self, now: datetime) -> int:
        """Until it closes; for the browser, whose own clock may be wrong."""
        return max(0, int((self.closes_at - now).total_seconds()))

    def facts(self) -> dict[str, Any]:
        """What the browser compares with the manifest, byte for byte, and with what stands on the page."""
        assert self.salt is not None
        assert self.opens_at is not None
        return {
            "round": str(self.id),
            "fingerprint": self.fingerprint,
            "salt": self.salt.hex(),
            "part": self.part,
            "minimum": self.minimum,
            "opens_at": moment_text(self.opens_at),
            "closes_at": moment_text(self.closes_at),
            "said": {"title": self.title, "why": self.why, "purpose": self.purpose.value, "language": self.language},
            "owner": {"id": str(self.owner_id), "name": self.owner_name},
            "readers": [{"id": str(each), "name": name} for each, name in self.reading],
            "sharing": [{"id": str(each), "name": name} for each, name in self.shared_with],
            "questions": [
                {"id": each.id, "kind": each.kind.value, "text": each.text, "bank": each.bank}
                for each in self.questions
            ],
        }

    def hints(self) -> dict[str, list[str]]:
        """Names and teams that words are looked through for, in the browser only."""
        names = {self.owner_name, *self.readers, *self.sharing, *self.people}
        return {"names": sorted(names), "teams": sorted(self.teams)}


@dataclass(frozen=True, slots=True)
class Papers:
    """How many papers there were, after closing, and the counted ones; nothing before."""

    state: RoundState
    people: int
    handed_out: int | None
    serials: list[str]


_roll = aliased(RollEntry)
_FORM = (
    select(
        Round.id, Round.state, Round.title, Round.why, Round.purpose, Round.language, Round.owner_id, Round.owner_name,
        Round.minimum, Round.opens_at, Round.closes_at, Round.public_id, Round.fingerprint, Round.salt,
        Round.questions, RollEntry.part, Round.split_by, Round.manifest, Round.handed_out,
    )
    .join(RollEntry, RollEntry.round_id == Round.id)
    .where(Round.id == this, RollEntry.person_id == me, Round.state != RoundState.DRAFT)
)  # fmt: skip
_READERS = (
    select(RoundReader.person_id, RoundReader.name, RoundReader.role)
    .where(RoundReader.round_id == this)
    .order_by(RoundReader.name, RoundReader.person_id)
)
_BEYOND = select(_roll.person_id).where(_roll.round_id == this).offset(HINTS_MAX).limit(1).exists()
_PEOPLE = (
    select(Person.name, func.coalesce(Unit.name, ""))
    .join(RollEntry, RollEntry.person_id == Person.id)
    .outerjoin(Unit, Unit.id == Person.unit_id)
    .where(RollEntry.round_id == this, ~_BEYOND)
)
_ROLL_SIZE = select(func.count()).select_from(RollEntry).where(RollEntry.round_id == Round.id).scalar_subquery()
_MAY_LOOK = or_(
    Round.owner_id == me,
    select(RollEntry.person_id).where(RollEntry.round_id == Round.id, RollEntry.person_id == me).exists(),
    select(RoundReader.person_id)
    .where(
        RoundReader.round_id == Round.id,
        RoundReader.person_id == me,
        or_(RoundReader.role == ReaderRole.READER, RoundReader.shown_at.is_not(None)),
    )
    .exists(),
)
_PAPERS = (
    select(Round.state, _ROLL_SIZE, Round.handed_out, ReleaseSerials.serials)
    .outerjoin(ReleaseSerials, ReleaseSerials.round_id == Round.id)
    .where(Round.id == this, Round.state != RoundState.DRAFT, _MAY_LOOK)
)
_PROMISE = select(Round.manifest, Round.fingerprint, Round.language).where(
    Round.public_id == this, Round.state != RoundState.DRAFT, Round.manifest != ""
)


def form_of(person: Person, round_id: UUID, now: datetime) -> AnswerForm:
    """The form of somebody on the roll, whatever the state of the round; 404 for everybody else."""
    *plain, questions, part, split_by, manifest, handed_out = rows(
        _FORM, this=round_id, me=person.id
    ).one_or_none() or abort(404)
    asked = tuple(Question(each["id"], Kind(each["kind"]), each["text"], each["bank"]) for each in questions)
    readers: dict[ReaderRole, list[Named]] = {role: [] for role in ReaderRole}
    for person_id, name, role in rows(_READERS, this=round_id):
        readers[role].append((person_id, name))
    named = (tuple(readers[ReaderRole.READER]), tuple(readers[ReaderRole.MAY_BE_SHOWN]))
    values = (*plain, asked, part, split_by, _split_parts(manifest), *named)
    never_opened = plain[1] is RoundState.SPOILED and handed_out == 0
    form = replace(AnswerForm(*values), never_opened=never_opened)
    return _with_people(form) if form.is_open(now) else form


def _split_parts(manifest: str) -> tuple[str, ...]:
    """The names of the parts, as they were fixed; a round without a split has one that has none."""
    return tuple(each["name"] for each in json.loads(manifest)["parts"] if each["name"])


def _with_people(form: AnswerForm) -> AnswerForm:
    """With the names that hints look for: one's own is among them, for nothing gives away more."""
    known = rows(_PEOPLE, this=form.id).all()
    names = {name for name, _team in known}
    return replace(form, people=tuple(names), teams=tuple({team for _name, team in known if team}))


def papers_of(person: Person, round_id: UUID) -> Papers:
    """For whoever was asked or reads the round; 404 for everybody else."""
    state, people, handed_out, serials = rows(_PAPERS, this=round_id, me=person.id).one_or_none() or abort(404)
    return Papers(state, people, handed_out, list(serials or ()))


def manifest_text_of(public_id: UUID) -> tuple[str, str, str]:
    """Manifest, fingerprint and language of the round whose public page has this id, for anybody; 404 where none is."""
    text, fingerprint, language = rows(_PROMISE, this=public_id).one_or_none() or abort(404)
    return text, fingerprint, language
