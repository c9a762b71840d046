"""Rounds to measure on: a release of so many answers with as many comments as people write, and what a manager reads.

The releases are made by the rules from counts; the papers of 100,000 people are their names only.
"""

import random
from datetime import timedelta
from uuid import UUID

from peerapp import clock
from peerapp.db import db
from peerapp.models import Person, ReleaseSerials, Round, RoundReader, RoundRelease
from peerapp.models.rounds import ReaderRole
from peerapp.rules import publication
from peerapp.rules.audiences import AudienceKind
from peerapp.rules.publication import Publication
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release import Release, Tally, release
from peerapp.rules.sealing import canonical
from peerapp.rules.states import RoundState
from tests.rounds import make_open_round

QUESTIONS = (
    *(Question(f"q{number}", Kind.AGREEMENT, f"Number {number} is as it should be.") for number in range(1, 13)),
    Question("c1", Kind.COMMENT, "One thing to keep."),
)
ONE_IN = 3  # writes a comment
COMMENT = "A comment of one hundred and twenty characters, which is about as long as people write when nobody makes them hurry up."


def fill(owner: Person, answers: int) -> UUID:
    """Three releases of so many answers each, read by their owner: about the programme, then and now, and about her unit."""
    now = clock.now()
    _released(owner, answers, Purpose.PROGRAMME, now - timedelta(days=90))
    _released(owner, answers, Purpose.UNIT, now - timedelta(days=60))
    return _released(owner, answers, Purpose.PROGRAMME, now - timedelta(days=1))


def ask(ana: Person) -> UUID:
    """A round of twelve questions and a comment that is open, with Ana among twenty who are asked, by Ben."""
    ben = db.session.scalars(db.select(Person).where(Person.name == "Ben Okafor")).one()
    others = db.session.scalars(db.select(Person).where(Person.id.not_in([ana.id, ben.id])).limit(19))
    return make_open_round(ben, [ana, *others], questions=QUESTIONS, may_be_shown=[ana]).id


def _released(owner: Person, answers: int, purpose: Purpose, ended_at: object) -> UUID:
    dice = random.Random(answers)  # the same each time
    made = Round(
        owner_id=owner.id, owner_name=owner.name, purpose=purpose, title="How was it?", language="en", questions=[],
        audience_kind=AudienceKind.PROGRAMME, made_at=ended_at, opens_at=ended_at, closes_at=ended_at,
        fingerprint="0" * 64, handed_out=answers, manifest=canonical({"parts": [{"name": "", "size": answers}]}),
    )  # fmt: skip
    made.ask(QUESTIONS)
    db.session.add(made)
    db.session.flush()
    db.session.add(RoundReader(round_id=made.id, person_id=owner.id, role=ReaderRole.READER))
    db.session.flush()
    serials = [f"{number:020x}" for number in range(answers)]
    for state in (RoundState.OPENING, RoundState.OPEN, RoundState.CLOSING):
        made.state = state
        db.session.flush()
    counts = {each.id: [_counts(answers, dice)] for each in QUESTIONS if each.kind.is_scale}
    said = release(QUESTIONS, Tally(counts, {"c1": [COMMENT] * max(3, answers // ONE_IN)}), 5, dice.shuffle)
    assert isinstance(said, Release)
    told = Publication(made.id, made.fingerprint, said, answers, publication.digest_of(serials))
    db.session.add(RoundRelease(round_id=made.id, text=publication.text_of(told)))
    db.session.add(ReleaseSerials(round_id=made.id, serials=serials))
    db.session.flush()
    made.state, made.ended_at = RoundState.RELEASED, ended_at
    db.session.commit()
    return made.id


def _counts(answers: int, dice: random.Random) -> dict[int, int]:
    parts = sorted(dice.randrange(answers + 1) for _ in range(4))
    return {level: end - begin for level, begin, end in zip(range(1, 6), [0, *parts], [*parts, answers], strict=True)}
