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
from peerapp.models import Person, ReleaseSerials, Round, RoundReader, RoundRelease
from peerapp.models.rounds import ReaderRole
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
    parts: tuple[Part, ...]
    fingerprint: str
    public_id: UUID
    handed_out: int
    what_next: str
    release: Release | None
    papers: int

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
    Round.handed_out, Round.what_next, RoundRelease.text,
)  # fmt: skip
_ROUND: ColumnElement[bool] = Round.id == bindparam("round")
_ONE = select(*_HEAD).outerjoin(RoundRelease, RoundRelease.round_id == Round.id).where(_ROUND, may_read)
_SOME = (
    select(*_HEAD)
    .outerjoin(RoundRelease, RoundRelease.round_id == Round.id)
    .where(Round.id.in_(bindparam("rounds", expanding=True)), may_read)
)
_BEFORE = (
    select(Round.id, Round.title, Round.ended_at, Round.questions, RoundRelease.text)
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
_PROOF = (
    select(Round.manifest, RoundRelease.text, ReleaseSerials.serials, Round.handed_out)
    .join(RoundRelease, RoundRelease.round_id == Round.id)
    .join(ReleaseSerials, ReleaseSerials.round_id == Round.id)
    .where(_ROUND)
)

_FINGERPRINT = select(Round.fingerprint).where(_ROUND)


def result_of(person: Person, round_id: UUID) -> Result:
    """The round with its release, for a reader, its owner, or somebody whom it is shown to; 404 for anybody else."""
    found = rows(_ONE, round=round_id, me=person.id).one_or_none()
    return _result(found) if found else abort(404)


def results_of(person: Person, round_ids: list[UUID]) -> dict[UUID, Result]:
    """Several at once, by their ids; those that this person does not read are left out."""
    return {row.id: _result(row) for row in rows(_SOME, rounds=round_ids, me=person.id)} if round_ids else {}


def released_of(person: Person, round_id: UUID) -> Result:
    """The same where there is a release; else 404."""
    found = result_of(person, round_id)
    return found if found.release else abort(404)


def before(person: Person, result: Result) -> list[Earlier]:
    """Earlier rounds of the same owner about the same, as far as this person reads them as well; the latest first."""
    found = rows(_BEFORE, owner=result.owner_id, purpose=result.purpose, ended_at=result.ended_at, me=person.id)
    return [Earlier(each.id, each.title, each.ended_at, asked(each.questions), _release(each.text)) for each in found]


def readers_of(result: Result) -> list[Reader]:
    """Who reads it, and whom the manifest allows to show it to; in alphabetical order."""
    return [Reader(*row) for row in rows(_READERS, round=result.id)]


def proof_of(round_id: UUID) -> dict[str, Any] | None:
    """What the stand-alone check takes (ballotbox/verify.py); None where there is no release. For whoever may read it."""
    found = rows(_PROOF, round=round_id).one_or_none()
    if found is None:
        return None
    return {
        "manifest": found.manifest, "release": found.text, "serials": found.serials, "handed_out": found.handed_out,
    }  # fmt: skip


def fingerprint_of(round_id: UUID) -> str:
    return str(rows(_FINGERPRINT, round=round_id).scalar_one())


def asked(questions: list[dict[str, str]]) -> tuple[Question, ...]:
    """The questions as the column holds them."""
    return tuple(Question(each["id"], Kind(each["kind"]), each["text"], each["bank"]) for each in questions)


def _result(row: Any) -> Result:
    said = publication.parse(row.text) if row.text else None
    return Result(
        id=row.id, title=row.title, owner_id=row.owner_id, owner_name=row.owner_name, purpose=row.purpose,
        language=row.language, state=row.state, closes_at=row.closes_at, ended_at=row.ended_at,
        questions=asked(row.questions),
        parts=tuple(Part(each["name"], each["size"]) for each in json.loads(row.manifest)["parts"]),
        fingerprint=row.fingerprint, public_id=row.public_id, handed_out=row.handed_out or 0, what_next=row.what_next,
        release=said.release if said and isinstance(said.release, Release) else None,
        papers=(said.papers or 0) if said else 0,
    )  # fmt: skip


def _release(text: str) -> Release:
    release = publication.parse(text).release
    assert isinstance(release, Release), "what is withheld is not kept"
    return release
