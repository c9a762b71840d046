"""What people type goes where they typed it, and nowhere else: no log, no letter, no address, no page of somebody else."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import insert, select, text
from werkzeug.test import TestResponse

from peerapp.db import db
from peerapp.models import Unit
from tests.house.asking import Browsers, Probe, Way, as_role, probes
from tests.house.openapi import fields_of
from tests.house.pages import Page, everything_is_newer, pages
from tests.house.scopes import Gets, Kind, Role, Scope
from tests.house.snapshot import go_back_to, snapshot
from tests.house.table import ROUTES
from tests.house.world import World, make_world

MARKS = [f"zq{number:02}quagga" for number in range(40)]
OF_TWO = {Scope.PAIR, Scope.OPEN_PAIR, Scope.AUTHOR, Scope.ASKED, Scope.RECEIVER, Scope.SENDER}
OTHERS = (Role.STRANGER, Role.MANAGER, Role.OTHER_MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR)
NOWHERE_IN = {"letter", "notice", "submission", "sign_in", "sign_in_try", "one_time_link", "lease"}


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Everything that was logged or printed, by whomever."""
    with caplog.at_level(logging.INFO):
        yield (
            lambda: (
                caplog.text + "".join(str(record.__dict__) for record in caplog.records) + "".join(capfd.readouterr())
            )
        )


class LogOfTheServer:
    """What PostgreSQL writes from now on about what it is asked."""

    def __init__(self) -> None:
        self._files: list[Path] = []
        if db.engine.dialect.name == "postgresql":
            folder = Path(str(db.session.scalar(select(text("current_setting('data_directory')")))))
            self._files = [file for file in (*folder.glob("*log*"), *folder.glob("log/*")) if file.is_file()]
            assert self._files, "no log to look into"
        self._sizes = {file: file.stat().st_size for file in self._files}

    def more(self) -> bytes:
        return b"".join(file.read_bytes()[self._sizes[file] :] for file in self._files)


def marked(text: object) -> bool:
    return "quagga" in str(text)


def forms(app: Flask, world: World, of: set[Scope]) -> Iterator[tuple[Probe, dict[str, Any]]]:
    """Every form that a member may send, with a marker of its own in every text."""
    number = 0
    for probe in probes(app, world, lambda rule: ROUTES[rule.endpoint] in of):
        if probe.expected is Gets.IN and probe.way is Way.FILLED and probe.kind is Kind.OWN and probe.role in MAY_TYPE:
            schemas = fields_of(app, probe.endpoint)
            texts = [name for name, schema in schemas.items() if set(schema) <= {"type", "maxLength", "x-required"}]
            number += 1
            typed = {name: MARKS[(number + at) % len(MARKS)] for at, name in enumerate(texts) if name not in NO_TEXT}
            yield probe, typed


MAY_TYPE = {Role.MEMBER, Role.FORMER}
NO_TEXT = {
    "email",
    "next",
    "kept",
    "session",
    "goal",
    "after",
    "change",
    "once",
    "seen",
    "column",
    "owner",
    "by",
    "to",
    "done",
}


def answers(app: Flask, world: World, of: set[Scope]) -> Iterator[TestResponse]:
    """What comes of these forms: too long, from an old page, signed out, too late, kept."""
    browsers, before = Browsers(app, world), snapshot()
    visitor = as_role(app, world, Role.VISITOR)
    for probe, typed in forms(app, world, of):
        client, fields = browsers.of(probe.role), browsers.filled(probe.endpoint) | typed
        yield client.post(probe.path, fields | {name: value * 2_000 for name, value in typed.items()})
        yield client.post(probe.path, fields, csrf=False)
        yield visitor.post(probe.path, fields)
        everything_is_newer()
        yield client.post(probe.path, fields)
        go_back_to(before)
        kept = client.post(probe.path, fields)
        yield kept
        if kept.status_code == 303:
            go_back_to(before)


def test_what_is_typed_is_in_no_log_letter_address_or_table_of_ours(app: Flask, world: World, logged: Any) -> None:
    statuses, lost, server = set(), [], LogOfTheServer()
    for response in answers(app, world, set(Scope) - {Scope.PUBLIC, Scope.LINK}):
        statuses.add(response.status_code)
        where = [name for name, value in response.headers if name != "Set-Cookie" and marked(value)]
        rows = [name for name in NOWHERE_IN if marked(db.session.execute(select(db.metadata.tables[name])).all())]
        lost += [(response.request.path, where, rows)] if where or rows else []
    assert lost == []
    assert statuses >= {303, 400, 401, 409, 422}
    assert not marked(logged())
    assert not marked(server.more())


def test_what_the_two_write_is_on_no_page_of_anybody_else(app: Flask, world: World) -> None:
    browsers, typed_in = Browsers(app, world), 0
    for probe, typed in forms(app, world, OF_TWO):
        response = browsers.of(probe.role).post(probe.path, browsers.filled(probe.endpoint) | typed)
        typed_in += response.status_code == 303 and bool(typed)
    mine = [page for page in pages(app, world) if page.role is Role.MEMBER]
    assert sum(marked(browsers.of(Role.MEMBER).get(page.path).text) for page in mine) > 5
    seen = {(page.path, role) for page in of_everybody(app, world) for role in OTHERS if shows(browsers, page, role)}
    assert seen == set()
    assert typed_in > 10


def of_everybody(app: Flask, world: World) -> list[Page]:
    return list({page.path: page for page in pages(app, world)}.values())


def shows(browsers: Browsers, page: Page, role: Role) -> bool:
    return marked(browsers.of(role).get(page.path).text)


def a_library_quotes_it() -> None:
    try:
        int(request.form["body"])
    except ValueError as error:
        raise LookupError(f"no {request.form['body']}") from error


def the_database_quotes_it() -> None:
    db.session.execute(insert(Unit), [{"id": None, "name": request.form["body"]}])


def it_is_there_already() -> None:
    for _ in range(2):
        db.session.execute(insert(Unit).values(name=request.form["body"]))


def it_is_too_long_for_its_column() -> None:
    db.session.execute(text("SELECT no_such_function(:body)"), {"body": request.form["body"]})


@pytest.mark.parametrize(
    "breaks", [a_library_quotes_it, the_database_quotes_it, it_is_there_already, it_is_too_long_for_its_column]
)
def test_what_was_typed_into_a_request_that_broke_is_in_no_log(
    app: Flask, world: World, logged: Any, monkeypatch: pytest.MonkeyPatch, breaks: Any
) -> None:
    monkeypatch.setitem(app.view_functions, "comments.add", lambda **_ids: breaks())
    ids = world.ids[Kind.OWN]
    path = f"/pairs/{ids['pair_id']}/goals/{ids['goal_id']}/comments"
    response = as_role(app, world, Role.MEMBER).post(path, {"body": MARKS[0]})
    assert response.status_code in {409, 500, 503}
    assert not marked(logged())
    stranger = as_role(app, world, Role.STRANGER).post(path, {"body": "Something else"})
    assert not marked(stranger.text)
