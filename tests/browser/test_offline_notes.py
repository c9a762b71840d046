"""Two notes and more, written without a network, are sent in their order, once; on a board that is cut off, cards wait too."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Action, AgendaPoint, NoteBlock
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session


@pytest.fixture
def here(people):
    pair = make_pair(people["ana"], people["ben"])
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.add(
        Action(
            pair_id=pair.id, session_id=session.id, made_by_id=people["ana"].id, words="Brief Kim", made_at=clock.now()
        )
    )
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def now(column, *order):
    db.session.commit()
    return list(db.session.scalars(select(column).order_by(*order)))


def add_note(page, words):
    page.get_by_label("Write a note").fill(words)
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_label("Write a note")).to_have_value("")


def test_notes_and_changes_made_without_a_network_are_sent_in_order_and_once(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.get_by_label("Write a note").press_sequentially("Begun")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    ana.context.set_offline(True)
    ana.get_by_label("Write a note").press_sequentially(" and done")
    ana.get_by_role("button", name="Add note").click()
    expect(ana.get_by_label("Write a note")).to_have_value("")
    add_note(ana, "Second")
    add_note(ana, "Third")
    expect(ana.locator("#notes .waiting")).to_have_text(["Begun and done", "Second", "Third"])
    ana.get_by_label("More about: How are you").click()
    ana.get_by_role("button", name="Remove").click()
    expect(ana.get_by_text("Kept on this computer").first).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.locator(".note .prose")).to_have_text(["Begun and done", "Second", "Third"])
    expect(ana.locator("#notes .waiting")).to_have_count(0)
    assert now(NoteBlock.body, NoteBlock.position) == ["Begun and done", "Second", "Third"]
    assert any(now(AgendaPoint.removed_at))


def test_an_edit_without_a_network_waits_and_where_the_other_was_faster_both_are_offered(browser_as, here):
    ana, ben = browser_as("ana"), browser_as("ben")
    for page in (ana, ben):
        page.goto(here)
        page.get_by_label("More about: Brief Kim").click()
        page.get_by_role("link", name="Edit").click()
    ana.context.set_offline(True)
    ana.get_by_label("What is to be done").fill("Brief Kim and Sam")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_text("Kept on this computer").first).to_be_visible()
    ben.get_by_label("What is to be done").fill("Brief Lou")
    ben.get_by_role("button", name="Save").click()
    expect(ben.locator("#actions")).to_contain_text("Brief Lou")
    ana.context.set_offline(False)
    ana.get_by_role("button", name="Look at both").click()
    ana.get_by_role("button", name="Keep mine").click()
    expect(ana.locator("#actions")).to_contain_text("Brief Kim and Sam")
    assert now(Action.words) == ["Brief Kim and Sam"]


@pytest.fixture
def holding_back(browser_as, here):
    """Ana, whose requests with the words "First" meet a dead server until they are let through; all others arrive."""
    ana, held = browser_as("ana"), ["First"]
    ana.goto(here)

    def pass_on(route):
        sent = route.request.post_data or ""
        return route.abort() if any(words in sent for words in held) else route.fallback()

    ana.route("**/*", pass_on)

    def let_through():
        held.clear()
        ana.evaluate("dispatchEvent(new Event('online'))")

    return ana, let_through


def test_a_note_begun_while_an_earlier_one_waits_stands_after_it(holding_back):
    ana, let_through = holding_back
    add_note(ana, "First")
    add_note(ana, "Second")
    ana.get_by_label("Write a note").press_sequentially("Third")
    ana.get_by_label("Write a note").blur()  # it would be sent at once
    expect(ana.locator("#notes .waiting")).to_have_text(["First", "Second"])
    let_through()
    expect(ana.locator(".note .prose")).to_have_text(["First", "Second"])
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()
    assert now(NoteBlock.body, NoteBlock.position) == ["First", "Second", "Third"]


def test_an_action_added_while_an_earlier_one_waits_stands_after_it(holding_back):
    ana, let_through = holding_back
    ana.get_by_text("Add an action").click()
    for words in ("First", "Second"):
        ana.locator("#actions").get_by_label("What is to be done").fill(words)
        ana.get_by_role("button", name="Add action").click()
        expect(ana.locator("#actions").get_by_label("What is to be done")).to_have_value("")
    expect(ana.locator("#actions .waiting")).to_have_text(["First", "Second"])
    let_through()
    expect(ana.locator("#actions .waiting")).to_have_count(0)
    assert now(Action.words, Action.made_at)[1:] == ["First", "Second"]
