"""People who send one comment after the other, whether or not anybody answers, and note what they were told."""

import threading
from collections import Counter
from itertools import count
from time import monotonic, sleep

from flask import current_app
from sqlalchemy import select, text

from peerapp.db import db
from peerapp.models import Comment, Pair, Person
from tests import cast
from tests.factories import make_goal, make_pair
from tests.reliability.house import NO_ANSWER, Browser

SAVED, BUSY = 303, 503


class Scene:
    """Ana, and where comments on a goal of her pair's are sent to."""

    def __init__(self) -> None:
        people = cast.enter()
        self.ana: Person = people["ana"]
        self.pair: Pair = make_pair(self.ana, people["ben"])
        goal = make_goal(self.pair, by=self.ana)
        self.board = f"/pairs/{self.pair.id}/board"
        self.comments = f"/pairs/{self.pair.id}/goals/{goal.id}/comments"

    def browser(self, port: int) -> Browser:
        return Browser(current_app, self.ana, port)  # type: ignore[arg-type]  # the app behind it


def leave_alone() -> None:
    """Give every connection back, so that a test stands in nobody's way."""
    db.session.remove()
    db.engine.dispose()


def kept() -> list[str]:
    """What is in the database: the words of every comment."""
    return list(db.session.scalars(select(Comment.body)))


def is_whole() -> bool:
    """What SQLite says about its file; PostgreSQL looks after itself."""
    if db.engine.dialect.name != "sqlite":
        return True
    checks = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
    return checks == ["ok"] and not db.session.execute(text("PRAGMA foreign_key_check")).all()


class Writers:
    """One thread a browser. `saved` is what they were told is saved, `slowest` the longest that anybody waited."""

    def __init__(self, browsers: list[Browser], where: str, *, each: int | None = None) -> None:
        self.saved: list[str] = []
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0
        self._where, self._over, self._number, self._each = where, threading.Event(), count(), each
        self._threads = [threading.Thread(target=self._write, args=(browser,)) for browser in browsers]
        for thread in self._threads:
            thread.start()

    def _write(self, browser: Browser) -> None:
        sent = 0
        while not self._over.is_set() and sent != self._each:
            sent += 1
            words, begun = f"comment {next(self._number)}", monotonic()
            try:
                status = browser.post(self._where, {"body": words}).status
            except NO_ANSWER:
                sleep(0.002)
                continue
            self.slowest = max(self.slowest, monotonic() - begun)
            self.answers[status] += 1
            if status == SAVED:
                self.saved.append(words)

    def wait_for(self, more: int, seconds: float = 20) -> None:
        """Until so many more are saved."""
        enough, begun = len(self.saved) + more, monotonic()
        while len(self.saved) < enough:
            assert monotonic() - begun < seconds, self.answers
            sleep(0.001)

    def stop(self) -> None:
        self._over.set()
        self.wait()

    def wait(self) -> None:
        """Until everybody is done."""
        for thread in self._threads:
            thread.join(120)
