"""Whatever people type stays text: on every page, in notices, letters, on paper and in files."""

import csv
import email
import io
from email import policy
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from peerapp import outbox
from peerapp.actions.notices import tell
from peerapp.db import db
from peerapp.models import Letter
from peerapp.rules.notice_kinds import SENTENCES, NoticeKind
from tests.house.asking import Browsers, Way, probes
from tests.house.corpus import HOSTILE, fill, hostile
from tests.house.markup import dangerous
from tests.house.openapi import fields_of
from tests.house.pages import READERS, everything_is_newer, pages
from tests.house.scopes import Gets, Kind, Role
from tests.house.snapshot import go_back_to, snapshot
from tests.house.table import ROUTES
from tests.house.world import World, make_world

pytestmark = pytest.mark.one_database
TURNS = 4
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
           "Content-Type", "Content-Transfer-Encoding"}  # fmt: skip


@pytest.fixture
def world(app: Flask) -> World:
    return make_world()


def harm_in(response: TestResponse) -> list[str]:
    """What got out of its text."""
    found = [
        f"{name}: {value}" for name, value in response.headers if "evil" in name.lower() + value and name != "Location"
    ]
    if response.mimetype == "text/html" and response.status_code != 303:
        found += dangerous(response.text)
        found += ["a template ran"] if ">49 " in response.text or " 49 $" in response.text else []
    if response.mimetype == "text/csv":
        cells = [cell for row in csv.reader(io.StringIO(response.text)) for cell in row]
        found += [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    return found


def test_there_are_forty_and_none_is_harmless_where_nothing_is_escaped() -> None:
    assert len(HOSTILE) >= 40
    tags = [text for text in HOSTILE if text.startswith("<") and not text.startswith(("<javascript:", "<https:"))]
    assert [text for text in tags if not dangerous(f"<!doctype html><title>x</title><p>{text}</p>")] == []


def test_what_stands_in_the_database_stays_text_on_every_page(app: Flask, world: World, long: bool) -> None:
    harmed, shown = {}, 0
    for turn in range(len(HOSTILE) if long else TURNS):
        fill(turn)
        browsers = Browsers(app, world)
        for page in pages(app, world):
            response = browsers.of(page.role).get(page.path, buffered=True)
            assert response.status_code < 500, page
            shown += "evil" in response.text
            if harm := harm_in(response):
                harmed[str(page)] = harm
    assert harmed == {}
    assert shown > 100


def test_what_is_typed_stays_text_when_it_comes_back(app: Flask, world: World) -> None:
    harmed, seen, number = {}, 0, 0
    browsers, before = Browsers(app, world), snapshot()
    for probe in probes(app, world):
        is_reader = probe.role in READERS.get(ROUTES[probe.endpoint], (Role.MEMBER,))
        if probe.expected is not Gets.IN or probe.way is not Way.FILLED or probe.kind is not Kind.OWN or not is_reader:
            continue
        texts = {
            name for name, schema in fields_of(app, probe.endpoint).items() if set(schema) <= {"type", "maxLength"}
        }
        for too_long in (False, True):
            everything_is_newer()
            number += 1
            typed = {name: hostile(number, 60) * (200 if too_long else 1) for name in texts}
            response = browsers.of(probe.role).post(probe.path, browsers.filled(probe.endpoint) | typed)
            assert response.status_code < 500, (probe, typed)
            seen += "evil" in response.text
            if harm := harm_in(response):
                harmed[f"{probe.path} {typed}"] = harm
            go_back_to(before)
    assert harmed == {}
    assert seen > 20


def test_what_is_typed_never_becomes_a_part_of_a_letter(app: Flask, world: World) -> None:
    person = world.people[Role.MEMBER]
    db.session.execute(delete(Letter))
    with app.test_request_context():
        for kind, text in product(NoticeKind, HOSTILE):
            person.name = text
            tell(person, kind, "/", name=text, day=text, time=text, role=text, title=text)
        db.session.flush()
    letters = list(db.session.scalars(select(Letter)))
    assert len(letters) == len(NoticeKind) * len(HOSTILE)
    for letter in letters:
        sent = email.message_from_bytes(outbox.message_of(letter).as_bytes(), policy=policy.default)
        assert set(sent.keys()) == HEADERS
        assert (sent["To"], sent.get_content_type(), sent.is_multipart()) == (person.email, "text/plain", False)
    assert set(NoticeKind) == set(SENTENCES)
