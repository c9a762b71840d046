"""What happens to words when something comes between: signed out, no network, a slow network, an impatient finger?"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Comment, Goal, Pair, Person, SignIn
from peerapp.rules.states import SessionState
from tests.browser.journey import both, give_name_and_password, sign_in
from tests.browser.ways import Mouse, Plain, Way
from tests.factories import make_goal, make_pair, make_session

OpenPage = Callable[..., Page]
WORDS = "You over-prepare the first minute.\nTry three keywords."
every_way = pytest.mark.parametrize("way", [Mouse, Plain], ids=["with scripts", "without"])


@pytest.fixture
def goal(people: dict[str, Person]) -> Goal:
    return make_goal(make_pair(people["caro"], people["zoe"]), by=people["caro"])


def at_the_goal(way: type[Way], browser_as: OpenPage, people: dict[str, Person], goal: Goal) -> Way:
    """Caro, signed in by her password, has typed a comment."""
    caro, _ = both(way, browser_as, people)
    sign_in(caro, "caro")
    caro.page.goto(f"/pairs/{goal.pair_id}/goals/{goal.id}")
    caro.write("Your comment", WORDS)
    return caro


def in_a_session(browser_as: OpenPage, goal: Goal) -> Mouse:
    session = make_session(db.session.get_one(Pair, goal.pair_id), state=SessionState.RUNNING, planned_for=clock.now())
    caro = Mouse(browser_as("caro"))
    caro.page.goto(f"/pairs/{goal.pair_id}/sessions/{session.id}")
    return caro


def comments() -> list[str]:
    db.session.rollback()
    return [each.body for each in db.session.scalars(select(Comment))]


@every_way
def test_a_comment_that_met_an_expired_sign_in_is_there_after_signing_in(
    browser_as: OpenPage, people: dict[str, Person], goal: Goal, way: type[Way]
) -> None:
    caro = at_the_goal(way, browser_as, people, goal)
    db.session.execute(delete(SignIn))
    db.session.commit()
    caro.press("Comment")
    caro.at("Sign in")
    caro.sees("What you typed is safe")
    give_name_and_password(caro, "caro")
    caro.at("What you typed is here")
    caro.press("Send it again")
    caro.at("Brief three speakers")
    assert comments() == [WORDS]


@every_way
def test_two_clicks_leave_one_comment(
    browser_as: OpenPage, people: dict[str, Person], goal: Goal, way: type[Way]
) -> None:
    caro = at_the_goal(way, browser_as, people, goal)
    caro.named("Comment").dblclick()
    caro.sees("Try three keywords.", within=".comments")
    assert comments() == [WORDS]


@every_way
def test_after_signing_out_the_back_button_shows_nothing_private(
    browser_as: OpenPage, people: dict[str, Person], goal: Goal, way: type[Way]
) -> None:
    caro = at_the_goal(way, browser_as, people, goal)
    caro.press("Your menu, Caro Lind")
    caro.press("Sign out")
    caro.at("Sign in")
    caro.page.go_back()
    caro.at("Sign in")
    assert "Brief three speakers" not in caro.page.content()


def test_a_slow_answer_is_seen_to_be_on_its_way(browser_as: OpenPage, people: dict[str, Person], goal: Goal) -> None:
    caro = in_a_session(browser_as, goal)
    held: list[Route] = []
    caro.page.route("**/notes", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    caro.write("Write a note", WORDS)
    caro.press("Add note")
    expect(caro.named("Add note")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    caro.sees("Try three keywords.", within=".note")
    expect(caro.named("Add note")).not_to_have_attribute("aria-busy", "true")


def test_a_note_that_no_network_took_waits_in_sight_and_is_sent_once_there_is_one(
    browser_as: OpenPage, people: dict[str, Person], goal: Goal
) -> None:
    caro = in_a_session(browser_as, goal)
    caro.write("Write a note", WORDS)
    caro.page.context.set_offline(True)
    caro.press("Add note")
    expect(caro.page.locator("#line_status")).to_contain_text("Offline, retrying")
    expect(caro.page.locator("#notes .waiting")).to_contain_text("Try three keywords.")
    expect(caro.field("Write a note")).to_have_value("")
    caro.page.context.set_offline(False)
    expect(caro.page.locator("#line_status")).not_to_contain_text("Offline")
    caro.sees("Try three keywords.", within=".note")
    expect(caro.page.locator(".note")).to_have_count(1)


def test_a_comment_that_no_network_took_is_sent_once_there_is_one(
    browser_as: OpenPage, people: dict[str, Person], goal: Goal
) -> None:
    caro = at_the_goal(Mouse, browser_as, people, goal)
    caro.page.context.set_offline(True)
    caro.press("Comment")
    expect(caro.page.locator("#line_status")).to_contain_text("Offline, retrying")
    caro.page.context.set_offline(False)
    caro.sees("Try three keywords.", within=".comments")
    expect(caro.field("Your comment")).to_have_value("")
    assert comments() == [WORDS]
