"""Steps are added, ticked, reworded by two at once, moved and removed."""

import pytest

from peerapp.actions import steps
from peerapp.db import db
from peerapp.models import GoalEvent, Step
from peerapp.queries import goals
from peerapp.rules import limits
from peerapp.rules.board import By
from peerapp.rules.conflict import Clash, Merge
from peerapp.rules.refusal import Refusal
from tests.factories import make_goal


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def goal(ana_and_ben, ana):
    """A goal with the steps a, b and c."""
    made = goals.goal_of(ana, ana_and_ben.id, make_goal(ana_and_ben, by=ana).id)
    for words in "abc":
        steps.add(made, ana, words)
    return made


def step(goal, words):
    found = next(line for line in goals.steps_of(goal.id) if line.words == words)
    return goals.step_of(goal, found.id)


def order(goal):
    return "".join(line.words for line in goals.steps_of(goal.id))


def test_steps_stand_in_the_order_they_were_added(goal):
    assert order(goal) == "abc"
    assert goal.version == 4


def test_a_goal_has_room_for_thirty_steps(goal, ana):
    for number in range(limits.STEPS_MAX - 3):
        steps.add(goal, ana, f"step {number}")
    assert isinstance(steps.add(goal, ana, "one more"), Refusal)


def test_a_tick_says_who_and_when_and_can_be_taken_back(goal, ana):
    steps.tick(goal, ana, step(goal, "b"), done=True)
    assert (step(goal, "b").done_by_id, [line.is_done for line in goals.steps_of(goal.id)]) == (
        ana.id,
        [False, True, False],
    )
    steps.tick(goal, ana, step(goal, "b"), done=False)
    assert step(goal, "b").done_at is None


def test_ticking_twice_is_one_change(goal, ana):
    assert isinstance(steps.tick(goal, ana, step(goal, "a"), done=True), GoalEvent)
    assert steps.tick(goal, ana, step(goal, "a"), done=True) is None


@pytest.mark.parametrize(
    ("words", "by", "then"), [("a", By.DOWN, "bac"), ("c", By.UP, "acb"), ("c", By.TOP, "cab"), ("a", By.BOTTOM, "bca")]
)
def test_a_step_moves_among_the_others(goal, ana, words, by, then):
    steps.move(goal, ana, step(goal, words), by)
    assert order(goal) == then


def test_the_first_step_does_not_move_up(goal, ana):
    assert steps.move(goal, ana, step(goal, "a"), By.UP) is None


def test_steps_with_worn_keys_are_spread(goal, ana):
    for line in goals.steps_of(goal.id):
        db.session.get_one(Step, line.id).position = "i0"
    db.session.flush()
    first = order(goal)
    steps.move(goal, ana, step(goal, first[2]), By.UP)
    assert order(goal) == first[0] + first[2] + first[1]


def test_two_who_reword_a_step_see_both(goal, cast, ana):
    seen, b = goal.version, step(goal, "b")
    steps.reword(goal, cast["ben"], b, "theirs", seen)
    clash = steps.reword(goal, ana, b, "mine", seen)
    assert isinstance(clash, Merge)
    assert clash.clashes == (Clash("words", "b", "mine", "theirs"),)


def test_rewording_another_step_meanwhile_is_no_clash(goal, cast, ana):
    seen = goal.version
    steps.reword(goal, cast["ben"], step(goal, "a"), "A", seen)
    steps.reword(goal, ana, step(goal, "b"), "B", seen)
    assert order(goal) == "ABc"


def test_a_removed_step_is_kept_but_not_shown_and_takes_no_change(goal, ana):
    b = step(goal, "b")
    steps.remove(goal, ana, b)
    assert order(goal) == "ac"
    assert isinstance(steps.tick(goal, ana, b, done=True), Refusal)
    assert isinstance(steps.reword(goal, ana, b, "B", goal.version), Refusal)
    assert steps.remove(goal, ana, b) is None
