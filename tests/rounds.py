"""A whole round in a test: drafted, opened, answered as a browser would, closed. Nothing of ours is stood in for."""

import hashlib
import secrets
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import Connection, select, text
from werkzeug.test import Client

from peerapp import clock, counting
from peerapp.actions import closing, opening, papers
from peerapp.ballotbox.remote import RemoteSeam
from peerapp.db import db
from peerapp.models import Person, RollEntry, Round, RoundPart, RoundReader
from peerapp.models.rounds import ReaderRole
from peerapp.rules import ballot
from peerapp.rules.audiences import AudienceKind
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.question_bank import Purpose
from peerapp.rules.questions import Kind, Question
from tests.factories import new_person

QUESTIONS = (
    Question("q1", Kind.AGREEMENT, "After a session I know my next step.", "pair.next"),
    Question("q2", Kind.AGREEMENT, "We keep our appointments.", "pair.keep"),
    Question("c1", Kind.COMMENT, "One thing to keep.", "open.keep"),
)
WHOLE_WEEK = timedelta(days=7)
GUARDED = {"round", "round_part", "round_reader", "round_key", "roll_entry", "round_release", "release_serials"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a browser keeps of its paper."""

    serial: bytes
    signature: bytes


@contextmanager
def box_away(app: Flask) -> Iterator[None]:
    """As if the counting box stood on another machine, which is switched off."""
    with socket.socket() as taken:  # and listens to nobody
        taken.bind(("127.0.0.1", 0))
        here = app.extensions["ballotbox"]
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        app.extensions["ballotbox"] = RemoteSeam(address, b"a key that nobody else has or holds", clock.now)
        try:
            yield
        finally:
            app.extensions["ballotbox"] = here


def make_crowd(number: int = 12, **values: Any) -> list[Person]:
    """So many colleagues to ask."""
    people = [new_person(f"Crowd Member{each:03}", **values) for each in range(number)]
    db.session.add_all(people)
    db.session.commit()
    return people


def make_draft(
    owner: Person,
    people: Iterable[Person],
    *,
    readers: Iterable[Person] = (),
    may_be_shown: Iterable[Person] = (),
    **values: Any,
) -> Round:
    """A round about how the owner works with others, asked of these people by hand; the owner reads it."""
    draft = Round(
        owner_id=owner.id,
        purpose=values.pop("purpose", Purpose.MYSELF),
        title=values.pop("title", "How do I work with others?"),
        language="en",
        questions=[],
        audience_kind=values.pop("audience_kind", AudienceKind.PEOPLE),
        audience=values.pop("audience", [str(each.id) for each in people]),
        made_at=clock.now(),
        closes_at=values.pop("closes_at", clock.now() + WHOLE_WEEK),
    )
    draft.ask(values.pop("questions", QUESTIONS))
    for name, value in values.items():
        setattr(draft, name, value)
    db.session.add(draft)
    db.session.flush()
    for reader in {owner, *readers}:
        db.session.add(RoundReader(round_id=draft.id, person_id=reader.id, role=ReaderRole.READER))
    for reader in may_be_shown:
        db.session.add(RoundReader(round_id=draft.id, person_id=reader.id, role=ReaderRole.MAY_BE_SHOWN))
    db.session.commit()
    return draft


def make_open_round(owner: Person, people: Iterable[Person], **values: Any) -> Round:
    """The same, opened through the front door."""
    draft = make_draft(owner, people, **values)
    refused = opening.open_round(owner, draft.id)
    assert refused == (), [str(each) for each in refused]
    return again(draft)


def prepare_paper(person: Person, round_: Round) -> tuple[bytes, Callable[[bytes], Receipt]]:
    """What a browser does before it asks: the blinded value, and what it makes of the signature that comes back."""
    part = db.session.scalars(
        select(RollEntry.part).where(RollEntry.round_id == round_.id, RollEntry.person_id == person.id)
    ).one()
    key = db.session.scalars(
        select(RoundPart.public_key).where(RoundPart.round_id == round_.id, RoundPart.number == part)
    ).one()
    modulus, serial = int.from_bytes(key, "big"), secrets.token_bytes(32)
    signed = prepared(serial, message(bytes.fromhex(round_.fingerprint), part))
    blinded, inverse = blind(modulus, signed, secrets.token_bytes(48), 2 + secrets.randbelow(modulus - 2))
    return blinded, lambda signature: Receipt(serial, finalize(modulus, signature, inverse))


def take_paper(person: Person, round_: Round) -> Receipt:
    """What a browser does with the registrar: blind, ask, take the blinding off."""
    blinded, unblinded = prepare_paper(person, round_)
    paper = papers.hand_out(person, round_.id, blinded)
    assert isinstance(paper, papers.Paper), paper
    return unblinded(paper.signature)


def body_of(round_: Round, receipt: Receipt, answers: Mapping[str, int | str]) -> bytes:
    return ballot.build(receipt.serial, receipt.signature, bytes.fromhex(round_.fingerprint), answers)


def put_in(app: Flask, round_: Round, receipt: Receipt, answers: Mapping[str, int | str]) -> int:
    """The second request, as the browser sends it: nothing that says who it is. The status."""
    db.session.commit()
    answer = Client(app).post(
        f"/ballots/{round_.id}", data=body_of(round_, receipt, answers), headers={"Origin": "null"}
    )
    return int(answer.status_code)


def answer(app: Flask, person: Person, round_: Round, answers: Mapping[str, int | str]) -> Receipt:
    """Take a paper and put it in; {} is a blank one."""
    receipt = take_paper(person, round_)
    assert put_in(app, round_, receipt, answers) == 204
    return receipt


def close(round_: Round) -> Round:
    """The last day is over, and a tick comes by."""
    with time_machine.travel(round_.closes_at + timedelta(minutes=1), tick=False):
        closing.close_where_due(clock.now())
    return again(round_)


def make_closed_round(
    app: Flask, owner: Person, people: list[Person], answers: Iterable[Mapping[str, int | str]], **values: Any
) -> Round:
    """A round that these people answered, one after the other, until there were no more answers; closed early."""
    opened = make_open_round(owner, people, **values)
    for person, given in zip(people, answers, strict=False):
        answer(app, person, opened, given)
    assert closing.close_early(owner, opened.id) is None
    return again(opened)


def again(round_: Round) -> Round:
    """The row as the database has it now."""
    db.session.commit()
    db.session.expire_all()
    return db.session.scalars(select(Round).where(Round.id == round_.id)).one()


def serial_name(round_: Round, receipt: Receipt) -> str:
    return hashlib.sha256(bytes.fromhex(round_.fingerprint) + receipt.serial).hexdigest()[:20]


def forget_boxes(connection: Connection) -> None:
    """Empty the box of every round that there is."""
    for each in list(connection.scalars(select(Round.id))):
        counting.discard(each)


_lifted: list[str] = []


def lift_guards(connection: Connection) -> None:
    """Take the triggers away until the transaction ends or they are restored, as the owner of the database could."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    _lifted[:] = [sql for _name, sql in triggers]
    for name, _sql in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))


def restore_guards(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
        return
    for sql in _lifted:
        connection.exec_driver_sql(sql)
