"""What is typed is a draft at once: it comes back after the window, the network or the sign-in went, and asks where
somebody else was faster."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from peerapp.db import db
from peerapp.models import Goal, SignIn
from tests.factories import make_goal, make_pair

DRAFT = 500  # milliseconds until a draft is kept


@pytest.fixture
def goal(people):
    goal = make_goal(make_pair(people["ana"], people["ben"]), "Learn SQL", by=people["ana"])
    db.session.commit()
    return goal


@pytest.fixture
def edit(goal):
    return f"/pairs/{goal.pair_id}/goals/{goal.id}/edit"


def type_why(page, address, words):
    page.goto(address)
    page.get_by_label("Why?").fill(words)
    page.wait_for_timeout(DRAFT)


def test_a_draft_says_when_it_was_begun_and_saves_over_nothing_else(browser_as, edit):
    ana = browser_as("ana")
    type_why(ana, edit, "Because")
    ana.goto(edit)
    expect(ana.get_by_label("Why?")).to_have_value("Because")
    expect(ana.locator(".draft-note")).to_have_text(re.compile(r"Your draft from \d\d:\d\d is here again\.Discard it"))
    ana.get_by_role("button", name="Save").click()
    ana.goto(edit)
    expect(ana.locator(".draft-note")).to_have_count(0)


def test_where_the_other_was_faster_the_draft_is_offered_and_both_texts_are_shown_on_saving(browser_as, edit):
    ana, ben = browser_as("ana"), browser_as("ben")
    type_why(ana, edit, "Mine")
    ana.goto("/")
    ben.goto(edit)
    ben.get_by_label("Why?").fill("Theirs")
    ben.get_by_role("button", name="Save").click()
    ana.goto(edit)
    expect(ana.get_by_label("Why?")).to_have_value("Theirs")
    ana.get_by_role("button", name="Use it").click()
    expect(ana.get_by_label("Why?")).to_have_value("Mine")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Keep theirs")).to_be_visible()


def test_of_two_windows_the_newer_draft_stands_there_and_the_older_is_offered(browser_as, edit):
    first = browser_as("ana")
    second = first.context.new_page()
    first.goto(edit)
    second.goto(edit)
    for page, words in ((first, "Older"), (second, "Newer")):
        page.get_by_label("Why?").fill(words)
        page.wait_for_timeout(DRAFT)
        page.close()
    third = first.context.new_page()
    third.goto(edit)
    expect(third.get_by_label("Why?")).to_have_value("Newer")
    third.get_by_role("button", name="Use it").click()
    expect(third.get_by_label("Why?")).to_have_value("Older")


def test_an_expired_sign_in_costs_nothing_typed(browser_as, edit, live, goal):
    ana = browser_as("ana")
    type_why(ana, edit, "Because")
    db.session.execute(delete(SignIn))
    db.session.commit()
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_label("Password")).to_be_visible()
    assert "Because" in ana.evaluate("JSON.stringify(localStorage)")
    db.session.expire_all()
    assert db.session.get_one(Goal, goal.id).why == ""


def test_signing_out_in_one_window_leaves_nothing_that_another_could_bring_back(browser_as, edit):
    first = browser_as("ana")
    second = first.context.new_page()
    type_why(second, edit, "Only mine")
    first.goto("/")
    first.locator(".usermenu summary").click()
    first.get_by_role("button", name="Sign out").click()
    second.get_by_label("Why?").fill("Typed on")
    second.wait_for_timeout(DRAFT)
    second.close()
    assert first.evaluate("Object.keys(localStorage).filter(name => name.startsWith('peerapp-draft:'))") == []
