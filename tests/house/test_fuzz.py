"""Whatever is sent, to whatever address, as whoever: never a 5xx."""

from collections import Counter

import pytest
from flask import Flask

from tests.clients import PeerClient
from tests.house.asking import Browsers
from tests.house.fuzz import Case, Fuzzer
from tests.house.openapi import description
from tests.house.snapshot import go_back_to, snapshot
from tests.house.table import ROUTES
from tests.house.world import make_world

IN_THE_SUITE, LONG = 2_000, 20_000
A_WORLD_LASTS = 40  # requests; then it is as before, so that later ones meet something, too


def test_the_description_is_openapi_and_names_every_route(app: Flask) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    with app.test_request_context():
        described = description(app)
    validator.validate(described)
    named = {operation["operationId"].split()[1] for path in described["paths"].values() for operation in path.values()}
    assert named == set(ROUTES)


def send(client: PeerClient, case: Case) -> int:
    return int(client.open(case.path, method=case.method, buffered=True, **case.options).status_code)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Werkzeug leaves the file of half a form
def test_no_input_breaks_anything(app: Flask, long: bool) -> None:
    world, answers, broken = make_world(), Counter(), []
    before, browsers = snapshot(), Browsers(app, world)
    fuzzer = Fuzzer(app, world)
    numbers = range(LONG if long else IN_THE_SUITE)
    for number in numbers:
        if number % A_WORLD_LASTS == 0:
            go_back_to(before)
            browsers = Browsers(app, world)
        case = fuzzer.case(number, browsers.token)
        status = send(browsers.of(case.role), case)
        answers[status] += 1
        if status >= 500:
            broken.append(str(case))
    go_back_to(before)
    assert snapshot() == before
    assert not broken, "\n".join([f"{len(broken)} broke", *broken[:20]])
    inside = sum(answers[status] for status in (200, 204, 303, 304, 409, 422))
    assert inside > 0.55 * len(numbers), answers  # 400 is the answer to most bodies where 256 bytes are asked for
