"""A round about oneself is shown to somebody who was named, and not shown any more; whoever answered is told it was counted."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from peerapp.models import Person, Round
from tests.browser.answering import answering, close_early
from tests.rounds import answer, make_closed_round, make_crowd, make_open_round

OpenPage = Callable[..., Page]
FOUR = {"q1": 4, "q2": 4}
WAYS: dict[str, dict[str, Any]] = {"with scripts": {}, "without scripts": {"java_script_enabled": False}}


@pytest.fixture
def result(live: Flask, people: dict[str, Person]) -> Round:
    return make_closed_round(live, people["ana"], make_crowd(9), [FOUR] * 9, may_be_shown=[people["mia"]])


@pytest.mark.parametrize("way", WAYS)
def test_its_owner_shows_a_result_and_stops_again(browser_as: OpenPage, result: Round, way: str) -> None:
    there = f"/rounds/{result.id}/result"
    ana, mia = browser_as("ana", **WAYS[way]), browser_as("mia", **WAYS[way])
    assert mia.goto(there).status == 404
    ana.goto(there)
    ana.get_by_role("button", name="Show it to Mia Holm").click()
    expect(ana.get_by_text("shown since")).to_be_visible()
    mia.goto("/notices")
    mia.get_by_text("shows you a result").click()
    expect(mia.get_by_role("heading", name=result.title)).to_be_visible()

    ana.get_by_role("button", name="Stop showing it").click()
    expect(ana.get_by_text("not shown")).to_be_visible()
    assert mia.goto(there).status == 404


def test_who_answered_reads_that_it_was_counted_and_who_did_not_reads_nothing(
    live: Flask, people: dict[str, Person], browser_as: OpenPage
) -> None:
    crowd = make_crowd(8)
    opened = make_open_round(people["ana"], [people["caro"], people["ben"], *crowd])
    caro = answering(browser_as, "caro", opened).open().fill().send().ends("counted")
    for each in crowd:
        answer(live, each, opened, FOUR)
    close_early(live, people["ana"], opened)

    caro.page.goto(f"/rounds/{opened.id}")
    expect(caro.page.get_by_text("Your answer was counted.")).to_be_visible()
    ben = browser_as("ben")
    ben.goto(f"/rounds/{opened.id}")
    expect(ben.get_by_role("heading", name=opened.title)).to_be_visible()
    expect(ben.get_by_text("Your answer was counted.")).to_be_hidden()
