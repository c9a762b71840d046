"""Who of those with a stream is told to be here? Those in a session, for a moment at a time, until their page is left.

Kept in a table, so that the other of the two may be served by another process; in no backup, and gone after seconds.
"""

from collections.abc import Callable, Collection
from time import monotonic

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from peerapp import clock, patience
from peerapp.actions import presence
from peerapp.actions.presence import Place
from peerapp.db import db
from peerapp.live.hub import Stream
from peerapp.queries.live import Found

LEAVES_AFTER = 4.0  # seconds without a stream: long enough to turn a page


class Attendance:
    """What this process has said about people being here."""

    def __init__(self, app: Flask, written: Callable[[], None]) -> None:
        self._app, self._written = app, written
        self._here: dict[Place, float] = {}  # when their stream was last seen

    @property
    def is_empty(self) -> bool:
        return not self._here

    def clear(self) -> None:
        """Answer for nobody any longer."""
        self._here.clear()

    def keep(self, streams: Collection[Stream], found: Found) -> None:
        """Write down who came or stays, and forget who left or whose session is over. Mostly there is nothing to do."""
        now, soon, a_while = monotonic(), clock.now() + presence.RENEWED, clock.now() + presence.TOGETHER
        staying, others, ended = set(), set(), set()
        for stream in streams:
            seen, place = found.get((stream.token_hash, stream.pair_id)), (stream.pair_id, stream.person_id)
            if seen is None or not seen.is_running:
                ended.add(place)
                continue
            self._here[place] = now
            if seen.stays_until is None or seen.stays_until < soon:
                staying.add(place)
            elif seen.stays_until < a_while:
                others.add(place)
        gone = {
            place for place, at in list(self._here.items()) if now - at > LEAVES_AFTER or (place in ended and at < now)
        }
        if staying or gone:
            self._write(staying | others, gone)

    def _write(self, staying: set[Place], left: set[Place]) -> None:
        try:
            with self._app.app_context(), patience.at_most(patience.REQUEST_SECONDS):
                if staying:
                    presence.stay(staying)
                if left:
                    presence.go(left)
                db.session.commit()
        except SQLAlchemyError:  # a pair that was just deleted, a database that is busy: the next look tries again
            return
        for place in left:
            self._here.pop(place, None)
        self._written()
