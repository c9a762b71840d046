"""What does somebody read of a round that has closed? The release as the box gave it out, and nothing that is not in it.

Three statements at most: the round with its release, earlier rounds to compare with, and who reads it. The serials are
never among them, so a page costs the same for 8 answers and for 100,000.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, bindparam, or_, select

from peerapp import clock
from peerapp.db import rows
from peerapp.models import Person, Round, RoundReader, RoundRelease
from peerapp.models.rounds import ReaderRole
from peerapp.queries import releases
from peerapp.queries.releases import Kept
from peerapp.queries.rounds import may_read
from peerapp.rules import publication
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release import Release
from peerapp.rules.states import RoundState

COMPARED = 4  # so many earlier rounds are looked through for the same question


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the audience and how many people it has; "" is the whole of it."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Result:
    """A round for somebody who reads it. `release` is None until there is one, and where there will be none."""

    id: UUID
    title: str
    owner_id: UUID
    owner_name: str
    purpose: Purpose
    language: str
    state: RoundState
    closes_at: datetime
    ended_at: datetime | None
    questions: tuple[Question, ...]
    manifest: str
    fingerprint: str
    public_id: UUID
    handed_out: int
    what_next: str
    release: Release | None
    papers: int

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(each["name"], each["size"]) for each in json.loads(self.manifest)["parts"])

    @property
    def people(self) -> int:
        return sum(part.people for part in self.parts)

    @property
    def is_over(self) -> bool:
        """Whether nobody can answer any more, whatever is still to be done."""
        return self.state is not RoundState.OPEN or self.closes_at <= clock.now()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A round to compare with."""

    id: UUID
    title: str
    ended_at: datetime
    questions: tuple[Question, ...]
    release: Release


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a result, or to whom it may be shown; `shown_at` while it is."""

    id: UUID
    name: str
    role: ReaderRole
    shown_at: datetime | None

    @property
    def may_be_shown(self) -> bool:
        return self.role is ReaderRole.MAY_BE_SHOWN


_HEAD = (
    Round.id, Round.title, Round.owner_id, Round.owner_name, Round.purpose, Round.language, Round.state,
    Round.closes_at, Round.ended_at, Round.questions, Round.manifest, Round.fingerprint, Round.public_id,
    Round.handed_out, Round.what_next, releases.is_there,
)  # fmt: skip
_ROUND: ColumnElement[bool] = Round.id == bindparam("round")
_READ = select(*_HEAD).outerjoin(RoundRelease, RoundRelease.round_id == Round.id).where(may_read)
_ONE = releases.statements(_READ.where(_ROUND))
_TWO = releases.statements(_READ.where(or_(Round.id == bindparam("one"), Round.id == bindparam("other"))))
_BEFORE = releases.statements(
    select(Round.id, Round.title, Round.ended_at, Round.questions)
    .join(RoundRelease, RoundRelease.round_id == Round.id)
    .where(
        Round.owner_id == bindparam("owner"),
        Round.purpose == bindparam("purpose"),
        Round.ended_at < bindparam("ended_at"),
        may_read,
    )
    .order_by(Round.ended_at.desc(), Round.id)
    .limit(COMPARED)
)
_READERS = (
    select(Person.id, Person.name, RoundReader.role, RoundReader.shown_at)
    .join(Person, Person.id == RoundReader.person_id)
    .where(RoundReader.round_id == bindparam("round"), or_(Person.left_at.is_(None), RoundReader.shown_at.is_not(None)))
    .order_by(Person.sort_name, Person.id)
)
_compared: set[UUID] = set()  # rounds whose earlier ones have been taken apart here


def result_of(person: Person, round_id: UUID) -> Result:
    """The round with its release, for a reader, its owner, or somebody whom it is shown to; 404 for anybody else."""
    known = releases.kept()
    found = rows(_ONE.short if round_id in known else _ONE.whole, round=round_id, me=person.id).one_or_none()
    return _result(found, known) if found else abort(404)


def two_results_of(person: Person, round_ids: list[UUID]) -> dict[UUID, Result]:
    """One or two at once, by their ids; those that this person does not read are left out."""
    if not round_ids:
        return {}
    known = releases.kept()
    statement = _TWO.short if set(round_ids) <= set(known) else _TWO.whole
    found = rows(statement, one=round_ids[0], other=round_ids[-1], me=person.id)
    return {row.id: _result(row, known) for row in found}


def whole_result_of(person: Person, round_id: UUID) -> Result:
    """The same with every comment, where there is a release; else 404."""
    found = rows(_ONE.whole, round=round_id, me=person.id).one_or_none()
    if found is None or not found.is_released:
        abort(404)
    return _result(found, {round_id: publication.parse(found.text)}, is_whole=True)


def before(person: Person, result: Result) -> list[Earlier]:
    """Earlier rounds of the same owner about the same, as far as this person reads them as well; the latest first."""
    known = releases.kept()
    asked_for = {"owner": result.owner_id, "purpose": result.purpose, "ended_at": result.ended_at, "me": person.id}
    found = rows(_BEFORE.short if result.id in _compared else _BEFORE.whole, **asked_for).all()
    if any(each.text is None and each.id not in known for each in found):
        found = rows(_BEFORE.whole, **asked_for).all()
    _compared.add(result.id)
    return [
        Earlier(each.id, each.title, each.ended_at, asked(each.questions), _release(each.id, each.text, known))
        for each in found
    ]


def readers_of(result: Result) -> list[Reader]:
    """Who reads it, and whom the manifest allows to show it to; in alphabetical order."""
    return [Reader(*row) for row in rows(_READERS, round=result.id)]


def asked(questions: list[dict[str, str]]) -> tuple[Question, ...]:
    """The questions as the column holds them."""
    return tuple(Question(each["id"], Kind(each["kind"]), each["text"], each["bank"]) for each in questions)


def _result(row: Any, known: Kept, *, is_whole: bool = False) -> Result:
    said = releases.taken_apart(row.id, None if is_whole else row.text, known) if row.is_released else None
    return Result(
        id=row.id, title=row.title, owner_id=row.owner_id, owner_name=row.owner_name, purpose=row.purpose,
        language=row.language, state=row.state, closes_at=row.closes_at, ended_at=row.ended_at,
        questions=asked(row.questions),
        manifest=row.manifest,
        fingerprint=row.fingerprint, public_id=row.public_id, handed_out=row.handed_out or 0, what_next=row.what_next,
        release=said.release if said and isinstance(said.release, Release) else None,
        papers=(said.papers or 0) if said else 0,
    )  # fmt: skip


def _release(round_id: UUID, text: str | None, known: Kept) -> Release:
    release = releases.taken_apart(round_id, text, known).release
    assert isinstance(release, Release), "what is withheld is not kept"
    return release
