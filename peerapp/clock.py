"""What time is it? The only clock; tests freeze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_earlier: ContextVar[timedelta] = ContextVar("earlier", default=timedelta(0))


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC) - _earlier.get()


@contextmanager
def earlier(by: timedelta) -> Iterator[None]:
    """Inside, it is so much earlier: the demo company has a past that went the same way as everybody's present."""
    token = _earlier.set(by)
    try:
        yield
    finally:
        _earlier.reset(token)
