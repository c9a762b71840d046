"""May everybody who has a stream still read, who is here, and what was missed? Two looks a second for all of them."""

import logging
import threading
from time import monotonic

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from peerapp import mishaps, patience
from peerapp.db import only_reading
from peerapp.live.attendance import Attendance
from peerapp.live.hub import Hub, News, Stream
from peerapp.queries import live

EVERY = 0.5
PATIENCE = 3.0
log = logging.getLogger(__name__)


class Watcher:
    """A thread that begins with the first stream and sleeps while there is none."""

    def __init__(self, app: Flask, hub: Hub) -> None:
        self._app, self._hub = app, hub
        self.attendance = Attendance(app, self.look_soon)
        self._bell = threading.Event()
        self._lock, self._looking = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_lost = False

    def begin(self) -> None:
        """See to it that somebody looks."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live watcher", daemon=True)
                self._thread.start()
        self._bell.set()

    def look_soon(self) -> None:
        """Something happened that streams must hear of: do not wait for the second to be over."""
        self._bell.set()

    def _run(self) -> None:
        while True:
            is_needed = self._hub.streams() or not self.attendance.is_empty
            self._bell.wait(EVERY if is_needed else None)
            self._bell.clear()
            began = monotonic()
            self.look()
            if self._bell.is_set():  # however much happens, a look takes little of our time
                threading.Event().wait(min(EVERY, 10 * (monotonic() - began)))

    def look(self) -> None:
        """Look once. A database that does not answer ends no stream."""
        with self._looking:
            self._look()

    def _look(self) -> None:
        streams = [stream for stream in self._hub.streams() if not self._hung_up(stream)]
        if not streams and self.attendance.is_empty:
            return
        try:
            with self._app.app_context(), only_reading(), patience.at_most(PATIENCE):
                found = live.what_they_see({(stream.token_hash, stream.pair_id) for stream in streams})
        except SQLAlchemyError as error:
            if not self._is_lost:
                log.warning("live: the database does not answer (%s)", type(error).__name__)
            self._is_lost = True
        except Exception as error:  # noqa: BLE001 - the next look comes
            mishaps.note(log, "live", error)
        else:
            self._is_lost = False
            for stream in streams:
                self._tell(stream, found)
            self.attendance.keep(streams, found)

    def _hung_up(self, stream: Stream) -> bool:
        if stream.is_gone():
            stream.end()
            return True
        return False

    def _tell(self, stream: Stream, found: live.Found) -> None:
        seen = found.get((stream.token_hash, stream.pair_id))
        if seen is None:
            stream.end()
        else:
            stream.tell(News(seen.version, seen.is_here, seen.editing))
