"""A card moves by one request, relative to its neighbours; whoever was slower is asked."""

import re

import pytest
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Goal, Notice
from peerapp.rules.states import Column
from tests.boards import stored, undo_in
from tests.factories import make_goal


@pytest.fixture
def goal(ana_and_ben, cast):
    return make_goal(ana_and_ben, "Learn SQL", by=cast["ana"], owner_id=cast["ana"].id)


@pytest.fixture
def url(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}"


def test_a_move_answers_with_the_board_where_the_card_is_and_an_undo(as_, url, goal):
    ana = as_("ana")
    answer = ana.post(f"{url}/move", {"column": "doing", "after": "", "version": 1})
    assert (answer.status_code, answer.location) == (303, f"/pairs/{goal.pair_id}/board?shown=doing#goal_{goal.id}")
    page = ana.get(answer.location).text
    assert "“Learn SQL” is in Doing now." in page
    ana.post(undo_in(page))
    assert stored(Goal.column) == Column.IDEAS


def test_a_menu_moves_by_address_and_button_alone(as_, url):
    as_("ana").post(f"{url}/move?version=1", {"column": "parked"})
    assert stored(Goal.column) == Column.PARKED


def test_by_one_up_is_relative_to_what_is_there(as_, ana_and_ben, cast, goal):
    below = make_goal(ana_and_ben, "below", by=cast["ana"], after=goal)
    as_("ana").post(f"/pairs/{ana_and_ben.id}/goals/{below.id}/move", {"by": "up", "version": 1})
    order = db.session.scalars(select(Goal.title).order_by(Goal.position)).all()
    assert order == ["below", "Learn SQL"]


def test_a_move_the_other_was_faster_with_says_where_it_is_and_can_be_done_anyway(as_, url):
    as_("ben").post(f"{url}/move", {"column": "next", "version": 1})
    clash = as_("ana").post(f"{url}/move", {"column": "parked", "version": 1})
    assert clash.status_code == 409
    assert "Ben moved it from Ideas to Next." in clash.text
    sent = dict(re.findall(r'<input type="hidden" name="(column|version|after|by)" value="([^"]*)"', clash.text))
    assert "Move it anyway" in clash.text
    assert as_("ana").post(f"{url}/move", sent).status_code == 303
    assert stored(Goal.column) == Column.PARKED


@pytest.mark.parametrize(
    "wrong", [{}, {"column": "heaven"}, {"by": "sideways"}, {"column": "next", "after": "not-an-id"}, {"column": "next", "version": "x"}]
)  # fmt: skip
def test_a_move_to_nowhere_is_a_sentence(as_, url, wrong):
    answer = as_("ana").post(f"{url}/move", {"version": 1} | wrong)
    assert (answer.status_code, "There is a problem" in answer.text, stored(Goal.column)) == (422, True, "ideas")


def test_a_htmx_move_comes_back_as_the_block_with_its_message(as_, url, goal):
    ana, asking = as_("ana"), {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#board"}
    answer = ana.post(f"{url}/move", {"column": "next", "version": 1}, headers=asking)
    block = ana.get(answer.location, headers=asking).text
    assert block.strip().startswith('<div id="board"')
    assert "hx-partial" in block
    assert "“Learn SQL” is in Next now." in block


def test_a_clash_takes_the_place_of_the_board(as_, url):
    as_("ben").post(f"{url}/move", {"column": "next", "version": 1})
    asking = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#board"}
    clash = as_("ana").post(f"{url}/move", {"column": "parked", "version": 1}, headers=asking)
    assert (clash.status_code, clash.headers["HX-Retarget"]) == (409, "body")


def test_a_goal_of_both_waits_for_the_other_and_says_so(as_, ana_and_ben, cast):
    joint = make_goal(ana_and_ben, "Joint", by=cast["ana"], column=Column.DOING)
    board, url = f"/pairs/{ana_and_ben.id}/board", f"/pairs/{ana_and_ben.id}/goals/{joint.id}"
    as_("ana").post(f"{url}/move", {"column": "done", "version": 1})
    assert "You say done · waiting for Ben" in as_("ana").get(board).text
    assert "Ana says done · waiting for you" in as_("ben").get(board).text
    assert "Ana says this is done. Do you agree?" in as_("ben").get(url).text
    assert stored(Notice.path) == url
    as_("ben").post(f"{url}/move", {"column": "done", "version": 2, "to": "goal"})
    assert stored(Goal.column) == Column.DONE


def test_not_yet_after_all(as_, ana_and_ben, cast):
    joint = make_goal(ana_and_ben, "Joint", by=cast["ana"], column=Column.DOING)
    url = f"/pairs/{ana_and_ben.id}/goals/{joint.id}"
    as_("ana").post(f"{url}/move", {"column": "done", "version": 1})
    as_("ana").post(f"{url}/not-yet")
    assert "waiting for" not in as_("ana").get(f"/pairs/{ana_and_ben.id}/board").text


def test_a_third_goal_under_way_is_said_kindly(as_, ana_and_ben, cast, url):
    for _ in range(2):
        make_goal(ana_and_ben, by=cast["ana"], owner_id=cast["ana"].id, column=Column.DOING)
    answer = as_("ana").post(f"{url}/move", {"column": "doing", "version": 1})
    assert answer.status_code == 303
    assert "it is up to you" in as_("ana").get(answer.location).text
