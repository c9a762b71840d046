"""Two people go the whole way without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page

from peerapp.models import Person
from tests.browser.journey import both, go_the_whole_way
from tests.browser.ways import Plain


def test_two_people_go_the_whole_way_without_scripts(
    browser_as: Callable[..., Page], people: dict[str, Person]
) -> None:
    go_the_whole_way(*both(Plain, browser_as, people))
