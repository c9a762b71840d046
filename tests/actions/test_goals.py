"""Goals are made, reworded by two people at once, archived and restored; every change is remembered."""

import pytest
from sqlalchemy import func, select

from peerapp.actions import goals as goal_actions
from peerapp.actions.goals import Draft, Meanwhile
from peerapp.db import db
from peerapp.models import Goal, GoalEvent, Pair, Step
from peerapp.queries import goals
from peerapp.queries.pairs import pair_of
from peerapp.rules import limits
from peerapp.rules.conflict import Clash, Merge
from peerapp.rules.refusal import Refusal
from peerapp.rules.states import Column
from tests.factories import make_goal

FIELDS = {
    "title": "Brief three speakers",
    "areas": ["communication"],
    "owner": "both",
    "due_on": "2026-12-04",
    "why": "",
    "success_sign": "Nobody reads from a sheet",
    "next_step": "",
    "need": "",
}


@pytest.fixture
def ana(cast):
    return cast["ana"]


@pytest.fixture
def ben(cast):
    return cast["ben"]


@pytest.fixture
def goal(ana_and_ben, ana):
    return make_goal(ana_and_ben, "Learn SQL", by=ana)


def load(goal, person):
    return goals.goal_of(person, goal.pair_id, goal.id)


def make(person, pair, *drafts):
    return goal_actions.make(pair_of(person, pair.id), person, drafts)


def test_a_goal_is_made_with_its_steps_and_its_first_change(ana, ana_and_ben):
    (event,) = make(ana, ana_and_ben, Draft(FIELDS, Column.NEXT, ("Ask", "Agree")))
    goal = load(db.session.get_one(Goal, event.goal_id), ana)
    assert goal.fields() == FIELDS
    assert (goal.version, event.version, event.after["title"]) == (1, 1, "Brief three speakers")
    assert [step.words for step in goals.steps_of(goal.id)] == ["Ask", "Agree"]


def test_goals_made_together_stand_in_their_order(ana, ana_and_ben):
    make(ana, ana_and_ben, *(Draft(FIELDS | {"title": title}, Column.IDEAS) for title in "abc"))
    found = db.session.execute(select(Goal.title, Goal.position).order_by(Goal.position)).all()
    assert [tuple(row) for row in found] == [("a", "i0"), ("b", "i1"), ("c", "i2")]


def test_a_change_makes_the_pairs_version_new(ana, ana_and_ben):
    before = db.session.scalar(select(Pair.version))
    make(ana, ana_and_ben, Draft(FIELDS, Column.NEXT))
    assert db.session.scalar(select(Pair.version)) > before


def test_a_full_board_takes_no_more_but_archived_goals_leave_room(ana, ana_and_ben, goal):
    make(ana, ana_and_ben, *[Draft(FIELDS, Column.IDEAS)] * (limits.GOALS_MAX - 1))
    assert isinstance(make(ana, ana_and_ben, Draft(FIELDS, Column.IDEAS)), Refusal)
    goal_actions.archive(load(goal, ana), ana, 1)
    assert isinstance(make(ana, ana_and_ben, Draft(FIELDS, Column.IDEAS)), list)
    assert isinstance(goal_actions.restore(load(goal, ana), ana), Refusal)


def test_an_edit_notes_only_what_changed(goal, ana):
    event = goal_actions.edit(load(goal, ana), ana, {"title": "Learn SQL well", "why": ""}, 1)
    assert (event.before, event.after, event.version) == ({"title": "Learn SQL"}, {"title": "Learn SQL well"}, 2)


def test_an_edit_that_changes_nothing_is_none(goal, ana):
    assert goal_actions.edit(load(goal, ana), ana, {"title": "Learn SQL"}, 1) is None
    assert db.session.scalar(select(func.count()).select_from(GoalEvent)) == 0


def test_two_who_change_different_fields_both_get_their_way(goal, ana, ben):
    goal_actions.edit(load(goal, ben), ben, {"need": "A Friday", "areas": ["time"]}, 1)
    goal_actions.edit(load(goal, ana), ana, {"title": "Learn R", "need": "", "areas": ["communication"]}, 1)
    assert load(goal, ana).fields() | {"owner": ""} == {
        **dict.fromkeys(("why", "success_sign", "next_step", "due_on", "owner"), ""),
        "title": "Learn R",
        "need": "A Friday",
        "areas": ["time"],
    }


def test_two_who_change_the_same_field_see_both_texts(goal, ana, ben):
    goal_actions.edit(load(goal, ben), ben, {"title": "Learn R"}, 1)
    clash = goal_actions.edit(load(goal, ana), ana, {"title": "Learn Excel"}, 1)
    assert isinstance(clash, Merge)
    assert clash.clashes == (Clash("title", "Learn SQL", "Learn Excel", "Learn R"),)
    assert load(goal, ana).title == "Learn R"


def test_a_goal_that_is_done_keeps_its_owner(goal, ana, ana_and_ben):
    done = make_goal(ana_and_ben, by=ana, column=Column.DONE)
    refusal = goal_actions.edit(load(done, ana), ana, {"owner": str(ana.id)}, 1)
    assert isinstance(refusal, Refusal)


def test_a_new_owner_starts_without_anybody_having_said_done(goal, ana):
    mine = load(goal, ana)
    mine.confirm([str(ana.id)], mine.made_at)
    goal_actions.edit(mine, ana, {"owner": str(ana.id)}, 1)
    assert load(goal, ana).confirmed == []


def test_archiving_what_the_other_just_changed_asks_first(goal, ana, ben):
    edited = goal_actions.edit(load(goal, ben), ben, {"title": "Learn R"}, 1)
    clash = goal_actions.archive(load(goal, ana), ana, 1)
    assert isinstance(clash, Meanwhile)
    assert [event.id for event in clash.events] == [edited.id]
    assert load(goal, ana).archived_at is None


def test_archived_and_restored_a_goal_stands_where_it_stood(goal, ana):
    goal_actions.archive(load(goal, ana), ana, 1)
    assert goal_actions.archive(load(goal, ana), ana, 2) is None
    goal_actions.restore(load(goal, ana), ana)
    assert goal_actions.restore(load(goal, ana), ana) is None
    restored = load(goal, ana)
    assert (restored.archived_at, restored.column, restored.position, restored.version) == (None, "ideas", "i0", 3)


def test_nothing_is_ever_deleted_with_an_archived_goal(ana, ana_and_ben):
    (event,) = make(ana, ana_and_ben, Draft(FIELDS, Column.NEXT, ("Ask",)))
    goal = load(db.session.get_one(Goal, event.goal_id), ana)
    goal_actions.archive(goal, ana, 1)
    assert db.session.scalar(select(func.count()).select_from(Step)) == 1
