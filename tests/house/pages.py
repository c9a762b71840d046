"""Every page of the house, for somebody who sees it: full, empty, refused and broken."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from peerapp.db import db
from tests.house.asking import Browsers, Way, expects, path_of, probes, rules
from tests.house.scopes import Gets, Kind, Role, Scope
from tests.house.snapshot import go_back_to, snapshot
from tests.house.table import ROUTES
from tests.house.world import World

READERS = {
    Scope.PUBLIC: (Role.VISITOR, Role.MEMBER),
    Scope.LINK: (Role.VISITOR, Role.MEMBER),
    Scope.SIGNED_IN: (Role.MEMBER, Role.STRANGER),
    Scope.COLLEAGUE: (Role.MEMBER, Role.STRANGER),
    Scope.PAIR: (Role.MEMBER, Role.PARTNER),
    Scope.ASKED: (Role.MEMBER, Role.FORMER),
    Scope.ROUND: (Role.MEMBER, Role.PARTNER, Role.MANAGER),
    Scope.MANAGERS: (Role.MANAGER,),
    Scope.COORDINATOR: (Role.COORDINATOR,),
    Scope.COORDINATOR_YET: (Role.COORDINATOR,),
    Scope.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}


@dataclass(frozen=True)
class Page:
    """Where somebody in a role finds a page; `endpoint` is "" for what is no page of its own."""

    endpoint: str
    path: str
    role: Role

    def __str__(self) -> str:
        return f"{self.path} for the {self.role}"


def pages(app: Flask, world: World) -> Iterator[Page]:
    """Every page there is to read, in each state that the world has."""
    for rule in rules(app):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        scope = ROUTES[rule.endpoint]
        seen = set()
        for kind in (Kind.OWN, Kind.ENDED):
            path = path_of(rule, world, kind)
            for role in READERS.get(scope, (Role.MEMBER,)):
                if expects(rule, role, kind) is Gets.IN and (path, role) not in seen:
                    seen.add((path, role))
                    yield Page(rule.endpoint, path, role)
    yield from _further_states(app, world)


def _further_states(app: Flask, world: World) -> Iterator[Page]:
    """Pairs that have not begun or pause, the session that is only planned, and those by writing."""
    pair, planned = world.ids[Kind.OWN]["pair_id"], world.ids[Kind.OWN]["other session_id"]
    for rule in rules(app):
        if "GET" in (rule.methods or ()) and rule.arguments == {"pair_id"}:
            for other in world.more:
                yield Page(rule.endpoint, rule.rule.replace("<uuid:pair_id>", str(other)), Role.MEMBER)
        if "GET" in (rule.methods or ()) and rule.arguments == {"pair_id", "session_id"}:
            path = rule.rule.replace("<uuid:pair_id>", str(pair)).replace("<uuid:session_id>", str(planned))
            yield Page(rule.endpoint, path, Role.PARTNER)
    there = ["/pairs/{pair_id}/sessions/{session_id}".format(**ids) for ids in world.written]
    yield from (Page("sessions.show", path, Role.MEMBER) for path in there)
    yield Page("journal.show", "/pairs/{pair_id}/journal".format(**world.written[0]), Role.MEMBER)
    yield Page("sessions.paper", there[0] + "/print", Role.MEMBER)
    yield Page("sessions.wrap_up", there[0] + "/end", Role.MEMBER)


def refused(app: Flask, world: World, roles: Collection[Role] = tuple(Role)) -> Iterator[tuple[str, TestResponse]]:
    """What those of them who read such pages get for a form that does not fit, or came too late."""
    browsers, before = Browsers(app, world), snapshot()
    for probe in probes(app, world):
        is_reader = probe.role in roles and probe.role in READERS.get(ROUTES[probe.endpoint], (Role.MEMBER,))
        if probe.expected is not Gets.IN or probe.way is not Way.POST or probe.kind is not Kind.OWN or not is_reader:
            continue
        for fields in ({}, browsers.filled(probe.endpoint)):
            if fields:
                everything_is_newer()
            response = browsers.of(probe.role).post(probe.path, fields)
            yield f"{probe.role} sends {'a late' if fields else 'an empty'} form to {probe.path}", response
            if fields or response.status_code < 400:
                go_back_to(before)


def everything_is_newer() -> None:
    """Somebody else changed all of it in the meantime."""
    for table in db.metadata.sorted_tables:
        if "version" in table.c:
            db.session.execute(update(table).values(version=table.c.version + 1))
    db.session.commit()


def errors(app: Flask, world: World) -> Iterator[tuple[str, TestResponse]]:
    """A page for everything that can go wrong."""
    browsers = Browsers(app, world)
    member, visitor = browsers.of(Role.MEMBER), browsers.of(Role.VISITOR)
    board = f"/pairs/{world.ids[Kind.ENDED]['pair_id']}"
    yield "missing", visitor.get("/never/was")
    yield "no such method", member.post("/help")
    yield "not now", member.post(f"{board}/goals", {"title": "Too late"})
    yield "signed out", visitor.post(f"{board}/goals", {"title": "Typed for an hour"})
    yield "an old page", member.post(f"{board}/goals", {"title": "Typed for an hour"}, csrf=False)
    yield "an old page, nothing typed", member.post(f"{board}/goals", {}, csrf=False)
    yield "of another site", member.post("/settings", headers={"Sec-Fetch-Site": "cross-site"})
    yield "too large", member.post("/settings", {"x": "x" * 2_000_000})
    yield "a nul byte", member.get("/help?x=%00")
    yield "traced", visitor.open("/help", method="TRACE")
    yield "by a strange name", visitor.get("/help", base_url="http://strange.example")
