"""Every route × every role × every kind of object gets what the table says: strangers nothing, and always the same nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from peerapp.access import Access, access_of
from tests.clients import PeerClient
from tests.house.table import ROUTES, Gets, Kind, Role, Scope, gets
from tests.house.world import SECRET, World, make_world

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
SUCCESS = {200, 204, 303, 304}
REFUSED_INSIDE = {400, 403, 409, 413, 422, 429}  # the door opened; what was sent did not fit
AT_LEAST = 10_000


@dataclass(frozen=True)
class Probe:
    endpoint: str
    path: str
    method: str
    role: Role
    kind: Kind
    expected: Gets


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def as_role(app: Flask, world: World, role: Role) -> PeerClient:
    client = app.test_client()
    assert isinstance(client, PeerClient)
    if role in world.tokens:
        with client.session_transaction() as session:
            session["_user_id"] = world.tokens[role]
    return client


def rules(app: Flask) -> Iterator[Rule]:
    yield from sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)


def probes(app: Flask, world: World, of: Callable[[Rule], bool] = lambda _rule: True) -> Iterator[Probe]:
    """Every combination; kinds that change nothing in the path are asked once."""
    adapter = app.url_map.bind("localhost")
    for rule in filter(of, rules(app)):
        seen: set[str] = set()
        for kind in Kind:
            ids = {name: world.ids[kind].get(name, "missing") for name in rule.arguments}
            path = adapter.build(rule.endpoint, ids, method=next(iter((rule.methods or set()) - {"OPTIONS"})))
            if path in seen:
                continue
            seen.add(path)
            for role in Role:
                expected = gets(ROUTES[rule.endpoint], role, kind)
                for method in METHODS:
                    yield Probe(rule.endpoint, path, method, role, kind, expected)


def test_every_route_stands_in_the_table_and_nothing_else_does(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} == set(ROUTES)


@pytest.mark.parametrize(("scope", "access"), [(Scope.PUBLIC, Access.PUBLIC), (Scope.COORDINATOR, Access.COORDINATOR),
                                               (Scope.ADMINISTRATOR, Access.ADMINISTRATOR)])  # fmt: skip
def test_the_marks_on_the_views_say_what_the_table_says(app: Flask, scope: Scope, access: Access) -> None:
    marked = {endpoint for endpoint in ROUTES if access_of(endpoint, app) is access}
    assert marked == {endpoint for endpoint, listed in ROUTES.items() if listed is scope}


def test_no_route_of_a_manager_coordinator_or_administrator_names_a_pair(app: Flask) -> None:
    inside = [rule for rule in rules(app) if ROUTES[rule.endpoint] in {Scope.COORDINATOR, Scope.ADMINISTRATOR}]
    assert not [rule.rule for rule in inside if re.search("pair|goal|session|block|note|action", rule.rule)]


def ask(app: Flask, world: World, probe: Probe) -> TestResponse:
    client = as_role(app, world, probe.role)
    if probe.method == "POST":
        return client.post(probe.path, {"version": "1"})
    return client.open(probe.path, method=probe.method)


def outcome(probe: Probe, response: TestResponse) -> Gets | str:
    """What the answer amounts to, in the words of the table."""
    location = response.headers.get("Location", "")
    if response.status_code == 405:
        return probe.expected  # the route does not speak this method, whoever asks
    if response.status_code == 404:
        return Gets.NOTHING
    if response.status_code == 401 or (response.status_code == 303 and location.startswith("/sign-in")):
        return Gets.SIGN_IN
    if response.status_code in SUCCESS | REFUSED_INSIDE:
        return Gets.IN
    return f"{response.status_code}"


def test_outsiders_get_nothing_from_any_route_and_it_is_always_the_same_nothing(app: Flask, world: World) -> None:
    nothing = as_role(app, world, Role.STRANGER).get("/never/was").text
    done = 0
    for probe in probes(app, world):
        if probe.expected is Gets.IN:
            continue
        response = ask(app, world, probe)
        done += 1
        assert outcome(probe, response) == probe.expected, (probe, response.status_code)
        assert SECRET not in response.text, probe
        if response.status_code == 404 and probe.method != "HEAD":
            assert response.text == nothing, probe
    assert done >= AT_LEAST, f"{done} probes"


def test_whoever_the_table_lets_in_reads_the_page(app: Flask, world: World) -> None:
    for probe in probes(app, world, lambda rule: "GET" in (rule.methods or set())):
        if probe.expected is Gets.IN and probe.method == "GET" and ROUTES[probe.endpoint] is not Scope.PUBLIC:
            response = ask(app, world, probe)
            assert response.status_code < 500, probe
            assert probe.kind is not Kind.OWN or outcome(probe, response) == Gets.IN, (probe, response.status_code)


def test_an_empty_form_breaks_nothing(app: Flask, world: World) -> None:
    for probe in probes(app, world, lambda rule: "POST" in (rule.methods or set())):
        if probe.expected is Gets.IN and probe.method == "POST":
            assert ask(app, world, probe).status_code < 500, probe
