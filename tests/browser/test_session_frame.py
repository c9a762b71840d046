"""Two people in two browsers: clock, needs, spinner and quiz are the same on both screens, at once and without noise."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from peerapp import clock
from peerapp.db import db
from peerapp.rules.states import SessionState
from tests.browser.test_live import SOON, go_live
from tests.factories import make_pair, make_session


@pytest.fixture
def here(people):
    """The address of a session under way."""
    pair = make_pair(people["ana"], people["ben"])
    session = make_session(pair, state=SessionState.RUNNING, planned_for=clock.now() - timedelta(minutes=10))
    db.session.commit()
    return f"/pairs/{pair.id}/sessions/{session.id}"


@pytest.fixture
def two(browser_as, here):
    return go_live(browser_as("ana"), here), go_live(browser_as("ben"), here)


def test_both_see_the_clock_start_go_on_and_rest(two):
    ana, ben = two
    ana.get_by_role("button", name="Start the clock").click()
    for page in two:
        expect(page.locator("#agenda .now time")).to_contain_text("5 left", timeout=SOON)
    ben.get_by_role("button", name="Next point").click()
    expect(ana.locator("#agenda .now")).to_contain_text("Open actions", timeout=SOON)
    expect(ana.locator("#agenda .now time")).to_contain_text("10 left")
    ana.get_by_role("button", name="Pause").click()
    expect(ben.locator("#agenda .now time")).to_have_count(0, timeout=SOON)


def test_how_long_the_current_point_lasts_stands_below_its_words(browser_as, here):
    ana = browser_as("ana")
    ana.goto(here)
    words, time = (ana.locator(f"#agenda .now > {each}").bounding_box() for each in ("span", "small"))
    assert time["y"] >= words["y"] + words["height"]


def test_half_of_the_time_and_its_end_are_said_once_and_what_is_over_calmly(browser_as, here):
    ana = browser_as("ana")
    ana.clock.install(time=datetime.now(UTC) - timedelta(seconds=2))
    ana.goto(here)
    ana.get_by_role("button", name="Start the clock").click()
    expect(ana.locator("#agenda .now time")).to_contain_text("5 left")
    ana.clock.run_for(160_000)
    expect(ana.locator("#announcer")).to_have_text("Half of the time for How are you is over.")
    ana.clock.run_for(145_000)
    expect(ana.locator("#announcer")).to_have_text("The time for How are you is over. Take what you need.")
    expect(ana.locator("#agenda .now time")).to_contain_text("time is up")
    ana.evaluate("document.getElementById('announcer').textContent = ''")
    ana.clock.run_for(120_000)
    expect(ana.locator("#agenda .now time")).to_contain_text("2 over, no rush")
    expect(ana.locator("#announcer")).to_have_text("")


def test_a_computer_whose_clock_is_wrong_shows_the_same_minutes(browser_as, here):
    ana = browser_as("ana")
    ana.clock.install(time=datetime.now(UTC) - timedelta(hours=3))
    ana.goto(here)
    ana.get_by_role("button", name="Start the clock").click()
    expect(ana.locator("#agenda .now time")).to_contain_text("· 5 left")


def test_what_one_needs_and_what_came_up_stand_on_the_others_screen(two):
    ana, ben = two
    ana.get_by_label("Write a note").fill("half typed")
    ben.get_by_role("button", name="a coach").click()
    expect(ana.locator("#needs_said")).to_contain_text("Ben needs a coach today.", timeout=SOON)
    expect(ben.get_by_role("button", name="a coach")).to_have_attribute("aria-pressed", "true")
    ben.get_by_text("Something light, or what is next").click()
    ben.get_by_role("button", name="An icebreaker").click()
    expect(ana.locator("#drawn .drawn p")).not_to_be_empty(timeout=SOON)
    assert ana.locator("#drawn .drawn p").inner_text() == ben.locator("#drawn .drawn p").inner_text()
    expect(ana.get_by_label("Write a note")).to_have_value("half typed")


def test_the_quiz_shows_itself_to_both_when_the_second_is_ready(two, here):
    ana, ben = two
    ana.goto(f"{here}/guess")
    ana.get_by_role("button", name="Pick a question").click()
    go_live(ana, f"{here}/guess")
    go_live(ben, f"{here}/guess")
    for page, answer, guess in ((ana, "I sleep", "He climbs"), (ben, "I climb", "She sleeps")):
        page.get_by_label("My answer").fill(answer)
        page.get_by_label("says").fill(guess)
        page.get_by_role("button", name="I am ready").click()
    expect(ben.locator(".answers")).to_contain_text("I sleep")
    expect(ana.locator(".answers")).to_contain_text("I climb", timeout=SOON)
    expect(ana.locator(".answers")).to_contain_text("Ben guessed: She sleeps")


def test_a_page_of_a_session_is_light(browser_as, here):
    """Scripts, styles and icons of a first visit included."""
    ana, sizes = browser_as("ana"), []
    ana.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    ana.goto(here)
    ana.wait_for_load_state("load")
    assert sum(sizes) < 60_000, sizes
