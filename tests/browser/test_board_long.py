"""A board with long columns: more is brought in place, and cards move, also live, as on a short one."""

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from peerapp import clock
from peerapp.db import db
from peerapp.models import Goal
from peerapp.rules import ordering
from peerapp.rules.states import Column
from peerapp.rules.windows import AT_FIRST
from tests.browser.test_live import SOON, go_live
from tests.factories import make_goal, make_pair

AT_ONCE, ALL = AT_FIRST[Column.DONE], 20


@pytest.fixture
def pair(people):
    """Ana and Ben with much that is done, and one goal of Ben's under way."""
    ana, ben = people["ana"], people["ben"]
    pair = make_pair(ana, ben)
    make_goal(pair, "Chair one meeting", by=ben, owner_id=ben.id, column=Column.DOING)
    fields = {"pair_id": pair.id, "made_by_id": ana.id, "owner_id": ana.id, "made_at": clock.now()}
    db.session.add_all(
        Goal(title=f"Done {number}", column=Column.DONE, position=place, **fields)
        for number, place in enumerate(ordering.spread(ALL))
    )
    db.session.commit()
    return pair


@pytest.fixture
def board(pair):
    return f"/pairs/{pair.id}/board"


def done(page: Page):
    return page.locator("[data-column=done] .card")


def show_more(page: Page) -> None:
    page.locator("[data-column=done]").get_by_role("link", name="Show 12 more in Done").click()
    expect(done(page)).to_have_count(ALL)


def move_here(page: Page, goal: str, column: str) -> None:
    page.get_by_role("link", name=f"Move “{goal}” to…").click()
    page.locator("#move_menu").get_by_role("button", name=column, exact=True).click()


def test_more_comes_in_place_with_the_focus_on_the_first_of_it_and_stays(browser_as, board):
    ana, ben = go_live(browser_as("ana"), board), go_live(browser_as("ben"), board)
    expect(done(ana)).to_have_count(AT_ONCE)
    show_more(ana)
    expect(done(ana).nth(AT_ONCE)).to_be_focused()
    expect(ana.locator("#announcer")).not_to_contain_text("Ben")
    move_here(ben, "Chair one meeting", "Next")
    expect(ana.locator("[data-column=next]")).to_contain_text("Chair one meeting", timeout=SOON)
    expect(done(ana)).to_have_count(ALL)
    ana.reload()
    expect(done(ana)).to_have_count(ALL)


def test_a_card_that_slides_out_of_sight_is_not_told_as_gone(browser_as, board):
    ana, ben = go_live(browser_as("ana"), board), go_live(browser_as("ben"), board)
    move_here(ben, "Chair one meeting", "Done")
    expect(ana.locator("#announcer")).to_have_text("Ben moved “Chair one meeting” to Done.")
    move_here(ben, "Chair one meeting", "Doing")
    expect(ana.locator("#announcer")).to_have_text("Ben moved “Chair one meeting” to Doing.")


def test_a_card_put_at_the_end_of_what_is_shown_is_in_sight_and_stays_there(browser_as, board):
    ben = go_live(browser_as("ben"), board)
    card = ben.locator("[data-column=doing] .card")
    card.focus()
    for key in ("Space", "ArrowRight", *["ArrowDown"] * AT_ONCE):
        ben.keyboard.press(key)
    expect(ben.locator("#announcer")).to_have_text(f"Done, {AT_ONCE + 1} of {ALL + 1}")
    ben.keyboard.press("Space")
    moved = done(ben).nth(AT_ONCE)
    expect(moved).to_contain_text("Chair one meeting")
    expect(moved).to_be_focused()
    ben.wait_for_timeout(500)
    expect(moved).to_contain_text("Chair one meeting")


def order_in_done():
    """From the top to the bottom, whatever a window shows of it."""
    db.session.commit()
    found = db.session.scalars(select(Goal).where(Goal.column == Column.DONE))
    return [goal.title for goal in sorted(found, key=lambda goal: (goal.position, goal.id))]


def drag_under(page: Page, card: Locator, neighbour: Locator) -> None:
    """With the mouse; at the edge of the window the page comes along."""
    card.hover(position={"x": 60, "y": 8})
    page.mouse.down()
    edge, x = page.viewport_size["height"] - 20, neighbour.bounding_box()["x"] + 60
    for step in range(80):
        box = neighbour.bounding_box()
        if box["y"] + box["height"] < edge - 60:
            break
        page.mouse.move(x, edge - step % 2)
    page.mouse.move(x, box["y"] + box["height"] - 2, steps=4)
    page.mouse.up()


def test_a_card_dropped_at_the_end_of_what_is_shown_stands_there_and_nothing_else_moves(browser_as, board):
    ben = go_live(browser_as("ben"), board)
    ben.set_viewport_size({"width": 1280, "height": 640})
    drag_under(ben, ben.locator("[data-column=doing] .card"), done(ben).nth(AT_ONCE - 1))
    expect(done(ben).nth(AT_ONCE)).to_contain_text("Chair one meeting")
    expect(done(ben).nth(AT_ONCE)).to_have_attribute("data-version", "2")  # it is kept
    drag_under(ben, done(ben).first, done(ben).nth(AT_ONCE))
    expect(done(ben).nth(AT_ONCE)).to_contain_text("Done 0")
    expect(done(ben).nth(AT_ONCE)).to_have_attribute("data-version", "2")
    rest = [f"Done {number}" for number in range(1, ALL)]
    assert order_in_done() == [*rest[: AT_ONCE - 1], "Chair one meeting", "Done 0", *rest[AT_ONCE - 1 :]]


def test_without_javascript_more_is_a_link(browser_as, board):
    ana = browser_as("ana", java_script_enabled=False)
    ana.goto(board)
    show_more(ana)
