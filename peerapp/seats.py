"""How many pages are worked on at the same time? As many as `threads`, however many threads the server has.

Streams need a thread each and do nothing; if all those threads drew pages at once, everybody would wait for everybody,
and for the database's connections. What is sent after a view has answered (a stream, a file) holds no seat.
"""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Seats:
    """A WSGI application with so many seats."""

    def __init__(self, app: "WSGIApplication", seats: int) -> None:
        self._app, self._seats = app, threading.BoundedSemaphore(seats)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with self._seats:
            return self._app(environ, start_response)
