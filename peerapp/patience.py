"""How long does a request wait for a PostgreSQL that has gone silent? Not longer than people do.

The server's own timeouts do not count when it is the server that hangs: a frozen disk, a stopped process. So whoever
waits for its answer (postgres.py) looks at the clock, gives up when the request has had its time, and closes the
connection. For a moment afterwards nobody asks at all: otherwise every request in the queue would wait its full time
after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

REQUEST_SECONDS = 8.5
HOLD_OFF_SECONDS = 2.0
_until: ContextVar[float | None] = ContextVar("until", default=None)
_ask_again_at = 0.0


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Whatever is asked inside has this long, all of it together."""
    token = _until.set(monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def until() -> float | None:
    """When whoever asks has to have an answer, on the clock of this machine; None when nobody waits."""
    return _until.get()


def has_passed(moment: float) -> bool:
    return monotonic() >= moment


def is_over(moment: float | None) -> bool:
    """Whether nobody may ask any more: it is past the moment, or the database was silent just now."""
    return moment is not None and (has_passed(moment) or not has_passed(_ask_again_at))


def hold_off() -> None:
    """The database was silent: nobody asks it for a moment."""
    global _ask_again_at  # noqa: PLW0603 - one database a process
    _ask_again_at = monotonic() + HOLD_OFF_SECONDS
