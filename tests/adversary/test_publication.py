"""Attacks 10 to 13, 15 and 17: what does the whole publication give away, also laid beside another one?

Every attack is given the exact number of papers. What n - 1 colluders learn of the last one (12) is measured in
tests/rules/test_release_together.py over all sizes; here the attack runs on releases that the box itself gave out.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from peerapp.ballotbox import content
from peerapp.ballotbox.box import BY_CHANCE, Box, Verdict
from peerapp.ballotbox.store import Store
from peerapp.rules import publication
from peerapp.rules.overlap import differ_by_few, overlap
from peerapp.rules.release import Release, Shuffle, Tally, release
from peerapp.rules.release_rules import LEVELS
from peerapp.rules.splits import shown_parts
from tests.adversary.chance import is_more_than_chance
from tests.ballotbox.kit import COMMENT, SCALES, Clock, OpenRound, a_round

TRY = type(COMMENT)("c2", COMMENT.kind, "One thing to try.")
Answers = Mapping[str, int | str]
Play = Callable[[Sequence[Answers]], Any]


def in_box(box: Box, answers: Sequence[Answers], *sizes: int) -> tuple[OpenRound, str]:
    """What the box publishes of these answers."""
    opened = a_round(*(sizes or (len(answers) + 8,)), questions=(*SCALES, COMMENT, TRY))
    box.deposit(opened.text)
    for each in answers:
        assert box.count(opened.id, opened.body(each)) is Verdict.COUNTED
    return opened, box.collect(opened.id, opened.fingerprint.hex(), early=True).release


def figures(text: str) -> Any:
    """All that a release says, without what names the round and the papers by chance."""
    found = json.loads(text)
    return {name: found.get(name) for name in ("answers", "papers", "scales", "state")}


# 10: before and after one late answer


class LiveBox(Box):
    """Publishes as often as one asks, and exactly: as a page with live figures does."""

    def collect(self, round_id: UUID, fingerprint: str, *, early: bool = False) -> Any:
        with self._store.reading() as connection:
            head = content.head_of(connection, str(round_id))
            assert head is not None
            counted = content.content_of(connection, head)
        return publication.Collected(json.dumps(counted.counts[0, "q1"]), ())


def one_late(box: Box, bit: int) -> int:
    """Reads the answer of somebody who came last from what is published before and after."""
    opened = a_round()
    box.deposit(opened.text)
    for level in (1, 5) * 5:
        box.count(opened.id, opened.body({"q1": level}))
    late = opened.body({"q1": 5 if bit else 1})
    before = box.collect(opened.id, opened.fingerprint.hex(), early=True).release
    box.count(opened.id, late)
    after = box.collect(opened.id, opened.fingerprint.hex(), early=True).release
    if before == after:
        return random.Random(opened.id.int).randrange(2)
    return int(json.loads(after)["5"] > json.loads(before)["5"])


def _late_hits(box: Box) -> int:
    return sum(one_late(box, bit) == bit for bit in (0, 1) * 12)


def test_one_late_answer_changes_nothing_that_is_published(box: Box) -> None:
    assert not is_more_than_chance(_late_hits(box), 24)


def test_where_figures_are_live_the_last_answer_is_read_off(tmp_path: Path) -> None:
    assert is_more_than_chance(_late_hits(LiveBox(Store(tmp_path / "live.sqlite"), Clock())), 24)


# 11: linear combinations of released cells


def smallest_group(answers: Sequence[int], shown: frozenset[int]) -> int:
    """How many answers the whole minus any of the shown parts is about, at least; the attack on a split."""
    withheld = [number for part, number in enumerate(answers) if part not in shown]
    return min([*(answers[part] for part in shown), sum(withheld) or 10_000])


def naive(answers: Sequence[int], minimum: int) -> frozenset[int]:
    """What one would do without thinking: leave out the parts that are too small."""
    return frozenset(part for part, number in enumerate(answers) if number >= minimum)


SPLITS = st.lists(st.integers(0, 40), min_size=2, max_size=8)


@given(SPLITS, st.integers(5, 12))
def test_no_combination_of_cells_is_about_fewer_than_the_minimum(answers: list[int], minimum: int) -> None:
    if shown := shown_parts(answers, minimum):
        assert smallest_group(answers, shown) >= minimum


def test_without_the_rule_one_person_is_what_is_left_over() -> None:
    assert smallest_group([12, 12, 1], naive([12, 12, 1], 5)) == 1


def test_the_release_of_a_split_shows_no_part_by_which_a_small_one_could_be_worked_out(tmp_path: Path) -> None:
    box = Box(Store(tmp_path / "split.sqlite"), Clock())
    opened = a_round(12, 12, 12, questions=SCALES)
    box.deposit(opened.text)
    for part, number in enumerate((12, 10, 2)):
        for _each in range(number):
            assert box.count(opened.id, opened.body({"q1": 4}, part=part)) is Verdict.COUNTED
    told = json.loads(box.collect(opened.id, opened.fingerprint.hex(), early=True).release)
    assert [each["shape"] for each in told["scales"][0]["parts"]] == ["word", "withheld", "withheld"]


# 12: n - 1 colluders


def pinned_share(publish: Play, people: int, trials: int) -> float:
    """In how many rounds the last answer is certain for all others together, who know everything they said."""
    chance, certain = random.Random(people), 0
    for _trial in range(trials):
        others = [{"q1": chance.randint(1, 5)} for _each in range(people - 1)]
        last = chance.randint(1, 5)
        told = [publish([*others, {"q1": level}]) for level in range(1, 6)]
        certain += told.count(told[last - 1]) == 1
    return certain / trials


def test_all_others_together_are_rarely_certain_of_the_last_answer(box: Box, long: bool) -> None:
    share = pinned_share(lambda answers: figures(in_box(box, answers)[1]), 12, trials=100 if long else 6)
    assert share <= (0.2 if long else 0.5)


def test_an_exact_mean_makes_them_certain_every_time() -> None:
    def exact(answers: Sequence[Answers]) -> float:
        return sum(int(each["q1"]) for each in answers) / len(answers)

    assert pinned_share(exact, 12, trials=50) == 1


# 13: comments joined across questions


def joined(file: Path, people: int, shuffle: Shuffle = BY_CHANCE) -> tuple[int, int]:
    """How many of the first comments are laid beside the second of the same person: in the open file, in the release."""
    numbers = random.Random(people).sample(range(1_000), people)
    tries = {number: random.Random(number).randrange(10_000) for number in numbers}
    box, opened = Box(Store(file), Clock(), shuffle), a_round(people + 8, questions=(*SCALES, COMMENT, TRY))
    box.deposit(opened.text)
    for number in numbers:
        body = opened.body({"q1": 3, "c1": f"keep {number}", "c2": f"try {tries[number]}"})
        assert box.count(opened.id, body) is Verdict.COUNTED
    kept = file.read_bytes().decode(errors="replace")
    told = box.collect(opened.id, opened.fingerprint.hex(), early=True).release
    box.discard(opened.id)
    places = [[re.findall(rf'"{word} (\d+)"', text) for word in ("keep", "try")] for text in (kept, told)]
    in_file, in_release = (sum(tries[int(c1)] == int(c2) for c1, c2 in zip(*each, strict=True)) for each in places)
    return in_file, in_release


def test_two_comments_of_one_person_stand_in_no_order_together(tmp_path: Path) -> None:
    sizes = list(range(8, 24, 3))
    for hits in zip(*(joined(tmp_path / "ballots.sqlite", people) for people in sizes), strict=True):
        assert not is_more_than_chance(sum(hits), sum(sizes), 1 / 8)


@pytest.fixture
def in_order_of_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two walls taken out: each comment is put behind the last one, and nobody looks whether they are sorted."""
    monkeypatch.setattr(content, "insort", list.append)
    monkeypatch.setattr(content.Content, "fits", lambda _self, _start: True)


@pytest.mark.usefixtures("in_order_of_arrival")
def test_comments_in_the_order_of_arrival_are_joined_at_once(tmp_path: Path) -> None:
    assert joined(tmp_path / "shuffled.sqlite", 12)[0] == 12
    assert joined(tmp_path / "unshuffled.sqlite", 12, lambda _texts: None) == (12, 12)


# 15: unanimity


def told(counts: Counter[int]) -> object:
    """Everything that is published of one question."""
    made = release(SCALES[:1], Tally({"q1": [counts]}, {}), 5, list.sort)
    assert isinstance(made, Release)
    return made


def may_differ(people: int, level: int) -> int:
    """Of one mind, says the publication; how many of them may have said something else all the same?"""
    published = told(Counter({level: people}))
    others = [each for each in LEVELS if each != level]
    return max(
        number
        for number in range(people)
        if any(told(Counter({level: people - number, each: number})) == published for each in others)
    )


@pytest.mark.parametrize("people", [8, 10, 20, 50, 200])
@pytest.mark.parametrize(("level", "share"), [(1, 1 / 8), (3, 0.04), (5, 1 / 8)])
def test_a_release_never_says_that_all_were_of_one_mind(people: int, level: int, share: float) -> None:
    assert may_differ(people, level) >= max(2, share * people)


@pytest.mark.parametrize("people", [20, 50, 200])
@pytest.mark.parametrize("level", [1, 5])
def test_without_top_coding_a_release_comes_close_to_saying_that_all_were_of_one_mind(
    people: int, level: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded = may_differ(people, level)
    for module in ("release", "outcomes"):
        monkeypatch.setattr(f"peerapp.rules.{module}.MEAN_TOP", 500)
        monkeypatch.setattr(f"peerapp.rules.{module}.MEAN_BOTTOM", 100)
    assert may_differ(people, level) < people / 8 <= coded


def test_an_exact_mean_says_that_all_were_of_one_mind() -> None:
    def exact(counts: Counter[int]) -> float:
        return sum(counts.elements()) / counts.total()

    assert exact(Counter({5: 10})) == 5 != exact(Counter({5: 9, 4: 1}))


# 17: overlapping rounds

IDS = [UUID(int=number) for number in range(60)]


@given(st.sets(st.sampled_from(IDS), min_size=8), st.sets(st.sampled_from(IDS), min_size=8))
@settings(max_examples=500)
def test_what_two_rounds_differ_by_is_never_a_few_people(one: set[UUID], other: set[UUID]) -> None:
    allowed = overlap([frozenset(one)], [[frozenset(other)]]) is None
    differences = {len(one - other), len(other - one)} - {0}
    assert allowed is (not differences or min(differences) >= 8)


def subtracted(bit: int, refuses: Callable[[frozenset[UUID], frozenset[UUID]], bool]) -> int | None:
    """Two rounds, the second without one person: what that person said, from two exact sums; None where it is refused."""
    first, second = frozenset(IDS[:12]), frozenset(IDS[:11])
    if refuses(first, second):
        return None
    levels = dict.fromkeys(IDS[:11], 3) | {IDS[11]: 5 if bit else 1}
    return int(sum(levels[each] for each in first) - sum(levels[each] for each in second) == 5)


@pytest.mark.parametrize("bit", [0, 1])
def test_nobody_is_the_difference_of_two_rounds(bit: int) -> None:
    assert subtracted(bit, differ_by_few) is None
    assert subtracted(bit, lambda _one, _other: False) == bit
