"""Can everybody use every page? axe finds nothing on any: full, empty, refused, light, dark, on a desk and on a phone.

Neither does anything stick out of 320 pixels, nor does the browser complain about a page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route
from werkzeug.test import TestResponse

from peerapp.db import db
from tests import emptying
from tests.clients import PeerClient, session_cookie
from tests.house.asking import rules
from tests.house.pages import errors, pages, refused
from tests.house.scopes import Role
from tests.house.world import World, make_world

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
ALL = {"resultTypes": ["violations"]}
RUN = """async (options) => {
    do {
        document.getAnimations().forEach((each) => each.finish());
        await new Promise(requestAnimationFrame);
    } while (document.getAnimations().length);
    return (await axe.run(document, options)).violations.map((found) =>
        `${found.id}: ${found.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary).join(" | ")}`);
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.outerHTML.slice(0, 120))"""
NO_PAGES = {  # files, and what scripts ask for
    "health.show", "live.version", "live.stream", "calendar.feed", "calendar.download",
    "import_files.sample", "import_files.problems", "answering.papers", "promises.manifest", "results.csv", "results.proof",
    "help.verify_script", "typed_notes.show",
}  # fmt: skip
PARTS = {Role.MEMBER: 3}  # so that the workers share them
READERS = [  # the partner sees what the member sees
    Role.VISITOR, Role.STRANGER, Role.MEMBER, Role.FORMER, Role.MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR,
]  # fmt: skip


@pytest.fixture
def world(served_app: Flask) -> Iterator[World]:
    """The served app with one of everything in it."""
    served_app.test_client_class = PeerClient
    with served_app.app_context():
        emptying.empty()
        yield make_world()
        db.session.remove()


@dataclass
class Reader:
    """A browser in which somebody looks at pages, and what was wrong with them."""

    page: Page
    base: str
    found: dict[str, list[str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, app: Flask, world: World, role: Role) -> None:
        if role in world.tokens:
            cookie = session_cookie(app, world.people[role])
            self.page.context.add_cookies([{"name": "peerapp", "value": cookie, "url": self.base}])

    def look_at(self, told: str, address: str) -> None:
        """Light on a desk, dark on a phone."""
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(address)
        wrong = [*self._axe(ALL)]
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self.page.set_viewport_size(PHONE)
        wrong += self._axe(ALL)
        wrong += [f"too wide: {each}" for each in self.page.evaluate(TOO_WIDE)]
        wrong += self.complaints
        self.complaints.clear()
        if wrong:
            self.found[told] = wrong

    def _axe(self, options: dict[str, Any]) -> list[str]:
        return [str(each) for each in self.page.evaluate(RUN, options)]


@pytest.fixture
def reader(served_app: Flask, chromium: Browser) -> Iterator[Reader]:
    base = served_app.config["PEERAPP"].base_url
    context = chromium.new_context(base_url=base, locale="en-GB")
    context.add_init_script(AXE)
    looks = Reader(context.new_page(), base)
    looks.page.on("pageerror", lambda error: looks.complaints.append(f"script: {error}"))
    looks.page.on("console", lambda said: looks.complaints.append(said.text) if is_complaint(said.text) else None)
    yield looks
    context.close()


def is_complaint(said: str) -> bool:
    """A status that is meant is none, nor that the summary of errors has the focus before a field would take it."""
    meant = ("Failed to load resource: the server responded with a status of 4", "Autofocus processing was blocked")
    return not said.startswith(meant)


def test_no_page_is_left_out(served_app: Flask, world: World) -> None:
    """Each that can be read is looked at below by somebody, or named as none."""
    read = {rule.endpoint for rule in rules(served_app) if "GET" in (rule.methods or ())}
    seen = {page.endpoint for page in pages(served_app, world) if page.role in READERS}
    assert read - {"static"} - seen - NO_PAGES == set()


@pytest.mark.parametrize(("role", "part"), [(role, part) for role in READERS for part in range(PARTS.get(role, 1))])
def test_axe_finds_nothing_on_any_page(served_app: Flask, world: World, reader: Reader, role: Role, part: int) -> None:
    reader.sign_in(served_app, world, role)
    theirs = [page for page in pages(served_app, world) if page.role is role and page.endpoint not in NO_PAGES]
    for page in theirs[part :: PARTS.get(role, 1)]:
        reader.look_at(str(page), page.path)
    assert reader.found == {}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_axe_finds_nothing_on_a_page_with_a_problem(
    served_app: Flask, world: World, reader: Reader, role: Role
) -> None:
    """Each as it was answered, with its own headers."""
    reader.sign_in(served_app, world, role)
    answers = list(refused(served_app, world, [role]))
    answers += list(errors(served_app, world)) if role is Role.MEMBER else []
    seen = set()
    for number, (told, answer) in enumerate(answers):
        if answer.mimetype == "text/html" and answer.status_code >= 400 and shape(answer.text) not in seen:
            seen.add(shape(answer.text))
            address = f"{reader.base}/answered/{number}"
            reader.page.route(address, answer_with(answer))
            reader.look_at(f"{answer.status_code}: {told}", address)
    assert reader.found == {}


def shape(html: str) -> str:
    """The page without its words, addresses and ids: two of one shape are equally good or bad."""
    tags = re.sub(r">[^<]+<", "><", html)
    return re.sub(r"""\s(?!type|class|role|open|hidden)[\w-]+=("[^"]*"|'[^']*')""", "", tags)


def answer_with(answer: TestResponse) -> Callable[[Route], None]:
    headers = {name: value for name, value in answer.headers if name in {"Content-Type", "Content-Security-Policy"}}
    return lambda route: route.fulfill(status=answer.status_code, headers=headers, body=answer.text)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("<img src=/static/0/favicon.svg>", "image-alt"),
        (
            "<p id=fault>These words are hard to read.</p><style>#fault { color: #777; background: #666 }</style>",
            "color-contrast",
        ),
        ("<button></button>", "button-name"),
        ("<div id=fault>wide</div><style>#fault { width: 400px; background: red; color: black }</style>", "too wide"),
        ("<p>fine</p><script>nowhere()</script>", "script: "),
        ("<p onclick='x()'>fine</p><script src=//elsewhere.example/x.js></script>", "Content Security Policy"),
    ],
)
def test_a_fault_on_a_page_is_noticed(reader: Reader, fault: str, named: str) -> None:
    policy = "script-src 'self'" if named == "Content Security Policy" else "script-src 'unsafe-inline' 'self'"
    page = f"<!doctype html><html lang=en><title>Fault</title><main><h1>Fault</h1>{fault}</main></html>"
    answer = {"Content-Type": "text/html", "Content-Security-Policy": policy}
    reader.page.route(f"{reader.base}/fault", lambda route: route.fulfill(headers=answer, body=page))
    reader.look_at("fault", f"{reader.base}/fault")
    assert named in str(reader.found)
