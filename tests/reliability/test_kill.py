"""Whatever a browser was told is saved is there after a kill -9, and the database is whole."""

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask import Flask, current_app
from sqlalchemy import select, text

from peerapp import migrate
from peerapp.db import db
from peerapp.models import Comment, Person
from tests import cast
from tests.factories import make_goal, make_pair
from tests.reliability.house import NO_ANSWER, Browser, House, a_port, comments_of, house

CYCLES = {"sqlite": 200, "postgresql": 40}
CYCLES_LONG = 10_000
WRITERS = 4
SAVED = 303


@pytest.fixture
def ana(new_app: Flask) -> Person:
    migrate.to_newest()
    return cast.enter()["ana"]


@pytest.fixture
def where(ana: Person) -> str:
    """Where comments on a goal of Ana's are sent to."""
    pair = make_pair(ana, db.session.scalars(select(Person).where(Person.name == "Ben Okafor")).one())
    return comments_of(pair.id, make_goal(pair, by=ana).id)


@pytest.fixture
def served(new_app: Flask, tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, new_app.config["PEERAPP"].database_url) as own:
        yield own


@pytest.fixture
def cycles(database_kind: str, long: bool) -> int:
    return CYCLES_LONG if long else CYCLES[database_kind]


class Writers:
    """Four browsers that send one comment after the other, whether or not anybody answers."""

    def __init__(self, browsers: list[Browser], where: str) -> None:
        self.saved: list[str] = []
        self.answers: dict[int, int] = {}
        self._where, self._over, self._number = where, threading.Event(), count()
        self._threads = [threading.Thread(target=self._write, args=(each,)) for each in browsers]
        for thread in self._threads:
            thread.start()

    def _write(self, browser: Browser) -> None:
        while not self._over.is_set():
            words = f"comment {next(self._number)}"
            try:
                status = browser.post(self._where, {"body": words}).status
            except NO_ANSWER:
                sleep(0.002)
                continue
            self.answers[status] = self.answers.get(status, 0) + 1
            if status == SAVED:
                self.saved.append(words)

    def wait_for(self, more: int) -> None:
        enough, begun = len(self.saved) + more, monotonic()
        while len(self.saved) < enough:
            assert monotonic() - begun < 20, self.answers
            sleep(0.001)

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)


def test_nothing_that_was_acknowledged_is_lost_by_a_kill(ana: Person, where: str, served: House, cycles: int) -> None:
    port = a_port()
    browsers = [Browser(current_app, ana, port) for _ in range(WRITERS)]
    db.session.remove()
    db.engine.dispose()
    served.warm(browsers[0], where, {"body": "the first one"})
    writers = Writers(browsers, where)
    try:
        for cycle in range(cycles):
            served.start(port)
            writers.wait_for(1 + cycle % 5)
            served.kill(port)
    finally:
        writers.stop()
    kept = list(db.session.scalars(select(Comment.body)))
    assert set(writers.saved) - set(kept) == set()
    assert len(kept) == len(set(kept))
    assert set(writers.answers) == {SAVED}
    assert len(writers.saved) >= cycles
    assert is_whole()


def is_whole() -> bool:
    """What SQLite says about its file; PostgreSQL looks after itself."""
    if db.engine.dialect.name != "sqlite":
        return True
    checks = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
    return checks == ["ok"] and not db.session.execute(text("PRAGMA foreign_key_check")).all()
