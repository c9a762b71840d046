"""Everybody takes back their own last change, unless something newer has touched it."""

import pytest

from peerapp.actions import goals as goal_actions, moves, overall, steps
from peerapp.actions.goals import Draft
from peerapp.actions.undo import undo
from peerapp.db import db
from peerapp.models import Goal
from peerapp.queries import board, goals
from peerapp.queries.pairs import pair_of
from peerapp.rules.board import By
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from tests.actions.test_goals import FIELDS
from tests.factories import make_goal


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def goal(ana_and_ben, ana):
    return goals.goal_of(ana, ana_and_ben.id, make_goal(ana_and_ben, "Learn SQL", by=ana, owner_id=ana.id).id)


def take_back(person, pair):
    return undo(pair_of(person, pair.id), person, goals.last_change_of(pair, person))


def test_an_edit_is_taken_back(goal, ana, ana_and_ben):
    goal_actions.edit(goal, ana, {"title": "Learn R", "areas": ["time"], "due_on": "2026-12-04"}, 1)
    take_back(ana, ana_and_ben)
    assert (goal.title, goal.fields()["areas"], goal.due_on, goal.version) == ("Learn SQL", ["communication"], None, 3)


def test_a_move_is_taken_back_to_its_neighbours(goal, ana, ana_and_ben):
    below = make_goal(ana_and_ben, "below", by=ana, after=goal)
    moves.move(goals.goal_of(ana, ana_and_ben.id, below.id), ana, Column.DOING, None, 1)
    take_back(ana, ana_and_ben)
    assert [card for card, _ in board.order_in(ana_and_ben.id, Column.IDEAS)] == [goal.id, below.id]


def test_a_move_out_of_done_taken_back_keeps_the_day_it_was_done(goal, ana, ana_and_ben):
    moves.move(goal, ana, Column.DONE, None, 1)
    done_at = goal.done_at
    moves.move(goal, ana, Column.DOING, None, 2)
    take_back(ana, ana_and_ben)
    assert (goal.column, goal.done_at) == (Column.DONE, done_at)


def test_a_new_goal_goes_to_the_archive_and_goals_made_together_go_together(ana, ana_and_ben):
    pair = pair_of(ana, ana_and_ben.id)
    goal_actions.make(pair, ana, [Draft(FIELDS, Column.NEXT)])
    goal_actions.make(pair, ana, [Draft(FIELDS, Column.NEXT), Draft(FIELDS, Column.IDEAS)])
    take_back(ana, ana_and_ben)
    assert board.count_on(pair.id) == 1


def test_archiving_is_taken_back(goal, ana, ana_and_ben):
    goal_actions.archive(goal, ana, 1)
    take_back(ana, ana_and_ben)
    assert goal.archived_at is None


def test_saying_done_together_is_taken_back_by_the_second(ana, ben, ana_and_ben):
    joint = goals.goal_of(ana, ana_and_ben.id, make_goal(ana_and_ben, by=ana, column=Column.DOING).id)
    moves.move(joint, ana, Column.DONE, None, 1)
    moves.move(joint, ben, Column.DONE, None, 2)
    take_back(ben, ana_and_ben)
    assert (joint.column, joint.confirmed) == (Column.DOING, [str(ana.id)])
    assert isinstance(take_back(ana, ana_and_ben), list)
    assert joint.confirmed == []


@pytest.mark.parametrize("what", ["add", "tick", "reword", "move", "remove"])
def test_every_change_of_a_step_is_taken_back(goal, ana, ana_and_ben, what):
    for words in "ab":
        steps.add(goal, ana, words)
    before = goals.steps_of(goal.id)
    b = goals.step_of(goal, before[1].id)
    match what:
        case "add":
            steps.add(goal, ana, "c")
        case "tick":
            steps.tick(goal, ana, b, done=True)
        case "reword":
            steps.reword(goal, ana, b, "B", goal.version)
        case "move":
            steps.move(goal, ana, b, By.UP)
        case "remove":
            steps.remove(goal, ana, b)
    assert goals.steps_of(goal.id) != before
    take_back(ana, ana_and_ben)
    assert goals.steps_of(goal.id) == before


def test_the_overall_goal_is_taken_back(ana, ana_and_ben):
    pair = pair_of(ana, ana_and_ben.id)
    overall.reword(pair, ana, "Run an event", 1)
    take_back(ana, ana_and_ben)
    assert (pair.overall_goal, pair.overall_goal_version) == ("", 3)


def test_what_the_other_touched_since_stays(goal, ana, ben, ana_and_ben):
    goal_actions.edit(goal, ana, {"title": "Learn R"}, 1)
    goal_actions.edit(goal, ben, {"why": "For the open day"}, 2)
    assert isinstance(take_back(ana, ana_and_ben), Refusal)
    assert goal.title == "Learn R"


def test_a_change_of_another_goal_does_not_matter(goal, ana, ben, ana_and_ben):
    goal_actions.edit(goal, ana, {"title": "Learn R"}, 1)
    other = make_goal(ana_and_ben, "other", by=ben)
    goal_actions.edit(goals.goal_of(ben, ana_and_ben.id, other.id), ben, {"title": "OTHER"}, 1)
    assert isinstance(take_back(ana, ana_and_ben), list)


def test_nobody_takes_back_what_the_other_did(goal, ana, ben, ana_and_ben):
    goal_actions.edit(goal, ana, {"title": "Learn R"}, 1)
    assert isinstance(take_back(ben, ana_and_ben), Refusal)
    assert goal.title == "Learn R"


def test_taken_back_once_it_is_gone_and_the_one_before_can_follow(goal, ana, ana_and_ben):
    for title in ("Learn R", "Learn Excel"):
        goal_actions.edit(goal, ana, {"title": title}, goal.version)
    event = goals.last_change_of(ana_and_ben, ana)
    undo(pair_of(ana, ana_and_ben.id), ana, event)
    assert isinstance(undo(pair_of(ana, ana_and_ben.id), ana, event), Refusal)
    assert goal.title == "Learn R"
    take_back(ana, ana_and_ben)
    assert goal.title == "Learn SQL"
    assert isinstance(take_back(ana, ana_and_ben), Refusal)


def test_taking_back_is_a_change_that_merges_like_any_other(goal, ana, ben, ana_and_ben):
    goal_actions.edit(goal, ana, {"title": "Learn R"}, 1)
    take_back(ana, ana_and_ben)
    goal_actions.edit(goal, ben, {"title": "Learn Excel"}, 1)
    assert db.session.get_one(Goal, goal.id).title == "Learn Excel"
