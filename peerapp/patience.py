"""How long does a request wait for a PostgreSQL that has gone silent? Not longer than people do.

The server's own timeouts do not count when it is the server that hangs: a frozen disk, a stopped process. So whoever
waits for its answer looks at the clock, gives up when the request has had its time, and closes the connection. For a
moment afterwards nobody asks at all: otherwise every request in the queue would wait its full time after the other.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, TypeVar

import psycopg

REQUEST_SECONDS = 8.5
HOLD_OFF_SECONDS = 2.0
T = TypeVar("T")
_until: ContextVar[float | None] = ContextVar("until", default=None)
_ask_again_at = 0.0


class SilentError(psycopg.OperationalError):
    """The database has not answered in the time that there was."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Whatever is asked inside has this long, all of it together."""
    token = _until.set(monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which nobody waits for longer than they have."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **kwargs: Any) -> T:
        until = _until.get()
        if until is None:
            return super().wait(gen, *args, **kwargs)
        try:
            _may_ask(until)
            return super().wait(_watched(gen, until), *args, **kwargs)
        except SilentError:
            self.close()  # what it would say later belongs to nobody
            raise


def connect(*args: Any, **kwargs: Any) -> PatientConnection:
    """A new connection, if there is time left to make one."""
    _may_ask(_until.get())
    try:
        return PatientConnection.connect(*args, **kwargs)
    except psycopg.errors.ConnectionTimeout:
        _hold_off()
        raise


def _may_ask(until: float | None) -> None:
    now = monotonic()
    if until is not None and (now >= until or now < _ask_again_at):
        raise SilentError("the database does not answer")


def _hold_off() -> None:
    global _ask_again_at  # noqa: PLW0603 - one database a process
    _ask_again_at = monotonic() + HOLD_OFF_SECONDS


def _watched(gen: Generator[Any, Any, T], until: float) -> Generator[Any, Any, T]:
    """The same conversation; psycopg sends "nothing yet" (0) ten times a second while it is quiet."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and monotonic() >= until:
                _hold_off()
                raise SilentError("the database does not answer")
            wanted = gen.send(ready)
    except StopIteration as end:
        said: T = end.value
        return said
