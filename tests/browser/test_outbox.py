"""Done without a network, sent once it is back: in order, once, and with both versions where the other was faster."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Action, Comment, Goal
from peerapp.rules.states import Column, SessionState
from tests.factories import make_goal, make_pair, make_session


@pytest.fixture
def pair(people):
    return make_pair(people["ana"], people["ben"])


@pytest.fixture
def goal(pair, people):
    return make_goal(pair, "Chair one meeting", by=people["ana"], column=Column.IDEAS, owner_id=people["ana"].id)


@pytest.fixture
def here(pair, goal):
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def move_on(page, column):
    page.get_by_role("link", name="Move “Chair one meeting” to…").click()
    page.locator("#move_menu").get_by_role("button", name=column, exact=True).click()


def now(column):
    db.session.commit()
    return list(db.session.scalars(select(column)))


def test_moves_and_actions_wait_for_the_network_and_are_sent_once(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.get_by_text("Add an action").click()
    ana.context.set_offline(True)
    for words in ("Brief Kim", "Brief Sam"):
        ana.locator("#actions").get_by_label("What is to be done").fill(words)
        ana.get_by_role("button", name="Add action").click()
        expect(ana.locator("#actions").get_by_label("What is to be done")).to_have_value("")
    move_on(ana, "Next")
    move_on(ana, "Doing")
    expect(ana.get_by_text("Kept on this computer")).to_have_count(0)  # offline says it already
    ana.context.set_offline(False)
    expect(ana.locator("#actions li")).to_have_count(2)
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting")
    assert (now(Action.words), now(Goal.column)) == (["Brief Kim", "Brief Sam"], [Column.DOING])


def test_what_another_window_has_sent_is_waited_for_no_longer(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.route("**/actions", lambda route: route.abort())
    ana.get_by_text("Add an action").click()
    ana.locator("#actions").get_by_label("What is to be done").fill("Brief Kim")
    ana.get_by_role("button", name="Add action").click()
    expect(ana.get_by_text("Kept on this computer")).to_be_visible()
    other = ana.context.new_page()
    other.goto(here)
    expect(ana.get_by_text("Kept on this computer")).to_be_hidden(timeout=12_000)
    assert now(Action.words) == ["Brief Kim"]


def test_where_the_other_was_faster_both_are_offered(browser_as, here, pair):
    ana, ben = browser_as("ana"), browser_as("ben")
    for page in (ana, ben):
        page.goto(here)
    ana.context.set_offline(True)
    move_on(ana, "Doing")
    move_on(ben, "Parked")
    expect(ben.locator("[data-column=parked]")).to_contain_text("Chair one meeting")
    ana.context.set_offline(False)
    ana.get_by_role("button", name="Look at both").click()
    ana.get_by_role("button", name="Move it anyway").click()
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting")


def test_a_comment_waits_through_a_closed_window(browser_as, here, goal, pair):
    address = f"/pairs/{pair.id}/goals/{goal.id}"
    ana = browser_as("ana")
    ana.goto(address)
    ana.context.set_offline(True)
    ana.get_by_label("Your comment").fill("Well begun")
    ana.get_by_role("button", name="Comment", exact=True).click()
    expect(ana.get_by_label("Your comment")).to_have_value("")
    ana.close()
    ana.context.set_offline(False)
    later = ana.context.new_page()
    later.goto(address)
    expect(later.locator("#comments .prose")).to_have_text("Well begun")
    assert now(Comment.body) == ["Well begun"]
