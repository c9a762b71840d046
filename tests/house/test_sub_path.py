"""An installation may live below a path of a site that has others: every address of every answer then begins with it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.house.asking import Browsers
from tests.house.pages import errors, pages, refused
from tests.house.world import World, make_world

BELOW = "/team/peerapp"
CHOSEN = "/help"  # where a filled-in form asks to go next
ADDRESS = re.compile(
    r"""\s(?:href|src|action|formaction|data-url|hx-[a-z-]+)="(/[^"]*)"|name="next" value="(/[^"]*)\""""
)
pytestmark = pytest.mark.one_database


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    real = app.wsgi_app

    def below(environ, start_response):
        return real(environ | {"SCRIPT_NAME": BELOW}, start_response)

    monkeypatch.setattr(app, "wsgi_app", below)
    return make_world()


def every_answer(app: Flask, world: World, long: bool) -> Iterator[tuple[str, TestResponse]]:
    browsers = Browsers(app, world)
    for page in pages(app, world):
        yield str(page), browsers.of(page.role).get(page.path)
    yield from errors(app, world)
    if long:
        yield from refused(app, world)


def is_astray(address: str) -> bool:
    return address.startswith("/") and not f"{address}/".startswith(f"{BELOW}/") and address != CHOSEN


def addresses(answer: TestResponse) -> list[str]:
    """Those that name a place of ours from the root of the site."""
    found = [one or other for one, other in ADDRESS.findall(answer.text)] if answer.mimetype == "text/html" else []
    return found + [
        answer.headers[name] for name in ("Location", "HX-Redirect", "HX-Location") if name in answer.headers
    ]


def test_every_address_begins_with_the_path_that_the_house_lives_below(app: Flask, world: World, long: bool) -> None:
    seen, astray = 0, {}
    for name, answer in every_answer(app, world, long):
        found = addresses(answer)
        seen += len(found)
        if outside := sorted(filter(is_astray, found)):
            astray[name] = outside
    assert astray == {}
    assert seen > 3_000
