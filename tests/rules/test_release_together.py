"""What do n - 1 colluding colleagues learn of the last one, from everything that is published together?

They know their own answers and that everybody answered. An answer is pinned when no other would give the same release.
"""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from peerapp.rules.bands import BANDS, shares
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release import Tally, outcome, release

LEVELS = range(1, 6)
UNIFORM, AGREEING, CENTRAL = (1, 1, 1, 1, 1), (5, 10, 20, 40, 25), (1, 2, 4, 2, 1)
WAYS = {"uniform": UNIFORM, "agreeing": AGREEING, "central": CENTRAL}
BORDERS = (5, 10, 20, 50, 200)  # where a row of the table begins: the worst size of each
TRIALS = 400
QUESTION = Question("q", Kind.AGREEMENT, "?")
Publish = Callable[[Counter[int]], object]


def whole(counts: Counter[int]) -> object:
    return outcome(counts, minimum=5)


def pinned(publish: Publish, people: int, weights: tuple[int, ...], trials: int = TRIALS) -> float:
    """The share of rounds in which the last answer is certain."""
    chance = random.Random(f"{people} {weights}")
    hits = 0
    for _ in range(trials):
        others = Counter(chance.choices(LEVELS, weights, k=people - 1))
        last = chance.choices(LEVELS, weights)[0]
        published = [publish(others + Counter([level])) for level in LEVELS]
        hits += published.count(published[last - 1]) == 1
    return hits / trials


@pytest.mark.parametrize("weights", WAYS.values(), ids=WAYS)
def test_all_others_together_pin_the_last_answer_in_5_to_15_of_100_rounds(weights):
    rates = [pinned(whole, people, weights) for people in BORDERS]
    assert 0.05 <= sum(rates) / len(rates) <= 0.15, rates
    assert max(rates) <= 0.20, rates


@pytest.mark.parametrize("people", [9, 19, 49, 199])
def test_where_a_row_of_the_table_ends_they_pin_less_than_where_it_begins(people):
    assert pinned(whole, people, UNIFORM) < 0.08


@pytest.mark.parametrize(("people", "others"), [(8, 8), (10, 10), (20, 30), (40, 60), (100, 300)])
@pytest.mark.parametrize("weights", WAYS.values(), ids=WAYS)
def test_a_part_and_the_whole_together_pin_no_more_than_one_figure_does(people, others, weights):
    rest = Counter(random.Random(others).choices(LEVELS, weights, k=others))

    def both(counts: Counter[int]) -> object:
        return release((QUESTION,), Tally({"q": [counts, rest]}, {}), 5, list.sort)

    assert pinned(both, people, weights, trials=200) <= 0.20


def test_the_test_can_tell_an_exact_mean_pins_every_time():
    def exact(counts: Counter[int]) -> object:
        return sum(counts.elements()) / counts.total()

    assert pinned(exact, 12, UNIFORM) == 1


def test_the_test_can_tell_three_bands_to_5_per_cent_give_the_last_answer_away():
    def first_draft(counts: Counter[int]) -> object:
        return shares(counts, BANDS, 5), whole(counts)

    assert pinned(first_draft, 20, CENTRAL) > 2 * pinned(whole, 20, CENTRAL)


def test_the_test_can_tell_a_part_and_the_whole_in_full_detail_pin_too_much():
    rest = Counter(random.Random(30).choices(LEVELS, k=30))
    assert pinned(lambda counts: (whole(counts), whole(counts + rest)), 20, UNIFORM) > 0.25


@pytest.mark.parametrize("people", [5, 10, 20, 50, 200])
@pytest.mark.parametrize("level", LEVELS)
def test_a_release_of_one_mind_could_also_be_one_with_other_answers(people, level):
    another = level - 1 if level == 5 else level + 1
    assert whole(Counter({level: people})) == whole(Counter({level: people - 2, another: 2}))
