"""How many clicks does it take? From the first visit to a request; to start a session; to part."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from peerapp import clock
from peerapp.db import db
from peerapp.models import Pair, Person
from peerapp.models.profiles import Direction
from peerapp.rules.areas import Area
from tests.browser.journey import fill_in
from tests.browser.ways import Mouse
from tests.factories import make_pair, make_session, make_skill

OpenPage = Callable[..., Page]


@pytest.fixture
def pair(people: dict[str, Person]) -> Pair:
    return make_pair(people["ana"], people["ben"])


def first_page_of(name: str, browser_as: OpenPage, path: str = "/") -> Mouse:
    way = Mouse(browser_as(name))
    way.page.goto(path)
    return way


def test_from_the_first_visit_to_a_request_takes_seven_clicks_at_most(
    browser_as: OpenPage, people: dict[str, Person]
) -> None:
    make_skill(people["zoe"], Direction.OFFERED, "SQL", Area.FUNCTIONAL)
    caro = first_page_of("caro", browser_as)
    fill_in(caro, learns="Functional knowledge", shows="Communication")
    caro.sees("Suggested for you")
    caro.press("Ask Zoe")
    caro.at("Ask Zoe")
    caro.press("Send")
    caro.at("You asked Zoe")
    assert caro.presses <= 7


@pytest.mark.parametrize("where", ["the journal", "the session"])
def test_a_session_starts_with_one_click(browser_as: OpenPage, pair: Pair, where: str) -> None:
    session = make_session(pair, planned_for=clock.now() + timedelta(minutes=2))
    paths = {"the journal": f"/pairs/{pair.id}/journal", "the session": f"/pairs/{pair.id}/sessions/{session.id}"}
    ana = first_page_of("ana", browser_as, paths[where])
    ana.press("Start now")
    ana.at("Session with Ben")
    ana.sees("started")
    assert ana.presses == 1


def test_a_session_that_nobody_planned_starts_with_one_click_too(browser_as: OpenPage, pair: Pair) -> None:
    ana = first_page_of("ana", browser_as, f"/pairs/{pair.id}/journal")
    ana.press("Start now")
    ana.at("Session with Ben")
    assert ana.presses == 1


@pytest.mark.parametrize("page", ["board", "journal"])
@pytest.mark.parametrize("name", ["ana", "ben"])
def test_either_ends_the_pair_with_three_clicks(browser_as: OpenPage, pair: Pair, name: str, page: str) -> None:
    way = first_page_of(name, browser_as, f"/pairs/{pair.id}/{page}")
    way.press("Your pair")
    way.press("End")
    way.press("End it")
    way.told("Your pair has ended.")
    db.session.refresh(pair)
    assert (pair.state, way.presses) == ("ended", 3)
