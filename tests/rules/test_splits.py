import pytest
from hypothesis import given, strategies as st

from peerapp.rules.splits import shown_parts

ANSWERS = st.lists(st.integers(0, 40), min_size=2, max_size=20)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ([8, 9, 10], {0, 1, 2}),
        ([3, 9, 10], {2}),  # 3 alone could be worked out, so 9 goes with it
        ([3, 2, 10], {2}),  # 5 together are enough
        ([0, 9, 10], {2}),  # that nobody answered is not told either
        ([4, 20], set()),
        ([1, 1, 1], set()),
    ],
)
def test_what_could_be_worked_out_is_withheld_as_well(answers, shown):
    assert shown_parts(answers, 5) == shown


@given(ANSWERS, st.integers(5, 12))
def test_every_part_shown_and_everything_withheld_together_reach_the_minimum(answers, minimum):
    shown = shown_parts(answers, minimum)
    withheld = [number for part, number in enumerate(answers) if part not in shown]
    assert all(answers[part] >= minimum for part in shown)
    assert not withheld or sum(withheld) >= minimum or not shown


@given(ANSWERS, st.integers(5, 12))
def test_no_more_is_withheld_than_has_to_be(answers, minimum):
    small = sum(number for number in answers if number < minimum)
    extra = len([number for number in answers if number >= minimum]) - len(shown_parts(answers, minimum))
    assert extra <= (1 if small < minimum else 0)
