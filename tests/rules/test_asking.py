from dataclasses import replace
from datetime import date, timedelta

import pytest

from peerapp.rules.asking import Between, may_pair, may_wait_until

FREE = Between("Kim", same_person=False, has_left=False, paired=False, i_have_room=True, they_have_room=True)
TODAY = date(2026, 11, 22)


def test_two_people_with_room_may_become_a_pair():
    assert may_pair(FREE) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"same_person": True}, "This is your own profile. Pick a colleague to ask."),
        ({"has_left": True}, "Kim has left the company."),
        ({"paired": True}, "You and Kim are a pair already."),
        ({"i_have_room": False}, "You have no room for another pair just now. You can change that in your profile."),
        ({"they_have_room": False}, "Kim has no room for another pair just now."),
    ],
)
def test_what_stands_in_the_way_is_a_sentence(change, sentence):
    assert str(may_pair(replace(FREE, **change))) == sentence


def test_a_pair_is_told_that_it_is_one_before_anything_about_room():
    assert "pair already" in str(may_pair(replace(FREE, paired=True, they_have_room=False)))


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True), (90, True), (91, False)])
def test_later_is_a_day_from_tomorrow_on_within_three_months(days, fits):
    assert (may_wait_until(TODAY + timedelta(days=days), TODAY) is None) is fits
