"""Every route × every role × every kind of object gets what the table says: strangers nothing, and always the same nothing."""

import re
from collections.abc import Iterator
from itertools import islice

import pytest
from flask import Flask

from peerapp.access import Access, access_of
from tests.house.asking import READS, Browsers, Probe, Way, is_public, outcome, parameters, probes, rules
from tests.house.scopes import Gets, Kind, Role, Scope
from tests.house.snapshot import go_back_to, snapshot
from tests.house.table import ROUTES
from tests.house.world import SECRET, World, make_world

AT_LEAST = 10_000
EACH_ON_POSTGRESQL = 6  # who may do what is decided in Python: there some probes are enough, with --long all are sent
ASKS_FOR_MORE = {"emails.send", "roles.take"}  # a new address that was proposed; the person, in a field
LOOKS_AFTER = {Scope.COORDINATOR, Scope.COORDINATOR_YET, Scope.ADMINISTRATOR}


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def test_every_route_stands_in_the_table_and_nothing_else_does(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} == set(ROUTES)


def test_the_world_has_something_for_every_name_in_a_path(app: Flask, world: World) -> None:
    named = {name for rule in rules(app) for name in parameters(rule)}
    assert [kind for kind in Kind if named - set(world.ids[kind])] == []


@pytest.mark.parametrize(("scope", "access"), [(Scope.COORDINATOR, Access.COORDINATOR),
                                               (Scope.ADMINISTRATOR, Access.ADMINISTRATOR)])  # fmt: skip
def test_the_marks_on_the_views_say_what_the_table_says(app: Flask, scope: Scope, access: Access) -> None:
    marked = {endpoint for endpoint in ROUTES if access_of(endpoint, app) is access}
    assert marked == {endpoint for endpoint, listed in ROUTES.items() if listed.name.startswith(scope.name)}


def test_only_what_is_listed_as_public_is_open(app: Flask) -> None:
    marked = {endpoint for endpoint in ROUTES if access_of(endpoint, app) is Access.PUBLIC}
    assert marked == {endpoint for endpoint, scope in ROUTES.items() if scope in {Scope.PUBLIC, Scope.LINK}}


def test_no_route_of_a_manager_coordinator_or_administrator_names_a_pair(app: Flask) -> None:
    inside = [rule for rule in rules(app) if ROUTES[rule.endpoint] in LOOKS_AFTER]
    assert not [rule.rule for rule in inside if re.search("pair|goal|session|block|note|action", rule.rule)]


@pytest.fixture
def each(database_kind: str, long: bool) -> int:
    """Every how many of the probes is sent."""
    return EACH_ON_POSTGRESQL if database_kind == "postgresql" and not long else 1


def outsiders(app: Flask, world: World, each: int) -> Iterator[Probe]:
    return islice((probe for probe in probes(app, world) if probe.expected is not Gets.IN), 0, None, each)


def test_outsiders_get_nothing_from_any_route_and_it_is_always_the_same_nothing(
    app: Flask, world: World, each: int
) -> None:
    browsers, done, wrong = Browsers(app, world), 0, []
    nothing = browsers.of(Role.STRANGER).get("/never/was").text
    before = snapshot()
    for probe in outsiders(app, world, each):
        response = browsers.ask(probe)
        done += 1
        is_page = probe.way in {Way.GET, Way.POST} and not is_public(probe)
        says_more = response.status_code == 404 and is_page and response.text != nothing
        if outcome(response) != probe.expected or SECRET in response.text or says_more:
            wrong.append((probe.rule, probe.way.name, probe.role, probe.kind, response.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert snapshot() == before
    assert done >= AT_LEAST // each, f"{done} probes"


def test_a_link_that_was_used_and_one_that_never_was_look_the_same(app: Flask, world: World) -> None:
    browser = Browsers(app, world).of(Role.VISITOR)
    pages = [browser.get(f"/link/{world.ids[kind]['link.token']}") for kind in (Kind.ENDED, Kind.MISSING)]
    assert [page.status_code for page in pages] == [404, 404]
    assert len({re.sub(r'value="[^"]*"', "", page.text) for page in pages}) == 1


def test_whoever_the_table_lets_in_reads_the_page(app: Flask, world: World) -> None:
    browsers, wrong = Browsers(app, world), []
    for probe in probes(app, world):
        if probe.expected is Gets.IN and probe.way in READS:
            response = browsers.ask(probe)
            if response.status_code >= 500 or (not is_public(probe) and outcome(response) != Gets.IN):
                wrong.append((probe.rule, probe.way.name, probe.role, probe.kind, response.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_whoever_the_table_lets_in_may_send_the_form(app: Flask, world: World) -> None:
    browsers, before, wrong = Browsers(app, world), snapshot(), []
    for probe in probes(app, world, lambda rule: rule.endpoint not in ASKS_FOR_MORE):
        if probe.expected is Gets.IN and probe.way is Way.POST and probe.kind is Kind.OWN and not is_public(probe):
            response = browsers.ask(probe)
            if outcome(response) != Gets.IN:
                wrong.append((probe.rule, probe.way.name, probe.role, probe.kind, response.status_code))
            if response.status_code == 303:
                go_back_to(before)
    assert not wrong, "\n".join(map(str, wrong))
