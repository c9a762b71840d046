"""A real browser in front of a real server: `browser_as("ana")` opens a page in which Ana is signed in."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright
from waitress.server import create_server

from peerapp import create_app, live as live_streams, migrate
from peerapp.db import db, only_reading
from peerapp.models import Person
from tests import cast as the_cast, emptying
from tests.clients import session_cookie
from tests.conftest import missing, settings
from tests.serving import served

CHROMIUM = next(filter(Path.exists, map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
STREAMS = 16
AGAIN = pytest.mark.flaky(
    reruns=1
)  # for a moment at which the machine is busy; a sixth in one run is none (pyproject.toml)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(AGAIN)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        missing("Chromium")
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app, served by waitress on a free port of this machine, on SQLite."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    app = create_app(settings(folder, f"sqlite:///{folder}/peerapp.sqlite", base_url=f"http://127.0.0.1:{port}"))
    with app.app_context():
        migrate.to_newest()
    streams = live_streams.of(app).hub
    streams.cap, streams.lasts = STREAMS, 600.0
    listening: dict[int, Any] = {}
    server = create_server(
        app, host="127.0.0.1", port=port, threads=4 + STREAMS, channel_request_lookahead=1, map=listening
    )
    with served(server, listening):
        yield app
        live_streams.of(app).end()


@pytest.fixture
def live(served_app: Flask) -> Iterator[Flask]:
    """The served app on an empty database, its context open in the test."""
    with served_app.app_context():
        emptying.empty()
        with only_reading():  # a test that looks holds no writer up
            yield served_app
        db.session.remove()


@pytest.fixture
def people(live: Flask) -> dict[str, Person]:
    """The cast, in the served app."""
    return the_cast.enter()


@pytest.fixture
def browser_as(live: Flask, people: dict[str, Person], chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page signed in as a member of the cast (None: nobody). Options go to the browser context:
    `viewport`, `color_scheme`, `java_script_enabled`… Script errors and CSP reports fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(name: str | None, **options: Any) -> Page:
        options.setdefault("viewport", DESKTOP)
        base: str = live.config["PEERAPP"].base_url
        context = chromium.new_context(base_url=base, locale="en-GB", **options)
        contexts.append(context)
        if name is not None:
            context.add_cookies([{"name": "peerapp", "value": session_cookie(live, people[name]), "url": base}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )
        return page

    yield open_page
    for context in contexts:
        try:
            for page in context.pages:
                page.unroute_all(behavior="ignoreErrors")  # a request still on its way is nobody's any more
            context.unroute_all(behavior="ignoreErrors")
            context.close()
        except Error:  # closed by the test
            continue
    assert complaints == []
