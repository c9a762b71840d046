"""How did the demo company come to its rounds of feedback? As everybody does: opened, answered on paper, closed.

The papers are made here as a browser makes them, and put into the box without a name.
"""

import random
import secrets
from collections.abc import Iterator, Mapping
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from werkzeug.test import Client

from peerapp import clock
from peerapp.actions import closing, opening, papers, round_drafts
from peerapp.db import db
from peerapp.demo.asked import ROUNDS, DemoQuestion, DemoRound
from peerapp.models import Letter, Notice, Person, RollEntry, Round, RoundPart, RoundReader, Unit
from peerapp.models.rounds import ReaderRole
from peerapp.rules import ballot
from peerapp.rules.audiences import AudienceKind
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.question_bank import BY_KEY
from peerapp.rules.questions import Question

Answers = Mapping[str, int | str]
SERIAL_BYTES, SALT_BYTES = 32, 48
DAY, A_MOMENT = timedelta(days=1), timedelta(seconds=20)
READ_AFTER = timedelta(days=7)


def build() -> None:
    """Ask around in the company that is there already; nothing is mailed about the past."""
    people = {person.name: person for person in db.session.scalars(select(Person))}
    for story in ROUNDS:
        _play(story, people)
    db.session.execute(delete(Letter))
    then = clock.now() - READ_AFTER
    db.session.execute(update(Notice).where(Notice.made_at < then).values(read_at=clock.now()))
    db.session.commit()


def _play(story: DemoRound, people: Mapping[str, Person]) -> None:
    owner = people[story.owner]
    with clock.earlier(story.opened * DAY):
        draft = _draft(story, people)
        refused = opening.open_round(owner, draft.id)
        assert not refused, [str(each) for each in refused]
    if story.closed < 0:
        return
    with clock.earlier((story.closed + 1) * DAY):
        _answered(draft, story)
    with clock.earlier(clock.now() - draft.closes_at - A_MOMENT):
        closing.close_where_due(clock.now())
        _afterwards(draft, story, people)


def _draft(story: DemoRound, people: Mapping[str, Person]) -> Round:
    owner = people[story.owner]
    units = db.session.scalars(select(Unit.id).where(Unit.name.in_(story.units)))
    draft = Round(
        owner_id=owner.id,
        purpose=story.purpose,
        title=story.title,
        why=story.why,
        language="en",
        questions=[],
        audience_kind=AudienceKind.UNITS,
        audience=[str(each) for each in units],
        made_at=clock.now(),
        closes_at=round_drafts.end_of_day_in(story.opened - story.closed, clock.now(), owner.time_zone),
    )
    draft.ask(tuple(_asked(number, each) for number, each in enumerate(story.questions, 1)))
    db.session.add(draft)
    db.session.flush()
    roles = dict.fromkeys((story.owner, *story.readers), ReaderRole.READER)
    roles |= dict.fromkeys(story.may_be_shown, ReaderRole.MAY_BE_SHOWN)
    db.session.add_all(
        RoundReader(round_id=draft.id, person_id=people[name].id, role=role) for name, role in roles.items()
    )
    db.session.commit()
    return draft


def _asked(number: int, question: DemoQuestion) -> Question:
    known = BY_KEY[question.bank]
    return Question(f"q{number}", known.kind, known.text, known.key)


def _answered(round_: Round, story: DemoRound) -> None:
    """As many of those who were asked as there are answers, in any order, each with a paper of their own."""
    key = db.session.scalars(select(RoundPart.public_key).where(RoundPart.round_id == round_.id)).one()
    asked = select(Person).join(RollEntry, RollEntry.person_id == Person.id).where(RollEntry.round_id == round_.id)
    people = list(db.session.scalars(asked.order_by(Person.sort_name)))
    box = Client(current_app)
    for person, answers in zip(people, _sheets(story, len(people)), strict=False):
        body = _ballot(person, round_, int.from_bytes(key, "big"), answers)
        put_in = box.post(f"/ballots/{round_.id}", data=body, headers={"Origin": "null"})
        assert put_in.status_code == 204, put_in.status  # noqa: PLR2004 - counted


def _ballot(person: Person, round_: Round, modulus: int, answers: Answers) -> bytes:
    serial, fingerprint = secrets.token_bytes(SERIAL_BYTES), bytes.fromhex(round_.fingerprint)
    signed = prepared(serial, message(fingerprint, 0))
    blinded, inverse = blind(modulus, signed, secrets.token_bytes(SALT_BYTES), 2 + secrets.randbelow(modulus - 2))
    paper = papers.hand_out(person, round_.id, blinded)
    assert isinstance(paper, papers.Paper), paper
    return ballot.build(serial, finalize(modulus, paper.signature, inverse), fingerprint, answers)


def _sheets(story: DemoRound, people: int) -> Iterator[Answers]:
    """What goes into each paper: every question's answers dealt out among as many people as answered at all."""
    dice = random.Random(story.title)  # noqa: S311 - the same demo each time
    given = [_given(each) for each in story.questions]
    answered = min(people, max(map(len, given)))
    hands = [dice.sample([*each, *[None] * (answered - len(each))], answered) for each in given]
    for sheet in zip(*hands, strict=True):
        yield {f"q{number}": each for number, each in enumerate(sheet, 1) if each is not None}
    yield from ({} for _blank in range(story.blank))


def _given(question: DemoQuestion) -> list[int | str | None]:
    return [*question.texts, *(level for level, number in enumerate(question.levels, 1) for _one in range(number))]


def _afterwards(round_: Round, story: DemoRound, people: Mapping[str, Person]) -> None:
    shown = [people[name].id for name in story.shown]
    db.session.execute(
        update(RoundReader)
        .where(RoundReader.round_id == round_.id, RoundReader.person_id.in_(shown))
        .values(shown_at=clock.now())
    )
    if story.what_next:
        db.session.execute(
            update(Round).where(Round.id == round_.id).values(what_next=story.what_next, what_next_at=clock.now())
        )
    db.session.commit()
