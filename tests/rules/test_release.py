import random
from dataclasses import asdict

import pytest
from hypothesis import given, strategies as st

from peerapp.rules.outcomes import Bands, Levels, Mean, Share, Withheld, Word, mean_of
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release import Release, Tally, comments, outcome, release
from peerapp.rules.release_rules import RESPONSE_BANDS, TIERS, half_up, response_band

COUNTS = st.dictionaries(st.integers(1, 5), st.integers(0, 120))
MINIMUM = st.integers(5, 30)
KEEP = Question("keep", Kind.COMMENT, "One thing to keep.")
ENERGY = Question("energy", Kind.AGREEMENT, "My work gave me energy.")
ASKS = Question("asks", Kind.FREQUENCY, "Asks back.")


def in_order(_texts: list[str]) -> None:
    """A shuffle that leaves everything where it is."""


def test_what_is_withheld_holds_nothing_to_leak():
    assert asdict(outcome({1: 4}, minimum=5)) == {"minimum": 5}


@given(COUNTS, MINIMUM)
def test_below_the_minimum_every_round_looks_the_same(counts, minimum):
    if sum(counts.values()) < minimum:
        assert outcome(counts, minimum) == Withheld(minimum)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (4, Withheld(5)),
        (5, Word("5-9", 3)),
        (9, Word("5-9", 3)),
        (10, Mean("10-19", 300)),
        (19, Mean("10-19", 300)),
        (20, Mean("20-49", 300, favourable=0)),
        (49, Mean("20-49", 300, favourable=0)),
        (50, Bands("50-199", 300, (Share((3,), 90),))),
        (199, Bands("50-199", 300, (Share((3,), 90),))),
        (200, Levels("200+", 300, (Share((3,), 90),))),
        (100_000, Levels("200+", 300, (Share((3,), 90),))),
    ],
)
def test_the_more_answer_the_more_is_shown(answers, shown):
    assert outcome({3: answers}, minimum=5) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({3: 3, 4: 4}, Word("5-9", 4)),  # 3.57
        ({3: 5, 4: 5}, Mean("10-19", 350)),
        ({3: 9, 4: 3}, Mean("10-19", 350)),  # 3.25, half up
        ({3: 15, 4: 10}, Mean("20-49", 350, 25)),  # 3.4
        ({2: 20, 3: 10, 4: 30}, Bands("50-199", 320, (Share((1, 2), 30), Share((3,), 20), Share((4, 5), 50)))),
        (
            {1: 20, 2: 25, 3: 50, 4: 85, 5: 70},
            Levels("200+", 360, (Share((1,), 10), Share((2,), 10), Share((3,), 20), Share((4,), 35), Share((5,), 30))),
        ),
    ],
)
def test_each_row_of_the_table_rounds_in_its_own_step(counts, shown):
    assert outcome(counts, minimum=5) == shown


@pytest.mark.parametrize("answers", [10, 20, 50, 200])
def test_a_mean_is_never_told_beyond_four_and_a_half_or_one_and_a_half(answers):
    assert mean_of(outcome({5: answers}, minimum=5)) == 450
    assert mean_of(outcome({1: answers}, minimum=5)) == 150
    assert mean_of(outcome({5: answers - 2, 4: 2}, minimum=5)) == 450


def test_a_coded_mean_has_no_favourable_share_beside_it():
    assert outcome({5: 24, 1: 1}, minimum=5) == Mean("20-49", 450)


@given(COUNTS)
def test_nothing_shown_is_finer_than_its_step(counts):
    shown = outcome(counts, minimum=5)
    mean = mean_of(shown)
    if mean is not None:
        step = next(each.step for each in reversed(TIERS) if sum(counts.values()) >= each.answers)
        assert mean % step == 0
        assert 150 <= mean <= 450
        assert step * sum(counts.values()) >= 500


@given(COUNTS, st.integers(2, 5))
def test_a_raised_minimum_withholds_and_never_adds(counts, factor):
    assert outcome(counts, minimum=5 * factor) in (outcome(counts, minimum=5), Withheld(5 * factor))


@pytest.mark.parametrize("minimum", [4, 1, 0, -1])
def test_a_minimum_below_five_cannot_be_asked_for(minimum):
    with pytest.raises(ValueError, match="at least 5"):
        outcome({3: 10}, minimum)


@pytest.mark.parametrize("counts", [{0: 10}, {6: 10}, {3: 10, 2: -1}])
def test_what_is_no_count_of_levels_is_refused(counts):
    with pytest.raises(ValueError, match="levels 1 to 5"):
        outcome(counts, minimum=5)


@pytest.mark.parametrize(("number", "over", "step", "rounded"), [(350, 1, 100, 400), (449, 1, 100, 400), (5, 2, 1, 3)])
def test_halves_go_up(number, over, step, rounded):
    assert half_up(number, over, step) == rounded


@given(st.integers(5, 100_000))
def test_a_number_of_answers_is_told_as_a_band_that_holds_it(answers):
    low, _, high = response_band(answers).replace("+", "-1000000").partition("-")
    assert int(low) <= answers <= int(high)


def test_there_is_no_band_for_a_handful():
    assert {band for _, band in RESPONSE_BANDS} == {"5-9", "10-19", "20-49", "50-199", "200+"}
    with pytest.raises(ValueError, match="too few"):
        response_band(4)


def test_comments_need_eight_answers_in_the_round_and_three_comments():
    texts = ["a", "b", "c"]
    assert comments(texts, 8, in_order) == ("a", "b", "c")
    assert comments(texts, 7, in_order) is None
    assert comments(texts[:2], 80, in_order) is None


def test_comments_come_in_the_order_that_chance_gave_them():
    texts = [str(number) for number in range(40)]
    shown = comments(texts, 40, random.Random(3).shuffle)
    assert shown is not None
    assert sorted(shown) == sorted(texts)
    assert list(shown) != texts


def test_answers_in_the_round_are_those_to_the_question_that_most_answered():
    tally = Tally({"energy": [{4: 6}], "asks": [{2: 12}]}, {"keep": ["x", "y", "z"]})
    published = release((ENERGY, ASKS, KEEP), tally, 5, in_order)
    assert isinstance(published, Release)
    assert published.answers == "10-19"
    assert published.comments[0].texts == ("x", "y", "z")
    assert published.scales[0].whole == Word("5-9", 4)


def test_a_round_without_enough_answers_is_withheld_whole_with_its_comments():
    tally = Tally({"energy": [{4: 4}], "asks": [{}]}, {"keep": ["x"] * 9})
    assert release((ENERGY, ASKS, KEEP), tally, 5, in_order) == Withheld(5)


def test_in_a_split_each_answer_goes_into_two_figures_and_each_shows_half_the_detail():
    tally = Tally({"energy": [{4: 10}, {2: 10}]}, {})
    published = release((ENERGY,), tally, 5, in_order)
    assert isinstance(published, Release)
    assert published.scales[0].whole == Mean("20-49", 300)
    assert published.scales[0].parts == (Word("10-19", 4), Word("10-19", 2))


def test_a_split_with_no_part_to_show_costs_the_whole_nothing():
    tally = Tally({"energy": [{4: 20}, {4: 1}]}, {})
    published = release((ENERGY,), tally, 5, in_order)
    assert isinstance(published, Release)
    assert published.scales[0].whole == Mean("20-49", 400, 75)
    assert published.scales[0].parts == (Withheld(5), Withheld(5))
