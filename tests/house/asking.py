"""Asking every route, as everybody, about everything: the probes, and the browsers that send them."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.clients import PeerClient
from tests.house.openapi import filled_in
from tests.house.scopes import Gets, Kind, Role, Scope, gets
from tests.house.table import ROUTES
from tests.house.world import World

GRANDCHILDREN = {"step_id", "comment_id", "event_id", "block_id", "decision_id", "point_id"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SUCCESS = {200, 204, 303, 304}
REFUSED_INSIDE = {400, 409, 413, 422, 429}  # the door opened; what was sent did not fit


class Way(StrEnum):
    GET = "GET"
    HEAD = "HEAD"
    PART = "GET of a block, as htmx asks"
    POST = "POST, empty"
    FILLED = "POST, filled in, as htmx sends it"


READS = (Way.GET, Way.HEAD, Way.PART)
WRITES = (Way.POST, Way.FILLED)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Probe:
    endpoint: str
    rule: str
    path: str
    way: Way
    role: Role
    kind: Kind
    expected: Gets


class Browsers:
    """One for each role, signed in."""

    def __init__(self, app: Flask, world: World) -> None:
        self._app, self._world = app, world
        self._open: dict[Role, PeerClient] = {}
        self.tokens: dict[Role, str] = {}

    def of(self, role: Role) -> PeerClient:
        if role not in self._open:
            self._open[role] = as_role(self._app, self._world, role)
            self.tokens[role] = self._open[role].csrf_token()
        return self._open[role]

    def token(self, role: Role) -> str:
        """A valid token for a form of theirs."""
        self.of(role)
        return self.tokens[role]

    def filled(self, endpoint: str) -> dict[str, Any]:
        """A form with something in every field."""
        return filled_in(self._app, endpoint)

    def ask(self, probe: Probe) -> TestResponse:
        client = self.of(probe.role)
        headers = HTMX if probe.way in {Way.PART, Way.FILLED} else {}
        if probe.way in READS:
            return client.open(probe.path, method="HEAD" if probe.way is Way.HEAD else "GET", headers=headers)
        fields = {} if probe.way is Way.POST else self.filled(probe.endpoint)
        return client.post(probe.path, fields | {"csrf_token": self.tokens[probe.role]}, headers=headers)


def as_role(app: Flask, world: World, role: Role) -> PeerClient:
    client = app.test_client()
    assert isinstance(client, PeerClient)
    if role in world.tokens:
        with client.session_transaction() as session:
            session["_user_id"] = world.tokens[role]
            session["_fresh"] = True
    return client


def rules(app: Flask) -> Iterator[Rule]:
    yield from sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def parameters(rule: Rule) -> list[str]:
    """The names in its path, in order, as the world knows them."""
    noun = rule.endpoint.partition(".")[0]
    return [f"{noun}.{name}" if name in {"token", "key", "round_id"} else name for name in PARAMETER.findall(rule.rule)]


def path_of(rule: Rule, world: World, kind: Kind) -> str:
    ids = world.ids[kind]
    parts = iter([str(ids[name]) for name in parameters(rule)])
    return PARAMETER.sub(lambda _match: next(parts), rule.rule)


def probes(app: Flask, world: World, of: Callable[[Rule], bool] = lambda _rule: True) -> Iterator[Probe]:
    """Every combination; kinds that change nothing in the path are asked once."""
    for rule in filter(of, rules(app)):
        seen: set[str] = set()
        methods = rule.methods or set()
        for kind in Kind:
            path = path_of(rule, world, kind)
            if path in seen or (kind is Kind.COUSIN and not rule.arguments & GRANDCHILDREN):
                continue
            seen.add(path)
            for role in Role:
                expected = expects(rule, role, kind)
                for way in _ways(methods, kind):
                    yield Probe(rule.endpoint, rule.rule, path, way, role, kind, expected)


def _ways(methods: Collection[str], kind: Kind) -> Iterator[Way]:
    if "GET" in methods:
        yield from READS if kind is Kind.OWN else (Way.GET, Way.PART)
    if "POST" in methods:
        yield from WRITES


def expects(rule: Rule, role: Role, kind: Kind) -> Gets:
    """As the table says; but what never was is not there for anybody."""
    expected = gets(ROUTES[rule.endpoint], role, kind)
    is_there = kind is not Kind.MISSING or not rule.arguments - set(rule.defaults or {})
    return expected if is_there or expected is not Gets.IN else Gets.NOTHING


def outcome(response: TestResponse) -> Gets | str:
    """What the answer amounts to, in the words of the table."""
    location = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
    if response.status_code == 404:
        return Gets.NOTHING
    if response.status_code == 403:
        return Gets.NOT_NOW
    if response.status_code == 401 or (response.status_code == 303 and location.startswith("/sign-in?")):
        return Gets.SIGN_IN
    if response.status_code in SUCCESS | REFUSED_INSIDE:
        return Gets.IN
    return f"{response.status_code}"


def is_public(probe: Probe) -> bool:
    return ROUTES[probe.endpoint] in {Scope.PUBLIC, Scope.LINK}
