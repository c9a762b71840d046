"""What of PostgreSQL does a process under SQLite never need? Its driver and its dialect, loaded with the first use (later.py)."""

from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from sqlalchemy.dialects.postgresql import insert

from peerapp import patience

__all__ = ["connect", "insert"]

T = TypeVar("T")


class SilentError(psycopg.OperationalError):
    """The database has not answered in the time that there was."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection on which nobody waits for longer than they have."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **kwargs: Any) -> T:
        until = patience.until()
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
    _may_ask(patience.until())
    try:
        return PatientConnection.connect(*args, **kwargs)
    except psycopg.errors.ConnectionTimeout:
        patience.hold_off()
        raise


def _may_ask(until: float | None) -> None:
    if patience.is_over(until):
        raise SilentError("the database does not answer")


def _watched(gen: Generator[Any, Any, T], until: float) -> Generator[Any, Any, T]:
    """The same conversation; psycopg sends "nothing yet" (0) ten times a second while it is quiet."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and patience.has_passed(until):
                patience.hold_off()
                raise SilentError("the database does not answer")
            wanted = gen.send(ready)
    except StopIteration as end:
        said: T = end.value
        return said
