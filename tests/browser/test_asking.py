"""Somebody asks her colleagues: from the purpose to the open round, with a mouse, without scripts, on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from peerapp.db import db
from peerapp.models import Person, RollEntry, Round
from peerapp.rules.states import RoundState
from tests.browser.conftest import PHONE
from tests.rounds import make_crowd

OpenPage = Callable[..., Page]
WAYS: dict[str, dict[str, Any]] = {
    "with a mouse": {},
    "without scripts": {"java_script_enabled": False},
    "on a phone": {"viewport": PHONE},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_round_is_asked_from_the_purpose_to_its_opening(
    browser_as: OpenPage, people: dict[str, Person], way: str
) -> None:
    make_crowd(9)
    page = browser_as("ana", **WAYS[way])
    page.goto("/feedback")
    page.get_by_role("link", name="Ask for views").first.click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Not yet.")).to_be_visible()

    page.get_by_label("Why do you ask?").fill("I want to keep what helps.")
    page.get_by_role("button", name="Choose people", exact=True).first.click()
    page.get_by_label("Name", exact=True).fill("Crowd")
    page.get_by_role("button", name="Search").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Add those ticked").click()
    expect(page.get_by_role("heading", name="9 people chosen")).to_be_visible()
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("9 people are asked.")).to_be_visible()
    expect(page.get_by_label("Why do you ask?")).to_have_value("I want to keep what helps.")

    page.get_by_role("button", name="See what people will see").click()
    expect(page.get_by_role("heading", name="Nobody can see what you answered")).to_be_visible()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("Nobody sees who has answered, or how many have.")).to_be_visible()
    assert db.session.scalars(select(Round.state)).one() is RoundState.OPEN
    assert db.session.scalar(select(func.count()).select_from(RollEntry)) == 9


def test_enter_in_a_field_saves_and_moves_no_question(browser_as: OpenPage, people: dict[str, Person]) -> None:
    page = browser_as("ana")
    page.goto("/rounds/new")
    page.get_by_role("button", name="Go on").click()
    before = page.locator("#questions ol p").all_inner_texts()
    page.get_by_label("Title").fill("Shorter meetings?")
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", name="Shorter meetings?")).to_be_visible()
    assert page.locator("#questions ol p").all_inner_texts() == before
