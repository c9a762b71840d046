"""Which SQL did this code send? Counts statements, and catches a page that writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from sqlalchemy import Engine, event

from peerapp.db import db, writing

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside, in order; not those of the watcher, who asks once a second in a thread of its own."""
    sent: list[str] = []
    mine = get_ident()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if get_ident() == mine:
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


class WroteWhileReading(BaseException):  # so that no error page hides it
    """A GET changed the database."""


def forbid_writes_while_reading(engine: Engine) -> None:
    """From now on a statement that writes inside a GET fails its test."""

    @event.listens_for(engine, "before_cursor_execute")
    def refuse(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not writing() and statement.lstrip().upper().startswith(WRITES):
            raise WroteWhileReading(statement)
