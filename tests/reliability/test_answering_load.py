"""Many who answer at once, over real HTTP: no paper is lost, doubled or refused, and what is counted is what was sent."""

import http.client
import random
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from uuid import UUID, uuid4

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select

from peerapp import clock, counting, migrate
from peerapp.actions import closing
from peerapp.ballotbox import content
from peerapp.ballotbox.box import Box
from peerapp.ballotbox.store import Store
from peerapp.db import db
from peerapp.models import Person, ReleaseSerials, Round, RoundPart
from peerapp.rules import ballot
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.questions import Kind, Question
from peerapp.rules.states import RoundState
from tests import cast
from tests.clients import RAW, session_cookie
from tests.reliability.house import House, a_port, house, url_of
from tests.rounds import again, make_open_round

PEOPLE, PEOPLE_LONG = 60, 5_000
CONNECTIONS, CONNECTIONS_LONG = 10, 50
SCALES = tuple(Question(f"q{number}", Kind.AGREEMENT, f"Statement {number}.") for number in range(12))
COMMENT = Question("c1", Kind.COMMENT, "One thing to keep.")


@dataclass
class Sent:
    """What the browsers sent, and what they were told."""

    answers: dict[str, Counter[str]] = field(default_factory=lambda: {each.id: Counter() for each in SCALES})
    comments: list[str] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    turn: Lock = field(default_factory=Lock)

    def note(self, answers: dict[str, int | str], paper: int, counted: int) -> None:
        with self.turn:
            self.statuses["paper", paper] += 1
            self.statuses["ballot", counted] += 1
            for question, said in answers.items():
                if isinstance(said, str):
                    self.comments.append(said)
                else:
                    self.answers[question][str(said)] += 1


@dataclass(frozen=True)
class Form:
    """What every browser reads on the page."""

    token: str
    round_id: UUID
    modulus: bytes
    fingerprint: bytes


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    migrate.to_newest()
    with house(tmp_path, url_of(new_app)) as own:
        new_app.extensions["ballotbox"] = Box(Store(tmp_path / counting.FILE), clock.now)  # the one they serve
        yield own


def test_whatever_many_people_send_at_once_is_counted_once(new_app: Flask, served: House, long: bool) -> None:
    people = _crowd(PEOPLE_LONG if long else PEOPLE)
    opened = make_open_round(cast.enter()["ana"], people, questions=(*SCALES, COMMENT))
    part = db.session.scalars(select(RoundPart).where(RoundPart.round_id == opened.id)).one()
    token = URLSafeTimedSerializer(new_app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(RAW)
    form = Form(str(token), opened.id, part.public_key, bytes.fromhex(opened.fingerprint))
    waiting: SimpleQueue[str] = SimpleQueue()
    for each in people:
        waiting.put(session_cookie(new_app, each, csrf_token=RAW))
    db.session.remove()
    port, sent = a_port(), Sent()
    served.start(port)
    connections = CONNECTIONS_LONG if long else CONNECTIONS
    threads = [Thread(target=_answer_all, args=(port, form, waiting, sent)) for _each in range(connections)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sent.statuses == {("paper", 200): len(people), ("ballot", 204): len(people)}
    assert _counted(new_app, opened) == (sent.answers, sorted(sent.comments))
    assert closing.close_early(_owner(opened), opened.id) is None
    assert again(opened).state is RoundState.RELEASED
    assert again(opened).handed_out == len(people)
    assert len(set(db.session.scalars(select(ReleaseSerials.serials)).one())) == len(people)


def _answer_all(port: int, form: Form, waiting: "SimpleQueue[str]", sent: Sent) -> None:
    chance = random.Random(secrets.randbits(64))
    mine, nobodys = (http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _each in range(2))
    while True:
        try:
            cookie = waiting.get_nowait()
        except Empty:
            break
        answers: dict[str, int | str] = {each.id: chance.randint(1, 5) for each in SCALES}
        if chance.randrange(3) == 0:
            answers["c1"] = secrets.token_hex(60)
        sent.note(answers, *_answer(mine, nobodys, form, cookie, answers))
    mine.close()
    nobodys.close()


def _answer(
    mine: http.client.HTTPConnection,
    nobodys: http.client.HTTPConnection,
    form: Form,
    cookie: str,
    answers: dict[str, int | str],
) -> tuple[int, int]:
    n, serial = int.from_bytes(form.modulus, "big"), secrets.token_bytes(32)
    text = prepared(serial, message(form.fingerprint, 0))
    blinded, inverse = blind(n, text, secrets.token_bytes(48), 2 + secrets.randbelow(n - 2))
    headers = {"Cookie": f"peerapp={cookie}", "X-CSRFToken": form.token, "Content-Type": "application/octet-stream"}
    mine.request("POST", f"/rounds/{form.round_id}/paper", blinded, headers)
    paper = mine.getresponse()
    signed = paper.read()
    if paper.status != 200:
        return paper.status, 0
    signature = finalize(n, signed, inverse)
    nobodys.request(
        "POST",
        f"/ballots/{form.round_id}",
        ballot.build(serial, signature, form.fingerprint, answers),
        {"Origin": "null"},
    )
    counted = nobodys.getresponse()
    counted.read()
    return paper.status, counted.status


def _crowd(number: int) -> list[Person]:
    names = [f"Crowd Member{each:05}" for each in range(number)]
    rows = [
        {"id": uuid4(), "key": name, "email": f"{name.replace(' ', '.')}@example.com", "name": name, "sort_name": name}
        for name in names
    ]
    db.session.execute(insert(Person), rows)
    db.session.commit()
    return list(db.session.scalars(select(Person).where(Person.name.startswith("Crowd Member"))))


def _counted(app: Flask, opened: Round) -> tuple[dict[str, Counter[str]], list[str]]:
    box: Box = app.extensions["ballotbox"]
    with box._store.reading() as connection:  # noqa: SLF001 - nobody else may look
        head = content.head_of(connection, str(opened.id))
        assert head is not None
        counted = content.content_of(connection, head)
    scales = {each.id: Counter({k: v for k, v in counted.counts[0, each.id].items() if v}) for each in SCALES}
    return scales, sorted(counted.comments["c1"])


def _owner(opened: Round) -> Person:
    return db.session.scalars(select(Person).where(Person.id == opened.owner_id)).one()
