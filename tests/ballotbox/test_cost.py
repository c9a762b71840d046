"""What does a paper and its ballot cost the server, in CPU, when many have answered before?"""

import random
import secrets
import statistics
import time
from pathlib import Path

import pytest

from peerapp import paper_keys
from peerapp.ballotbox import content
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.store import Store
from peerapp.rules import ballot
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.publication import serial_hash
from peerapp.rules.questions import Kind, Question
from tests.ballotbox.kit import COMMENT, Clock, OpenRound, a_round

TWELVE = tuple(Question(f"q{n}", Kind.AGREEMENT, f"Question {n}?") for n in range(12))
LETTERS = "abcdefghijklmnopqrstuvwxyz      "
SAMPLES = 15


def answers(chance: random.Random, comment: bool) -> dict[str, int | str]:
    levels: dict[str, int | str] = {each.id: chance.randint(1, 5) for each in TWELVE}
    return levels | ({"c1": "x" + "".join(chance.choices(LETTERS, k=118)) + "x"} if comment else {})


def answered_by(store: Store, opened: OpenRound, people: int) -> None:
    """As if so many had sent their ballots, one in three with a comment."""
    chance = random.Random(people)
    with store.writing() as connection:
        head = content.head_of(connection, str(opened.id))
        assert head is not None
        counted = content.content_of(connection, head)
        for number in range(people):
            name = serial_hash(opened.fingerprint, secrets.token_bytes(32))
            counted.add(0, name, answers(chance, comment=number % 3 == 0))
        content.save(connection, head, counted)


def cost_of_one(box: Box, opened: OpenRound, comment: bool) -> float:
    """Seconds of CPU of the server for one paper and its ballot."""
    serial, kept = secrets.token_bytes(32), paper_keys.kept(opened.keys[0])
    text = prepared(serial, message(opened.fingerprint, 0))
    blinded, inverse = blind(opened.keys[0].n, text, secrets.token_bytes(48), secrets.randbits(2000) | 1)
    start = time.process_time()
    signed = paper_keys.sign(paper_keys.restored(kept), blinded)
    spent = time.process_time() - start
    signature = finalize(opened.keys[0].n, signed, inverse)
    body = ballot.build(serial, signature, opened.fingerprint, answers(random.Random(), comment))
    start = time.process_time()
    assert box.count(opened.id, body) is Verdict.COUNTED
    return spent + time.process_time() - start


@pytest.mark.parametrize(("people", "milliseconds"), [(500, 25), (5_000, 60)])
def test_a_paper_and_its_ballot_cost_little_however_many_answered(
    tmp_path: Path, people: int, milliseconds: int
) -> None:
    store = Store(tmp_path / "ballots.sqlite")
    box, opened = Box(store, Clock()), a_round(people, questions=(*TWELVE, COMMENT))
    box.deposit(opened.text)
    answered_by(store, opened, people - SAMPLES)
    spent = statistics.median(cost_of_one(box, opened, comment=number % 3 == 0) for number in range(SAMPLES))
    assert 1000 * spent < milliseconds, f"{1000 * spent:.1f} ms"


def test_the_box_grows_by_a_hash_a_paper_and_the_comments(tmp_path: Path) -> None:
    store = Store(tmp_path / "ballots.sqlite")
    opened = a_round(5_000, questions=(*TWELVE, COMMENT))
    Box(store, Clock()).deposit(opened.text)
    before = store.path.stat().st_size
    answered_by(store, opened, 4_800)
    hashes, comments = 4_800 * 23, 1_600 * 123
    assert store.path.stat().st_size - before < 1.15 * (hashes + comments)
