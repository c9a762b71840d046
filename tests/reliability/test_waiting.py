"""Nobody waits for more than ten seconds, whoever holds the database up, and pages that need nothing of it do not wait."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import create_engine, update

from peerapp.db import DRIVER, db
from peerapp.models import Goal, Pair, Person
from tests.clients import PeerClient
from tests.factories import make_goal
from tests.reliability.house import Browser, a_port, house, url_of
from tests.reliability.postgres import Server
from tests.reliability.writers import BUSY, SAVED, Scene, leave_alone

LONGEST = 10.0
READERS = 24


@contextmanager
def held(pair: Pair) -> Iterator[None]:
    """Another process is in the middle of writing something about this pair, and does not come to an end."""
    url, is_sqlite = db.engine.url, db.engine.dialect.name == "sqlite"
    engine = create_engine(url, module=DRIVER) if is_sqlite else create_engine(url)
    with engine.connect() as connection:
        if is_sqlite:
            connection.connection.dbapi_connection.execute("BEGIN IMMEDIATE")
        else:
            connection.execute(update(Pair).where(Pair.id == pair.id).values(version=1))
        yield
        connection.rollback()
    engine.dispose()


@pytest.fixture
def goal(cast: dict[str, Person], ana_and_ben: Pair) -> Goal:
    return make_goal(ana_and_ben, by=cast["ana"])


def test_a_writer_who_holds_everybody_up_delays_writers_only_and_not_for_long(
    as_: Callable[[str], PeerClient], ana_and_ben: Pair, goal: Goal
) -> None:
    ana, comments = as_("ana"), f"/pairs/{ana_and_ben.id}/goals/{goal.id}/comments"
    board = f"/pairs/{ana_and_ben.id}/board"
    leave_alone()
    with held(ana_and_ben):
        begun = monotonic()
        assert ana.get(board).status_code == 200
        assert monotonic() - begun < 2
        answer = ana.post(comments, {"body": "Well done, Ben"})
        assert monotonic() - begun < LONGEST
    assert (answer.status_code, answer.headers["Retry-After"]) == (BUSY, "5")
    assert "Well done, Ben" in answer.text
    assert ana.post(comments, {"body": "Well done, Ben"}).status_code == SAVED


class Answers:
    """What many who ask at once are told, and how long the one waits who waits longest."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.statuses: set[int] = set()
        self.slowest = 0.0
        self._threads = [threading.Thread(target=self._ask, args=(act,)) for act in acts]
        for thread in self._threads:
            thread.start()

    def _ask(self, act: Callable[[], object]) -> None:
        begun = monotonic()
        self.statuses.add(act().status)  # type: ignore[attr-defined]  # an answer
        self.slowest = max(self.slowest, monotonic() - begun)

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(60)


def test_a_postgresql_that_hangs_is_waited_for_once_and_not_by_one_after_the_other(
    app_there: Flask, server: Server, tmp_path: Path
) -> None:
    scene, port = Scene(), a_port()
    browser = scene.browser(port)
    leave_alone()
    with house(tmp_path, url_of(app_there), threads=4) as served:
        served.start(port)
        assert browser.post(scene.comments, {"body": "before"}).status == SAVED
        server.freeze()
        many = Answers(*[acts(browser, scene)[number % 2] for number in range(READERS)])
        many.wait()
        missing = Answers(lambda: browser.get("/static/no-such-file"))
        missing.wait()
        server.thaw()
        begun = monotonic()
        while browser.post(scene.comments, {"body": "afterwards"}).status != SAVED:
            assert monotonic() - begun < LONGEST
    assert many.statuses == {BUSY}
    assert many.slowest < LONGEST
    assert (missing.statuses, missing.slowest < 1) == ({404}, True)


def acts(browser: Browser, scene: Scene) -> tuple[Callable[[], object], Callable[[], object]]:
    return lambda: browser.get(scene.board), lambda: browser.post(scene.comments, {"body": "meanwhile"})
