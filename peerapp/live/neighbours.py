"""How does this process hear at once of what another one committed, while it has streams? By one connection of its own.

PostgreSQL passes on what is announced with a commit. A SQLite file is asked forty times a second whether anybody wrote
(three microseconds each), and only then what. Where the connection fails, and for all that is not told this way, the
watcher's looks remain.
"""

import logging
import threading
from collections.abc import Mapping
from contextlib import closing
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, bindparam, func, select

from peerapp import patience
from peerapp.db import db, only_reading
from peerapp.live.hub import Hub
from peerapp.queries import live

CHANNEL = "peerapp_versions"
OFTEN = 0.025  # seconds between two questions to a file
IN_A_ROW = 8
QUIET = OFTEN * IN_A_ROW  # seconds after which whoever listens looks whether there still are streams
LINGERS = 30.0  # pages are turned: the next stream comes soon
AGAIN = 5.0  # a connection that failed is made anew
PATIENCE = 3.0
_TELL = select(func.pg_notify(CHANNEL, bindparam("words")))
log = logging.getLogger(__name__)


def announce(connection: Connection, versions: Mapping[UUID, int]) -> None:
    """Say it to the other processes: with the commit, and only if there is one."""
    if connection.dialect.name == "postgresql":
        for pair_id, version in versions.items():
            connection.execute(_TELL, {"words": f"{pair_id} {version}"})


class Ear:
    """A thread that listens while there are streams."""

    def __init__(self, app: Flask, hub: Hub) -> None:
        self._app, self._hub = app, hub
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None
        self._needed_at = 0.0
        self._is_lost = False

    def begin(self) -> None:
        """See to it that somebody listens."""
        with self._lock:
            if self._thread is None:
                self._stop.clear()
                self._thread = threading.Thread(target=self._run, name="live ear", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Listen no longer, and let the connection go."""
        self._stop.set()
        if thread := self._thread:
            thread.join(PATIENCE)

    def _run(self) -> None:
        while self._is_needed():
            try:
                with self._app.app_context(), only_reading():
                    self._listen()
            except Exception as error:  # noqa: BLE001 - whatever the driver says: the watcher looks meanwhile
                if not self._is_lost:
                    log.warning("live: other processes are not heard (%s)", type(error).__name__)
                self._is_lost = True
                self._stop.wait(AGAIN)

    def _is_needed(self) -> bool:
        with self._lock:
            if self._hub.streams():
                self._needed_at = monotonic()
            if not self._stop.is_set() and monotonic() - self._needed_at < LINGERS:
                return True
            self._thread = None
            return False

    def _listen(self) -> None:
        with patience.at_most(PATIENCE):
            held = db.engine.raw_connection()
        own: Any = held.driver_connection
        with closing(own) as line:
            held.detach()  # it is no page's any more
            if db.engine.dialect.name == "postgresql":
                self._hear(line)
            else:
                self._look(line)

    def _hear(self, line: Any) -> None:
        line.autocommit = True
        with patience.at_most(PATIENCE):
            line.execute(f"LISTEN {CHANNEL}")
        self._ask()  # what was committed before
        while self._is_needed():
            for said in line.notifies(timeout=QUIET):
                pair_id, version = said.payload.split()
                self._hub.changed({UUID(pair_id): int(version)})

    def _look(self, line: Any) -> None:
        known = None
        while self._is_needed():
            for _ in range(IN_A_ROW):
                (now,) = line.execute("PRAGMA data_version").fetchone()
                if now != known:
                    known = now
                    self._ask()
                sleep(OFTEN)

    def _ask(self) -> None:
        with patience.at_most(PATIENCE):
            self._hub.changed(live.versions_of(self._hub.pairs()))
        self._is_lost = False
