"""Work that is killed in the middle: in a process of its own, before a statement of one's choice."""

import os
import signal
from collections.abc import Callable

from sqlalchemy import event

from peerapp.db import db

KILLED = -signal.SIGKILL


def forked(work: Callable[[], None]) -> int:
    """Do the work in a process of its own; how it ended."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(statement: int) -> None:
    """Kill this process before so many statements have been sent."""
    sent = iter(range(statement))

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(*_: object) -> None:
        if next(sent, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)


def statements_of(work: Callable[[], object]) -> int:
    sent: list[object] = []
    event.listen(db.engine, "before_cursor_execute", note := lambda *_: sent.append(1))
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)
