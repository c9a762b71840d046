"""Two at the same moment in a round: a paper, a ballot, a reminder and the end have exactly one effect."""

import secrets
from functools import cache, partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from werkzeug.test import Client

from peerapp import clock, paper_keys
from peerapp.actions import closing, papers, rounds_told
from peerapp.db import db, pause
from peerapp.models import Letter, Notice, Person, ReleaseSerials, Round, RoundPart
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.notice_kinds import NoticeKind
from peerapp.rules.states import RoundState
from tests import rounds as kit
from tests.races import at_once, statuses_at_once
from tests.reliability.conftest import Clock

ROUNDS, ROUNDS_LONG = 8, 1_000
CROWD = 8
COUNTED, SPENT = 204, 409
Cast = dict[str, Person]


@pytest.fixture
def rounds(long: bool) -> range:
    return range(ROUNDS_LONG if long else ROUNDS)


def told(kind: NoticeKind) -> int:
    """How many were told so; nobody has been told anything afterwards."""
    number = db.session.scalar(select(func.count()).select_from(Notice).where(Notice.kind == kind))
    for table in (Notice, Letter):
        db.session.execute(delete(table))
    db.session.commit()
    return number or 0


class Window:
    """Somebody's window on the answer form: it asks for a paper with a serial of its own."""

    def __init__(self, person: Person, opened: Round, modulus: int) -> None:
        self._person, self._round, self._modulus = person.id, opened.id, modulus
        self._fingerprint, self._serial = bytes.fromhex(opened.fingerprint), secrets.token_bytes(32)
        text, at_random = prepared(self._serial, message(self._fingerprint, 0)), secrets.token_bytes(48)
        self._blinded, self._inverse = blind(modulus, text, at_random, 2 + secrets.randbelow(modulus - 2))

    def ask(self) -> bytes | None:
        """The ballot on the paper that it is given, if it is given one."""
        given = papers.hand_out(db.session.get_one(Person, self._person), self._round, self._blinded)
        if not isinstance(given, papers.Paper):
            return None
        receipt = kit.Receipt(self._serial, finalize(self._modulus, given.signature, self._inverse))
        return kit.body_of(db.session.get_one(Round, self._round), receipt, {"q1": 4, "q2": 3})


def test_of_two_windows_one_gets_a_paper_and_it_counts_once_however_often_it_is_sent(
    app: Flask, cast: Cast, rounds: range
) -> None:
    people, ana = kit.make_crowd(len(rounds)), cast["ana"].id
    opened = kit.make_open_round(cast["ana"], people)
    round_id = opened.id
    modulus = int.from_bytes(db.session.scalars(select(RoundPart.public_key)).one(), "big")
    path, windows = f"/ballots/{round_id}", [[Window(each, opened, modulus) for _ in range(2)] for each in people]
    for two in windows:
        (ballot,) = filter(None, at_once(*[each.ask for each in two]))
        send = partial(Client(app).post, path, data=ballot, headers={"Origin": "null"})
        assert statuses_at_once(send, send) == [COUNTED, SPENT]
    at_once(*[partial(end_early, ana, round_id)] * 2)
    assert db.session.get_one(Round, round_id).handed_out == len(people)
    assert len(set(db.session.scalars(select(ReleaseSerials.serials)).one())) == len(people)


def test_everybody_is_reminded_once_however_many_remind_them(
    app: Flask, cast: Cast, time: Clock, rounds: range
) -> None:
    opened = kit.make_open_round(cast["ana"], kit.make_crowd(CROWD)).id
    time.pass_(days=6)
    told(NoticeKind.ROUND_ASKED)
    for _ in rounds:
        db.session.execute(update(Round).values(reminded_at=None))
        db.session.commit()
        assert sorted(at_once(by_itself, by_itself, partial(by_hand, opened))) == [0, 0, 1]
        assert told(NoticeKind.ROUND_REMINDER) == CROWD


def by_itself() -> int:
    done = rounds_told.remind_all(clock.now())
    pause()
    return done


def by_hand(round_id: UUID) -> int:
    done = rounds_told.remind(round_id, clock.now())
    pause()
    return done


def test_of_a_round_that_three_end_at_once_everybody_hears_once(
    app: Flask, cast: Cast, time: Clock, rounds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_keys, "new", cache(paper_keys.new))  # a key is slow to make, and nobody forges here
    owner, crowd = cast["ana"].id, [each.id for each in kit.make_crowd(CROWD)]
    for _ in rounds:
        time.pass_(days=31)  # nobody is asked too often
        people = [db.session.get_one(Person, each) for each in crowd]
        opened = kit.make_open_round(db.session.get_one(Person, owner), people).id
        told(NoticeKind.ROUND_ASKED)
        at_once(*[partial(end_early, owner, opened)] * 2, partial(closing.finish, opened))
        assert db.session.get_one(Round, opened).state is RoundState.WITHHELD
        assert told(NoticeKind.ROUND_WITHHELD) == CROWD + 1


def end_early(owner: UUID, round_id: UUID) -> None:
    closing.close_early(db.session.get_one(Person, owner), round_id)
