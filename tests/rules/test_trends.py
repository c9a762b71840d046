"""How far has a mean moved, as far as both releases tell?"""

import pytest

from peerapp.rules.outcomes import Bands, Mean, Outcome, Share, Withheld, Word
from peerapp.rules.questions import Kind, Question
from peerapp.rules.release import Release, ScaleResult
from peerapp.rules.trends import Change, Way, change, earlier

THREE = (Share((1, 2), 20), Share((3,), 30), Share((4, 5), 50))


def bands(hundredths: int) -> Bands:
    return Bands("50-199", hundredths, THREE)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (bands(410), bands(380), Change(Way.UP, 30)),
        (bands(360), bands(360), Change(Way.SAME, 0)),
        (bands(280), bands(320), Change(Way.DOWN, 40)),
        (bands(410), Mean("20-49", 400, 50), Change(Way.SAME, 0)),
        (bands(430), Mean("20-49", 400, 50), Change(Way.UP, 30)),
        (bands(430), Mean("10-19", 400), Change(Way.SAME, 0)),
        (bands(450), bands(420), Change(Way.UP, None)),
        (bands(450), bands(450), Change(Way.SAME, 0)),
        (bands(420), bands(450), Change(Way.DOWN, None)),
    ],
)
def test_a_difference_is_told_as_finely_as_the_coarser_of_the_two(now: Outcome, before: Outcome, told: Change) -> None:
    assert change(now, before) == told


@pytest.mark.parametrize("other", [Word("5-9", 4), Withheld(5)])
def test_where_one_of_them_shows_no_mean_there_is_no_trend(other: Outcome) -> None:
    assert change(bands(400), other) is None
    assert change(other, bands(400)) is None


def test_the_latest_round_with_the_same_question_counts() -> None:
    asked = Question("q9", Kind.AGREEMENT, "In other words.", "pair.keep")

    def round_with(bank: str, mean: int) -> tuple[tuple[Question, ...], Release]:
        release = Release("50-199", 5, (ScaleResult("q1", bands(mean)),), ())
        return (Question("q1", Kind.AGREEMENT, "Words", bank),), release

    rounds = [round_with("pair.next", 200), round_with("pair.keep", 300), round_with("pair.keep", 400)]
    assert earlier(asked, rounds) == (1, bands(300))
    assert earlier(asked, rounds[:1]) is None
