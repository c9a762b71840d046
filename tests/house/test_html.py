"""Is every page, full, empty, refused or broken, HTML without a mistake that everybody can use?"""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.house.asking import Browsers
from tests.house.markup import broken, dangerous
from tests.house.pages import errors, pages, refused
from tests.house.world import World, make_world

pytestmark = pytest.mark.one_database


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def problems_of(response: TestResponse) -> list[str]:
    if response.mimetype != "text/html" or response.status_code in {303, 304}:
        return []
    return [*broken(response.text), *dangerous(response.text)]


def test_every_page_of_the_full_world(app: Flask, world: World) -> None:
    browsers, found = Browsers(app, world), {}
    for page in pages(app, world):
        response = browsers.of(page.role).get(page.path)
        assert response.status_code in {200, 303, 403, 404}, page
        found[str(page)] = problems_of(response)
    assert {page: problems for page, problems in found.items() if problems} == {}
    assert len(found) > 100


def test_every_page_with_a_problem(app: Flask, world: World) -> None:
    found, statuses = {}, set()
    for told, response in refused(app, world):
        assert response.status_code < 500, told
        statuses.add(response.status_code)
        found[told] = problems_of(response)
    assert {page: problems for page, problems in found.items() if problems} == {}
    assert statuses >= {303, 409, 422}


def test_every_error_page(app: Flask, world: World) -> None:
    found = {told: (response.status_code, problems_of(response)) for told, response in errors(app, world)}
    assert {told: each for told, each in found.items() if each[1]} == {}
    assert {status for status, _problems in found.values()} >= {400, 401, 403, 404, 405, 413}
