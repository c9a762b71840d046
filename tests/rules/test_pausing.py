from datetime import date, timedelta

import pytest

from peerapp.rules.pausing import LONGEST_DAYS, PAST, TOO_LONG, is_over, may_pause_until, proposed

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, PAST), (0, PAST), (1, None), (LONGEST_DAYS, None), (LONGEST_DAYS + 1, TOO_LONG)]
)
def test_a_pause_ends_after_today_and_within_half_a_year(days, sentence):
    refusal = may_pause_until(TODAY + timedelta(days=days), TODAY)
    assert (refusal.sentence if refusal else None) == sentence


def test_what_is_proposed_is_allowed():
    assert may_pause_until(proposed(TODAY), TODAY) is None


@pytest.mark.parametrize(("until", "over"), [(-1, True), (0, True), (1, False)])
def test_the_pair_goes_on_on_its_day(until, over):
    assert is_over(TODAY + timedelta(days=until), TODAY) is over


def test_a_pair_without_a_day_waits_for_one_of_the_two():
    assert not is_over(None, TODAY)
