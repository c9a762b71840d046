"""The overall goal has one wording, whoever writes it."""

import pytest

from peerapp.actions import overall
from peerapp.queries.pairs import pair_of
from peerapp.rules.conflict import Clash, Merge


@pytest.fixture
def pair(cast, ana_and_ben):
    return pair_of(cast["ana"], ana_and_ben.id)


def test_two_who_word_it_at_once_see_both(pair, cast):
    overall.reword(pair, cast["ben"], "Theirs", 1)
    clash = overall.reword(pair, cast["ana"], "Mine", 1)
    assert isinstance(clash, Merge)
    assert clash.clashes == (Clash("overall_goal", "", "Mine", "Theirs"),)


def test_sending_what_one_saw_unchanged_keeps_the_others_words(pair, cast):
    overall.reword(pair, cast["ben"], "Theirs", 1)
    assert overall.reword(pair, cast["ana"], "", 1) is None
    assert pair.overall_goal == "Theirs"
