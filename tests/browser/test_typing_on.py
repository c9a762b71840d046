"""Nobody waits for an answer: whoever types on, or something else, while a note is on its way finds every word once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Decision, NoteBlock, Person
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session

ANSWER = 1000  # milliseconds that an answer is late


@pytest.fixture
def ana(browser_as: Callable[..., Page], people: dict[str, Person]) -> Page:
    """In a session on a line on which every added line is answered a second late."""
    pair = make_pair(people["ana"], people["ben"])
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.commit()
    page = browser_as("ana")
    page.goto(f"/pairs/{pair.id}/sessions/{session.id}")

    def late(route: Route) -> None:
        page.wait_for_timeout(ANSWER)
        route.continue_()

    for lines in ("**/notes", "**/decisions"):
        page.route(lines, late)
    return page


def notes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(NoteBlock.body).order_by(NoteBlock.position)))


def begin(page: Page, words: str) -> None:
    """Type until the note is kept, then add it: its answer is on its way."""
    page.get_by_label("Write a note").press_sequentially(words)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    with page.expect_request("**/notes"):
        page.keyboard.press("Control+Enter")


def decide_twice(page: Page) -> Locator:
    """One decision is on its way, and the field holds something else by now."""
    page.get_by_text("Add a decision").click()
    field = page.get_by_label("What you decided")
    field.fill("one")
    with page.expect_request("**/decisions"):
        field.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("something else")
    return field


def finish(page: Page) -> None:
    """What is left in the field is added, and stands nowhere else after coming back."""
    expect(page.locator("button[aria-busy]")).to_have_count(0)
    if page.get_by_label("Write a note").input_value():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Write a note")).to_have_value("")
    expect(page.locator("button[aria-busy]")).to_have_count(0)
    page.unroute_all()
    page.reload()
    expect(page.get_by_label("Write a note")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)


def test_what_is_typed_straight_on_is_the_next_note(ana: Page) -> None:
    begin(ana, "one.")
    ana.keyboard.type("two.three.four.five.six.seven.eight.nine.ten.", delay=45)
    finish(ana)
    assert "".join(notes()) == "one.two.three.four.five.six.seven.eight.nine.ten."


def test_what_is_typed_over_a_note_on_its_way_is_the_next_note(ana: Page) -> None:
    begin(ana, "one.")
    ana.keyboard.press("Control+a")
    ana.keyboard.type("something else", delay=45)
    finish(ana)
    assert notes() == ["one.", "something else"]


def test_what_is_typed_over_a_note_that_is_only_beginning_is_the_next_note(ana: Page) -> None:
    ana.route("**/typed", lambda route: (ana.wait_for_timeout(ANSWER), route.continue_()))
    ana.get_by_label("Write a note").press_sequentially("one.")
    with ana.expect_request("**/notes/typed"):
        ana.keyboard.press("Control+Enter")
    ana.keyboard.press("Control+a")
    ana.keyboard.type("something else", delay=20)
    expect(ana.locator(".note .prose")).to_have_text(["one."])
    expect(ana.get_by_label("Write a note")).to_have_value("something else")
    finish(ana)
    assert notes() == ["one.", "something else"]


def test_what_is_typed_over_a_note_that_no_network_took_is_the_next_note(ana: Page) -> None:
    ana.route("**/notes", lambda route: (ana.wait_for_timeout(ANSWER), route.abort()))
    begin(ana, "one.")
    ana.keyboard.press("Control+a")
    ana.keyboard.type("something else", delay=20)
    expect(ana.locator("p.waiting")).to_have_text("one.")
    expect(ana.get_by_label("Write a note")).to_have_value("something else")
    ana.unroute_all()
    finish(ana)
    assert notes() == ["one.", "something else"]


def test_a_note_that_is_added_while_another_is_on_its_way_comes_after_it(ana: Page) -> None:
    begin(ana, "one.")
    ana.keyboard.type("two.")
    ana.keyboard.press("Control+Enter")
    expect(ana.locator(".note .prose")).to_have_text(["one.", "two."])
    finish(ana)
    assert notes() == ["one.", "two."]


def test_a_decision_typed_over_the_one_on_its_way_is_not_lost(ana: Page) -> None:
    field = decide_twice(ana)
    expect(ana.locator("#decisions li")).to_have_count(1)
    expect(field).to_have_value("something else")
    db.session.rollback()
    assert list(db.session.scalars(select(Decision.words))) == ["one"]


def test_what_is_typed_after_a_decision_that_no_network_took_stays_in_the_field(ana: Page) -> None:
    ana.route("**/decisions", lambda route: (ana.wait_for_timeout(ANSWER), route.abort()))
    field = decide_twice(ana)
    expect(ana.locator("p.waiting")).to_have_text("one")
    expect(field).to_have_value("something else")
    ana.unroute_all()
    field.press("Enter")
    expect(ana.locator("#decisions li")).to_have_count(2)
    db.session.rollback()
    assert list(db.session.scalars(select(Decision.words).order_by(Decision.made_at))) == ["one", "something else"]
