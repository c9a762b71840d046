"""Attacks 8 and 18: does a private key recognise a paper, and does anybody count twice?"""

import random
import secrets
from pathlib import Path

from peerapp import paper_keys
from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.store import Store
from peerapp.rules.blind_signature import blind, finalize, message, prepared
from peerapp.rules.manifest import EXPONENT
from tests.adversary.chance import is_more_than_chance
from tests.adversary.recognising import Seen, factor, hits, seen
from tests.ballotbox.kit import Clock, OpenRound, a_round, key_number, some_answers
from tests.ballotbox.test_races import at_once

PEOPLE = 20


def watch(*, is_blinded: bool) -> Seen:
    """A round in which the operator watches everything but the blinding; without it, r is 1."""
    key, papers = key_number(0), []
    for _person in range(PEOPLE):
        text, salt = prepared(secrets.token_bytes(32), message(b"f" * 32, 0)), secrets.token_bytes(48)
        blinded, inverse = blind(key.n, text, salt, 2 + secrets.randbelow(key.n - 2) if is_blinded else 1)
        papers.append((blinded, finalize(key.n, paper_keys.sign(key, blinded), inverse)))
    return seen(key, papers)


def test_the_key_itself_does_not_recognise_a_paper(long: bool) -> None:
    """8: on papers of our own kit; on those of the browser in tests/browser/test_unrecognised.py."""
    rounds = 50 if long else 1
    found = sum(hits(watch(is_blinded=True)) for _round in range(rounds))
    assert not is_more_than_chance(found, rounds * PEOPLE, 1 / PEOPLE)


def test_the_attack_recognises_every_paper_that_was_not_blinded() -> None:
    assert hits(watch(is_blinded=False)) == PEOPLE


def test_every_factor_fits_every_pair() -> None:
    """Why it cannot work: for any person and any paper there is a factor that would have made this value of it."""
    watched = watch(is_blinded=True)
    n, paper = watched.key.n, watched.signatures[0]
    encoded = pow(int.from_bytes(paper, "big"), EXPONENT, n)
    for value in watched.blinded:
        assert encoded * pow(factor(watched.key, value, paper), EXPONENT, n) % n == int.from_bytes(value, "big")


def test_one_paper_counts_once_however_often_it_is_sent_at_once(box: Box, opened: OpenRound) -> None:
    """18: the same paper from eight browsers at the same moment."""
    body = opened.body({"q1": 5})
    verdicts = at_once(*[lambda: box.count(opened.id, body)] * 8)
    assert sorted(verdicts) == [Verdict.COUNTED, *[Verdict.SPENT] * 7]


def test_at_the_closing_second_a_paper_is_in_the_release_or_refused(box: Box) -> None:
    """18: a ballot and the collection race; whatever is answered 204 is in the release."""
    for number in range(12):
        opened = a_round()
        box.deposit(opened.text)
        for _each in range(8):
            assert box.count(opened.id, opened.body(some_answers(random.Random(number)))) is Verdict.COUNTED
        body = opened.body({"q1": 5})
        verdict, collected = at_once(
            lambda body=body, opened=opened: box.count(opened.id, body),
            lambda opened=opened: box.collect(opened.id, opened.fingerprint.hex(), early=True),
        )
        assert len(collected.serials) == (9 if verdict is Verdict.COUNTED else 8)
        assert verdict in {Verdict.COUNTED, Verdict.LATE}


class ForgetfulBox(Box):
    """Does not remember which papers have been counted."""

    def _enter(self, round_id: str, part: int, serial: str, answers: dict[str, int | str]) -> Verdict:
        return super()._enter(round_id, part, secrets.token_hex(10), answers)


def test_without_spent_serials_a_paper_counts_as_often_as_it_is_sent(tmp_path: Path) -> None:
    box, opened = ForgetfulBox(Store(tmp_path / "forgetful.sqlite"), Clock()), a_round()
    box.deposit(opened.text)
    body = opened.body({"q1": 5})
    assert [box.count(opened.id, body) for _each in range(3)] == [Verdict.COUNTED] * 3
