"""No round within others, and none around them, leaves a few people who could be worked out by subtracting."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import example, given, strategies as st

from peerapp.rules.overlap import NEARLY_THE_SAME, PIECES_MAX, overlap, together_leave_few
from peerapp.rules.release_rules import AUDIENCE_MIN, OVERLAP_MAX

SMALL = st.frozensets(st.integers(0, 30).map(lambda number: UUID(int=number)), min_size=AUDIENCE_MIN)


def people(first: int, last: int) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in range(first, last))


def asked_before(*audiences: frozenset[UUID]) -> list[list[frozenset[UUID]]]:
    return [[each] for each in audiences]


@pytest.mark.parametrize("few", range(1, OVERLAP_MAX + 1))
@pytest.mark.parametrize("pieces", range(1, PIECES_MAX + 1))
def test_others_with_a_few_people_more_are_refused_in_whatever_order_they_come(few: int, pieces: int) -> None:
    parts = [people(10 * number, 10 * number + 10) for number in range(pieces)]
    whole = people(0, 10 * pieces + few)
    assert overlap([whole], asked_before(*parts)) is NEARLY_THE_SAME
    assert overlap(parts[:1], asked_before(whole, *parts[1:])) is NEARLY_THE_SAME


@pytest.mark.parametrize("more", [0, OVERLAP_MAX + 1, 40])
def test_others_with_nobody_or_with_eight_more_are_not(more: int) -> None:
    whole, parts = people(0, 20 + more), (people(0, 10), people(10, 20))
    assert overlap([whole], asked_before(*parts)) is None
    assert overlap([parts[0]], asked_before(whole, parts[1])) is None


def test_one_that_reaches_beyond_the_others_cannot_be_subtracted_and_is_not_refused() -> None:
    assert overlap([people(0, 30)], asked_before(people(0, 12), people(12, 22) | people(40, 50))) is None


def test_a_part_of_a_split_is_one_of_the_others() -> None:
    split = [people(0, 24), people(0, 8), people(8, 16), people(16, 24)]
    assert overlap([people(0, 29)], [split[1:], [people(24, 25) | people(0, 8)]]) is NEARLY_THE_SAME
    assert overlap([people(3, 15)], [split]) is NEARLY_THE_SAME
    assert overlap([people(0, 24)], [split]) is None


@given(new=SMALL, others=st.lists(SMALL, max_size=5))
@example(new=people(0, 25), others=[people(0, 12), people(12, 24)])
@example(new=people(0, 12), others=[people(0, 25), people(12, 24)])
def test_it_finds_what_trying_everything_finds(new: frozenset[UUID], others: list[frozenset[UUID]]) -> None:
    everything = {new, *others}
    found = any(
        1 <= len(whole.difference(*some)) <= OVERLAP_MAX
        for whole in everything
        for most in range(1, PIECES_MAX + 1)
        for some in combinations([each for each in everything if each < whole], most)
        if new in (whole, *some)
    )
    assert together_leave_few(frozenset({new}), frozenset(others)) == found


def test_more_rounds_than_can_be_tried_in_every_combination_have_an_end() -> None:
    pieces = [people(8 * number, 8 * number + 8) for number in range(60)]
    assert overlap([people(0, 8 * 60 + 8)], asked_before(*pieces)) is None
    assert overlap([people(0, 9 * 8)], asked_before(*pieces)) is None
