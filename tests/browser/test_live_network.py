"""A slow network, then none, then a slow one again: the other's changes arrive, and what is half typed is not touched."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from peerapp import clock
from peerapp.db import db
from peerapp.rules.states import SessionState
from tests.browser.test_live import SOON, go_live, move_on
from tests.factories import make_goal, make_pair, make_session

SLOW = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}  # ms, bytes a second
CUT = SLOW | {"offline": True}
WORDS = "Half typed, on a train"


@pytest.fixture
def here(people):
    """The address of a session under way, with one goal of Ben's."""
    pair = make_pair(people["ana"], people["ben"])
    make_goal(pair, "Chair one meeting", by=people["ben"], owner_id=people["ben"].id)
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


def network(page: Page):
    """What sets the network of this page."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    return lambda how: line.send("Network.emulateNetworkConditions", how)


def add_note(page: Page, words: str) -> None:
    page.get_by_label("Write a note").fill(words)
    page.get_by_role("button", name="Add note").click()


def test_changes_arrive_over_a_slow_and_a_cut_network_and_typing_is_left_alone(browser_as, here):
    ana, ben = go_live(browser_as("ana"), here), go_live(browser_as("ben"), here)
    set_network = network(ana)
    set_network(SLOW)
    field = ana.get_by_label("Write a note")
    field.fill(WORDS)
    field.evaluate("field => field.setSelectionRange(5, 10)")
    move_on(ben, "Chair one meeting", "Doing")
    expect(ana.locator("[data-column=doing]")).to_contain_text("Chair one meeting", timeout=SOON)
    set_network(CUT)
    expect(ana.get_by_text("Offline, retrying")).to_be_visible()
    add_note(ben, "Said while Ana was in the tunnel")
    ana.keyboard.type("!")
    set_network(SLOW)
    expect(ana.locator(".note.you .prose")).to_have_text("Said while Ana was in the tunnel", timeout=SOON)
    expect(ana.get_by_text("Offline, retrying")).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value(WORDS.replace("typed", "!"))
    assert field.evaluate("field => field.selectionStart") == WORDS.index("typed") + 1


def test_a_server_that_is_busy_for_a_moment_takes_nothing_off_the_page(browser_as, here):
    ana, ben = go_live(browser_as("ana"), here), go_live(browser_as("ben"), here)
    field, busy = ana.get_by_label("Write a note"), iter(["busy"])
    error = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}  # as an error page comes to htmx (errors.py)
    ana.route(
        f"**{here}",
        lambda route: route.fulfill(status=503, headers=error, body="Busy") if next(busy, "") else route.continue_(),
    )
    field.fill(WORDS)
    add_note(ben, "Said while the server was busy")
    expect(ana.locator(".note.you .prose")).to_have_text("Said while the server was busy", timeout=8000)
    expect(field).to_have_value(WORDS)
    assert not next(busy, "")
