"""Two people hold a session in two browsers: what one writes stands, nothing typed is lost, nothing private shows."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from peerapp import clock
from peerapp.db import db
from peerapp.rules.states import SessionState
from tests.factories import make_pair, make_session


@pytest.fixture
def pair(people):
    return make_pair(people["ana"], people["ben"])


@pytest.fixture
def here(pair):
    """The address of a session under way."""
    now = clock.now()
    session = make_session(pair, state=SessionState.RUNNING, planned_for=now - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def mark(page: Page) -> None:
    """Leave a mark that a new page would not have."""
    page.evaluate("document.body.dataset.mark = 'same page'")


def same_page(page: Page) -> bool:
    return page.evaluate("document.body.dataset.mark") == "same page"


def write(page: Page, words: str) -> None:
    page.get_by_label("Write a note").fill(words)
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".note").filter(has_text=words.partition("\n")[0])).to_be_visible()


def test_a_note_is_added_in_place_and_the_next_one_can_be_typed_at_once(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    mark(ana)
    field = ana.get_by_label("Write a note")
    field.fill("Three keywords")
    field.press("Control+Enter")
    expect(ana.locator(".note .prose")).to_have_text("Three keywords")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    field.type("The next")
    field.press("Control+Enter")
    expect(ana.locator(".note")).to_have_count(2)
    assert same_page(ana)


def test_ticks_and_moves_change_one_block_and_keep_what_is_half_typed(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    mark(ana)
    ana.get_by_label("Write a note").fill("Half typed")
    ana.get_by_role("button", name="Talked about: How are you").click()
    expect(ana.locator("#agenda li.done")).to_have_count(1)
    ana.get_by_label("More about: Next steps").click()
    ana.locator("#agenda").get_by_role("button", name="Move up").last.click()
    expect(ana.locator("#agenda li").last).to_contain_text("Feedback to each other")
    expect(ana.get_by_label("Write a note")).to_have_value("Half typed")
    assert same_page(ana)


def test_a_note_taken_back_comes_back_by_its_toast(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    write(ana, "Too soon")
    ana.get_by_label("More about this note").click()
    ana.get_by_role("button", name="Take it back").click()
    expect(ana.locator(".note")).to_contain_text("taken back")
    ana.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(ana.locator(".note .prose")).to_have_text("Too soon")


def test_a_note_is_edited_where_it_stands(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    write(ana, "Frist")
    ana.get_by_label("More about this note").click()
    ana.get_by_role("link", name="Edit").click()
    form = ana.locator(".note #note_form")
    form.get_by_label("Note").fill("First")
    form.get_by_role("button", name="Save").click()
    expect(ana.locator(".note .prose")).to_have_text("First")


def test_two_who_edit_the_same_note_both_keep_their_words(browser_as, here):
    ana, ben = browser_as("ana"), browser_as("ben")
    ana.goto(here)
    write(ana, "one\ntwo")
    ben.goto(here)
    for page, words in ((ben, "one\ntwo by Ben"), (ana, "one by Ana\ntwo")):
        page.get_by_label("More about this note").click()
        page.get_by_role("link", name="Edit").click()
        page.locator("#note_form").get_by_label("Note").fill(words)
    ben.locator("#note_form").get_by_role("button", name="Save").click()
    expect(ben.locator(".note .prose")).to_contain_text("two by Ben")
    ana.locator("#note_form").get_by_role("button", name="Save").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Ben was a moment faster")
    ana.get_by_role("button", name="Merge").click()
    expect(ana.locator(".note .prose")).to_contain_text("one by Ana")
    expect(ana.locator(".note .prose")).to_contain_text("two by Ben")


def test_a_private_note_is_fetched_when_it_is_opened_and_saved_in_place(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    mark(ana)
    assert ana.locator("#private_note textarea").count() == 0
    ana.get_by_text("Your private notes").click()
    ana.get_by_label("For myself").fill("I was nervous")
    ana.locator("#private_note").get_by_role("button", name="Save").click()
    expect(ana.locator("#private_note .saved")).to_have_text("Saved")
    expect(ana.get_by_label("For myself")).to_have_value("I was nervous")
    assert same_page(ana)
    ben = browser_as("ben")
    ben.goto(here)
    ben.get_by_text("Your private notes").click()
    expect(ben.get_by_label("For myself")).to_have_value("")


def test_a_session_from_start_to_next_date(browser_as, pair):
    ana = browser_as("ana")
    ana.goto(f"/pairs/{pair.id}/journal")
    ana.get_by_role("button", name="Start now").click()
    write(ana, "Try three keywords")
    ana.get_by_label("More about this note").click()
    ana.get_by_role("link", name="Make it an action").click()
    expect(ana.get_by_label("What is to be done")).to_have_value("Try three keywords")
    ana.get_by_role("button", name="Save").click()
    ana.get_by_text("Add a decision").click()
    ana.get_by_label("What you decided").fill("No slides")
    ana.get_by_role("button", name="Add decision").click()
    expect(ana.locator("#decisions li")).to_contain_text("No slides")
    ana.get_by_role("link", name="End session").click()
    expect(ana.get_by_text("No slides")).to_be_visible()
    ana.get_by_role("button", name="End and plan this").click()
    expect(ana.get_by_role("heading", name="Next session")).to_be_visible()
    ana.get_by_role("button", name="Done: Try three keywords").click()
    expect(ana.locator("#open_actions")).to_contain_text("Nothing is open")


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_works_without_javascript(browser_as, pair, width):
    ana = browser_as("ana", java_script_enabled=False, viewport={"width": width, "height": 844})
    ana.goto(f"/pairs/{pair.id}/journal")
    ana.get_by_role("button", name="Start now").click()
    write(ana, "Try three keywords")
    ana.get_by_role("button", name="Talked about: How are you").click()
    expect(ana.locator("#agenda li.done")).to_have_count(1)
    ana.get_by_text("Add an action").click()
    ana.locator("#actions").get_by_label("What is to be done").fill("Brief Priya")
    ana.get_by_role("button", name="Add action").click()
    ana.get_by_role("button", name="Done: Brief Priya").click()
    expect(ana.locator("#actions li.done")).to_contain_text("Brief Priya")
    ana.get_by_text("Your private notes").click()
    ana.get_by_role("link", name="Show my private notes").click()
    ana.get_by_label("For myself").fill("Mine")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_label("For myself")).to_have_value("Mine")
    ana.go_back()
    ana.goto(ana.url.removesuffix("/private"))
    ana.get_by_role("link", name="End session").click()
    ana.get_by_role("button", name="End and plan this").click()
    expect(ana.get_by_role("heading", name="Next session")).to_be_visible()


def test_half_typed_words_are_there_again_after_the_page_was_closed(browser_as, here):
    ana = browser_as("ana")
    ana.route("**/notes/typed", lambda route: route.abort())  # a slow typist's note would stand in the journal by then
    ana.goto(here)
    ana.get_by_label("Write a note").type("Not yet sent")
    ana.wait_for_timeout(500)
    ana.goto("/")
    ana.goto(here)
    expect(ana.get_by_label("Write a note")).to_have_value("Not yet sent")


def test_a_half_typed_decision_and_private_note_come_back_where_they_were_folded_away(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    ana.get_by_text("Add a decision").click()
    ana.get_by_label("What you decided").type("No sli")
    ana.get_by_text("Your private notes").click()
    ana.get_by_label("For myself").type("I was ner")
    ana.wait_for_timeout(500)
    ana.goto("/")
    ana.goto(here)
    expect(ana.get_by_label("What you decided")).to_be_visible()
    expect(ana.get_by_label("What you decided")).to_have_value("No sli")
    ana.get_by_text("Your private notes").click()
    expect(ana.get_by_label("For myself")).to_have_value("I was ner")


def test_a_note_that_was_refused_is_still_there_with_the_reason(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    mark(ana)
    field = ana.get_by_label("Write a note")
    field.evaluate("field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(8001); }")
    ana.get_by_role("button", name="Add note").click()
    expect(ana.locator("#notes")).to_contain_text("longer than 8000 characters")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.value.length") == 8001
    assert same_page(ana)


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_note_is_taken_back_in_place_and_what_is_half_typed_stays(browser_as, here, way):
    ana = browser_as("ana")
    ana.goto(here)
    mark(ana)
    write(ana, "Too hasty")
    field = ana.get_by_label("Write a note")
    field.fill("Half a sentence")
    if way == "keys":
        field.evaluate("field => field.blur()")
        ana.keyboard.press("Control+z")
    else:
        ana.get_by_role("button", name="Undo").click()
        expect(field).to_be_focused()
    expect(ana.locator("#toasts")).to_contain_text("Taken back.")
    expect(ana.locator(".note").filter(has_text="Too hasty")).to_have_count(0)
    expect(field).to_have_value("Half a sentence")
    expect(ana.get_by_role("button", name="Undo")).to_have_count(0)
    assert same_page(ana)


def test_of_notes_added_in_a_row_one_message_stands_and_not_over_the_field(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    for words in ("One", "Two", "Three"):
        write(ana, words)
    expect(ana.locator("#toasts .toast")).to_have_count(1)
    toast, field = ana.locator("#toasts .toast").bounding_box(), ana.get_by_label("Write a note").bounding_box()
    assert toast
    assert field
    assert toast["x"] + toast["width"] < field["x"]
