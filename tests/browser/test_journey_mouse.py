"""Two people go the whole way with a mouse."""

from collections.abc import Callable

from playwright.sync_api import Page

from peerapp.models import Person
from tests.browser.journey import both, go_the_whole_way
from tests.browser.ways import Mouse


def test_two_people_go_the_whole_way_by_mouse(browser_as: Callable[..., Page], people: dict[str, Person]) -> None:
    go_the_whole_way(*both(Mouse, browser_as, people))
