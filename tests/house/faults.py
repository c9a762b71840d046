"""Guards of the house, each with a way to take it away and a probe that has to notice.

A probe returns what it found; with the guard in place that is nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from types import FunctionType
from typing import Any

import nh3
import pytest
from flask import Flask, abort
from markdown_it import MarkdownIt
from sqlalchemy import select, update

from peerapp import markdown, mishaps
from peerapp.db import db
from peerapp.models import Goal, NoteBlock, Pair, Person, Session
from peerapp.queries import goals, pairs, sessions
from peerapp.routes import settings
from tests.house.asking import Browsers, Way, as_role, outcome, probes
from tests.house.corpus import HOSTILE
from tests.house.markup import dangerous
from tests.house.scopes import Gets, Kind, Role
from tests.house.test_headers import weaknesses
from tests.house.world import World

_fresh = count(2)  # what is drawn once for each version is drawn anew
Plant = Callable[[Flask, pytest.MonkeyPatch], None]
Find = Callable[[Flask, World], list[Any]]


@dataclass(frozen=True)
class Guard:
    name: str
    take_away: Plant
    find: Find


def without(where: str, name: str) -> Plant:
    """Take away what happens before or after every request."""

    def plant(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        functions: dict[Any, list[Any]] = getattr(app, where)
        left = [each for each in functions[None] if each.__name__ != name]
        assert len(left) == len(functions[None]) - 1, f"{name} is not there to be taken away"
        monkeypatch.setitem(functions, None, left)

    return plant


def config(**values: Any) -> Plant:
    def plant(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in values.items():
            monkeypatch.setitem(app.config, name, value)

    return plant


def instead_of(function: FunctionType, other: FunctionType) -> Plant:
    """The body of another function in its place, also where it was imported by name."""

    def plant(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(function, "__code__", other.__code__)

    return plant


# ---- what is taken away ----


def any_pair(person: Person, pair_id: Any) -> Any:
    found = db.session.scalars(
        select(Pair).join(Pair.members).join(Membership.person).where(Pair.id == pair_id)  # type: ignore[name-defined]  # noqa: F821 - a name of the other module
        .options(contains_eager(Pair.members).contains_eager(Membership.person))  # type: ignore[name-defined]  # noqa: F821 - as above
    ).unique().one_or_none()  # fmt: skip
    return found or abort(404)


def any_goal(pair_id: Any, goal_id: Any) -> Any:
    found = select(Goal).where(Goal.id == goal_id).options(joinedload(Goal.areas), joinedload(Goal.confirmations))  # type: ignore[name-defined]  # noqa: F821 - a name of the other module
    return db.session.scalars(found).unique().one_or_none() or abort(404)


def any_session(pair: Any, session_id: Any) -> Any:
    session = db.session.get(Session, session_id) or abort(404)
    set_committed_value(session, "pair", pair)  # type: ignore[name-defined]  # noqa: F821 - a name of the other module
    return session


def any_next(value: Any, host: Any) -> Any:
    return value


def raw_html(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_parser", MarkdownIt("commonmark", {"html": True}))
    monkeypatch.setattr(markdown, "_cleaner", Careless())


def obeying_htmx(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_parser", MarkdownIt("commonmark", {"html": True}))
    monkeypatch.setattr(markdown, "_cleaner", nh3.Cleaner(generic_attribute_prefixes={"hx-", "data-"}))


def any_scheme(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    careless = MarkdownIt("commonmark")
    careless.validateLink = lambda _url: True
    monkeypatch.setattr(markdown, "_parser", careless)
    monkeypatch.setattr(markdown, "_cleaner", nh3.Cleaner(url_schemes={"http", "javascript", "vbscript", "data"}))


class Careless:
    def clean(self, html: str) -> str:
        return html


def unescaped(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.jinja_env, "autoescape", False)
    monkeypatch.setattr(app.jinja_env, "cache", {})


def outspoken(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mishaps, "note", lambda log, what, error: log.error(what, exc_info=error))


# ---- what has to notice ----


def found_by_the_matrix(*roles: Role) -> Find:
    """What the table of routes says about these roles' reading."""

    def find(app: Flask, world: World) -> list[Any]:
        browsers = Browsers(app, world)
        asked = [probe for probe in probes(app, world) if probe.role in roles and probe.way is Way.GET]
        wanted = [probe for probe in asked if probe.expected is not Gets.IN]
        return [probe.rule for probe in wanted if outcome(browsers.ask(probe)) != probe.expected]

    return find


def in_notes(app: Flask, world: World) -> list[Any]:
    """What gets out of its text in the notes of a session."""
    ids, found = world.ids[Kind.OWN], []
    client = as_role(app, world, Role.MEMBER)
    for text in HOSTILE:
        db.session.execute(update(NoteBlock).values(body=text, version=next(_fresh)))
        db.session.execute(update(Pair).values(version=Pair.version + 1))
        found += dangerous(client.get(f"/pairs/{ids['pair_id']}/sessions/{ids['session_id']}").text)
    return found


def in_names(app: Flask, world: World) -> list[Any]:
    db.session.execute(update(Person).values(name=f"{HOSTILE[0]} {next(_fresh)}"))
    return dangerous(as_role(app, world, Role.STRANGER).get("/people").text)


def sent(status: int, **options: Any) -> Find:
    """A form that has to be answered so; what it was answered instead."""

    def find(app: Flask, world: World) -> list[Any]:
        client = as_role(app, world, Role.MEMBER)
        got = client.post("/settings/theme", options.get("data", {"theme": "dark", "next": "/"}),
                          csrf=options.get("csrf", True), headers=options.get("headers")).status_code  # fmt: skip
        return [] if got == status else [got]

    return find


def at_another_name(app: Flask, world: World) -> list[Any]:
    got = as_role(app, world, Role.VISITOR).get("/sign-in", headers={"Host": "evil.example"}).status_code
    return [] if got == 400 else [got]


def in_headers(app: Flask, world: World) -> list[Any]:
    return weaknesses(as_role(app, world, Role.MEMBER).get("/settings"))


def after_signing_in(app: Flask, world: World) -> list[Any]:
    there = (
        as_role(app, world, Role.MEMBER).post("/settings/theme", {"theme": "dark", "next": "//evil.example"}).location
    )
    return ["evil"] if "evil" in there else []


GUARDS = (
    Guard("the token in every form", config(WTF_CSRF_CHECK_DEFAULT=False), sent(400, csrf=False)),
    Guard("where a form comes from", without("before_request_funcs", "_refuse_other_sites"),
          sent(400, headers={"Sec-Fetch-Site": "cross-site"})),
    Guard("nul bytes", without("before_request_funcs", "_refuse_broken_text"),
          sent(400, data={"theme": "dark", "next": "/\x00"})),
    Guard("forms of two megabytes", without("before_request_funcs", "_refuse_heaps"),
          sent(413, data={"theme": "dark", "next": "/" * 2_000_000})),
    Guard("the wall", without("before_request_funcs", "_wall"), found_by_the_matrix(Role.MEMBER)),
    Guard("whose pair it is", instead_of(pairs.pair_of, any_pair), found_by_the_matrix(Role.STRANGER)),
    Guard("whose goal it is", instead_of(goals.goal_in, any_goal), found_by_the_matrix(Role.MEMBER)),
    Guard("whose session it is", instead_of(sessions._session_in, any_session), found_by_the_matrix(Role.MEMBER)),  # noqa: SLF001 - it has no other name
    Guard("our names only", config(TRUSTED_HOSTS=None), at_another_name),
    Guard("our paths only", instead_of(settings.safe_next, any_next), after_signing_in),
    Guard("the headers", without("after_request_funcs", "_headers"), in_headers),
    Guard("no HTML in notes", raw_html, in_notes),
    Guard("nothing htmx obeys in notes", obeying_htmx, in_notes),
    Guard("no javascript: in notes", any_scheme, in_notes),
    Guard("escaping", unescaped, in_names),
)  # fmt: skip
