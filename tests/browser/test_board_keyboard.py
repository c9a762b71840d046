"""Cards move by keyboard, by menu, by mouse and by finger, on the same request; undo takes the move back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from peerapp.db import db
from peerapp.models import Goal, Pair, Person
from peerapp.queries import board
from peerapp.rules.states import Column
from tests.browser.conftest import PHONE
from tests.browser.network import answered_late
from tests.factories import make_goal, make_pair


@pytest.fixture
def pair(people: dict[str, Person]) -> Pair:
    """Ana and Ben, with the goals a, b and c of Ana's among the ideas and d under way."""
    ana = people["ana"]
    pair = make_pair(ana, people["ben"])
    above = None
    for title in "abc":
        above = make_goal(pair, title, by=ana, owner_id=ana.id, after=above)
    make_goal(pair, "d", by=ana, owner_id=ana.id, column=Column.DOING)
    return pair


@pytest.fixture
def page(browser_as: Callable[..., Page], pair: Pair) -> Page:
    opened = browser_as("ana")
    opened.goto(f"/pairs/{pair.id}/board")
    return opened


def card(page: Page, title: str) -> str:
    """The selector of a card."""
    with_title = page.locator("#board .card", has=page.get_by_role("link", name=title, exact=True))
    return f"#{with_title.get_attribute('id')}"


def titles(page: Page, column: str) -> list[str]:
    return page.locator(f"[data-column={column}] .card h3").all_inner_texts()


def stored(pair: Pair, column: Column) -> list[str]:
    """The order as the server keeps it."""
    db.session.rollback()
    names = {goal.id: goal.title for goal in db.session.scalars(select(Goal))}
    return [names[each] for each, _ in board.order_in(pair.id, column)]


def said(page: Page, words: str) -> None:
    expect(page.locator("#announcer")).to_have_text(words)


def test_space_arrows_space_moves_a_card_and_the_focus_stays_on_it(page: Page, pair: Pair) -> None:
    c = card(page, "c")
    page.focus(c)
    page.keyboard.press("Space")
    said(page, "Picked up: c, Ideas, 3 of 3. Arrows move it, Space puts it down, Escape puts it back.")
    page.keyboard.press("ArrowUp")
    said(page, "Ideas, 2 of 3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    said(page, "Doing, 1 of 2")
    page.keyboard.press("Space")
    said(page, "c is in Doing now, 1 of 2.")
    expect(page.locator("#toasts")).to_contain_text("“c” is in Doing now.")
    expect(page.locator(c)).to_be_focused()
    assert (stored(pair, Column.IDEAS), stored(pair, Column.DOING)) == (["a", "b"], ["c", "d"])


def test_one_card_is_moved_again_and_again_with_the_version_of_the_moment(page: Page, pair: Pair) -> None:
    page.focus(card(page, "a"))
    for step, keys in enumerate((["ArrowDown"], ["ArrowDown"], ["ArrowRight"]), start=2):
        page.keyboard.press("Space")
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Space")
        expect(page.locator(card(page, "a"))).to_have_attribute("data-version", str(step))
    assert (stored(pair, Column.IDEAS), stored(pair, Column.NEXT)) == (["b", "c"], ["a"])


def test_escape_puts_the_card_back_and_sends_nothing(page: Page, pair: Pair) -> None:
    page.focus(card(page, "b"))
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowUp", "Escape"):
        page.keyboard.press(key)
    said(page, "b is back in Ideas, 2 of 3.")
    expect(page.locator(card(page, "b"))).to_be_focused()
    assert titles(page, "ideas") == ["a", "b", "c"]
    assert stored(pair, Column.IDEAS) == ["a", "b", "c"]


def test_leaving_a_card_that_was_picked_up_puts_it_back(page: Page) -> None:
    page.focus(card(page, "a"))
    for key in ("Space", "ArrowDown", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    expect(page.locator(".moving")).to_have_count(0)
    assert titles(page, "ideas") == ["a", "b", "c"]


def test_arrows_do_nothing_before_a_card_is_picked_up(page: Page) -> None:
    page.focus(card(page, "a"))
    page.keyboard.press("ArrowDown")
    assert titles(page, "ideas") == ["a", "b", "c"]


def test_enter_opens_the_card(page: Page) -> None:
    page.focus(card(page, "a"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("a")


def test_ctrl_z_takes_the_last_move_back(page: Page, pair: Pair) -> None:
    page.focus(card(page, "a"))
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#toasts [data-undo]")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Taken back.")
    said(page, "")  # where the card was put is true no more
    expect(page.locator("[data-column=ideas] .card h3")).to_have_text(["a", "b", "c"])
    assert stored(pair, Column.IDEAS) == ["a", "b", "c"]


def test_the_menu_moves_by_keyboard_alone(page: Page, pair: Pair) -> None:
    link = page.locator(f"{card(page, 'a')} [data-move]")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#move_menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("“a” is in Doing now.")
    expect(link).to_be_focused()
    assert stored(pair, Column.DOING) == ["a", "d"]


def test_escape_closes_the_menu_and_returns_to_its_link(page: Page) -> None:
    link = page.locator(f"{card(page, 'a')} [data-move]")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#move_menu")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_card_is_dragged_with_the_mouse_to_where_it_is_dropped(page: Page, pair: Pair) -> None:
    box = page.locator(card(page, "d")).bounding_box()
    assert box
    page.hover(card(page, "a"))
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] - 5, steps=8)
    expect(page.locator("[data-column=doing] .drop")).to_have_count(1)
    page.mouse.up()
    expect(page.locator("#toasts")).to_contain_text("“a” is in Doing now.")
    assert stored(pair, Column.DOING) == ["d", "a"]
    expect(page.locator(".ghost")).to_have_count(0)


def test_a_drag_by_the_title_does_not_open_the_goal_and_a_click_does(page: Page, pair: Pair) -> None:
    title = page.get_by_role("link", name="b", exact=True)
    title.drag_to(page.locator("[data-column=parked]"))
    expect(page.locator("#toasts")).to_contain_text("“b” is in Parked now.")
    assert stored(pair, Column.PARKED) == ["b"]
    page.get_by_role("link", name="b", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("b")


def test_a_drag_that_ends_beside_the_board_changes_nothing(page: Page, pair: Pair) -> None:
    page.hover(card(page, "a"))
    page.mouse.down()
    page.mouse.move(400, 20, steps=5)
    page.mouse.up()
    assert titles(page, "ideas") == ["a", "b", "c"]
    assert stored(pair, Column.IDEAS) == ["a", "b", "c"]


def test_a_move_the_other_was_faster_with_shows_it_and_goes_on(
    page: Page, pair: Pair, browser_as: Callable[..., Page]
) -> None:
    other = browser_as("ben")
    other.goto(f"/pairs/{pair.id}/board")
    a = card(page, "a")
    page.focus(a)
    page.keyboard.press("Space")  # picked up: what the other does now waits
    other.focus(a)
    for key in ("Space", "ArrowRight", "Space"):
        other.keyboard.press(key)
    expect(other.locator("#toasts")).to_contain_text("“a” is in Next now.")
    for key in ("ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("“a” has changed")
    page.get_by_role("button", name="Move it anyway").click()
    expect(page.locator("[data-column=ideas] .card h3")).to_have_text(["b", "a", "c"])


def test_a_move_that_does_not_reach_the_server_waits_and_is_sent_later(page: Page, pair: Pair) -> None:
    page.route("**/move", lambda route: route.abort())
    page.focus(card(page, "a"))
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#line_status")).to_contain_text("Kept on this computer")
    assert titles(page, "ideas") == ["b", "a", "c"]
    expect(page.locator(card(page, "a"))).to_be_focused()
    page.unroute("**/move")
    expect(page.locator("#line_status")).to_be_hidden(timeout=15_000)
    page.reload()
    assert titles(page, "ideas") == ["b", "a", "c"]


def test_what_is_pressed_while_a_move_is_on_its_way_comes_after_it(page: Page, pair: Pair) -> None:
    page.route("**/move", answered_late(page, 700))
    page.focus(card(page, "c"))
    for key in ("Space", "ArrowRight", "Space") * 2:
        page.keyboard.press(key)
    expect(page.locator("#toasts")).to_contain_text("“c” is in Doing now.")
    assert stored(pair, Column.DOING) == titles(page, "doing")
    assert "c" in titles(page, "doing")


def test_who_went_on_to_another_card_meanwhile_stays_there(page: Page, pair: Pair) -> None:
    page.route("**/move", answered_late(page, 700))
    page.focus(card(page, "c"))
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    page.focus(card(page, "a"))
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#toasts")).to_contain_text("“a” is in Next now.")
    expect(page.locator(card(page, "a"))).to_be_focused()
    assert sorted(stored(pair, Column.NEXT)) == ["a", "c"]


def test_the_partners_change_is_there_when_one_comes_back_to_the_page(
    page: Page, pair: Pair, browser_as: Callable[..., Page]
) -> None:
    other = browser_as("ben")
    other.goto(f"/pairs/{pair.id}/board")
    other.locator(f"{card(other, 'c')} [data-move]").click()
    other.locator("#move_menu").get_by_role("button", name="Parked").click()
    expect(other.locator("#toasts")).to_contain_text("“c” is in Parked now.")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-column=parked] .card h3")).to_have_text(["c"])


def test_on_a_phone_one_column_is_shown_and_a_finger_drags_by_the_handle(
    browser_as: Callable[..., Page], pair: Pair
) -> None:
    page = browser_as("ana", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/pairs/{pair.id}/board")
    expect(page.locator("[data-column=doing]")).to_be_visible()
    expect(page.locator("[data-column=ideas]")).to_be_hidden()
    page.get_by_role("radio", name="Ideas").check()
    expect(page.locator("[data-column=doing]")).to_be_hidden()
    page.locator("[data-column=ideas]").evaluate("column => column.scrollIntoView()")
    box, last = page.locator(f"{card(page, 'a')} .handle").bounding_box(), page.locator(card(page, "c")).bounding_box()
    assert box
    assert last
    finger = page.context.new_cdp_session(page)
    x, start, end = box["x"] + 8, box["y"] + 8, last["y"] + last["height"] - 4
    points = [start + (end - start) * part / 10 for part in range(11)]
    for kind, y in [("touchStart", start), *(("touchMove", y) for y in points)]:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#toasts")).to_contain_text("is in Ideas now.")
    assert stored(pair, Column.IDEAS) == ["b", "c", "a"]


def test_on_a_phone_the_menu_follows_the_card_into_its_column(browser_as: Callable[..., Page], pair: Pair) -> None:
    page = browser_as("ana", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/pairs/{pair.id}/board")
    page.tap(f"{card(page, 'd')} [data-move]")
    page.locator("#move_menu").get_by_role("button", name="Done", exact=True).tap()
    expect(page.locator("[data-column=done] .card h3")).to_have_text(["d"])
    expect(page.locator("[data-column=done]")).to_be_visible()
    expect(page.locator("[data-column=doing]")).to_be_hidden()


def test_without_javascript_a_card_moves_and_the_move_is_taken_back(
    browser_as: Callable[..., Page], pair: Pair
) -> None:
    page = browser_as("ana", java_script_enabled=False)
    page.goto(f"/pairs/{pair.id}/board")
    page.locator(f"{card(page, 'a')} [data-move]").click()
    page.get_by_role("button", name="Doing").click()
    expect(page.locator("[data-column=doing] .card h3")).to_have_text(["a", "d"])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-column=ideas] .card h3")).to_have_text(["a", "b", "c"])


def test_of_two_moves_of_one_goal_only_the_newest_offers_a_way_back(page: Page, pair: Pair) -> None:
    for title, key in (("c", "ArrowRight"), ("c", "ArrowRight"), ("a", "ArrowRight")):
        page.focus(card(page, title))
        page.keyboard.press("Space")
        page.keyboard.press(key)
        with page.expect_response("**/board*"):
            page.keyboard.press("Space")
        expect(page.locator("#toasts .toast").last).to_contain_text(f"“{title}” is in")
    expect(page.locator("#toasts .toast")).to_have_count(2)
    expect(page.locator("#toasts")).to_contain_text("“c” is in Doing now.")
    expect(page.locator("#toasts")).not_to_contain_text("“c” is in Next now.")
