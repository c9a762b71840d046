"""The frame around every page, in a real browser."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import delete

from peerapp.db import db
from peerapp.models import Person, RoleGrant


@pytest.fixture
def nobody_administers(live: Flask, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> None:
    db.session.execute(delete(RoleGrant))
    db.session.commit()
    monkeypatch.setitem(live.extensions, "first_run_is_over", False)


def test_a_visitor_can_skip_to_the_content_by_keyboard(browser_as: Callable[..., Page]) -> None:
    page = browser_as(None)
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Asia/Calcutta"])
@pytest.mark.usefixtures("nobody_administers")
def test_the_first_page_begins_with_the_browsers_own_time_zone(browser_as: Callable[..., Page], zone: str) -> None:
    page = browser_as(None, timezone_id=zone)
    page.goto("/first")
    assert page.get_by_label("Time zone").input_value() == zone


@pytest.mark.usefixtures("nobody_administers")
def test_without_scripts_the_first_page_begins_with_the_companys(browser_as: Callable[..., Page]) -> None:
    page = browser_as(None, timezone_id="Europe/Lisbon", java_script_enabled=False)
    page.goto("/first")
    assert page.get_by_label("Time zone").input_value() == "UTC"
