"""Two people in two browsers: what one does is on the other's screen at once and disturbs nothing there."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from peerapp import clock
from peerapp.db import db
from peerapp.rules.states import Column, SessionState
from tests.factories import make_goal, make_pair, make_session

SOON = 8000  # milliseconds, for a busy machine; that the stream says it and no check is what the first test holds


@pytest.fixture
def pair(people):
    return make_pair(people["ana"], people["ben"])


@pytest.fixture
def goals(pair, people):
    made = [
        make_goal(pair, "Brief three speakers", by=people["ana"], column=Column.NEXT, owner_id=people["ana"].id),
        make_goal(pair, "Chair one meeting", by=people["ben"], owner_id=people["ben"].id),
    ]
    db.session.commit()
    return made


@pytest.fixture
def here(pair, goals):
    """The address of a session under way."""
    now = clock.now()
    session = make_session(pair, state=SessionState.RUNNING, planned_for=now - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def go_live(page: Page, address: str) -> Page:
    """Open the page and wait until its stream speaks."""
    page.goto(address)
    expect(page.locator("html[data-line=stream]")).to_have_count(1)
    return page


@pytest.fixture
def two(browser_as, here):
    return go_live(browser_as("ana"), here), go_live(browser_as("ben"), here)


def move_on(page: Page, goal: str, column: str) -> None:
    page.get_by_role("link", name=f"Move “{goal}” to…").click()
    page.locator("#move_menu").get_by_role("button", name=column, exact=True).click()


def test_a_move_is_seen_at_once_and_told_once(two):
    ana, ben = two
    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url))
    move_on(ben, "Chair one meeting", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)
    assert [url for url in asked if url.endswith("/version")] == []
    expect(ana.locator("#announcer")).to_have_text("Ben moved “Chair one meeting” to Doing.")
    expect(ben.locator("#announcer")).not_to_contain_text("moved “Chair")


def test_notes_decisions_actions_and_ticks_of_the_other_appear(two):
    ana, ben = two
    ben.get_by_label("Write a note").fill("Three keywords")
    ben.get_by_role("button", name="Add note").click()
    expect(ana.locator(".note.you .prose")).to_have_text("Three keywords", timeout=SOON)
    ben.get_by_text("Add a decision").click()
    ben.get_by_label("What you decided").fill("No slides")
    ben.get_by_role("button", name="Add decision").click()
    expect(ana.locator("#decisions li")).to_contain_text("No slides", timeout=SOON)
    ben.get_by_role("button", name="Talked about: How are you").click()
    expect(ana.locator("#agenda li.done")).to_have_count(1, timeout=SOON)
    expect(ana.locator("#announcer")).to_have_text("Ben changed the agenda.")


def test_what_is_half_typed_keeps_its_words_caret_selection_and_focus(two):
    ana, ben = two
    ana.get_by_text("Add a decision").click()
    ana.get_by_label("What you decided").fill("Half a decision")
    field = ana.get_by_label("Write a note")
    field.fill("Half typed words")
    field.evaluate("field => field.setSelectionRange(5, 10, 'backward')")
    ben.get_by_label("Write a note").fill("From Ben")
    ben.get_by_role("button", name="Add note").click()
    expect(ana.locator(".note .prose")).to_have_text("From Ben", timeout=SOON)
    expect(field).to_be_focused()
    expect(field).to_have_value("Half typed words")
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [5, 10]
    expect(ana.get_by_label("What you decided")).to_be_visible()
    expect(ana.get_by_label("What you decided")).to_have_value("Half a decision")
    field.press("Control+Enter")
    expect(ana.locator(".note")).to_have_count(2)


def test_open_menus_private_notes_and_the_place_on_the_page_stay(two):
    ana, ben = two
    ana.set_viewport_size({"width": 1280, "height": 400})
    ana.get_by_text("Your private notes").click()
    ana.get_by_label("For myself").fill("I was nervous")
    ana.get_by_label("More about: Next steps").click()
    top = ana.get_by_label("More about: Next steps").evaluate("menu => menu.getBoundingClientRect().top")
    move_on(ben, "Chair one meeting", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)
    expect(ana.get_by_label("For myself")).to_have_value("I was nervous")
    expect(ana.locator("#agenda").get_by_role("button", name="Remove").last).to_be_visible()
    assert (
        abs(ana.get_by_label("More about: Next steps").evaluate("menu => menu.getBoundingClientRect().top") - top) < 2
    )


def test_a_note_that_is_being_edited_is_left_alone(two):
    ana, ben = two
    ana.get_by_label("Write a note").fill("One")
    ana.get_by_role("button", name="Add note").click()
    ana.get_by_label("More about this note").click()
    ana.get_by_role("link", name="Edit").click()
    ana.locator("#note_form").get_by_label("Note").fill("One and a half")
    move_on(ben, "Chair one meeting", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)
    expect(ana.locator("#note_form").get_by_label("Note")).to_have_value("One and a half")
    expect(ana.locator("#note_form").get_by_label("Note")).to_be_focused()


def test_the_focus_stays_on_a_card_that_the_other_moves(two, goals):
    ana, ben = two
    card = ana.locator(f"#goal_{goals[0].id}")
    card.focus()
    move_on(ben, "Brief three speakers", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Brief three speakers", timeout=SOON)
    expect(card).to_be_focused()


def test_a_card_that_is_picked_up_waits_with_the_others_change_until_it_is_put_down(two, goals):
    ana, ben = two
    card = ana.locator(f"#goal_{goals[0].id}")
    card.focus()
    card.press("Space")
    move_on(ben, "Chair one meeting", "Doing")
    ana.wait_for_timeout(600)
    expect(ana.locator("[data-column=ideas]")).to_contain_text("Chair one meeting")
    card.press("Escape")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)


def test_a_comment_is_seen_on_the_page_of_the_goal(browser_as, pair, goals):
    address = f"/pairs/{pair.id}/goals/{goals[0].id}"
    ana, ben = go_live(browser_as("ana"), address), browser_as("ben")
    ana.get_by_label("Your comment").fill("Half a comment")
    ben.goto(address)
    ben.get_by_label("Your comment").fill("Well begun")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(ana.locator("#comments .prose")).to_have_text("Well begun", timeout=SOON)
    expect(ana.get_by_label("Your comment")).to_have_value("Half a comment")
    expect(ana.locator("#announcer")).to_have_text("Ben commented.")


def test_without_a_network_a_quiet_line_says_so_and_what_happened_is_there_afterwards(two):
    ana, ben = two
    ana.context.set_offline(True)
    expect(ana.get_by_text("Offline, retrying")).to_be_visible()
    move_on(ben, "Chair one meeting", "Doing")
    expect(ben.locator("[data-column=doing]")).to_contain_text("Chair one meeting")
    ana.context.set_offline(False)
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting")
    expect(ana.get_by_text("Offline, retrying")).to_be_hidden()


def test_where_there_is_no_stream_checks_bring_the_change(browser_as, pair, goals):
    ana, ben = browser_as("ana"), browser_as("ben")
    ana.route("**/live", lambda route: route.fulfill(status=503))
    for page in (ana, ben):
        page.goto(f"/pairs/{pair.id}/board")
    move_on(ben, "Chair one meeting", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)


def test_two_windows_of_one_browser_share_one_stream(browser_as, pair, goals, live):
    ana = browser_as("ana")
    go_live(ana, f"/pairs/{pair.id}/board")
    second = ana.context.new_page()
    second.goto(f"/pairs/{pair.id}/board")
    move_on(browser_on_board(browser_as, pair), "Chair one meeting", "Doing")
    for page in (ana, second):
        expect(page.locator("[data-column=doing]")).to_contain_text("Chair one meeting")


def browser_on_board(browser_as, pair) -> Page:
    ben = browser_as("ben")
    ben.goto(f"/pairs/{pair.id}/board")
    return ben


def test_who_is_here_and_what_they_edit_shows_during_the_session(two, browser_as, goals):
    ana, ben = two
    expect(ana.locator(".here")).to_have_text("Ben is here")
    ben.goto(f"/pairs/{goals[0].pair_id}/goals/{goals[0].id}/edit")
    card = ana.locator(f"#goal_{goals[0].id}")
    expect(card).to_contain_text("Ben is editing this card")
    ben.goto("/")
    expect(card).not_to_contain_text("Ben is editing this card")
    expect(ana.locator(".here")).to_be_hidden(timeout=8000)


def test_two_who_have_no_stream_see_that_the_other_is_here(browser_as, here):
    ana, ben = browser_as("ana"), browser_as("ben")
    for page in (ana, ben):
        page.route("**/live", lambda route: route.fulfill(status=503))
        page.goto(here)
    expect(ben.locator(".here")).to_have_text("Ana is here", timeout=SOON)
    ben.get_by_label("Write a note").focus()
    expect(ana.locator(".here")).to_have_text("Ben is here", timeout=25_000)  # asked for every 20 seconds


def test_without_a_session_nobody_is_told_that_somebody_is_here(browser_as, pair, goals):
    ana, ben = (go_live(browser_as(name), f"/pairs/{pair.id}/board") for name in ("ana", "ben"))
    ana.wait_for_timeout(1500)
    expect(ana.locator(".here")).to_be_hidden()
    expect(ben.locator(".here")).to_be_hidden()


def test_the_end_of_a_session_is_told_and_what_is_being_typed_goes_on(two):
    ana, ben = two
    note = ben.get_by_label("Write a note")
    note.press_sequentially("Half a sen")
    ana.get_by_role("link", name="End session").click()
    ana.get_by_role("button", name="End and plan this").click()
    expect(ben.locator("#toasts")).to_contain_text("Ana ended the session.", timeout=SOON)
    expect(ben.locator(".head small").first).to_contain_text("held")
    expect(ben.get_by_role("link", name="End session")).to_have_count(0)
    expect(note).to_be_focused()
    note.press_sequentially("tence")
    ben.get_by_role("button", name="Add note").click()
    expect(ben.locator(".note")).to_contain_text("Half a sentence")
    expect(ben.locator("#announcer")).not_to_contain_text("changed")


def test_the_journal_shows_at_once_that_the_other_has_begun(browser_as, pair):
    ana, ben = (go_live(browser_as(name), f"/pairs/{pair.id}/journal") for name in ("ana", "ben"))
    ben.get_by_role("button", name="Start now").click()
    expect(ana.get_by_role("link", name="Go to the session")).to_be_visible(timeout=SOON)


def test_whoever_writes_stays_where_they_are_on_the_screen_while_notes_of_the_other_come_in(two):
    ana, ben = two
    ana.set_viewport_size({"width": 1280, "height": 600})
    field = ana.get_by_label("Write a note")
    field.fill("Half a sentence")
    field.evaluate("field => scrollBy(0, field.getBoundingClientRect().top - 300)")
    was = field.evaluate("field => field.getBoundingClientRect().top")
    for number in range(1, 5):
        ben.get_by_label("Write a note").fill(f"Note {number}")
        ben.get_by_role("button", name="Add note").click()
        expect(ben.get_by_label("Write a note")).to_have_value("", timeout=SOON)
        expect(ana.locator(".note")).to_have_count(number, timeout=SOON)
        ana.evaluate("new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")
        assert abs(field.evaluate("field => field.getBoundingClientRect().top") - was) <= 2
    expect(field).to_be_focused()
