"""How often does a page ask the database? The same number of times however much there is, and no more than it states."""

import pytest
from flask import Flask

from tests.house.asking import Browsers
from tests.house.budgets import BUDGETS
from tests.house.growth import grow
from tests.house.pages import pages
from tests.house.world import World, make_world
from tests.statements import counted

pytestmark = pytest.mark.one_database
NO_QUESTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def asked(app: Flask, world: World) -> dict[str, tuple[str, int]]:
    """For every page, its endpoint and how many statements its first view takes, the sign-in and the frame included."""
    browsers, found = Browsers(app, world), {}
    for page in pages(app, world):
        client = browsers.of(page.role)
        with counted() as sent:
            client.get(page.path)
        found[str(page)] = (page.endpoint, len([one for one in sent if not one.startswith(NO_QUESTIONS)]))
    return found


def test_a_page_asks_as_often_when_there_is_ten_times_as_much(app: Flask, world: World) -> None:
    before = asked(app, world)
    grow(world)
    after = asked(app, world)
    assert {page: (before[page], after[page]) for page in before if before[page] != after[page]} == {}


def test_no_page_asks_more_often_than_it_states(app: Flask, world: World) -> None:
    most: dict[str, int] = {}
    for endpoint, number in asked(app, world).values():
        most[endpoint] = max(number, most.get(endpoint, 0))
    assert {endpoint: number for endpoint, number in most.items() if number > BUDGETS.get(endpoint, 0)} == {}
    assert {endpoint for endpoint in BUDGETS if endpoint not in most} == set()
