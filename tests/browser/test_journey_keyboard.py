"""Two people go the whole way by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page

from peerapp.models import Person
from tests.browser.journey import both, go_the_whole_way
from tests.browser.keyboard import Keyboard


def test_two_people_go_the_whole_way_by_keys_alone(browser_as: Callable[..., Page], people: dict[str, Person]) -> None:
    go_the_whole_way(*both(Keyboard, browser_as, people), keep="Keep mine")
