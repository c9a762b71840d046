"""How does a page learn at once that the other of the two changed something? Streams, and one watcher a process.

A stream only says "version 17" and who is here; the page then asks for what it shows. What this process commits wakes
its streams at once (`committing.py`), what others commit nearly so (`neighbours.py`). Who may still read and who is here,
the watcher finds within half a second, and whatever else was missed (`watcher.py`).
"""

from uuid import UUID

from flask import Flask

from peerapp.live import committing
from peerapp.live.hub import LASTS, Hub, News, Stream
from peerapp.live.neighbours import Ear
from peerapp.live.unchanged import Unchanged
from peerapp.live.watcher import Watcher
from peerapp.queries.live import Reader

__all__ = ["Live", "init_app", "of"]


class Live:
    """The streams of this process and who looks after them."""

    def __init__(self, app: Flask, hub: Hub) -> None:
        self.hub, self.watcher, self.ear = hub, Watcher(app, hub), Ear(app, hub)

    def open(self, reader: Reader, token_hash: str, pair_id: UUID) -> Stream | None:
        """A stream for somebody who may read the pair, or None beyond the cap."""
        stream = self.hub.open(token_hash, pair_id, reader.person_id, News(reader.version or 0))
        if stream and self.hub.lasts:
            self.watcher.begin()
            self.ear.begin()
        return stream

    def end(self) -> None:
        """The process stops: every stream is told, and whoever was here is forgotten with their moment."""
        self.hub.end()
        self.ear.end()
        self.watcher.attendance.clear()


def init_app(app: Flask) -> None:
    """None but `peerapp serve` has threads to spare for streams unless the settings say so (serving.py)."""
    settings = app.config["PEERAPP"]
    hub = Hub(cap=max(0, settings.streams), lasts=0 if settings.testing else LASTS)
    app.extensions["live"] = Live(app, hub)
    committing.listen()
    app.wsgi_app = Unchanged(app, app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way


def of(app: Flask) -> Live:
    live: Live = app.extensions["live"]
    return live
