"""The frame around every page, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page


def test_a_visitor_can_skip_to_the_content_by_keyboard(browser_as: Callable[..., Page]) -> None:
    page = browser_as(None)
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"
