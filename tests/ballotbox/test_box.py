"""Does the box count each paper once, and give out one release?"""

import inspect
import json
import random
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from peerapp.ballotbox.box import Box, Verdict
from peerapp.ballotbox.seam import OtherManifestError, StillOpenError, UnknownRoundError
from peerapp.ballotbox.store import Store
from peerapp.rules import publication
from peerapp.rules.manifest import BadManifestError, text_of
from peerapp.rules.outcomes import Mean, Withheld, Word
from peerapp.rules.publication import digest_of, serial_hash
from peerapp.rules.release import Release
from tests.ballotbox.kit import Clock, OpenRound, Paper, a_round


def released(box: Box, opened: OpenRound) -> Release | Withheld:
    return publication.parse(box.collect(opened.id, opened.fingerprint.hex(), early=True).release).release


def fill(box: Box, opened: OpenRound, people: int, **answers: int | str) -> list[Paper]:
    papers = [opened.paper() for _ in range(people)]
    assert [box.count(opened.id, opened.body(answers, paper)) for paper in papers] == [Verdict.COUNTED] * people
    return papers


def test_what_was_sent_is_what_is_counted(box: Box, opened: OpenRound) -> None:
    fill(box, opened, 6, q1=4, q2=2, c1="Keep it.")
    fill(box, opened, 6, q1=5, c1="Keep them.")
    found = released(box, opened)
    assert isinstance(found, Release)
    assert [each.whole for each in found.scales] == [Mean("10-19", 450), Word("5-9", 2), Withheld(5)]
    assert sorted(found.comments[0].texts or ()) == ["Keep it."] * 6 + ["Keep them."] * 6


def test_a_release_names_its_papers_blank_ones_too(box: Box, opened: OpenRound) -> None:
    papers = fill(box, opened, 5, q1=4) + fill(box, opened, 2)
    collected = box.collect(opened.id, opened.fingerprint.hex(), early=True)
    found = publication.parse(collected.release)
    assert list(collected.serials) == sorted(serial_hash(opened.fingerprint, paper.serial) for paper in papers)
    assert (found.papers, found.serials) == (7, digest_of(collected.serials))


def test_below_the_minimum_nothing_comes_out_at_all(box: Box, opened: OpenRound) -> None:
    fill(box, opened, 4, q1=4, c1="Only four of us.")
    collected = box.collect(opened.id, opened.fingerprint.hex(), early=True)
    assert json.loads(collected.release).keys() == {"version", "round", "fingerprint", "state", "minimum"}
    assert collected.serials == ()


def test_a_paper_counts_once(box: Box, opened: OpenRound) -> None:
    paper = opened.paper()
    assert box.count(opened.id, opened.body({"q1": 4}, paper)) is Verdict.COUNTED
    assert box.count(opened.id, opened.body({"q1": 4}, paper)) is Verdict.SPENT
    assert box.count(opened.id, opened.body({"q1": 5}, paper)) is Verdict.SPENT


def test_a_forged_paper_is_not_counted(box: Box, opened: OpenRound) -> None:
    paper = opened.paper()
    for forged in (
        Paper(bytes(32), paper.signature),
        Paper(paper.serial, bytes(256)),
        Paper(paper.serial, paper.signature[:-1] + bytes([paper.signature[-1] ^ 1])),
    ):
        assert box.count(opened.id, opened.body({"q1": 4}, forged)) is Verdict.FORGED


def test_a_paper_of_another_round_is_not_counted(box: Box, opened: OpenRound) -> None:
    other = a_round()  # the same key, as nobody would
    box.deposit(other.text)
    assert box.count(opened.id, other.body({"q1": 4})) is Verdict.FORGED
    assert box.count(opened.id, opened.body({"q1": 4}, other.paper())) is Verdict.FORGED


def test_a_paper_counts_in_the_part_that_signed_it(box: Box) -> None:
    opened = a_round(10, 10)
    box.deposit(opened.text)
    for part, level in ((0, 2), (1, 4)):
        for _ in range(8):
            assert box.count(opened.id, opened.body({"q1": level}, part=part)) is Verdict.COUNTED
    found = released(box, opened)
    assert isinstance(found, Release)
    assert found.scales[0].parts == (Word("5-9", 2), Word("5-9", 4))


@pytest.mark.parametrize("answers", [{"q9": 4}, {"q1": 6}, {"q1": "4"}, {"c1": 4}, {"c1": "x" * 601}])
def test_what_cannot_be_counted_leaves_the_paper_unspent(box: Box, opened: OpenRound, answers: dict[str, int]) -> None:
    paper = opened.paper()
    assert box.count(opened.id, opened.body(answers, paper)) is Verdict.BAD
    assert box.count(opened.id, opened.body({"q1": 4}, paper)) is Verdict.COUNTED


@pytest.mark.parametrize("body", [b"", b"x", bytes(16_384)])
def test_what_is_no_ballot_is_refused(box: Box, opened: OpenRound, body: bytes) -> None:
    assert box.count(opened.id, body) is Verdict.BAD


def test_from_the_closing_second_on_it_is_too_late(box: Box, opened: OpenRound, clock: Clock) -> None:
    clock.moment = opened.manifest.closes_at
    assert box.count(opened.id, opened.body({"q1": 4})) is Verdict.LATE
    clock.pass_(microseconds=-1)
    assert box.count(opened.id, opened.body({"q1": 4})) is Verdict.COUNTED


def test_after_an_early_close_it_is_too_late(box: Box, opened: OpenRound) -> None:
    released(box, opened)
    assert box.count(opened.id, opened.body({"q1": 4})) is Verdict.LATE


def test_a_round_that_never_was_looks_like_one_that_is_over(box: Box, opened: OpenRound) -> None:
    assert box.count(uuid4(), opened.body({"q1": 4})) is Verdict.LATE


def test_a_round_is_not_closed_before_its_time_unless_its_owner_wants(
    box: Box, opened: OpenRound, clock: Clock
) -> None:
    with pytest.raises(StillOpenError):
        box.collect(opened.id, opened.fingerprint.hex())
    clock.moment = opened.manifest.closes_at
    assert box.collect(opened.id, opened.fingerprint.hex()).serials == ()


def test_collecting_again_gives_the_same_release(box: Box, opened: OpenRound) -> None:
    for number in range(9):
        fill(box, opened, 1, q1=4, c1=f"Comment {number}")
    once = box.collect(opened.id, opened.fingerprint.hex(), early=True)
    assert [box.collect(opened.id, opened.fingerprint.hex()) for _ in range(3)] == [once] * 3


def test_depositing_again_changes_nothing(box: Box, opened: OpenRound) -> None:
    fill(box, opened, 5, q1=4)
    box.deposit(opened.text)
    assert released(box, opened) != Withheld(5)


def test_a_round_cannot_be_deposited_with_another_manifest(box: Box, opened: OpenRound) -> None:
    with pytest.raises(OtherManifestError):
        box.deposit(text_of(replace(opened.manifest, minimum=6)))


def test_what_is_no_manifest_is_not_taken_in(box: Box) -> None:
    with pytest.raises(BadManifestError):
        box.deposit(text_of(replace(a_round().manifest, minimum=4)))


def test_a_registrar_with_another_fingerprint_gets_no_release(box: Box, opened: OpenRound) -> None:
    with pytest.raises(OtherManifestError):
        box.collect(opened.id, "00" * 32, early=True)


def test_what_is_discarded_is_gone_and_discarding_can_be_repeated(box: Box, opened: OpenRound) -> None:
    box.discard(opened.id)
    box.discard(opened.id)
    with pytest.raises(UnknownRoundError):
        box.collect(opened.id, opened.fingerprint.hex(), early=True)


def test_rounds_do_not_touch_each_other(box: Box, opened: OpenRound) -> None:
    other = a_round()
    box.deposit(other.text)
    fill(box, opened, 5, q1=4)
    fill(box, other, 5, q1=2)
    box.discard(other.id)
    found = released(box, opened)
    assert isinstance(found, Release)
    assert found.scales[0].whole == Word("5-9", 4)


def test_comments_come_out_in_an_order_drawn_by_chance(store: Store, clock: Clock) -> None:
    seen = []
    for seed in (1, 2):
        box, opened = Box(store, clock, random.Random(seed).shuffle), a_round()
        box.deposit(opened.text)
        for letter in "abcdefghij":
            fill(box, opened, 1, q1=4, c1=letter)
        found = released(box, opened)
        assert isinstance(found, Release)
        seen.append("".join(found.comments[0].texts or ()))
    assert seen[0] != seen[1]
    assert sorted(seen[0]) == sorted(seen[1]) == list("abcdefghij")


def test_a_box_that_is_told_nothing_else_shuffles_by_the_systems_own_chance() -> None:
    shuffle = inspect.signature(Box).parameters["shuffle"].default
    assert isinstance(getattr(shuffle, "__self__", None), random.SystemRandom)
    assert getattr(shuffle, "__name__", "") == "shuffle"


def test_twenty_comments_are_never_released_as_they_were_kept(box: Box) -> None:
    """One of 20! orders is theirs."""
    opened, letters = a_round(30), [chr(ord("a") + number) for number in range(20)]
    box.deposit(opened.text)
    for letter in letters:
        fill(box, opened, 1, q1=4, c1=letter)
    found = released(box, opened)
    assert isinstance(found, Release)
    assert found.comments[0].texts != tuple(letters)
    assert sorted(found.comments[0].texts or ()) == letters


STEPS = st.lists(st.sampled_from(["answer", "replay", "deposit", "collect", "late", "discard"]), max_size=14)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_sequence_of_steps_yields_two_publications_of_one_round(store: Store, steps: list[str]) -> None:
    clock, opened, published = Clock(), a_round(), set()
    box, paper, is_discarded = Box(store, clock), opened.paper(), False
    box.deposit(opened.text)
    for step in ["answer"] * 5 + steps:
        if step in {"answer", "replay", "late"}:
            clock.pass_(days=7 if step == "late" else 0)
            box.count(opened.id, opened.body({"q1": 4}, paper if step == "replay" else None))
        elif step == "deposit" and not is_discarded:  # the registrar opens a round once
            box.deposit(opened.text)
        elif step == "collect" and not is_discarded:
            published.add(box.collect(opened.id, opened.fingerprint.hex(), early=True))
        elif step == "discard" and published:  # the registrar discards what it has committed
            box.discard(opened.id)
            is_discarded = True
    assert len(published) <= 1


def test_a_box_holds_a_hash_a_paper_and_the_comments_and_nothing_else(
    box: Box, store: Store, opened: OpenRound
) -> None:
    paper = fill(box, opened, 1, q1=4, q2=1, c1="Keep it.")[0]
    with store.reading() as connection:
        rows = {
            table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("count_", "comments", "spent")
        }
    assert {key: json.loads(counts) for _, _, key, counts in rows["count_"]} == {
        "q1": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0},
        "q2": {"1": 1, "2": 0, "3": 0, "4": 0, "5": 0},
        "q3": {"1": 0, "2": 0, "3": 0, "4": 0, "5": 0},
    }
    assert [(key, json.loads(texts)) for _, key, texts in rows["comments"]] == [("c1", ["Keep it."])]
    assert json.loads(rows["spent"][0][1]) == [serial_hash(opened.fingerprint, paper.serial)]


def test_the_tables_are_these_four(store: Store) -> None:
    with store.reading() as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})").fetchall()] for (name,) in tables
        }
    assert columns == {
        "box": ["round_id", "part", "manifest", "public_key", "closes_at", "release"],
        "count_": ["round_id", "part", "question_id", "counts"],
        "comments": ["round_id", "question_id", "texts"],
        "spent": ["round_id", "serials"],
    }
