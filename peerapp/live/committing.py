"""What did this process just commit that open pages should know? Pairs with a new version, and whoever may read no longer.

Statements that change rows without loading them are not seen here: those are found by a look (`neighbours.py`,
`watcher.py`).
"""

from typing import Any

from flask import current_app
from sqlalchemy import event

from peerapp.db import db
from peerapp.live import neighbours
from peerapp.models import Pair, Person, SignIn

_CHANGED, _LOOK = "pairs changed", "readers changed"


def listen() -> None:
    """Once for all applications of this process."""
    if not event.contains(db.session, "after_flush", _flushed):
        event.listen(db.session, "after_flush", _flushed)
        event.listen(db.session, "after_commit", _committed)
        event.listen(db.session, "after_rollback", _forgotten)


def _flushed(session: Any, _context: Any) -> None:
    changed = {}
    for row in session.dirty:
        if isinstance(row, Pair):
            changed[row.id] = row.version
        elif isinstance(row, Person):
            session.info[_LOOK] = True
    if any(isinstance(row, SignIn) for row in session.deleted):
        session.info[_LOOK] = True
    if changed:
        session.info.setdefault(_CHANGED, {}).update(changed)
        neighbours.announce(session.connection(), changed)


def _committed(session: Any) -> None:
    changed, look = session.info.pop(_CHANGED, {}), session.info.pop(_LOOK, False)
    live = current_app.extensions["live"]
    if changed:
        live.hub.changed(changed)
    if look:
        live.watcher.look_soon()


def _forgotten(session: Any) -> None:
    session.info.pop(_CHANGED, None)
    session.info.pop(_LOOK, None)
