"""A board begins with a template."""

import re

import pytest
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Goal, Step
from tests.boards import stored, undo_in


def test_a_template_asks_three_things_and_brings_its_steps(as_, ana_and_ben):
    ana, url = as_("ana"), f"/pairs/{ana_and_ben.id}/templates/smart"
    form = ana.get(url).text
    assert len(re.findall(r'id="f_(title|success_sign|due_on)"', form)) == 3
    ana.post(url, {"title": "Talk for ten minutes", "success_sign": "A question", "due_on": "2031-01-31"})
    goal = db.session.scalars(select(Goal)).one()
    assert (goal.title, goal.success_sign, goal.due_on.year, goal.column) == (
        "Talk for ten minutes",
        "A question",
        2031,
        "next",
    )
    assert goal.why
    assert db.session.scalar(select(func.count()).select_from(Step)) == 5


@pytest.mark.parametrize(("key", "count"), [("first-90-days", 3), ("event", 4)])
def test_a_whole_board_in_one_click_and_back_in_another(as_, ana_and_ben, key, count):
    ana = as_("ana")
    answer = ana.post(f"/pairs/{ana_and_ben.id}/templates/{key}", {"once": "b" * 32})
    ana.post(f"/pairs/{ana_and_ben.id}/templates/{key}", {"once": "b" * 32})
    assert db.session.scalar(select(func.count()).select_from(Goal)) == count
    ana.post(undo_in(ana.get(answer.location).text))
    assert db.session.scalars(select(Goal.archived_at)).all().count(None) == 0


def test_a_skill_swap_is_a_goal_of_both(as_, ana_and_ben):
    as_("ana").post(f"/pairs/{ana_and_ben.id}/templates/swap", {"title": "Swap", "success_sign": "", "due_on": ""})
    assert stored(Goal.owner_id) is None


@pytest.mark.parametrize("key", ["nothing", "SMART", "%00"])
def test_a_template_that_is_none_is_not_found(as_, ana_and_ben, key):
    assert as_("ana").get(f"/pairs/{ana_and_ben.id}/templates/{key}").status_code == 404


def test_a_template_that_does_not_fit_comes_back(as_, ana_and_ben):
    answer = as_("ana").post(f"/pairs/{ana_and_ben.id}/templates/smart", {"title": "", "success_sign": "Seen"})
    assert (answer.status_code, "Seen" in answer.text) == (422, True)
