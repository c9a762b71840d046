"""Notes are kept while they are typed: the other reads them a moment later, and nobody types over anybody."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import NoteBlock
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session


@pytest.fixture
def here(people):
    pair = make_pair(people["ana"], people["ben"])
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def kept():
    db.session.commit()
    return list(db.session.scalars(select(NoteBlock.body).order_by(NoteBlock.position)))


@pytest.fixture
def two(browser_as, here):
    ana, ben = browser_as("ana"), browser_as("ben")
    for page in (ana, ben):
        page.goto(here)
    return ana, ben


def test_what_is_typed_is_on_the_others_screen_before_it_is_added(two):
    ana, ben = two
    for page, words in ((ana, "By Ana"), (ben, "By Ben")):
        page.get_by_label("Write a note").press_sequentially(words)
    expect(ana.locator(".note .prose")).to_have_text("By Ben")
    expect(ben.locator(".note .prose")).to_have_text("By Ana")
    ana.get_by_label("Write a note").press_sequentially(" and more")
    ana.get_by_role("button", name="Add note").click()
    expect(ana.locator(".note")).to_have_count(2)
    assert sorted(kept()) == ["By Ana and more", "By Ben"]
    expect(ana.get_by_label("Write a note")).to_have_value("")


def test_after_the_window_was_closed_what_was_kept_stands_in_the_notes_once(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.get_by_label("Write a note").press_sequentially("Three keywords")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ana.goto(here)
    expect(ana.get_by_label("Write a note")).to_have_value("")
    expect(ana.locator(".note .prose")).to_have_text("Three keywords")


def test_without_a_network_typing_goes_on_and_is_kept_once_it_is_back(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    field = ana.get_by_label("Write a note")
    field.press_sequentially("Before")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ana.context.set_offline(True)
    field.press_sequentially(" and meanwhile")
    expect(ana.get_by_text("Offline, retrying")).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.get_by_text("Offline, retrying")).to_be_hidden()
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    assert kept() == ["Before and meanwhile"]


def test_a_draft_that_goes_on_a_kept_note_goes_on_the_same_note(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    field = ana.get_by_label("Write a note")
    field.press_sequentially("Before")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ana.context.set_offline(True)
    field.press_sequentially(" the end")
    ana.wait_for_timeout(400)
    ana.context.set_offline(False)
    ana.goto(here)
    expect(ana.get_by_label("Write a note")).to_have_value("Before the end")
    expect(ana.locator(".note")).to_have_count(0)
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    assert kept() == ["Before the end"]


def test_a_note_of_the_other_that_both_edit_shows_both_texts(two):
    ana, ben = two
    ana.get_by_label("Write a note").fill("one")
    ana.get_by_role("button", name="Add note").click()
    expect(ben.locator(".note .prose")).to_have_text("one")
    for page in two:
        page.get_by_label("More about this note").click()
        page.get_by_role("link", name="Edit").click()
    ana.locator("#note_form").get_by_label("Note").fill("one by Ana")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ben.locator("#note_form").get_by_label("Note").fill("one by Ben")
    expect(ben.get_by_text("Save it to see both")).to_be_visible()
    ben.locator("#note_form").get_by_role("button", name="Save").click()
    for words in ("one by Ana", "one by Ben"):
        expect(ben.get_by_text(words).first).to_be_visible()
    expect(ben.get_by_role("button", name="Keep mine")).to_be_visible()


def test_private_notes_are_kept_while_they_are_typed(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.get_by_text("Your private notes").click()
    ana.get_by_label("For myself").press_sequentially("I was nervous")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ana.goto(f"{here}/private")
    expect(ana.get_by_label("For myself")).to_have_value("I was nervous")
