"""A session by writing in two browsers: the turn beside the notes that keep themselves, and the other's screen."""

import pytest
from playwright.sync_api import expect

from peerapp.actions import in_turns
from peerapp.db import db
from peerapp.queries.pairs import held_pair
from tests.browser.test_live import SOON, go_live
from tests.browser.test_said_once import LISTEN
from tests.factories import make_pair


@pytest.fixture
def here(people):
    """The address of a session by writing in which it is Ana's turn."""
    pair = held_pair(make_pair(people["ana"], people["ben"]).id)
    session = in_turns.begin(pair, people["ana"])
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


@pytest.fixture
def two(browser_as, here):
    return go_live(browser_as("ana"), here), go_live(browser_as("ben"), here)


def test_a_turn_is_handed_over_while_the_other_looks_on(two):
    ana, ben = two
    ben.evaluate(LISTEN)
    ana.get_by_label("What I have to say").fill("I am well, and you?")
    ana.get_by_role("button", name="Hand over to Ben").click()
    expect(ben.get_by_role("heading", name="Your turn, until")).to_be_visible(timeout=SOON)
    expect(ben.locator(".note.you .prose")).to_have_text("I am well, and you?")
    expect(ben.get_by_label("What I have to say")).to_have_value("")
    expect(ben.locator("#announcer")).to_have_text("Ana wrote in the notes.")
    assert [words.split(",")[0] for words in ben.evaluate("window.said")] == ["Your turn", "Ana wrote in the notes."]
    expect(ana.get_by_role("heading", name="Ben’s turn, until")).to_be_visible()
    expect(ana.get_by_label("What I have to say")).to_have_count(0)
    expect(ana.locator(".note.me .prose")).to_have_text("I am well, and you?")


def test_the_turn_and_a_note_are_typed_beside_each_other_and_neither_takes_the_others_words(two):
    ana, ben = two
    ana.get_by_label("What I have to say").fill("Half a turn")
    for page in two:
        page.get_by_text("Add a note without handing over").click()
    ana.get_by_label("Write a note").fill("A note that keeps itself")
    expect(ben.locator(".note.you .prose")).to_have_text("A note that keeps itself")
    ben.get_by_label("Write a note").fill("A word between")
    ben.get_by_role("button", name="Add note").click()
    expect(ana.locator(".note.you .prose")).to_have_text("A word between", timeout=SOON)
    expect(ana.get_by_label("What I have to say")).to_have_value("Half a turn")
    expect(ana.get_by_label("Write a note")).to_have_value("A note that keeps itself")
    ana.get_by_role("button", name="This point is done, hand over").click()
    expect(ben.locator(".note.you .prose")).to_have_text(["A note that keeps itself", "Half a turn"])
    expect(ben.locator("#agenda li.done")).to_have_count(1)
    expect(ana.locator(".note.me .prose")).to_have_text(["A note that keeps itself", "Half a turn"])


def test_a_turn_that_is_half_written_comes_back(two, here):
    ana, _ben = two
    ana.get_by_label("What I have to say").press_sequentially("Half a tu")
    ana.wait_for_timeout(600)  # a draft is kept within the second
    ana.goto("/")
    ana.goto(here)
    expect(ana.get_by_label("What I have to say")).to_have_value("Half a tu")
    expect(ana.get_by_label("Write a note")).to_have_value("")
