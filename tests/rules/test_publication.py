import json
from uuid import UUID

import pytest

from peerapp.rules.outcomes import Bands, Levels, Mean, Share, Withheld, Word
from peerapp.rules.publication import Publication, digest_of, parse, serial_hash, text_of
from peerapp.rules.release import CommentResult, Release, ScaleResult

ROUND = UUID(int=7)
SHARES = (Share((1, 2, 3), 20), Share((4, 5), 80))
OUTCOMES = (
    Withheld(5),
    Word("5-9", 4),
    Mean("10-19", 350),
    Mean("20-49", 375, 50),
    Bands("50-199", 340, SHARES),
    Levels("200+", 340, SHARES),
)


def a_release():
    scales = (ScaleResult("q1", OUTCOMES[3], OUTCOMES), ScaleResult("q2", OUTCOMES[0]))
    return Release("20-49", 5, scales, (CommentResult("c1", ("Keep it.", "„Ja“")), CommentResult("c2", None)))


def test_a_publication_is_read_as_it_was_written():
    publication = Publication(ROUND, "ab" * 32, a_release(), papers=21, serials="cd" * 32)
    assert parse(text_of(publication)) == publication


def test_a_withheld_round_says_its_minimum_and_nothing_else():
    text = text_of(Publication(ROUND, "ab" * 32, Withheld(5)))
    assert json.loads(text).keys() == {"version", "round", "fingerprint", "state", "minimum"}
    assert parse(text) == Publication(ROUND, "ab" * 32, Withheld(5))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_outcome_carries_a_count_of_answers(outcome):
    text = text_of(Publication(ROUND, "", Release("20-49", 5, (ScaleResult("q", outcome),), ()), 21, ""))
    fields = json.loads(text)["scales"][0]["whole"]
    assert fields.keys() <= {"shape", "minimum", "answers", "level", "hundredths", "favourable", "shares"}
    assert fields.get("answers", "-").count("-") + fields.get("answers", "").count("+") == 1


def test_a_serials_hash_has_80_bits_and_belongs_to_one_manifest():
    one, other = (serial_hash(manifest, b"s" * 32) for manifest in (b"m" * 32, b"n" * 32))
    assert (len(one) * 4, one != other) == (80, True)


def test_the_digest_of_the_serials_holds_every_one():
    assert digest_of(["aa", "bb"]) != digest_of(["aa"]) != digest_of([])
